import { mkdir, writeFile } from 'node:fs/promises'
import { arch, cpus, platform } from 'node:os'
import { join } from 'node:path'
import { chartOf } from './figures/chart.js'
import { type Figure, markdownTable, terminalTable } from './figures/table.js'
import type { Options } from './options.js'

/** The results of a run, as they are written. */
export interface Report {
  readonly date: string
  readonly revision: string | undefined
  readonly against: string | undefined
  readonly node: string
  readonly machine: string
  readonly rounds: number
  readonly figures: readonly Figure[]
}

/** Puts a report together. */
export const reportOf = (
  figures: readonly Figure[],
  { protocol, against }: Options,
  revision: string | undefined,
): Report => ({
  date: new Date().toISOString(),
  revision,
  against,
  node: process.version,
  machine: `${platform()} ${arch()}, ${cpus().length} cores`,
  rounds: protocol.rounds,
  figures,
})

/** Prints the report, and keeps it as JSON. */
export const publish = async (root: string, report: Report, json: boolean): Promise<void> => {
  const text = `${JSON.stringify(report, null, 2)}\n`
  if (json) process.stdout.write(text)
  else console.log(terminalTable(report.figures))
  const folder = join(root, 'bench/results')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${report.date.replaceAll(':', '-')}.json`), text)
}

const page = ({ date, node, machine, rounds, figures }: Report): string => `# Benchmarks

Time per user of a mapping with 22 target attributes and a filter of two groups, relative to careful hand-written
JavaScript that does the same. Less is better.

![Time per user, relative to hand-written code](bench.svg)

Measured on ${date.slice(0, 10)} with Node ${node} (${machine}), ${rounds} rounds.

${markdownTable(figures)}

## How this is measured

- **The workload** is in \`bench/workload\`: seeded users with 21 attributes (about 670 bytes of JSON each, 18 % with
  a diacritic in the name), a full mapping of 22 attributes and a filter, a simple one of 8 attributes whose functions
  cost next to nothing, and the filter alone. Mappings are compiled from a synchronization schema.
- **The baselines** are in \`bench/baseline\`, with their reasoning: \`hand.ts\` stays as it is, so that figures of different revisions compare;
  \`careful.ts\` looks at each value once and makes no text that is not in the row.
- **Times** are CPU time of a process. \`mapObject\` is everything that is decided about an object: scope, match, what flows and why.
- **Nothing is timed before its results are checked**: every engine has to make the same of 10,000 inputs as the
  baseline.
- **Contender and baseline run in processes of their own**, new ones in every round, in turns and in alternating order,
  with one collection of garbage before the warm-up. Quoted are the median of time ÷ time over the rounds and its 95 % bootstrap interval.
  The row \`hand\` is the baseline against itself: what it differs from 1 is noise.
- **The other engines** have the functions of the language registered, as plain JavaScript, and get every expression
  printed in their own syntax. Their rows are written by a literal like the baseline's; only jsonata, which answers with
  promises, fills them one by one.
- **From file to file**: \`attrflow map\` over 200,000 users (134 MB), each run between two runs of a loop that does the least there
  is to do: read a piece, \`JSON.parse\` and \`JSON.stringify\` each line, write. Memory is the most that a process had. These rows have
  5 rounds at most.
- **Compiling** is parsing, checking and compiling 1,000 different expressions when warm, ÷ Chevrotain's lexer and
  parser alone on the same texts. **Start-up** is the time of a process beyond that of Node alone. **Sizes** are those
  of an entry point and everything it loads, bundled in one file and as installed.

## What limits the rest

- **Closures** (2.2 was the aim against the careful baseline): each part of an expression is a call of its own, about 30 ns an attribute
  more than in generated code, and a filter costs three times as much. They are what runs where \`new Function\` is not allowed.
- **A skipped object** (3.3 was the aim): the baseline returns null after the first clause that fails. \`mapObject\` also reads the state
  of the object and the value by which it would be searched, because the service looks at both first, and returns an object that can
  explain the decision; about 30 of its 85 ns are the filter.
- **Filters alone**: the language asks each value for its kind, which fetches the text from memory, and clauses catch each other's
  faults, where the baseline cannot fail.
- **\`--in-scope-only\`**: of 0.5 s, 0.17 are the start and the compilation; the rest is reading the file and searching it for the texts
  that the filter asks for, at about 2 GB a second for each text. Larger files gain more.
- **\`--workers 2\`** on two cores: each thread compiles for itself, and the main thread reads and writes.
- **Generated code by \`compileExpression\`**: it is written, parsed by V8 and planned as closures besides, which only a
  population pays back.

\`npm run bench\` measures all of it anew, \`npm run bench -- --help\` tells what else it can do.
`

/** Writes the page of the documentation and its chart. */
export const writeDocumentation = async (root: string, report: Report): Promise<void> => {
  const onFull = report.figures.filter(
    ({ what, engine, unit }) => what === 'full' && unit === '× hand' && engine !== 'hand',
  )
  await writeFile(join(root, 'docs/bench.svg'), chartOf(onFull, 'Full mapping and filter: time per user'))
  await writeFile(join(root, 'docs/benchmarks.md'), page(report))
}
