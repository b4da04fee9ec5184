// The baseline that everything is measured against: the mappings of the workload as a careful engineer would
// write them who knows the data and how V8 likes its code, with the results that the expressions have. It is
// fixed: figures of different revisions are comparable only as long as nobody touches this file.
//
// What makes it fast, and why it is still honest code:
// - The row is one object literal, so that all rows share one hidden class and need no store per attribute.
// - Every attribute is a small function of the user; V8 inlines those that matter, and a reader finds them.
// - Regular expressions are made once, and only where they pay: an address has no line breaks, so that what
//   `(?<Domain>@(.)*)` removes begins at the first `@`, and `^.*@contoso\.com$` asks how it ends; a date of this
//   form is cut out by position. For the phone and the departments a loop or a chain of tests is no faster.
// - Diacritics: most names are ASCII, so a scan by char code decides whether there is any work; what remains
//   is looked up by code unit in a table made once.
// - Nulls are checked exactly where the data can have them: employeeId, mail, telephoneNumber, manager.
// - No memoisation: a cache by value would measure how often the generator repeats itself.
import type { User } from '../workload/users.js'

const PHONE_NOISE = /[()\s-]+/g
const DEPARTMENTS_IN_SCOPE = /^(Sales|Engineering|Finance|Operations)/

/** The days of a month as text, by their number. */
const DAYS: readonly string[] = Array.from({ length: 32 }, (_, day) => String(day).padStart(2, '0'))

const displayName = (user: User): string => `${user.givenName} ${user.surname}`

const sortName = (user: User): string => `${user.surname}, ${user.givenName}`

const userName = (user: User): string =>
  `${withoutDiacritics(`${user.givenName}.${user.surname}`.replaceAll(' ', ''))}@contoso.com`.toLowerCase()

const initials = (user: User): string => user.givenName.slice(0, 1) + user.surname.slice(0, 1)

// Left turns null into the empty text.
const employeeNumber = (user: User): string => (user.employeeId === null ? '' : user.employeeId.slice(0, 5))

// Coalesce passes over the empty text as well.
const mail = (user: User): string => user.mail || user.userPrincipalName

const phone = (user: User): string | null =>
  user.telephoneNumber === null ? null : user.telephoneNumber.replace(PHONE_NOISE, '')

const alias = (user: User): string => {
  const at = user.userPrincipalName.indexOf('@')
  return at < 0 ? user.userPrincipalName : user.userPrincipalName.slice(0, at)
}

const department = (user: User): string => user.department.replaceAll('&', 'and')

// A switch over texts of equal length: V8 compares internalised strings by address.
const region = (user: User): string => {
  switch (user.country) {
    case 'US':
    case 'BR':
      return 'Americas'
    case 'DE':
    case 'FR':
    case 'GB':
    case 'NL':
    case 'ES':
    case 'IT':
      return 'Europe'
    case 'SE':
    case 'NO':
      return 'Nordics'
    case 'IN':
    case 'JP':
      return 'Asia'
    default:
      return 'Other'
  }
}

const contract = (user: User): string => {
  switch (user.employeeType) {
    case 'Employee':
      return 'Internal'
    case 'Contractor':
      return 'External'
    case 'Intern':
      return 'Temporary'
    default:
      return 'Unknown'
  }
}

const costCentre = (user: User): string => {
  switch (user.companyName) {
    case 'Contoso Ltd':
      return '1000'
    case 'Fabrikam Inc':
      return '2000'
    default:
      return '0000'
  }
}

// `2012-03-16-07:00` is a midnight, which falls on the same day in UTC unless the place is east of Greenwich; then
// it is the day before, which needs a calendar only on the first of a month.
const startDate = (user: User): string => {
  const { hireDate } = user
  if (
    hireDate.length !== 16 ||
    hireDate.charCodeAt(4) !== 0x2d ||
    hireDate.charCodeAt(7) !== 0x2d ||
    hireDate.charCodeAt(13) !== 0x3a
  ) {
    throw new RangeError(`${hireDate} is not a date with an offset`)
  }
  if (hireDate.charCodeAt(10) === 0x2d || hireDate.endsWith('00:00')) return hireDate.slice(0, 10)
  const day = (hireDate.charCodeAt(8) - 0x30) * 10 + hireDate.charCodeAt(9) - 0x30
  if (day > 1) return hireDate.slice(0, 8) + DAYS[day - 1]!
  return new Date(Date.parse(hireDate.slice(0, 10)) - 86_400_000).toISOString().slice(0, 10)
}

const workforce = (user: User): string =>
  user.employeeType === 'Contractor'
    ? 'External'
    : user.country === 'US'
      ? 'Domestic'
      : user.country === 'DE'
        ? 'Head office'
        : 'International'

// What stands between the first colon and the next one, if there is any, without blanks at its edges.
const primarySmtp = (user: User): string => {
  const address = user.proxyAddresses[0]!
  const start = address.indexOf(':') + 1
  const end = address.indexOf(':', start)
  return (end < 0 ? address.slice(start) : address.slice(start, end)).trim()
}

const titleWord = (user: User): string => {
  const end = user.jobTitle.indexOf(' ')
  return end < 0 ? user.jobTitle : user.jobTitle.slice(0, end)
}

/** Whether a user is in scope: two groups of three conditions, the cheap ones first. */
const inScope = (user: User): boolean =>
  (user.country === 'US' && user.employeeId !== null && user.userPrincipalName.endsWith('@contoso.com')) ||
  (user.manager !== null && user.employeeType !== 'Contractor' && DEPARTMENTS_IN_SCOPE.test(user.department))

/** The row of the full mapping; null when the user is out of scope. */
export const mapFull = (user: User): object | null =>
  inScope(user)
    ? {
        externalId: user.id,
        givenName: user.givenName,
        familyName: user.surname,
        country: user.country,
        userType: 'Member',
        displayName: displayName(user),
        sortName: sortName(user),
        userName: userName(user),
        initials: initials(user),
        employeeNumber: employeeNumber(user),
        mail: mail(user),
        phone: phone(user),
        alias: alias(user),
        department: department(user),
        region: region(user),
        contract: contract(user),
        costCentre: costCentre(user),
        startDate: startDate(user),
        workforce: workforce(user),
        primarySmtp: primarySmtp(user),
        titleWord: titleWord(user),
        suspended: !user.accountEnabled,
      }
    : null

/** The row of the simple mapping. */
export const mapSimple = (user: User): object => ({
  externalId: user.id,
  givenName: user.givenName,
  familyName: user.surname,
  userType: 'Member',
  displayName: displayName(user),
  mail: mail(user),
  workforce:
    user.employeeType === 'Contractor' ? 'External' : user.country === 'US' ? 'Domestic' : 'International',
  suspended: !user.accountEnabled,
})

/** The row of the mapping that is only a filter. */
export const mapFilter = (user: User): object | null => (inScope(user) ? { externalId: user.id } : null)

/** Single attributes of the full mapping, to see where time goes. */
export const attributes: Readonly<Record<string, (user: User) => unknown>> = {
  externalId: (user) => user.id,
  givenName: (user) => user.givenName,
  familyName: (user) => user.surname,
  country: (user) => user.country,
  userType: () => 'Member',
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
  suspended: (user) => !user.accountEnabled,
}

/** Letters that decomposition does not fold, or that the documented table folds otherwise. */
const SPELLED: readonly (readonly [string, string])[] = [
  ['Æ', 'AE'],
  ['æ', 'ae'],
  ['Œ', 'OE'],
  ['œ', 'oe'],
  ['Ø', 'OE'],
  ['ø', 'oe'],
  ['ß', 'ss'],
  ['Ł', 'L'],
  ['ł', 'l'],
  ['ı', 'i'],
  ['Đ', 'D'],
  ['đ', 'd'],
]

/** The first letter beyond the table: Latin Extended-A ends here, and European names with it. */
const TABLE_END = 0x180

const FOLDED: readonly string[] = Array.from({ length: TABLE_END }, (_, unit) => {
  const letter = String.fromCharCode(unit)
  return (
    SPELLED.find(([spelled]) => spelled === letter)?.[1] ?? letter.normalize('NFD').replace(/\p{M}/gu, '')
  )
})

/** Folds Latin letters to ASCII. A text with anything beyond the table takes the long way. */
export const withoutDiacritics = (text: string): string => {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return folded(text, at)
  }
  return text
}

const folded = (text: string, start: number): string => {
  let result = text.slice(0, start)
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= TABLE_END) return foldedByDecomposition(text)
    result += FOLDED[unit]!
  }
  return result
}

const SPELLED_LETTERS = /[ÆæŒœØøßŁłıĐđ]/g

/** What one writes without a table: decompose, drop the marks, spell the rest. NormalizeDiacritics has to beat it. */
export const foldedByDecomposition = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(SPELLED_LETTERS, (letter) => SPELLED.find(([spelled]) => spelled === letter)![1])
