import type { Value } from '../../values/value.js'
import { hasSome, type Shape, type ShapePath, valueAtPlace } from './shape.js'

/** A shape whose attributes are listed in a table. */
const shapeOf = (
  name: string,
  title: string,
  recognise: Shape['recognise'],
  table: Readonly<Record<string, readonly ShapePath[]>>,
  more: Pick<Shape, 'valueAt'> = {},
): Shape => ({
  name,
  title,
  recognise,
  places: (attribute) => (Object.hasOwn(table, attribute) ? table[attribute]! : []),
  ...more,
})

/** The CSV of "Download users" in the portal. */
export const portalShape: Shape = shapeOf(
  'portal',
  "the portal's list of users",
  (record) =>
    hasSome(record, [
      'directorySynced',
      'alternateEmailAddress',
      'consentProvidedForMinor',
      'invitationState',
      'identityIssuer',
    ]),
  {
    objectId: ['id'],
    dirSyncEnabled: ['directorySynced', 'onPremisesSyncEnabled'],
    otherMails: ['alternateEmailAddress'],
    userState: ['invitationState'],
    physicalDeliveryOfficeName: ['officeLocation', 'office'],
    telephoneNumber: ['officePhone', 'businessPhones', 'telephone'],
    mobile: ['mobilePhone', 'mobile'],
    immutableId: ['onPremisesImmutableId'],
    facsimileTelephoneNumber: ['fax', 'faxNumber'],
    originalUserPrincipalName: ['userPrincipalName'],
  },
)

/** The flag ACCOUNTDISABLE of `userAccountControl`. */
const ACCOUNT_DISABLED = 2

/** Whether `userAccountControl`, a number or its digits, leaves the account enabled; null when there is no number. */
const isEnabled = (control: Value): boolean | null => {
  const flags = typeof control === 'string' && control.trim() !== '' ? Number(control) : control
  return typeof flags === 'number' && Number.isSafeInteger(flags) ? (flags & ACCOUNT_DISABLED) === 0 : null
}

/** Get-ADUser, csvde and ldifde: the cmdlet's names beside those of the directory. */
export const activeDirectoryShape: Shape = shapeOf(
  'active-directory',
  'Active Directory',
  (record) =>
    hasSome(record, [
      'DistinguishedName',
      'SamAccountName',
      'ObjectGUID',
      'EmailAddress',
      'GivenName',
      'DN',
      'sAMAccountName',
      'userAccountControl',
    ]) && !hasSome(record, ['Id', 'id']),
  {
    distinguishedName: ['DistinguishedName', 'DN', 'dn'],
    dn: ['DistinguishedName', 'DN'],
    onPremisesDistinguishedName: ['DistinguishedName', 'DN', 'dn'],
    sAMAccountName: ['SamAccountName', 'samAccountName'],
    samAccountName: ['SamAccountName', 'sAMAccountName'],
    userPrincipalName: ['UserPrincipalName'],
    objectGUID: ['ObjectGUID', 'ObjectGuid'],
    objectSid: ['SID', 'objectSID'],
    objectClass: ['ObjectClass'],
    cn: ['Name', 'CN'],
    name: ['Name'],
    displayName: ['DisplayName'],
    givenName: ['GivenName'],
    sn: ['Surname', 'SN'],
    surname: ['Surname', 'sn'],
    initials: ['Initials'],
    mail: ['EmailAddress', 'Mail'],
    proxyAddresses: ['ProxyAddresses'],
    title: ['Title'],
    jobTitle: ['Title', 'title'],
    department: ['Department'],
    company: ['Company'],
    companyName: ['Company', 'company'],
    division: ['Division'],
    manager: ['Manager'],
    employeeID: ['EmployeeID', 'EmployeeId'],
    employeeId: ['EmployeeID', 'employeeID'],
    employeeNumber: ['EmployeeNumber'],
    physicalDeliveryOfficeName: ['Office'],
    telephoneNumber: ['OfficePhone', 'TelephoneNumber'],
    homePhone: ['HomePhone'],
    mobile: ['MobilePhone', 'Mobile'],
    facsimileTelephoneNumber: ['Fax'],
    streetAddress: ['StreetAddress'],
    postOfficeBox: ['POBox'],
    postalCode: ['PostalCode'],
    l: ['City', 'L'],
    city: ['City', 'l'],
    st: ['State', 'ST'],
    state: ['State', 'st'],
    c: ['Country', 'C'],
    country: ['Country', 'c'],
    description: ['Description'],
    wWWHomePage: ['HomePage'],
    homeDirectory: ['HomeDirectory'],
    homeDrive: ['HomeDrive'],
    scriptPath: ['ScriptPath'],
    profilePath: ['ProfilePath'],
    memberOf: ['MemberOf'],
    accountEnabled: ['Enabled', 'userAccountControl'],
    onPremisesSamAccountName: ['SamAccountName', 'sAMAccountName'],
    accountExpires: ['AccountExpirationDate'],
    lastLogonTimestamp: ['LastLogonDate'],
    whenCreated: ['Created', 'whenCreated'],
    whenChanged: ['Modified'],
    ...Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`).map((name) => [
        name,
        [name.replace('e', 'E')],
      ]),
    ),
  },
  {
    valueAt: (record, _attribute, place) => {
      const value = valueAtPlace(record, place)
      return place === 'userAccountControl' ? isEnabled(value) : value
    },
  },
)
