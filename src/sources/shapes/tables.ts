import { nameIgnoringCase, type Value } from '../../values/value.js'
import {
  hasSome,
  type PlaceTable,
  pascal,
  placesIn,
  type Shape,
  type ShapePath,
  valueAtPlace,
} from './shape.js'

/** The value at a place; for `accountEnabled`, whether sign-in is not blocked. */
const enabledUnless = (record: object, attribute: string, place: ShapePath): Value => {
  const value = valueAtPlace(record, place)
  if (attribute !== 'accountEnabled' || !/^(?:true|yes|false|no)$/i.test(String(value))) return value
  return /^[fn]/i.test(String(value))
}

const portalPlaces: PlaceTable = {
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
  accountEnabled: ['blockSignIn'],
}

/** The CSV of "Download users" in the portal, and its templates for bulk operations. */
export const portalShape: Shape = {
  name: 'portal',
  title: "the portal's list of users",
  recognise: (record) =>
    hasSome(record, [
      'directorySynced',
      'alternateEmailAddress',
      'consentProvidedForMinor',
      'invitationState',
      'identityIssuer',
      'blockSignIn',
    ]),
  places: (attribute) => placesIn(portalPlaces, attribute),
  valueAt: enabledUnless,
}

/** `User principal name` for `userPrincipalName`. */
const inWords = (attribute: string): string =>
  attribute
    .replace(/^./, (letter) => letter.toUpperCase())
    .replaceAll(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const microsoft365Places: PlaceTable = {
  objectId: ['Object Id'],
  givenName: ['First name', 'FirstName'],
  surname: ['Last name', 'LastName'],
  jobTitle: ['Title'],
  country: ['Country/Region'],
  physicalDeliveryOfficeName: ['Office'],
  mobile: ['Mobile Phone', 'MobilePhone'],
  telephoneNumber: ['Phone number', 'PhoneNumber'],
  facsimileTelephoneNumber: ['Fax'],
  lastDirSyncTime: ['Last dirsync time'],
  otherMails: ['AlternateEmailAddresses'],
  accountEnabled: ['Block credential', 'BlockCredential'],
}

/** The Microsoft 365 admin center's list of users, and PowerShell's MSOnline. */
export const microsoft365Shape: Shape = {
  name: 'microsoft-365',
  title: 'the Microsoft 365 admin center',
  recognise: (record) => hasSome(record, ['Block credential', 'BlockCredential']),
  places: (attribute) => [...placesIn(microsoft365Places, attribute), inWords(attribute), pascal(attribute)],
  valueAt: (record, attribute, place) => {
    const value = enabledUnless(record, attribute, place)
    return attribute === 'proxyAddresses' && typeof value === 'string' ? value.split(/\+(?=\w+:)/) : value
  },
}

/** The flag ACCOUNTDISABLE of `userAccountControl`. */
const ACCOUNT_DISABLED = 2

/** Whether `userAccountControl`, a number or its digits, leaves the account enabled; null if there is no number. */
const isEnabled = (control: Value): boolean | null => {
  const flags = typeof control === 'string' && control.trim() !== '' ? Number(control) : control
  return typeof flags === 'number' && Number.isSafeInteger(flags) ? (flags & ACCOUNT_DISABLED) === 0 : null
}

const activeDirectoryPlaces: PlaceTable = {
  distinguishedName: ['DN', 'dn'],
  dn: ['DistinguishedName', 'DN'],
  onPremisesDistinguishedName: ['DistinguishedName', 'DN', 'dn'],
  sAMAccountName: ['SamAccountName', 'samAccountName'],
  samAccountName: ['sAMAccountName'],
  objectGUID: ['ObjectGuid'],
  objectSid: ['SID.Value', 'SID', 'objectSID'],
  cn: ['Name', 'CN'],
  sn: ['Surname', 'SN'],
  surname: ['sn'],
  mail: ['EmailAddress'],
  jobTitle: ['Title', 'title'],
  companyName: ['Company', 'company'],
  employeeID: ['EmployeeId'],
  employeeId: ['EmployeeID', 'employeeID'],
  physicalDeliveryOfficeName: ['Office'],
  telephoneNumber: ['OfficePhone'],
  mobile: ['MobilePhone'],
  facsimileTelephoneNumber: ['Fax'],
  postOfficeBox: ['POBox'],
  l: ['City', 'L'],
  city: ['l'],
  st: ['State', 'ST'],
  state: ['st'],
  c: ['Country', 'C'],
  country: ['c'],
  wWWHomePage: ['HomePage'],
  accountEnabled: ['Enabled', 'userAccountControl'],
  onPremisesSamAccountName: ['SamAccountName', 'sAMAccountName'],
  accountExpires: ['AccountExpirationDate'],
  lastLogonTimestamp: ['LastLogonDate'],
  whenCreated: ['Created'],
  whenChanged: ['Modified'],
}

/**
 * Get-ADUser, csvde and ldifde: the cmdlet's names beside those of the directory. Where the table has no name of
 * the cmdlet, it is that of the directory. LDAP ignores the case of names.
 */
export const activeDirectoryShape: Shape = {
  name: 'active-directory',
  title: 'Active Directory',
  recognise: (record) =>
    hasSome(record, [
      'DistinguishedName',
      'SamAccountName',
      'ObjectGUID',
      'EmailAddress',
      'GivenName',
      'DN',
      'dn',
      'sAMAccountName',
      'userAccountControl',
    ]) && !hasSome(record, ['Id', 'id']),
  places: (attribute) => [...placesIn(activeDirectoryPlaces, attribute), pascal(attribute)],
  valueAt: (record, _attribute, place) => {
    const value = valueAtPlace(record, nameIgnoringCase(record, place))
    return place === 'userAccountControl' ? isEnabled(value) : value
  },
  exactPlace: (record, _attribute, place) => nameIgnoringCase(record, place),
}
