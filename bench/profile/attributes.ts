// Times every attribute of the full mapping alone, by hand, by generated code and by closures, with benny. All run
// in one process: good to see where time goes, not to be quoted.
import benny from 'benny'
import { codegen } from '../../src/codegen.js'
import { optimise } from '../../src/ir/passes/index.js'
import { planUnit } from '../../src/plan/plan.js'
import { createContext } from '../../src/values/context.js'
import { attributes, mapFilter } from '../baseline/hand.js'
import { digits } from '../figures/table.js'
import { type Subject, subjectOf } from '../harness/subject.js'
import { benchUsers, type UserRecord } from '../subjects/inputs.js'
import { compileWorkload } from '../workload/compile.js'
import { filterOnly, full, type WorkloadMapping } from '../workload/mapping.js'

const users = benchUsers()
const context = createContext()

/** The engines on a mapping of one attribute. The baseline makes a row of it, too. */
const engines = (
  mapping: WorkloadMapping,
  byHand: (user: UserRecord) => unknown,
): readonly (readonly [string, Subject])[] => {
  const unit = optimise(compileWorkload(mapping).unit)
  const generated = codegen(unit)
  const closures = planUnit(unit)
  return [
    ['hand', subjectOf(users, byHand)],
    ['codegen', subjectOf(users, (user) => generated.run(user, context, []))],
    ['closures', subjectOf(users, (user) => closures.run(user, context, []))],
  ]
}

/** Median nanoseconds per user, in the order of the subjects. */
const timesOf = async (
  name: string,
  subjects: readonly (readonly [string, Subject])[],
): Promise<number[]> => {
  const summary = await benny.suite(
    name,
    ...subjects.map(([engine, subject]) =>
      benny.add(engine, () => void subject.runBatch(), { minSamples: 10, maxTime: 0.3 }),
    ),
  )
  return summary.results.map(({ details }, index) => (details.median * 1e9) / subjects[index]![1].batch)
}

const [format, ...only] = process.argv.slice(2)
const wanted = (name: string): boolean => only.length === 0 || only.includes(name)
const times: Record<string, number[]> = {}
for (const [name, text] of Object.entries(full.attributes)) {
  if (!wanted(name)) continue
  const mapping: WorkloadMapping = { name, attributes: { [name]: text }, groups: [] }
  const work = attributes[name]!
  times[name] = await timesOf(
    name,
    engines(mapping, (user) => ({ value: work(user) })),
  )
}
if (wanted('filter')) times.filter = await timesOf('filter', engines(filterOnly, mapFilter))

if (format === 'json') {
  console.log(JSON.stringify(times))
} else {
  console.log(
    `${'ns per user'.padEnd(16)}${['hand', 'codegen', 'closures'].map((name) => name.padStart(10)).join('')}`,
  )
  for (const [name, row] of Object.entries(times)) {
    console.log(name.padEnd(16) + row.map((value) => digits(value).padStart(10)).join(''))
  }
}
