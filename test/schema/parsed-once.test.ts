import { beforeEach, expect, test, vi } from 'vitest'

/** How often each text was parsed, and how many expressions were bound. */
const { parsed, bound } = vi.hoisted(() => ({ parsed: new Map<string, number>(), bound: { count: 0 } }))

vi.mock('../../src/syntax/parser.js', async (original) => {
  const actual = await original<typeof import('../../src/syntax/parser.js')>()
  return {
    ...actual,
    parseExpression: (text: string) => {
      parsed.set(text, (parsed.get(text) ?? 0) + 1)
      return actual.parseExpression(text)
    },
  }
})
vi.mock('../../src/check/checker.js', async (original) => {
  const actual = await original<typeof import('../../src/check/checker.js')>()
  return {
    ...actual,
    checkExpression: (...args: Parameters<typeof actual.checkExpression>) => {
      bound.count++
      return actual.checkExpression(...args)
    },
  }
})

// What the set-up of all tests has loaded counts nothing.
vi.resetModules()
const { lintSchema } = await import('../../src/lint/lint-schema.js')
const { checkSchema } = await import('../../src/mapping/check-schema.js')
const { compileObjectMapping } = await import('../../src/mapping/compile-object-mapping.js')
const { readSchema } = await import('../../src/schema/read.js')

beforeEach(() => {
  parsed.clear()
  bound.count = 0
})

const attribute = (name: string): object => ({ name, type: 'String' })
const parameter = (key: string, name: string): object => ({ key, value: { type: 'Attribute', name } })

/** The two mappings have a text and a tree, one a text alone, one a tree alone, and one is an attribute. */
const schema = () => {
  const source = {
    name: 'HR',
    objects: [{ name: 'Worker', attributes: ['id', 'first', 'last'].map(attribute) }],
  }
  const target = {
    name: 'App',
    objects: [{ name: 'User', attributes: ['a', 'b', 'c', 'd', 'e'].map(attribute) }],
  }
  const lower = { type: 'Function', name: 'ToLower', parameters: [parameter('source', 'first')] }
  const sources = [
    { ...lower, expression: 'ToLower([first])' },
    { ...lower, name: 'ToUpper', expression: 'ToUpper([first])' },
    { type: 'Function', name: 'Append', expression: 'Append([first], [last])' },
    { ...lower, name: 'Trim', expression: null },
    { type: 'Attribute', name: 'id', expression: '[id]' },
  ]
  return readSchema({
    directories: [source, target],
    synchronizationRules: [
      {
        sourceDirectoryName: 'HR',
        targetDirectoryName: 'App',
        objectMappings: [
          {
            enabled: true,
            sourceObjectName: 'Worker',
            targetObjectName: 'User',
            attributeMappings: sources.map((one, index) => ({
              targetAttributeName: 'abcde'[index],
              source: one,
            })),
          },
        ],
      },
    ],
  }).schema!
}

const once = {
  'ToLower([first])': 1,
  'ToUpper([first])': 1,
  'Append([first], [last])': 1,
  'Trim([first])': 1,
  '[id]': 1,
}

test('check and lint parse and bind each expression once, in either order', () => {
  for (const steps of [
    [checkSchema, lintSchema],
    [lintSchema, checkSchema],
  ]) {
    parsed.clear()
    bound.count = 0
    const model = schema()
    for (const step of steps) step(model)
    expect(Object.fromEntries(parsed)).toEqual(once)
    expect(bound.count).toBe(5)
  }
})

test('compile shares what check and lint have parsed and bound', () => {
  const model = schema()
  checkSchema(model)
  const [rule] = model.synchronizationRules
  compileObjectMapping(model, rule!, rule!.objectMappings[0]!)
  lintSchema(model)
  expect(Object.fromEntries(parsed)).toEqual(once)
  expect(bound.count).toBe(5)
})

test('another setting binds anew, and parses no text again', () => {
  const model = schema()
  checkSchema(model)
  lintSchema(model, { settings: { caseInsensitiveFunctions: true } })
  expect(parsed.get('ToLower([first])')).toBe(1)
  expect(bound.count).toBe(10)
})

test('equal settings are the same settings', () => {
  const model = schema()
  checkSchema(model, { settings: { caseInsensitiveFunctions: true } })
  lintSchema(model, { settings: { caseInsensitiveFunctions: true } })
  expect(bound.count).toBe(5)
})
