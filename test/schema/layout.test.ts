import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { standardLibrary } from '../../src/functions/index.js'
import { withExpression } from '../../src/schema/expression-tree.js'
import type { AttributeMapping, SynchronizationSchema } from '../../src/schema/model.js'
import { readSchema } from '../../src/schema/read.js'
import { writeSchema } from '../../src/schema/write.js'

const source = (expression: string): unknown => ({ type: 'Function', name: 'x', expression, parameters: [] })
const file = {
  version: '1',
  synchronizationRules: [
    {
      name: 'R',
      objectMappings: [
        {
          name: 'M',
          future: { a: [{}, []], 'b:c': '":' },
          attributeMappings: [
            { targetAttributeName: 'a', source: source('Trim([a])'), matchingPriority: 1 },
            { targetAttributeName: 'b', source: null },
            { targetAttributeName: 'c', source: { type: 'Attribute', name: 'c' } },
          ],
        },
      ],
    },
  ],
  directories: [],
}

type Change = (mappings: readonly AttributeMapping[]) => readonly AttributeMapping[]

const tree = (text: string): AttributeMapping['source'] =>
  withExpression({ type: 'Function', name: null, expression: null, parameters: [] }, text, standardLibrary)
    .source

const changes: Readonly<Record<string, Change>> = {
  'another value': ([a, ...rest]) => [{ ...a!, flowType: 'ObjectAddOnly', matchingPriority: 2 }, ...rest],
  'a new member': ([a, b, c]) => [a!, b!, { ...c!, defaultValue: 'x', matchingPriority: 7 }],
  'a tree for none': ([a, b, c]) => [a!, { ...b!, source: tree('IIF([x]="1", Join(",", [y], "z"), )') }, c!],
  'a larger tree': ([a, ...rest]) => [
    {
      ...a!,
      source: withExpression(a!.source!, 'Switch(Trim([a]), "o", "k", Left([b], 2))', standardLibrary).source,
    },
    ...rest,
  ],
  'no tree': ([a, ...rest]) => [{ ...a!, source: null }, ...rest],
  'another order': ([a, b, c]) => [c!, a!, b!],
  'one fewer': ([, b, c]) => [b!, c!],
  none: () => [],
  'a deeper place for an old tree': ([a, b, c]) => [
    a!,
    { ...b!, source: { ...tree('Trim("x")')!, parameters: [{ key: 'source', value: a!.source }] } },
    c!,
  ],
}

const changed = (text: string, change: Change): string => {
  const schema = readSchema(text).schema as SynchronizationSchema
  const [rule] = schema.synchronizationRules
  const [mapping] = rule!.objectMappings
  const attributeMappings = change(mapping!.attributeMappings)
  const objectMappings = [{ ...mapping!, attributeMappings }]
  return writeSchema({ ...schema, synchronizationRules: [{ ...rule!, objectMappings }] })
}

describe('what is written anew', () => {
  it('is laid out as the file is, in whatever way', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(changes).filter((name) => name !== 'none')),
        fc.constantFrom(undefined, ' ', '  ', '    ', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (name, unit, lineEnd, wrapped) => {
          const laidOut = (value: unknown): string =>
            JSON.stringify(value, null, unit).replaceAll('\n', lineEnd)
          const before = laidOut(wrapped ? { id: 't', schema: file } : file)
          const after = changed(before, changes[name]!)
          expect(after).not.toBe(before)
          expect(after).toBe(laidOut(JSON.parse(after)))
        },
      ),
    )
  })

  test.each(Object.entries(changes))('%s, by hand', (_name, change) => {
    const before = JSON.stringify(file, null, 4)
    const after = changed(before, change)
    expect(after).toBe(JSON.stringify(JSON.parse(after), null, 4))
  })

  it('stays on the line where everything was', () => {
    const text =
      '{\n  "synchronizationRules": [\n    { "name": "R", "objectMappings": [ { "attributeMappings": [\n' +
      '      { "targetAttributeName": "a", "source": { "type": "Function", "expression": "Trim([a])" } } ] } ] } ] }'
    expect(
      changed(text, ([a]) => [
        { ...a!, source: withExpression(a!.source!, 'Count([a])', standardLibrary).source },
      ]),
    ).toBe(
      text.replace(
        '"expression": "Trim([a])" }',
        '"expression": "Count([a])", "name": "Count", "parameters": [{"key": "source", "value": {"expression": "[a]", ' +
          '"name": "a", "parameters": [], "type": "Attribute"}}] }',
      ),
    )
  })
})
