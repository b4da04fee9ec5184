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
import { isDeepStrictEqual } from 'node:util'
import { flowingValues, mapObject } from '../../src/mapping/index.js'
import type { Figure } from '../figures/table.js'
import { estimate } from '../harness/statistics.js'
import { CHECKED } from '../harness/subject.js'
import { compileWorkload } from '../workload/compile.js'
import { everyone, few, full, resource, some, type WorkloadMapping } from '../workload/mapping.js'
import { schemaOf } from '../workload/schema.js'
import { generateUsers, type User } from '../workload/users.js'
import { measureProcess, type Usage } from './process.js'

/** Users of the file: about 134 MB. */
const OBJECTS = 200_000
/** Users that are made at once. */
const BLOCK = 10_000

/** A row: what is measured, and how it compares with a loop that reads, parses, prints and writes. */
interface Row {
  readonly what: string
  readonly unit: string
  readonly goal?: number
  readonly measure: () => Promise<Usage>
  readonly compare: (ours: Usage, plain: Usage) => number
}

const cpu = (ours: Usage, plain: Usage): number => ours.cpu / plain.cpu
const wall = (ours: Usage, plain: Usage): number => ours.wall / plain.wall
const memory = ({ megabytes }: Usage): number => megabytes

const CPU = '× identity loop'
const CLOCK = '× identity loop, by the clock'

/** The files of a measurement and what is run over them. */
const workplace = (root: string, folder: string) => {
  const file = (name: string): string => join(folder, name)
  const users = file('users.ndjson')
  const run = (script: string, ...args: readonly string[]): Promise<Usage> =>
    measureProcess(root, file('usage.json'), join(root, script), args)
  const schemaFile = (mapping: WorkloadMapping): string => file(`${mapping.name}.schema.json`)
  const outputOf = (mapping: WorkloadMapping): string => file(`${mapping.name}.out`)
  return {
    outputOf,
    prepare: async (): Promise<void> => {
      const handle = openSync(users, 'w')
      for (let from = 0; from < OBJECTS; from += BLOCK)
        writeSync(
          handle,
          generateUsers(BLOCK, BLOCK + from)
            .map((user) => `${JSON.stringify(user)}\n`)
            .join(''),
        )
      closeSync(handle)
      for (const mapping of [everyone, few, full, resource, some])
        writeFileSync(schemaFile(mapping), JSON.stringify(schemaOf(mapping)))
      // For the module, which imports attrflow/runtime.
      mkdirSync(file('node_modules'))
      symlinkSync(root, file('node_modules/attrflow'), 'junction')
      await run('dist/cli.js', 'build', schemaFile(full), '--out', file('full.mjs'))
    },
    identity: () => run('bench/files/identity.mjs', users, file('identity.out')),
    module: () => run('bench/files/identity.mjs', users, file('module.out'), file('full.mjs')),
    map: (mapping: WorkloadMapping, ...options: readonly string[]) => {
      const files = ['--source', users, '--json', '--out', outputOf(mapping)]
      return run('dist/cli.js', 'map', schemaFile(mapping), ...files, ...options)
    },
  }
}

type Workplace = ReturnType<typeof workplace>

/** Throws unless the first lines of a mapped file hold what `mapObject` makes of the first users. */
const check = async ({ map, outputOf }: Workplace): Promise<void> => {
  await map(everyone, '--limit', String(CHECKED))
  const lines = readFileSync(outputOf(everyone), 'utf8').split('\n')
  const compiled = compileWorkload(everyone)
  generateUsers(BLOCK, BLOCK).forEach((user: User, index) => {
    const expected = Object.fromEntries(flowingValues(mapObject(compiled, user)))
    const { attributes } = JSON.parse(lines[index]!) as { attributes: unknown }
    if (!isDeepStrictEqual(attributes, expected)) throw new Error(`map differs on line ${index + 1}`)
  })
}

const rowsOf = ({ map, module, identity }: Workplace): readonly Row[] => [
  { what: 'map --json', unit: CPU, goal: 2.2, measure: () => map(everyone), compare: cpu },
  { what: 'map --json with filter', unit: CPU, measure: () => map(full), compare: cpu },
  { what: 'map --json with SCIM body', unit: CPU, goal: 2.8, measure: () => map(resource), compare: cpu },
  {
    what: 'map --json --workers 2',
    unit: CLOCK,
    measure: () => map(everyone, '--workers', '2'),
    compare: wall,
  },
  {
    what: 'map --in-scope-only, 0.7 % in scope',
    unit: CPU,
    goal: 0.167,
    measure: () => map(few, '--in-scope-only'),
    compare: cpu,
  },
  {
    what: 'map --in-scope-only, 11 % in scope',
    unit: CPU,
    goal: 0.5,
    measure: () => map(some, '--in-scope-only'),
    compare: cpu,
  },
  {
    what: 'loop with the module of build, with filter',
    unit: CPU,
    goal: 1.05,
    measure: module,
    compare: cpu,
  },
  {
    what: 'peak memory of map --json with SCIM body',
    unit: 'MB',
    goal: 150,
    measure: () => map(resource),
    compare: memory,
  },
  { what: 'peak memory of the identity loop', unit: 'MB', measure: identity, compare: memory },
]

/**
 * Measures `attrflow map` from file to file, each run in a process of its own, between two runs of a loop that does the
 * least that there is to do.
 * @param root the root of the project, with a built `dist/`
 */
export const measureFiles = async (
  root: string,
  rounds: number,
  progress: (what: string) => void,
  collect: (figure: Figure) => void,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'attrflow-files-'))
  try {
    const place = workplace(root, folder)
    progress('files: writing users')
    await place.prepare()
    await check(place)
    for (const { what, unit, goal, measure, compare } of rowsOf(place)) {
      const found: number[] = []
      for (let round = 1; round <= rounds; round++) {
        progress(`${what}: round ${round} of ${rounds}`)
        const before = await place.identity()
        const ours = await measure()
        const after = await place.identity()
        found.push((compare(ours, before) + compare(ours, after)) / 2)
      }
      const estimated = estimate(found)
      const figure = { engine: 'attrflow', what, unit, value: estimated.median, estimate: estimated }
      collect(goal === undefined ? figure : { ...figure, goal })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
