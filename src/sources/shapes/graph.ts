import { hasSome, type PlaceTable, pascal, placesIn, type Shape, type ShapePath } from './shape.js'

const extensionAttributes = Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`)

/**
 * The places in Microsoft Graph v1.0 of attributes that synchronization schemas name as in Azure AD Graph.
 * Source: Microsoft's page of property differences between Azure AD Graph and Microsoft Graph.
 */
export const graphPlaces: PlaceTable = {
  objectId: ['id'],
  telephoneNumber: ['businessPhones[0]'],
  mobile: ['mobilePhone'],
  physicalDeliveryOfficeName: ['officeLocation'],
  facsimileTelephoneNumber: ['faxNumber'],
  dirSyncEnabled: ['onPremisesSyncEnabled'],
  immutableId: ['onPremisesImmutableId'],
  lastDirSyncTime: ['onPremisesLastSyncDateTime'],
  dnsDomainName: ['onPremisesDomainName'],
  samAccountName: ['onPremisesSamAccountName'],
  securityIdentifier: ['onPremisesSecurityIdentifier'],
  onPremisesSecurityIdentifier: ['securityIdentifier'],
  sipProxyAddress: ['imAddresses[0]'],
  refreshTokensValidFromDateTime: ['signInSessionsValidFromDateTime'],
  userState: ['externalUserState'],
  userStateChangedOn: ['externalUserStateChangeDateTime'],
  signInNames: ['identities[].issuerAssignedId'],
  originalUserPrincipalName: ['userPrincipalName'],
  costCenter: ['employeeOrgData.costCenter'],
  division: ['employeeOrgData.division'],
  manager: ['manager.id'],
  managerId: ['manager.id'],
  members: ['members[].id'],
  owners: ['owners[].id'],
  appRoleAssignments: ['appRoleAssignments[]'],
  ...Object.fromEntries(extensionAttributes.map((name) => [name, [`onPremisesExtensionAttributes.${name}`]])),
}

const typical = [
  'businessPhones',
  'mobilePhone',
  'officeLocation',
  'onPremisesSyncEnabled',
  'onPremisesImmutableId',
  'onPremisesExtensionAttributes',
  'onPremisesSamAccountName',
  'employeeOrgData',
  'faxNumber',
  'imAddresses',
  'externalUserState',
  'appRoleAssignments',
  'userPrincipalName',
  'mailEnabled',
  'securityEnabled',
  'preferredLanguage',
  '@odata.type',
]

/** `a.b`, for a schema that names the member of an object by its path. */
const nested = (attribute: string): readonly ShapePath[] =>
  /^[\w@]+(?:\.[\w@]+)+$/.test(attribute) ? [attribute] : []

/**
 * A custom security attribute, `customSecurityAttributes_Set_Attribute` in schemas and a member of a set in Graph.
 */
const securityAttribute = (attribute: string): readonly ShapePath[] => {
  const found = /^(?:customSecurityAttributes[._])?([A-Za-z]\w*?)_(\w+)$/.exec(attribute)
  return found === null ? [] : [`customSecurityAttributes.${found[1]}.${found[2]}`]
}

const graphPlacesOf = (attribute: string): readonly ShapePath[] => [
  ...placesIn(graphPlaces, attribute),
  ...nested(attribute),
  ...securityAttribute(attribute),
]

export const graphShape: Shape = {
  name: 'graph',
  title: 'Microsoft Graph v1.0',
  recognise: (record) => Object.hasOwn(record, 'id') && hasSome(record, typical),
  places: graphPlacesOf,
}

/**
 * The objects of PowerShell's Graph modules: Graph's names in Pascal case, with the other attributes beside
 * them. The older module AzureAD writes the names of schemas in Pascal case.
 */
export const graphPowerShellShape: Shape = {
  name: 'graph-powershell',
  title: 'Microsoft Graph PowerShell',
  recognise: (record) =>
    hasSome(record, ['Id', 'ObjectId']) &&
    !hasSome(record, ['BlockCredential']) &&
    hasSome(record, [
      'UserPrincipalName',
      'DisplayName',
      'AdditionalProperties',
      'MailEnabled',
      'AccountEnabled',
    ]),
  places: (attribute) => {
    const places = [...graphPlacesOf(attribute), attribute]
    return [...places.map(pascal), ...places.map((place) => `AdditionalProperties.${place}`)]
  },
}
