import { planUnit } from '../../src/plan/plan.js'
import type { Subject } from '../harness/subject.js'
import type { WorkloadMapping } from '../workload/mapping.js'
import { full } from '../workload/mapping.js'
import { attrflowSubjects, mapperOf } from './attrflow.js'
import { benchUsers } from './inputs.js'

const MAPPINGS = 30

/** How many users each of the other mappings maps before anything is timed. */
const SEEN = 2000

/** The mapping with its attributes in another order: its closures are others, of the same kinds. */
const rotated = (by: number): WorkloadMapping => {
  const attributes = Object.entries(full.attributes)
  const at = by % attributes.length
  return {
    name: `full ${by}`,
    attributes: Object.fromEntries([...attributes.slice(at), ...attributes.slice(0, at)]),
    groups: full.groups.map((group) => [...group].reverse()),
  }
}

/** The mapping in a process that has mapped with 29 others: no call site has only one target any more. */
export const manyMappingsSubjects: Readonly<Record<string, () => Subject>> = {
  'closures among 30 mappings/full': () => {
    const users = benchUsers().slice(0, SEEN)
    for (let other = 1; other < MAPPINGS; other++) {
      const { map } = mapperOf(rotated(other), planUnit)
      for (const user of users) map(user)
    }
    return attrflowSubjects['closures/full']!()
  },
}
