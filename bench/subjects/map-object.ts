import { codegen } from '../../src/codegen.js'
import type { CompiledObjectMapping } from '../../src/mapping/compile-object-mapping.js'
import { mapObject } from '../../src/mapping/map-object.js'
import type { MappedObject } from '../../src/mapping/mapped-object.js'
import type { Backend } from '../../src/plan/plan.js'
import { createContext } from '../../src/values/context.js'
import { mapFull } from '../baseline/hand.js'
import { CHECKED, type Subject, subjectOf } from '../harness/subject.js'
import { compileWorkload } from '../workload/compile.js'
import { full } from '../workload/mapping.js'
import type { User } from '../workload/users.js'
import { benchUsers } from './inputs.js'

/** Whether the full mapping creates a user; it skips all others, which are out of scope, disabled or without a key. */
const isCreated = (user: User): boolean => mapFull(user) !== null && user.accountEnabled !== false

/** The users of one kind, over and over until there are as many as are checked. */
const usersThatAre = (created: boolean): readonly User[] => {
  const found = benchUsers().filter((user) => (created ? isCreated(user) : mapFull(user) === null))
  return Array.from({ length: Math.max(CHECKED, found.length) }, (_, index) => found[index % found.length]!)
}

/** The row that the decisions about an object amount to, to be compared with the one written by hand. */
const rowOf = ({ outcome, attributes }: MappedObject): unknown =>
  outcome === 'create'
    ? Object.fromEntries(
        attributes.map(({ attribute, decision }) => [
          attribute.rules.target,
          decision.flows ? decision.value : decision.reason === 'empty' ? '' : null,
        ]),
      )
    : null

const mapped = (created: boolean, backend?: Backend) => (): Subject => {
  const compiled: CompiledObjectMapping = compileWorkload(full, backend)
  const request = { context: createContext() }
  const users = usersThatAre(created)
  const work = (user: User): MappedObject => mapObject(compiled, user, request)
  return {
    ...subjectOf(users, work),
    outputs: () => users.slice(0, CHECKED).map((user) => rowOf(work(user))),
  }
}

/** Everything that is decided about a user who is created, and about one who is skipped. */
export const mapObjectSubjects: Readonly<Record<string, () => Subject>> = {
  'mapObject/created': mapped(true, codegen),
  'mapObject/skipped': mapped(false, codegen),
  'mapObject by closures/created': mapped(true),
  'mapObject by closures/skipped': mapped(false),
  'hand/created': () => subjectOf(usersThatAre(true), mapFull),
  'hand/skipped': () => subjectOf(usersThatAre(false), mapFull),
}
