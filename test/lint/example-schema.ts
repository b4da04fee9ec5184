import { analyzeExpression, environmentOf } from '../../src/expression/compile.js'
import type { MappingExample } from '../../src/lint/documentation.js'

const definition = (name: string, members: object = {}): object => ({
  name,
  type: 'String',
  anchor: false,
  multivalued: false,
  required: false,
  mutability: 'ReadWrite',
  ...members,
})

/** A schema file around the mapping of an example; the lists that only give names and types stand on one line. */
export const exampleSchema = (example: MappingExample): string => {
  const { expression, target, directory = 'Example App', from = 'Workday', attributes = {} } = example
  const read = expression === undefined ? [] : analyzeExpression(expression, environmentOf()).attributes
  const names = [...new Set([...read, ...Object.keys(attributes)])].filter((name) => name !== 'IsSoftDeleted')
  const object = directory === 'Active Directory' ? 'user' : 'User'
  const source =
    expression === undefined
      ? null
      : { type: expression.startsWith('[') ? 'Attribute' : 'Function', expression }
  const mapping = {
    targetAttributeName: target,
    source,
    defaultValue: example.defaultValue ?? null,
    flowType: example.flowType ?? 'Always',
    matchingPriority: example.matchingPriority ?? 0,
  }
  const rule = {
    name: 'RULE',
    sourceDirectoryName: from,
    targetDirectoryName: directory,
    objectMappings: [
      {
        name: 'users',
        enabled: true,
        sourceObjectName: 'User',
        targetObjectName: object,
        attributeMappings: [mapping],
      },
    ],
  }
  const directories = [
    {
      name: from,
      objects: [{ name: 'User', attributes: names.map((name) => definition(name, attributes[name])) }],
    },
    {
      name: directory,
      objects: [{ name: object, attributes: [definition(target, example.definition)] }],
    },
  ]
  const rules = JSON.stringify([rule], null, 2)
  return `{"synchronizationRules": ${rules},\n"directories": ${JSON.stringify(directories)}}\n`
}
