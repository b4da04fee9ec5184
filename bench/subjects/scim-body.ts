import { codegen } from '../../src/codegen.js'
import { mapObject } from '../../src/mapping/map-object.js'
import { scimBodyWriter } from '../../src/mapping/scim-body-text.js'
import { createContext } from '../../src/values/context.js'
import { resourceText } from '../baseline/resource.js'
import { CHECKED, type Subject, subjectOf } from '../harness/subject.js'
import { compileWorkload } from '../workload/compile.js'
import { resource } from '../workload/mapping.js'
import type { User } from '../workload/users.js'
import { benchUsers } from './inputs.js'

/**
 * Users who are created: nobody is out of scope, and only active users are. All have a number, because the
 * order of members depends on the first value of each extension.
 */
const activeUsers = (): readonly User[] => {
  const active = benchUsers().filter(
    ({ accountEnabled, employeeId }) => accountEnabled !== false && employeeId !== null,
  )
  return Array.from({ length: CHECKED }, (_, index) => active[index % active.length]!)
}

/** Everything that is decided about a user who is created, and the body of the request as text. */
export const scimBodySubjects: Readonly<Record<string, () => Subject>> = {
  'mapObject with SCIM body/created': () => {
    const mapping = compileWorkload(resource, codegen)
    const bodyOf = scimBodyWriter(mapping)
    const request = { context: createContext() }
    return subjectOf(activeUsers(), (user) => bodyOf(mapObject(mapping, user, request)))
  },
  'hand with SCIM body/created': () => subjectOf(activeUsers(), resourceText),
}
