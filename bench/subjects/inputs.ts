import { CHECKED } from '../harness/subject.js'
import { generateUsers, type User } from '../workload/users.js'

/** A user that can be read by the name of an attribute. */
export type UserRecord = User & Readonly<Record<string, unknown>>

/** The users that are mapped: more than fit into a cache, few enough to come round in every measurement. */
export const benchUsers = (): readonly UserRecord[] => generateUsers(CHECKED) as readonly UserRecord[]

/** Their full names, 18 % of which have a diacritic. */
export const benchNames = (): readonly string[] =>
  // Joined and split again: what comes out is one flat string, as from JSON, not the two halves of a join.
  benchUsers()
    .map(({ givenName, surname }) => `${givenName} ${surname}`)
    .join('\n')
    .split('\n')
