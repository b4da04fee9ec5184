import { Shaper } from './shaper.js'
import type { Shape } from './shapes/shape.js'

/** The user attributes that Entra's schemas read most, by their names in schemas. */
export const probedAttributes: readonly string[] = [
  'accountEnabled',
  'appRoleAssignments',
  'city',
  'companyName',
  'country',
  'department',
  'dirSyncEnabled',
  'displayName',
  'employeeHireDate',
  'employeeId',
  'employeeLeaveDateTime',
  'employeeOrgData.costCenter',
  'employeeOrgData.division',
  'employeeType',
  'extensionAttribute1',
  'extensionAttribute15',
  'facsimileTelephoneNumber',
  'givenName',
  'immutableId',
  'jobTitle',
  'lastDirSyncTime',
  'mail',
  'mailNickname',
  'manager',
  'mobile',
  'objectId',
  'onPremisesDistinguishedName',
  'otherMails',
  'physicalDeliveryOfficeName',
  'postalCode',
  'preferredLanguage',
  'proxyAddresses',
  'samAccountName',
  'sipProxyAddress',
  'state',
  'streetAddress',
  'surname',
  'telephoneNumber',
  'usageLocation',
  'userPrincipalName',
  'userState',
  'userType',
]

/**
 * A user in each format. Each value is the schema's name of its attribute, so the expected result does not
 * depend on the declarations.
 */
const probes = {
  graph: {
    id: 'objectId',
    accountEnabled: 'accountEnabled',
    appRoleAssignments: ['appRoleAssignments'],
    businessPhones: ['telephoneNumber'],
    city: 'city',
    companyName: 'companyName',
    country: 'country',
    department: 'department',
    displayName: 'displayName',
    employeeHireDate: 'employeeHireDate',
    employeeId: 'employeeId',
    employeeLeaveDateTime: 'employeeLeaveDateTime',
    employeeOrgData: { costCenter: 'employeeOrgData.costCenter', division: 'employeeOrgData.division' },
    employeeType: 'employeeType',
    externalUserState: 'userState',
    faxNumber: 'facsimileTelephoneNumber',
    givenName: 'givenName',
    imAddresses: ['sipProxyAddress'],
    jobTitle: 'jobTitle',
    mail: 'mail',
    mailNickname: 'mailNickname',
    manager: { id: 'manager' },
    mobilePhone: 'mobile',
    officeLocation: 'physicalDeliveryOfficeName',
    onPremisesDistinguishedName: 'onPremisesDistinguishedName',
    onPremisesExtensionAttributes: {
      extensionAttribute1: 'extensionAttribute1',
      extensionAttribute15: 'extensionAttribute15',
    },
    onPremisesImmutableId: 'immutableId',
    onPremisesLastSyncDateTime: 'lastDirSyncTime',
    onPremisesSamAccountName: 'samAccountName',
    onPremisesSyncEnabled: 'dirSyncEnabled',
    otherMails: ['otherMails'],
    postalCode: 'postalCode',
    preferredLanguage: 'preferredLanguage',
    proxyAddresses: ['proxyAddresses'],
    state: 'state',
    streetAddress: 'streetAddress',
    surname: 'surname',
    usageLocation: 'usageLocation',
    userPrincipalName: 'userPrincipalName',
    userType: 'userType',
  },
  portal: {
    id: 'objectId',
    userPrincipalName: 'userPrincipalName',
    displayName: 'displayName',
    surname: 'surname',
    mail: 'mail',
    givenName: 'givenName',
    userType: 'userType',
    jobTitle: 'jobTitle',
    department: 'department',
    accountEnabled: 'accountEnabled',
    usageLocation: 'usageLocation',
    streetAddress: 'streetAddress',
    state: 'state',
    country: 'country',
    officeLocation: 'physicalDeliveryOfficeName',
    city: 'city',
    postalCode: 'postalCode',
    telephoneNumber: 'telephoneNumber',
    mobilePhone: 'mobile',
    alternateEmailAddress: 'otherMails',
    companyName: 'companyName',
    directorySynced: 'dirSyncEnabled',
    invitationState: 'userState',
  },
  'microsoft-365': {
    'Block credential': 'accountEnabled',
    City: 'city',
    'Country/Region': 'country',
    Department: 'department',
    DirSyncEnabled: 'dirSyncEnabled',
    'Display name': 'displayName',
    Fax: 'facsimileTelephoneNumber',
    'First name': 'givenName',
    'Last dirsync time': 'lastDirSyncTime',
    'Last name': 'surname',
    'Mobile Phone': 'mobile',
    'Object Id': 'objectId',
    Office: 'physicalDeliveryOfficeName',
    'Phone number': 'telephoneNumber',
    'Postal code': 'postalCode',
    'Preferred language': 'preferredLanguage',
    'Proxy addresses': ['proxyAddresses'],
    State: 'state',
    'Street address': 'streetAddress',
    Title: 'jobTitle',
    'Usage location': 'usageLocation',
    'User principal name': 'userPrincipalName',
  },
  'active-directory': {
    DistinguishedName: 'onPremisesDistinguishedName',
    Enabled: 'accountEnabled',
    City: 'city',
    Company: 'companyName',
    Country: 'country',
    Department: 'department',
    DisplayName: 'displayName',
    EmailAddress: 'mail',
    EmployeeID: 'employeeId',
    employeeType: 'employeeType',
    extensionAttribute1: 'extensionAttribute1',
    extensionAttribute15: 'extensionAttribute15',
    Fax: 'facsimileTelephoneNumber',
    GivenName: 'givenName',
    mailNickname: 'mailNickname',
    Manager: 'manager',
    MobilePhone: 'mobile',
    Office: 'physicalDeliveryOfficeName',
    OfficePhone: 'telephoneNumber',
    PostalCode: 'postalCode',
    preferredLanguage: 'preferredLanguage',
    ProxyAddresses: ['proxyAddresses'],
    SamAccountName: 'samAccountName',
    State: 'state',
    StreetAddress: 'streetAddress',
    Surname: 'surname',
    Title: 'jobTitle',
    UserPrincipalName: 'userPrincipalName',
  },
} as const

/** The same user in the format of PowerShell's Graph modules: all names in Pascal case. */
const inPascalCase = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
      inPascalCase(member),
    ]),
  )
}

/** The user of a format; undefined if schemas name its attributes by paths of the format. */
export const probeOf = (shape: string): Readonly<Record<string, unknown>> | undefined =>
  shape === 'graph-powershell'
    ? (inPascalCase(probes.graph) as Readonly<Record<string, unknown>>)
    : (probes as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[shape]

/**
 * The place where an attribute of the user was found: its own name or another place; undefined if it was not
 * found.
 */
export const foundIn = ({ name, places }: Shape, attribute: string): string | undefined => {
  const probe = probeOf(name)
  if (probe === undefined) return undefined
  const shaper = new Shaper([attribute], { shape: name })
  const value = (shaper.apply(probe) as Readonly<Record<string, unknown>>)[attribute]
  if (value === undefined || value === null) return undefined
  const renamed = shaper.renamed.get(attribute)
  if (renamed !== undefined) return renamed
  // A place inside the attribute itself, such as the identifier of a manager.
  return places(attribute).find((place) => place.startsWith(`${attribute}.`)) ?? attribute
}
