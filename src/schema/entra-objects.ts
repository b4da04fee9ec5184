import type { AttributeType } from './enums.js'
import type { AttributeDefinition, ObjectDefinition } from './model.js'

/** An attribute with the usual properties. */
export const plainAttribute = (
  name: string,
  more: Partial<AttributeDefinition> = {},
): AttributeDefinition => ({
  name,
  type: 'String',
  anchor: false,
  multivalued: false,
  required: false,
  defaultValue: null,
  caseExact: false,
  flowNullValues: false,
  mutability: 'ReadWrite',
  referencedObjects: [],
  apiExpressions: [],
  metadata: [],
  ...more,
})

const texts = [
  ...[
    'userPrincipalName',
    'displayName',
    'givenName',
    'surname',
    'mail',
    'mailNickname',
    'jobTitle',
    'department',
  ],
  ...['companyName', 'employeeId', 'employeeType', 'streetAddress', 'city', 'state', 'postalCode', 'country'],
  ...['usageLocation', 'preferredLanguage', 'telephoneNumber', 'mobile', 'facsimileTelephoneNumber'],
  ...['physicalDeliveryOfficeName', 'userType', 'immutableId'],
]

const others: readonly (readonly [string, AttributeType, Partial<AttributeDefinition>?])[] = [
  ['objectId', 'String', { anchor: true, required: true, mutability: 'ReadOnly' }],
  ['accountEnabled', 'Boolean'],
  ['employeeHireDate', 'DateTime'],
  [
    'manager',
    'Reference',
    { referencedObjects: [{ referencedObjectName: 'User', referencedProperty: 'objectId' }] },
  ],
  ['otherMails', 'String', { multivalued: true }],
  ['proxyAddresses', 'String', { multivalued: true }],
]

/**
 * The attributes of a Microsoft Entra ID user that are most often provisioned to applications, by their names
 * in synchronization schemas.
 */
export const entraUser: ObjectDefinition = {
  name: 'User',
  attributes: [
    ...others.map(([name, type, more]) => plainAttribute(name, { type, ...more })),
    ...texts.map((name) => plainAttribute(name)),
  ],
  metadata: [],
  supportedApis: [],
}
