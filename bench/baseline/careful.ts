// The full mapping once more, by an engineer who has profiled `hand.ts` and looks at each value once: no text is made
// that is not in the row, no regular expression is run, and a text is scanned once for all that depends on it. It is
// what generated code is measured against; `hand.ts` stays, so that figures of older revisions compare.
import type { User } from '../workload/users.js'
import { attributes, withoutDiacritics } from './hand.js'

/** A switch that cannot be written better than it is there. */
const region = attributes.region!

const SPACE = 0x20
const HYPHEN = 0x2d
const OPEN = 0x28
const CLOSE = 0x29

/** Whether a name can go into an address as it is, but for its case. */
const isPlain = (name: string): boolean => {
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at)
    if (unit > 0x7f || unit === SPACE) return false
  }
  return true
}

const addressPart = (name: string): string =>
  isPlain(name) ? name : withoutDiacritics(name.replaceAll(' ', ''))

/** A telephone number without blanks, hyphens and parentheses: the pieces between them. */
const phoneDigits = (text: string): string => {
  let kept = ''
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    // The expression also drops other white space; no number of the workload has any.
    if (unit !== SPACE && unit !== HYPHEN && unit !== OPEN && unit !== CLOSE) continue
    if (at > start) kept += text.slice(start, at)
    start = at + 1
  }
  return start === 0 ? text : kept + text.slice(start)
}

const departmentInScope = (department: string): boolean => {
  switch (department.charCodeAt(0)) {
    case 0x53:
      return department.startsWith('Sales')
    case 0x45:
      return department.startsWith('Engineering')
    case 0x46:
      return department.startsWith('Finance')
    case 0x4f:
      return department.startsWith('Operations')
    default:
      return false
  }
}

const contract = (employeeType: string): string =>
  employeeType === 'Employee'
    ? 'Internal'
    : employeeType === 'Contractor'
      ? 'External'
      : employeeType === 'Intern'
        ? 'Temporary'
        : 'Unknown'

const workforce = (employeeType: string, country: string): string =>
  employeeType === 'Contractor'
    ? 'External'
    : country === 'US'
      ? 'Domestic'
      : country === 'DE'
        ? 'Head office'
        : 'International'

/** The days of a month as text, by their number. */
const DAYS: readonly string[] = Array.from({ length: 32 }, (_, day) => String(day).padStart(2, '0'))

const ZERO = 0x30

/** A midnight west of Greenwich, or at it, is the same day in UTC; one east of it the day before. */
const startDate = (hired: string): string => {
  if (hired.length !== 16 || hired.charCodeAt(4) !== HYPHEN || hired.charCodeAt(7) !== HYPHEN)
    throw new RangeError(`${hired} is not a date with an offset`)
  if (hired.charCodeAt(10) === HYPHEN) return hired.slice(0, 10)
  const hours = (hired.charCodeAt(11) - ZERO) * 10 + hired.charCodeAt(12) - ZERO
  const minutes = (hired.charCodeAt(14) - ZERO) * 10 + hired.charCodeAt(15) - ZERO
  if (hours + minutes === 0) return hired.slice(0, 10)
  const day = (hired.charCodeAt(8) - ZERO) * 10 + hired.charCodeAt(9) - ZERO
  if (day > 1) return hired.slice(0, 8) + DAYS[day - 1]!
  return new Date(Date.parse(hired.slice(0, 10)) - 86_400_000).toISOString().slice(0, 10)
}

const upTo = (text: string, mark: string): string => {
  const end = text.indexOf(mark)
  return end < 0 ? text : text.slice(0, end)
}

const primarySmtp = (address: string): string => {
  const start = address.indexOf(':') + 1
  const end = address.indexOf(':', start)
  return (end < 0 ? address.slice(start) : address.slice(start, end)).trim()
}

/** The row of the full mapping; null when the user is out of scope. */
export const mapFullCarefully = (user: User): object | null => {
  const { country, employeeId, userPrincipalName, employeeType, department } = user
  const inScope =
    (country === 'US' && employeeId !== null && userPrincipalName.endsWith('@contoso.com')) ||
    (user.manager !== null && employeeType !== 'Contractor' && departmentInScope(department))
  if (!inScope) return null
  const { givenName, surname, telephoneNumber, companyName } = user
  return {
    externalId: user.id,
    givenName,
    familyName: surname,
    country,
    userType: 'Member',
    displayName: `${givenName} ${surname}`,
    sortName: `${surname}, ${givenName}`,
    userName: `${addressPart(givenName)}.${addressPart(surname)}@contoso.com`.toLowerCase(),
    initials: givenName.charAt(0) + surname.charAt(0),
    employeeNumber: employeeId === null ? '' : employeeId.slice(0, 5),
    mail: user.mail || userPrincipalName,
    phone: telephoneNumber === null ? null : phoneDigits(telephoneNumber),
    alias: upTo(userPrincipalName, '@'),
    department: department.includes('&') ? department.replaceAll('&', 'and') : department,
    region: region(user),
    contract: contract(employeeType),
    costCentre: companyName === 'Contoso Ltd' ? '1000' : companyName === 'Fabrikam Inc' ? '2000' : '0000',
    startDate: startDate(user.hireDate),
    workforce: workforce(employeeType, country),
    primarySmtp: primarySmtp(user.proxyAddresses[0]!),
    titleWord: upTo(user.jobTitle, ' '),
    suspended: !user.accountEnabled,
  }
}
