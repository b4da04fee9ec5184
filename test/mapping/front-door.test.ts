import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileExpression, standardLibrary } from '../../src/index.js'
import { compileMapping, flowingValues, mapObject, SchemaError } from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/index.js'

const file = new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url)
const bytes = readFileSync(file)
const text = bytes.toString()
const user = { userPrincipalName: 'ada@contoso.com', mail: 'ada@contoso.com', department: 'Sales' }

describe('compileMapping', () => {
  it.each([
    ['text', text],
    ['bytes', bytes],
    ['parsed JSON', JSON.parse(text)],
    ['a model', readSchema(text).schema],
  ])('takes a schema as %s', (_form, schema) => {
    const mapping = compileMapping(schema)
    expect(flowingValues(mapObject(mapping, user)).get('userName')).toBe('ada@contoso.com')
  })

  it('says which object mappings there are when it is not clear which one is meant', () => {
    const schema = JSON.parse(text)
    const [rule] = schema.synchronizationRules
    rule.objectMappings = [
      { ...rule.objectMappings[0], name: 'People', enabled: true },
      { ...rule.objectMappings[0], name: 'Guests', enabled: true },
    ]
    expect(() => compileMapping(schema)).toThrow(SchemaError)
    expect(() => compileMapping(schema)).toThrow(/several enabled object mappings[\s\S]*People[\s\S]*Guests/)
    expect(compileMapping(schema, { objectMapping: 'Guests' }).objectMapping.name).toBe('Guests')
    expect(() => compileMapping(schema, { objectMapping: 'Groups' })).toThrow('no object mapping Groups')
  })

  it('says what is wrong with what is no schema', () => {
    expect(() => compileMapping('{"value": [')).toThrow(SchemaError)
    expect(() => compileMapping({ value: [] })).toThrow('AF4002')
  })
})

describe('a mistake of the program', () => {
  const options =
    (given: object): (() => unknown) =>
    () =>
      compileMapping(text, given as never)
  it.each([
    [
      'a setting that does not exist',
      { settings: { nullComparision: 'lenient' } },
      'did you mean nullComparison',
    ],
    ['a value that a setting cannot have', { settings: { hostTimeZone: 'Mars' } }, 'hostTimeZone takes'],
    ['settings as text', { settings: 'lenient' }, 'settings takes an object'],
    ['another dialect', { dialect: 'vba' }, 'dialect takes "provisioning" or "cloud-sync", not "vba"'],
    ['a list as the library', { library: [standardLibrary] }, 'library takes a FunctionLibrary'],
    ['the name of a backend', { backend: 'codegen' }, 'backend takes a function, such as codegen'],
  ])('is a TypeError: %s', (_what, given, message) => {
    expect(options(given)).toThrow(TypeError)
    expect(options(given)).toThrow(message)
    expect(() => compileExpression('[a]', given as never)).toThrow(message)
  })

  it.each([
    ['text', '{"mail": "a"}', 'JSON.parse'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a list', [user], 'one by one'],
    ['a Map', new Map([['mail', 'a']]), 'Object.fromEntries'],
    ['bytes', Buffer.from('{}'), 'decode'],
    ['a promise', Promise.resolve(user), 'await'],
  ])('is a TypeError: %s in place of a record', (_what, record, message) => {
    const mapping = compileMapping(text)
    const expression = compileExpression('[mail]')
    for (const run of [
      () => mapObject(mapping, record as never),
      () => expression.evaluate(record as never),
    ]) {
      expect(run).toThrow(TypeError)
      expect(run).toThrow(message)
    }
  })

  it('is a TypeError: a look-up that answers with a promise where an answer is needed at once', () => {
    const unique = compileExpression('SelectUniqueValue("a", "b")')
    const isTaken = async (): Promise<boolean> => true
    expect(() => unique.evaluate({}, { isTaken } as never)).toThrow('evaluateUnique')
    const findTargets = async (): Promise<[]> => []
    expect(() => mapObject(compileMapping(text), user, { findTargets } as never)).toThrow('findTargets must')
  })
})

describe('a record', () => {
  interface User {
    readonly mail: string
  }
  it('may be an interface or an instance of a class, of which own members are read', () => {
    const typed: User = { mail: 'a' }
    class Person {
      readonly mail = 'b'
      get surname(): string {
        return 'never read'
      }
    }
    const mail = compileExpression('Join("", [mail], [surname])')
    expect(mail.evaluate(typed)).toEqual({ kind: 'value', value: 'a' })
    expect(mail.evaluate(new Person())).toEqual({ kind: 'value', value: 'b' })
  })
})
