import type { AttributeInfo } from '../check/attribute-scope.js'

const date = 'there is no operator for dates'

/** Attributes that scoping filters do not support, by their name in lower case, with the reason. */
const reasons = new Map<string, string>([
  ['approleassignments', 'assignments are not an attribute that can be compared'],
  ['usertype', 'it is among the known issues of provisioning'],
  ['manager', 'a reference cannot be compared'],
  ['members', 'membership cannot be tested'],
  ['member', 'membership cannot be tested'],
  ['memberof', 'membership cannot be tested'],
  ['statushiredate', date],
  ['startdate', date],
  ['enddate', date],
  ['statusterminationdate', date],
  ['accountexpires', date],
  ['employeehiredate', date],
  ['employeeleavedatetime', date],
])

/** Why filters do not support an attribute; undefined if they do, as far as is known. */
export const whyUnsupported = (name: string, info: AttributeInfo | undefined): string | undefined =>
  reasons.get(name.toLowerCase()) ?? (info?.type === 'DateTime' ? date : undefined)
