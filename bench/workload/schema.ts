import type { WorkloadGroup, WorkloadMapping } from './mapping.js'
import type { User } from './users.js'

/** The source attributes whose values may be null. */
const textAttributes = [
  'id',
  'employeeId',
  'givenName',
  'surname',
  'displayName',
  'userPrincipalName',
  'mail',
  'mailNickname',
  'department',
  'jobTitle',
  'companyName',
  'country',
  'city',
  'postalCode',
  'officeLocation',
  'employeeType',
  'telephoneNumber',
  'manager',
  'hireDate',
] as const satisfies readonly (keyof User)[]

const attributeDefinition = (name: string, type: string, multivalued = false): object => ({
  name,
  type,
  anchor: name === 'id' || name === 'externalId',
  multivalued,
  required: false,
  caseExact: false,
  mutability: 'ReadWrite',
  referencedObjects: [],
  metadata: [],
})

const filterGroup = (clauses: WorkloadGroup, index: number): object => ({
  name: `Group ${index + 1}`,
  clauses: clauses.map(([sourceOperandName, operatorName, operand]) => ({
    sourceOperandName,
    operatorName,
    targetOperand: operand === undefined ? null : { values: [operand] },
  })),
})

/**
 * The synchronizationSchema of a mapping, as JSON that `readSchema` reads. By default the source is a system of
 * its own: objects of Entra ID read some attributes through the service's rules, which a hand-written baseline
 * has not.
 */
export const schemaOf = (mapping: WorkloadMapping, source = 'Contoso Staff'): object => ({
  id: 'benchmark',
  version: '1',
  synchronizationRules: [
    {
      id: 'users',
      name: 'Users',
      priority: 1,
      editable: true,
      sourceDirectoryName: source,
      targetDirectoryName: 'Contoso Portal',
      objectMappings: [
        {
          name: 'Staff to portal',
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          sourceObjectName: 'Worker',
          targetObjectName: 'User',
          scope: {
            groups: mapping.groups.map(filterGroup),
            inputFilterGroups: [],
            categoryFilterGroups: [],
          },
          attributeMappings: Object.entries(mapping.attributes).map(([targetAttributeName, expression]) => ({
            targetAttributeName,
            defaultValue: null,
            flowType: 'Always',
            flowBehavior: 'FlowWhenChanged',
            matchingPriority: targetAttributeName === 'externalId' ? 1 : 0,
            exportMissingReferences: false,
            source: sourceOf(expression),
          })),
          metadata: [],
        },
      ],
      metadata: [],
    },
  ],
  directories: [
    {
      id: 'staff',
      name: source,
      objects: [
        {
          name: 'Worker',
          attributes: [
            ...textAttributes.map((name) => attributeDefinition(name, 'String')),
            attributeDefinition('accountEnabled', 'Boolean'),
            attributeDefinition('proxyAddresses', 'String', true),
          ],
          metadata: [],
        },
      ],
    },
    {
      id: 'portal',
      name: 'Contoso Portal',
      objects: [
        {
          name: 'User',
          attributes: Object.keys(mapping.attributes).map((name) =>
            attributeDefinition(name, name === 'suspended' || name === 'active' ? 'Boolean' : 'String'),
          ),
          metadata: [],
        },
      ],
    },
  ],
})

/** The three types of source that the portal offers. */
const sourceOf = (expression: string): object => {
  const attribute = /^\[(\w+)\]$/.exec(expression)?.[1]
  if (attribute !== undefined) {
    return { expression, name: attribute, type: 'Attribute', parameters: [] }
  }
  const constant = /^"(\w+)"$/.exec(expression)?.[1]
  return constant === undefined
    ? { expression, name: /^\w+/.exec(expression)![0], type: 'Function', parameters: [] }
    : { expression, name: constant, type: 'Constant', parameters: [] }
}
