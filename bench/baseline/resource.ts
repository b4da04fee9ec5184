// The SCIM resource of a user as a careful engineer would write it for the mapping `resource`: one literal, with
// what may be absent as undefined, which JSON.stringify leaves out. The values are those of `attributes` of
// hand.ts.
import type { User } from '../workload/users.js'
import { attributes } from './hand.js'

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const CONTOSO = 'urn:ietf:params:scim:schemas:extension:contoso:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const schemas: readonly string[] = [CORE, CONTOSO, ENTERPRISE]

const {
  displayName,
  sortName,
  userName,
  initials,
  employeeNumber,
  mail,
  phone,
  alias,
  department,
  region,
  contract,
  costCentre,
  startDate,
  workforce,
  primarySmtp,
  titleWord,
} = attributes as Readonly<Record<string, (user: User) => string>>

/** The JSON text of the resource. */
export const resourceText = (user: User): string => {
  const number = phone!(user) as string | null
  return JSON.stringify({
    schemas,
    externalId: user.id,
    name: { givenName: user.givenName, familyName: user.surname, formatted: sortName!(user) },
    addresses: [{ type: 'work', country: user.country, region: region!(user) }],
    userType: 'Member',
    displayName: displayName!(user),
    userName: userName!(user),
    [CONTOSO]: {
      initials: initials!(user),
      contract: contract!(user),
      startDate: startDate!(user),
      workforce: workforce!(user),
    },
    [ENTERPRISE]: {
      employeeNumber: employeeNumber!(user),
      department: department!(user),
      costCenter: costCentre!(user),
    },
    emails: [
      { type: 'work', value: mail!(user) },
      { type: 'other', value: primarySmtp!(user) },
    ],
    phoneNumbers: number === null ? undefined : [{ type: 'work', value: number }],
    nickName: alias!(user),
    title: titleWord!(user),
    active: !user.accountEnabled,
  })
}
