import type { AttributeDefinition, AttributeMapping, ObjectDefinition } from './model.js'

/** A proposed mapping of an attribute, and why. */
export interface ProposedMapping {
  readonly mapping: AttributeMapping
  readonly reason: string
}

/** Attributes of Entra and their usual names in targets, reduced to lower-case letters and digits. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  userPrincipalName: [
    'username',
    'upn',
    'login',
    'loginname',
    'uid',
    'account',
    'accountname',
    'samaccountname',
  ],
  accountEnabled: ['active', 'enabled', 'isactive', 'isenabled'],
  displayName: ['fullname', 'cn', 'commonname', 'formatted', 'name'],
  givenName: ['firstname', 'forename'],
  surname: ['familyname', 'lastname', 'sn'],
  mail: ['email', 'emailaddress', 'workemail', 'emailswork', 'emails'],
  mailNickname: ['nickname', 'alias'],
  jobTitle: ['title', 'position'],
  companyName: ['company', 'organization', 'o'],
  employeeId: ['employeenumber', 'personnelnumber', 'staffid'],
  streetAddress: ['street', 'addressesworkstreetaddress'],
  city: ['locality', 'town', 'l', 'addressesworklocality'],
  state: ['region', 'st', 'province', 'addressesworkregion'],
  postalCode: ['zip', 'zipcode', 'addressesworkpostalcode'],
  country: ['c', 'co', 'countrycode', 'addressesworkcountry'],
  telephoneNumber: ['phone', 'phonenumber', 'workphone', 'phonenumberswork'],
  mobile: ['mobilephone', 'cellphone', 'phonenumbersmobile'],
  facsimileTelephoneNumber: ['fax', 'faxnumber', 'phonenumbersfax'],
  physicalDeliveryOfficeName: ['office', 'officelocation'],
  preferredLanguage: ['language', 'locale'],
  employeeHireDate: ['hiredate', 'startdate', 'hiredon'],
  objectId: ['externalid', 'sourceid'],
  manager: ['managerid', 'supervisor'],
}

/** A name without URN, case and punctuation: `emails[type eq "work"].value` becomes `emailswork`. */
const plainName = (name: string): string =>
  name
    .replace(/^urn:.*:(?=[^:]+$)/i, '')
    .replace(/\[type eq "(\w+)"\]/gi, '$1')
    .replace(/^name\./i, '')
    .replace(/\.value$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** Types are compatible if the service converts between them automatically. */
const isConvertible = (source: AttributeDefinition, target: AttributeDefinition): boolean =>
  source.type === target.type ||
  (target.type === 'String' && source.type !== 'Reference' && source.type !== 'Binary')

const attributeSource = (name: string) => ({
  type: 'Attribute' as const,
  name,
  expression: `[${name}]`,
  parameters: [],
})

/** Names to try as the matching attribute, the most reliable first. */
const matching = ['username', 'employeenumber', 'uid', 'externalid', 'mail', 'email']

/**
 * Proposes mappings from one object to another by their names and types. Review them: what a target means by
 * a name is not known. A target attribute without a counterpart, and one that cannot be written, gets none.
 */
export const proposeMappings = (
  source: ObjectDefinition,
  target: ObjectDefinition,
): readonly ProposedMapping[] => {
  const byName = new Map<string, AttributeDefinition>()
  for (const attribute of source.attributes) byName.set(plainName(attribute.name), attribute)
  for (const attribute of source.attributes)
    for (const other of otherNames[attribute.name] ?? []) if (!byName.has(other)) byName.set(other, attribute)
  const writable = target.attributes.filter(({ mutability }) => mutability !== 'ReadOnly')
  const found = writable.flatMap((attribute) => {
    const from = byName.get(plainName(attribute.name))
    if (from === undefined || !isConvertible(from, attribute)) return []
    if (from.multivalued !== attribute.multivalued) return []
    return [{ attribute, from }]
  })
  const match = matching
    .map((name) => found.find(({ attribute }) => plainName(attribute.name) === name))
    .find((one) => one !== undefined)
  return found.map(({ attribute, from }) => ({
    mapping: {
      targetAttributeName: attribute.name,
      source: attributeSource(from.name),
      defaultValue: null,
      flowType: 'Always',
      flowBehavior: 'FlowWhenChanged',
      matchingPriority: attribute === match?.attribute ? 1 : 0,
      exportMissingReferences: false,
    },
    reason:
      plainName(from.name) === plainName(attribute.name)
        ? 'the names are the same'
        : `${attribute.name} is usually ${from.name}`,
  }))
}
