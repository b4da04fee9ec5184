// Measures `attrflow map` from file to file against a loop that only reads, parses, prints and writes:
// node measure.mjs table|json [WORDS OF A ROW …]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, terminalTable } from '../figures/table.js'
import { type Estimate, estimate } from '../harness/statistics.js'
import { everyone, few, full, resource, some, type WorkloadMapping } from '../workload/mapping.js'
import { schemaOf } from '../workload/schema.js'
import { generateUsers } from '../workload/users.js'

const ROUNDS = 5
const OBJECTS = 200_000

/** The root of the project: the bundle of this file is elsewhere. */
const root = process.env.BENCH_ROOT!
const cli = join(root, 'dist/cli.js')
const [form, ...words] = process.argv.slice(2)

/** What a process used: seconds of CPU time and of the clock, and megabytes of memory at its peak. */
interface Usage {
  readonly cpu: number
  readonly wall: number
  readonly megabytes: number
}

const folder = mkdtempSync(join(tmpdir(), 'attrflow-files-'))
const file = (name: string): string => join(folder, name)

const run = async (script: string, args: readonly string[]): Promise<Usage> => {
  const usage = file('usage.json')
  const preload = join(root, 'bench/files/usage.mjs')
  const began = performance.now()
  const child = spawn(process.execPath, ['--import', preload, script, ...args], {
    env: { ...process.env, BENCH_USAGE: usage },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}\n${errors}`)
  const wall = (performance.now() - began) / 1000
  return { ...(JSON.parse(readFileSync(usage, 'utf8')) as Omit<Usage, 'wall'>), wall }
}

const writeUsers = (path: string, count: number): void => {
  const handle = openSync(path, 'w')
  const block = 10_000
  for (let from = 0; from < count; from += block) {
    const users = generateUsers(Math.min(block, count - from), 20 + from)
    writeSync(handle, users.map((user) => `${JSON.stringify(user)}\n`).join(''))
  }
  closeSync(handle)
}

const users = file('users.ndjson')
const identity = (): Promise<Usage> =>
  run(join(root, 'bench/files/identity.mjs'), [users, file('identity.out')])

const map = (mapping: WorkloadMapping, ...options: readonly string[]): Promise<Usage> => {
  const schema = file(`${mapping.name}.schema.json`)
  writeFileSync(schema, JSON.stringify(schemaOf(mapping)))
  const out = file(`${mapping.name}.out`)
  return run(cli, ['map', schema, '--source', users, '--json', '--out', out, ...options])
}

const aheadOfTime = (): Promise<Usage> =>
  run(join(root, 'bench/files/identity.mjs'), [users, file('aot.out'), file('everyone.mjs')])

/** A row: what is measured, which part of the usage, and how it compares with the identity loop. */
interface Row {
  readonly what: string
  readonly unit: string
  readonly goal?: number
  readonly measure: () => Promise<Usage>
  readonly compare: (ours: Usage, plain: Usage) => number
}

const cpu = (ours: Usage, plain: Usage): number => ours.cpu / plain.cpu
const wall = (ours: Usage, plain: Usage): number => ours.wall / plain.wall
const CPU = '× identity loop, CPU'
const WALL = '× identity loop, clock'

const rows: readonly Row[] = [
  { what: 'map --json, no filter', unit: CPU, goal: 2.2, measure: () => map(everyone), compare: cpu },
  { what: 'map --json with SCIM body', unit: CPU, goal: 2.8, measure: () => map(resource), compare: cpu },
  { what: 'map --json, full mapping and filter', unit: CPU, measure: () => map(full), compare: cpu },
  { what: 'loop with the module of build', unit: CPU, goal: 1.05, measure: aheadOfTime, compare: cpu },
  {
    what: 'map --json --workers 2, no filter',
    unit: WALL,
    measure: () => map(everyone, '--workers', '2'),
    compare: wall,
  },
  {
    what: '--in-scope-only, 0.7 % in scope',
    unit: CPU,
    goal: 0.167,
    measure: () => map(few, '--in-scope-only'),
    compare: cpu,
  },
  {
    what: '--in-scope-only, 11 % in scope',
    unit: CPU,
    goal: 0.5,
    measure: () => map(some, '--in-scope-only'),
    compare: cpu,
  },
  {
    what: 'peak memory of map --json with SCIM body',
    unit: 'MB',
    goal: 150,
    measure: () => map(resource),
    compare: ({ megabytes }) => megabytes,
  },
  {
    what: 'peak memory of the identity loop',
    unit: 'MB',
    measure: identity,
    compare: ({ megabytes }) => megabytes,
  },
]

const measureRow = async ({ measure, compare }: Row): Promise<Estimate> => {
  const found: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // The loop runs before and after, so that a slow moment hits both.
    const before = await identity()
    const ours = await measure()
    const after = await identity()
    found.push((compare(ours, before) + compare(ours, after)) / 2)
  }
  return estimate(found)
}

try {
  writeUsers(users, OBJECTS)
  const schema = file('everyone.schema.json')
  writeFileSync(schema, JSON.stringify(schemaOf(everyone)))
  await run(cli, ['build', schema, '--out', file('everyone.mjs')])
  // For the module, which imports attrflow/runtime.
  mkdirSync(file('node_modules'))
  symlinkSync(root, file('node_modules/attrflow'), 'junction')
  const figures: Figure[] = []
  for (const row of rows) {
    if (words.length > 0 && !words.some((word) => row.what.includes(word))) continue
    const estimated = await measureRow(row)
    const { what, unit, goal } = row
    figures.push({
      engine: 'attrflow',
      what,
      unit,
      value: estimated.median,
      estimate: estimated,
      ...(goal === undefined ? {} : { goal }),
    })
    if (form !== 'json') process.stderr.write(`${what}: ${estimated.median.toFixed(2)}\n`)
  }
  console.log(form === 'json' ? JSON.stringify(figures, null, 2) : terminalTable(figures))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
