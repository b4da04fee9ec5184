import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { JsonDocument, jsonPath, nodeAt, spanInString } from '../../src/schema/json-document.js'
import type { AttributeMapping, SynchronizationSchema } from '../../src/schema/model.js'
import { readSchema } from '../../src/schema/read.js'
import { writeSchema } from '../../src/schema/write.js'
import { where } from '../support/where.js'

const read = (json: unknown): SynchronizationSchema => {
  const { schema, diagnostics } = readSchema(json)
  expect(diagnostics).toEqual([])
  return schema!
}

const small = `{
  "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#schema",
  "version": "6.0", "serial": 12345678901234567890, "ratio": 1.50, "__proto__": {"1": "b", "0": "a"},
  "synchronizationRules": [ { "name": "R", "priority": 1, "sourceDirectoryName": "A", "targetDirectoryName": "B",
    "objectMappings": [ { "enabled": true, "flowTypes": "Add, Update", "future": [null, {"x": "\\u00e9"}],
      "sourceObjectName": "User", "targetObjectName": "User", "scope": null,
      "attributeMappings": [
        { "targetAttributeName": "mail", "flowNull": true, "flowType": 1, "matchingPriority": "2",
          "source": { "type": "attribute", "name": "mail" } },
        { "targetAttributeName": "zone", "source": null, "defaultValue": "Europe\\/Berlin" } ] } ] } ],
  "directories": [] }`

describe('readSchema', () => {
  it('reads members by the names and defaults of Graph', () => {
    const schema = read(small)
    const mapping = schema.synchronizationRules[0]!.objectMappings[0]!
    expect(mapping).toMatchObject({ name: null, enabled: true, flowTypes: ['Add', 'Update'], scope: null })
    expect(mapping.attributeMappings[0]).toMatchObject({
      flowType: 'ObjectAddOnly',
      flowBehavior: 'FlowWhenChanged',
      matchingPriority: 2,
      defaultValue: null,
      source: { type: 'Attribute', name: 'mail', expression: null, parameters: [] },
    })
    expect(mapping.attributeMappings[1]).toMatchObject({ source: null, defaultValue: 'Europe/Berlin' })
  })

  test.each([
    ['Add,Update,Delete', ['Add', 'Update', 'Delete']],
    ['Add, Delete', ['Add', 'Delete']],
    ['None', []],
    [7, ['Add', 'Update', 'Delete']],
    ['5', ['Add', 'Delete']],
    [0, []],
    [null, ['Add', 'Update', 'Delete']],
  ])('reads flowTypes %j', (flowTypes, expected) => {
    const schema = read({ synchronizationRules: [{ objectMappings: [{ flowTypes }] }] })
    expect(schema.synchronizationRules[0]!.objectMappings[0]!.flowTypes).toEqual(expected)
  })

  it('accepts a template or job around the schema, and a byte order mark', () => {
    const text = `\ufeff{"id": "t", "schema": ${small}}`
    const schema = read(text)
    expect(schema.synchronizationRules).toHaveLength(1)
    expect(writeSchema(schema)).toBe(text)
  })

  it.each([
    ['{"directories": [,]}', 17, 'a value is missing'],
    ['{"directories": []', 18, 'a closing brace is missing'],
    ['{"directories": [] // none\n}', 19, 'comments'],
    ['{"directories": "a\nb"}', 16, 'a string does not end'],
    ['{"directories": [1,]}', 19, 'a value is missing'],
    ['{"version": 01}', 13, 'a comma is missing'],
    ['', 0, 'it is empty'],
    ['\ufeff', 1, 'it is empty'],
    ['{} {}', 3, 'text after the end'],
  ])('points at the fault in %j', (text, start, reason) => {
    const { schema, diagnostics } = readSchema(text)
    expect(schema).toBeUndefined()
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]).toMatchObject({ code: 'AF4001', span: { start } })
    expect(diagnostics[0]!.message).toContain(reason)
  })

  it('refuses nesting that would exhaust the stack', () => {
    const { schema, diagnostics } = readSchema('['.repeat(100_000))
    expect(schema).toBeUndefined()
    expect(diagnostics[0]!.message).toContain('levels are nested')
  })

  it.each([[[]], [{}], [null], ['"text"'], [7], [{ value: [] }], [{ schema: { name: 'x' } }]])(
    'says that %j holds no schema',
    (json) => {
      const { schema, diagnostics } = readSchema(json)
      expect(schema).toBeUndefined()
      expect(diagnostics.map((d) => d.code)).toEqual(['AF4002'])
    },
  )

  it('reports wrong types and values by JSON path and reads on', () => {
    const { schema, diagnostics } = readSchema({
      synchronizationRules: [
        'rule',
        {
          priority: {},
          objectMappings: [
            {
              attributeMappings: [
                { targetAttributeName: 'a', flowType: 'Add', flowBehavior: 9, source: 'x' },
              ],
            },
          ],
        },
      ],
      directories: {},
    })
    const at = '$.synchronizationRules[1].objectMappings[0].attributeMappings[0]'
    expect(diagnostics.map((d) => [d.code, d.path])).toEqual([
      ['AF4003', '$.directories'],
      ['AF4003', '$.synchronizationRules[0]'],
      ['AF4003', '$.synchronizationRules[1].priority'],
      ['AF4004', `${at}.flowBehavior`],
      ['AF4004', `${at}.flowType`],
      ['AF4003', `${at}.source`],
    ])
    expect(schema!.synchronizationRules[0]!.objectMappings[0]!.attributeMappings[0]).toMatchObject({
      targetAttributeName: 'a',
      flowType: 'Always',
      source: null,
    })
  })

  it('never throws, whatever the JSON', () => {
    const names = ['synchronizationRules', 'directories', 'objects', 'objectMappings', 'attributeMappings']
    const more = [
      'source',
      'parameters',
      'value',
      'scope',
      'groups',
      'clauses',
      'name',
      'flowTypes',
      '__proto__',
    ]
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 9, withCrossShrink: true },
        fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names, ...more), tie('tree'), { maxKeys: 5 }),
      ),
    }))
    let read = 0
    fc.assert(
      fc.property(tree, tree, (rules, directories) => {
        const text = JSON.stringify({ synchronizationRules: rules, directories }, null, 1)
        const { schema } = readSchema(text)
        expect(writeSchema(schema!)).toBe(text)
        read++
      }),
    )
    expect(read).toBeGreaterThan(0)
  })
})

describe('writeSchema', () => {
  it('keeps an unchanged schema to the last blank', () => {
    expect(writeSchema(read(small))).toBe(small)
  })

  it('writes only what changed in a copy', () => {
    const schema = read(small)
    const [rule] = schema.synchronizationRules
    const [mapping] = rule!.objectMappings
    const [mail, zone] = mapping!.attributeMappings
    const withAttributes = (attributeMappings: readonly AttributeMapping[]): string =>
      writeSchema({
        ...schema,
        synchronizationRules: [
          {
            ...rule!,
            objectMappings: [{ ...mapping!, attributeMappings }],
          },
        ],
      })
    expect(withAttributes([{ ...mail!, flowType: 'Always' }, zone!])).toBe(
      small.replace('"flowType": 1', '"flowType": "Always"'),
    )
    expect(withAttributes([mail!, { ...zone!, matchingPriority: 3 }])).toBe(
      small.replace('"Europe\\/Berlin" }', '"Europe\\/Berlin", "matchingPriority": 3 }'),
    )
    const reversed = JSON.parse(withAttributes([zone!, mail!]))
    expect(reversed.synchronizationRules[0].objectMappings[0].attributeMappings).toEqual(
      JSON.parse(small).synchronizationRules[0].objectMappings[0].attributeMappings.reverse(),
    )
  })

  it('writes a schema made by hand in full, and reads it back', () => {
    const made: SynchronizationSchema = {
      id: null,
      version: '1',
      directories: [],
      synchronizationRules: [
        {
          id: 'r',
          name: 'R',
          priority: 1,
          editable: true,
          sourceDirectoryName: 'A',
          targetDirectoryName: 'B',
          objectMappings: [],
          metadata: [{ key: 'k', value: null }],
          containerFilter: null,
          groupFilter: { includedGroups: ['CN=a'] },
        },
      ],
    }
    const text = writeSchema(made)
    expect(JSON.parse(text)).toEqual({ ...made })
    expect(writeSchema(read(text))).toBe(text)
  })
})

describe('JsonDocument', () => {
  it('gives the path and place of each value', () => {
    const document = new JsonDocument('{"a": [0, {"odd name": "x\\n\\u00e9y"}]}')
    const node = nodeAt(document.root, ['a', 1, 'odd name'])!
    expect(jsonPath(node)).toBe('$.a[1]["odd name"]')
    const raw = document.text(node)
    expect(raw).toBe('"x\\n\\u00e9y"')
    const { start, end } = spanInString(raw, node.offset, { start: 2, end: 3 })
    expect(document.source.text.slice(start, end)).toBe('\\u00e9')
    expect(nodeAt(document.root, ['a', 'b'])).toBeUndefined()
  })
})

const samples = new URL('../../../shared/samples/', import.meta.url)
where(existsSync(samples), describe)('real exports', () => {
  it.each([
    'cloudsync-ad2entra.schema.json',
    'entra2salesforce.schema.json',
    'entra2salesforce.template.json',
    'awssinglesignon.partial.json',
  ])('reads %s without a complaint and writes it back unchanged', (name) => {
    const text = readFileSync(new URL(name, samples), 'utf8')
    const schema = read(text)
    expect(schema.synchronizationRules.length).toBeGreaterThan(0)
    expect(writeSchema(schema)).toBe(text)
  })
})
