import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { applyEdits } from '../../src/diagnostics/fix.js'
import { isAttributeName, renameAttribute, renameInExpression } from '../../src/editor/index.js'
import { standardLibrary } from '../../src/functions/index.js'
import { compareTree } from '../../src/schema/expression-tree.js'
import type { AttributeMappingSource, SynchronizationSchema } from '../../src/schema/model.js'
import { readSchema } from '../../src/schema/read.js'
import { toSource } from '../../src/schema/to-source.js'
import { validateSchema } from '../../src/schema/validate.js'
import { writeSchema } from '../../src/schema/write.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { where } from '../support/where.js'

const tree = (text: string): AttributeMappingSource => ({
  ...toSource(parseExpression(text).expression, standardLibrary).source!,
  expression: text,
})

const attribute = (name: string, more: object = {}) => ({ name, type: 'String', ...more })

const clause = (sourceOperandName: string) => ({
  operatorName: 'EQUALS',
  sourceOperandName,
  targetOperand: { values: ['login'] },
})

/** A schema as a file: odd spacing and unknown members have to survive. */
const file = JSON.stringify(
  {
    '@odata.etag': 'W/"1"',
    synchronizationRules: [
      {
        name: 'in',
        sourceDirectoryName: 'HR',
        targetDirectoryName: 'Entra',
        objectMappings: [
          {
            sourceObjectName: 'Worker',
            targetObjectName: 'User',
            unknown: { login: [1.0, 'login', '[login]'] },
            scope: {
              groups: [{ name: 'login', clauses: [clause('login'), clause('Login')] }],
              inputFilterGroups: [{ clauses: [clause('login')] }],
              categoryFilterGroups: [],
            },
            attributeMappings: [
              { targetAttributeName: 'login', source: tree('[login]') },
              {
                targetAttributeName: 'mail',
                source: tree('Join("[login]",  [ login ],Trim( [login]), [loginName])'),
              },
              {
                targetAttributeName: 'nick',
                source: tree('Replace([mail], , "(?<a>.)@", "a", , [login], )'),
              },
              { targetAttributeName: 'fixed', source: tree('"login"') },
              { targetAttributeName: 'none', source: null },
            ],
          },
          {
            sourceObjectName: 'Manager',
            targetObjectName: 'User',
            attributeMappings: [{ targetAttributeName: 'login', source: tree('[login]') }],
          },
        ],
      },
      {
        name: 'out',
        sourceDirectoryName: 'Entra',
        targetDirectoryName: 'HR',
        objectMappings: [
          {
            sourceObjectName: 'User',
            targetObjectName: 'Worker',
            scope: { groups: [{ clauses: [clause('login')] }] },
            attributeMappings: [{ targetAttributeName: 'login', source: tree('[login]') }],
          },
        ],
      },
    ],
    directories: [
      {
        name: 'HR',
        objects: [
          {
            name: 'Worker',
            attributes: [
              attribute('login', { anchor: true }),
              attribute('loginName'),
              attribute('mail'),
              attribute('manager', {
                type: 'Reference',
                referencedObjects: [
                  { referencedObjectName: 'Worker', referencedProperty: 'login' },
                  { referencedObjectName: 'Manager', referencedProperty: 'login' },
                ],
              }),
            ],
          },
          { name: 'Manager', attributes: [attribute('login')] },
        ],
      },
      { name: 'Entra', objects: [{ name: 'User', attributes: [attribute('login'), attribute('mail')] }] },
    ],
  },
  null,
  3,
)

const schemaOf = (json: string): SynchronizationSchema => readSchema(json).schema!

const request = { directory: 'HR', object: 'Worker', from: 'login', to: 'account.name' }

const renamed = (json: string | SynchronizationSchema, given = request) => {
  const result = renameAttribute(typeof json === 'string' ? schemaOf(json) : json, given)
  if (!result.renamed) throw new Error(result.reason)
  return result
}

describe('renameAttribute', () => {
  it('reports every place that it changes', () => {
    const { edits } = renamed(file)
    expect(
      edits.map(({ path, before, after }) => `${path}: ${before} → ${after}`).join('\n'),
    ).toMatchInlineSnapshot(`
      "$.synchronizationRules[0].objectMappings[0].scope.groups[0].clauses[0].sourceOperandName: login → account.name
      $.synchronizationRules[0].objectMappings[0].scope.inputFilterGroups[0].clauses[0].sourceOperandName: login → account.name
      $.synchronizationRules[0].objectMappings[0].attributeMappings[0].source.expression: [login] → [account.name]
      $.synchronizationRules[0].objectMappings[0].attributeMappings[0].source.name: login → account.name
      $.synchronizationRules[0].objectMappings[0].attributeMappings[1].source.expression: Join("[login]",  [ login ],Trim( [login]), [loginName]) → Join("[login]",  [ account.name ],Trim( [account.name]), [loginName])
      $.synchronizationRules[0].objectMappings[0].attributeMappings[1].source.parameters[1].value.expression: [login] → [account.name]
      $.synchronizationRules[0].objectMappings[0].attributeMappings[1].source.parameters[1].value.name: login → account.name
      $.synchronizationRules[0].objectMappings[0].attributeMappings[1].source.parameters[2].value.expression: Trim([login]) → Trim([account.name])
      $.synchronizationRules[0].objectMappings[0].attributeMappings[1].source.parameters[2].value.parameters[0].value.expression: [login] → [account.name]
      $.synchronizationRules[0].objectMappings[0].attributeMappings[1].source.parameters[2].value.parameters[0].value.name: login → account.name
      $.synchronizationRules[0].objectMappings[0].attributeMappings[2].source.expression: Replace([mail], , "(?<a>.)@", "a", , [login], ) → Replace([mail], , "(?<a>.)@", "a", , [account.name], )
      $.synchronizationRules[0].objectMappings[0].attributeMappings[2].source.parameters[3].value.expression: [login] → [account.name]
      $.synchronizationRules[0].objectMappings[0].attributeMappings[2].source.parameters[3].value.name: login → account.name
      $.synchronizationRules[1].objectMappings[0].attributeMappings[0].targetAttributeName: login → account.name
      $.directories[0].objects[0].attributes[0].name: login → account.name
      $.directories[0].objects[0].attributes[3].referencedObjects[0].referencedProperty: login → account.name"
    `)
    for (const { span, before } of edits)
      expect(file.slice(span.start, span.end)).toBe(JSON.stringify(before))
  })

  it('changes nothing else in the file, and its edits are those of the file', () => {
    const { schema, edits } = renamed(file)
    const written = writeSchema(schema)
    expect(written).toBe(applyEdits(file, edits))
    const lines = written.split('\n')
    const before = file.split('\n')
    expect(lines).toHaveLength(before.length)
    expect(lines.filter((line, index) => line !== before[index])).toHaveLength(edits.length)
  })

  it('changes only names of the source where the object is the source, and of the target where it is the target', () => {
    const { schema } = renamed(file, { ...request, directory: 'Entra', object: 'User' })
    const [inbound, outbound] = schema.synchronizationRules
    expect(
      inbound!.objectMappings.map(({ attributeMappings }) => attributeMappings[0]!.targetAttributeName),
    ).toEqual(['account.name', 'account.name'])
    expect(inbound!.objectMappings[0]!.attributeMappings[0]!.source!.name).toBe('login')
    const [mapping] = outbound!.objectMappings
    expect(mapping!.attributeMappings[0]!.targetAttributeName).toBe('login')
    expect(mapping!.attributeMappings[0]!.source!.expression).toBe('[account.name]')
    expect(mapping!.scope!.groups[0]!.clauses[0]!.sourceOperandName).toBe('account.name')
  })

  it('keeps texts and trees in agreement', () => {
    const { schema } = renamed(file)
    const sources = schema.synchronizationRules
      .flatMap(({ objectMappings }) => objectMappings)
      .flatMap(({ attributeMappings }) => attributeMappings)
      .flatMap(({ source }) => (source === null ? [] : [source]))
    expect(sources).toHaveLength(6)
    for (const source of sources) expect(compareTree(source, standardLibrary).tree).toBeUndefined()
  })

  it('leads back', () => {
    const there = writeSchema(renamed(file).schema)
    const back = renamed(there, { ...request, from: request.to, to: request.from })
    expect(writeSchema(back.schema)).toBe(file)
  })

  it('leaves the schema as it was', () => {
    const schema = schemaOf(file)
    renameAttribute(schema, request)
    expect(writeSchema(schema)).toBe(file)
  })

  it('renames in a schema made by hand, with paths from its root', () => {
    const mapping = schemaOf(file).synchronizationRules[0]!.objectMappings[0]!
    const plain = JSON.parse(JSON.stringify(schemaOf(file))) as SynchronizationSchema
    const result = renameAttribute(plain, request)
    expect(result.renamed && result.edits.map(({ path }) => path)).toEqual(
      renamed(file).edits.map(({ path }) => path),
    )
    expect(mapping.scope!.groups[0]!.clauses[0]!.sourceOperandName).toBe('login')
  })

  test.each([
    [
      { to: 'mail' },
      'Worker in HR has mail already: $.synchronizationRules[0].objectMappings[0].attributeMappings[2].source.expression',
    ],
    [
      { to: 'loginName' },
      'Worker in HR has loginName already: $.synchronizationRules[0].objectMappings[0].attributeMappings[1].source.expression',
    ],
    [{ to: 'manager' }, 'Worker in HR has manager already: $.directories[0].objects[0].attributes[3].name'],
    [
      { to: 'login' },
      'Worker in HR has login already: $.synchronizationRules[0].objectMappings[0].scope.groups[0].clauses[0].sourceOperandName',
    ],
    [{ to: 'IsSoftDeleted' }, 'IsSoftDeleted is an attribute that the service computes'],
    [{ to: '' }, '"" cannot be written between brackets'],
    [{ to: 'a]b' }, '"a]b" cannot be written between brackets'],
    [{ from: 'nothing' }, 'Worker in HR has no attribute nothing'],
    [{ from: 'Login', to: 'x', object: 'Manager' }, 'Manager in HR has no attribute Login'],
    [{ object: 'Nobody' }, 'Nobody in HR has no attribute login'],
    [{ directory: '__proto__' }, 'Worker in __proto__ has no attribute login'],
  ])('refuses %j', (change, reason) => {
    expect(renameAttribute(schemaOf(file), { ...request, ...change })).toEqual({ renamed: false, reason })
  })

  const samples = fileURLToPath(new URL('../../../shared/samples/', import.meta.url))

  where(existsSync(samples), describe)('real schemas', () => {
    const files = existsSync(samples)
      ? readdirSync(samples).filter((name) => name.endsWith('.schema.json'))
      : []

    it('are there', () => {
      expect(files.length).toBeGreaterThan(1)
    })

    test.each(files)('%s takes each rename as edits of its text, without a new finding', (name) => {
      const json = readFileSync(samples + name, 'utf8')
      const schema = schemaOf(json)
      const codes = (one: SynchronizationSchema): string[] => validateSchema(one).map(({ code }) => code)
      const before = codes(schema)
      let places = 0
      for (const directory of schema.directories)
        for (const object of directory.objects)
          for (const { name: from } of object.attributes.slice(0, 4)) {
            const given = { directory: directory.name, object: object.name, from, to: 'anotherName' }
            const { schema: after, edits } = renamed(schema, given)
            const written = writeSchema(after)
            expect(written).toBe(applyEdits(json, edits))
            places += edits.length
            if (places === edits.length) expect(codes(schemaOf(written))).toEqual(before)
          }
      expect(places).toBeGreaterThan(8)
    })
  })
})

describe('renameInExpression', () => {
  test.each([
    ['[a]', '[b.c]'],
    ['Join("[a]", [ a ], [A], [aa], [a])', 'Join("[a]", [ b.c ], [A], [aa], [b.c])'],
    ['Join("x", [a], [a', 'Join("x", [b.c], [a'],
    ["'[a]'", "'[b.c]'"],
    ['', ''],
    ['a', 'a'],
  ])('%s', (text, after) => {
    expect(applyEdits(text, renameInExpression(text, 'a', 'b.c'))).toBe(after)
  })

  it('finds names with brackets of their own', () => {
    const text = 'Trim([emails[type eq "work"].value])'
    expect(applyEdits(text, renameInExpression(text, 'emails[type eq "work"].value', 'mail'))).toBe(
      'Trim([mail])',
    )
  })
})

test.each([
  ['givenName', true],
  ['emails[type eq "work"].value', true],
  ['urn:ietf:params:scim:schemas:core:2.0:User:name', true],
  ['a b', true],
  ['__proto__', true],
  ['', false],
  [' a', false],
  ['a]', false],
  ['a[', false],
  ['a\nb', false],
  ['a\\b', false],
  ['a], [b', false],
])('isAttributeName(%j) is %s', (name, expected) => {
  expect(isAttributeName(name)).toBe(expected)
})
