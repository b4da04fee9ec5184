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

This page compares the speed of attrflow with hand-written JavaScript and with other engines. The main figure is the time per
user for a mapping with 22 target attributes and a filter of two groups, relative to hand-written JavaScript that does the same.
Less is better.

![Time per user, relative to hand-written code](bench.svg)

Measured on ${date.slice(0, 10)} with Node ${node} (${machine}), ${rounds} rounds.

${markdownTable(figures)}

## How this is measured

- **The workload** is in \`bench/workload\`: seeded users with 21 attributes (about 670 bytes of JSON each, 18 % with
  a diacritic in the name), a full mapping of 22 attributes and a filter, a simple one of 8 attributes whose functions
  cost next to nothing, and the filter alone. Mappings are compiled from a synchronization schema.
- **The baselines** are in \`bench/baseline\`, with their reasoning. \`hand.ts\` never changes, so that figures of different revisions can be
  compared. \`careful.ts\` is faster: it reads each value once and creates no text that is not in the row.
- **Times** are CPU time of a process. The rows \`mapObject\` include everything that is decided about an object: scope, match, what
  flows and why.
- **Results are checked before anything is timed**: every engine must give the same results as the baseline for 10,000 inputs.
- **Each engine and its baseline run in separate processes**, new ones in every round, in alternating order, with one garbage
  collection before the warm-up. The table shows the median over the rounds of time ÷ time of the baseline, and its 95 % bootstrap
  interval. The row \`hand\` compares the baseline with itself: its difference from 1 is noise.
- **The other engines** get the functions of the language as plain JavaScript, and every expression in their own syntax. Their rows are
  written by one literal like the baseline's; only jsonata, which returns promises, fills them one by one.
- **From file to file**: \`attrflow map\` over 200,000 users (134 MB). Each run is between two runs of an identity loop, which does the least
  possible: read a piece, \`JSON.parse\` and \`JSON.stringify\` each line, write. Memory is the peak of a process. These rows have at most
  5 rounds.
- **Compiling** is parsing, checking and compiling 1,000 different expressions when warm, ÷ Chevrotain's lexer and
  parser alone on the same texts. **Start-up** is the time of a process beyond that of Node alone. **Sizes** are those
  of an entry point and everything it loads, bundled in one file and as installed.

## What limits the rest

- **Closures** (goal 2.2 against the careful baseline): each part of an expression is a separate call. This costs about 30 ns more for
  each attribute than generated code, and three times as much for a filter. Closures run where \`new Function\` is not allowed.
- **A skipped object** (goal 3.3): the baseline returns null after the first clause that fails. \`mapObject\` also reads the state
  of the object and its matching value, because the service checks both first, and returns an object that can explain the decision.
  The filter takes about 30 of its 85 ns.
- **Filters alone**: the language checks the kind of each value, which loads the text from memory, and each clause handles the faults of
  the others. The baseline does neither.
- **\`--in-scope-only\`**: of 0.5 s, start and compilation take 0.17. The rest is reading the file and searching it for the texts that the
  filter requires, at about 2 GB per second for each text. Larger files gain more.
- **\`--workers 2\`** on two cores: each thread compiles for itself, and the main thread reads and writes.
- **Compilation with generated code**: the code is generated, parsed by V8, and closures are planned as well. This pays off only
  for a population.

\`npm run bench\` repeats all measurements; \`npm run bench -- --help\` lists its options.
`

/** Writes the page of the documentation and its chart. */
export const writeDocumentation = async (root: string, report: Report): Promise<void> => {
  const onFull = report.figures.filter(
    ({ what, engine, unit }) => what === 'full' && unit === '× hand' && engine !== 'hand',
  )
  await writeFile(join(root, 'docs/bench.svg'), chartOf(onFull, 'Full mapping and filter: time per user'))
  await writeFile(join(root, 'docs/benchmarks.md'), page(report))
}
