import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileExpression, createContext, createEnvironment, standardLibrary } from '../../src/index.js'
import { compileMapping, compileObjectMapping, mapObject, mapObjectsUnique } from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/index.js'

const file = new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url)
const schema = readSchema(readFileSync(file)).schema!
const mapping = compileMapping(schema)
const user = { userPrincipalName: 'ada@contoso.com' }
const literal = compileExpression('"a"')

/** Every front-door function, called with options. */
const callers: Readonly<Record<string, (options: never) => unknown>> = {
  compileExpression: (options) => compileExpression('[mail]', options),
  compileMapping: (options) => compileMapping(schema, options),
  compileObjectMapping: (options) =>
    compileObjectMapping(schema, mapping.rule, mapping.objectMapping, options),
  createEnvironment: (options) => createEnvironment(standardLibrary, options),
  evaluate: (options) => literal.evaluate({}, options),
  trace: (options) => literal.trace({}, options),
  createContext: (options) => createContext(options),
  mapObject: (options) => mapObject(mapping, user, options),
  'context of mapObject': (options) => mapObject(mapping, user, { context: options }),
  mapObjectsUnique: (options) => mapObjectsUnique(mapping, [user], async () => [], options),
}

/** Each option: who takes it, values it refuses, and what the message says. */
const compilers = ['compileExpression', 'compileMapping', 'compileObjectMapping']
const contexts = ['evaluate', 'trace', 'createContext', 'context of mapObject']
const functionless = [null, 1, 'codegen', {}, []]
const textless = [null, 1, {}, [], true, '']
const options: readonly (readonly [string, readonly string[], readonly unknown[], string])[] = [
  ['settings', [...compilers, 'createEnvironment'], [null, 1, 'lenient', []], 'settings takes an object'],
  [
    'dialect',
    [...compilers, 'createEnvironment'],
    [null, 1, 'vba', {}, []],
    'dialect takes "provisioning" or "cloud-sync", not ',
  ],
  ['library', compilers, [null, 1, 'x', {}, [standardLibrary]], 'library takes a FunctionLibrary, such as'],
  [
    'attributes',
    [...compilers, 'createEnvironment'],
    [null, 1, 'mail', {}, [1]],
    "attributes takes a list of attribute names, such as ['mail']",
  ],
  ['backend', compilers, functionless, 'backend takes a function, such as codegen'],
  ['passes', ['compileExpression'], [null, 1, 'x', {}], 'passes takes a list of passes'],
  ['instrument', compilers.slice(1), functionless, 'instrument takes a function'],
  ['objectMapping', ['compileMapping'], textless.slice(0, -1), 'objectMapping takes a text'],
  ['rule', ['compileMapping'], textless.slice(0, -1), 'rule takes a text'],
  ['job', ['compileMapping'], textless.slice(0, -1), 'job takes a text'],
  [
    'now',
    contexts,
    [null, true, {}, [], 'tomorrow', Number.NaN, new Date('x')],
    'now takes a Date, an ISO 8601 text or epoch milliseconds, not ',
  ],
  ['random', contexts, [null, 1, 'x', {}, Math.random], 'random takes a source such as seededRandom(1)'],
  ['isTaken', [...contexts, 'mapObject'], functionless, 'isTaken takes a function'],
  ['operation', ['mapObject'], [null, 1, 'delete', {}, []], 'operation takes "create" or "update", not '],
  ['findTargets', ['mapObject'], functionless, 'findTargets takes a function'],
  ['linked', ['mapObject'], [null, 1, 'x', {}, []], 'linked takes a Map of the attributes'],
  ['source', ['mapObject'], [null, 1, 'deleted', {}, []], 'source takes "active" or "disabled" or'],
  ['unmanaged', ['mapObject'], [null, 1, 'true', {}, []], 'unmanaged takes true or false'],
  [
    'skipOutOfScopeDeletions',
    ['mapObject'],
    [null, 1, 'true', {}, []],
    'skipOutOfScopeDeletions takes true or false',
  ],
  ['context', ['mapObject', 'mapObjectsUnique'], [null, 1, 'x', []], 'context takes an object such as'],
  ['requestFor', ['mapObjectsUnique'], functionless, 'requestFor takes a function'],
]

const cases = options.flatMap(([name, takers, values, message]) =>
  takers.flatMap((taker) => values.map((value) => ({ name, taker, value, message }))),
)

describe('an option', () => {
  it.each(cases)(
    'of $taker, $name, refuses $value and says what it takes',
    ({ name, taker, value, message }) => {
      const call = (): unknown => callers[taker]!({ [name]: value } as never)
      expect(call).toThrow(TypeError)
      expect(call).toThrow(message)
      expect(call).not.toThrow('[object Object]')
    },
  )

  it.each(options.flatMap(([name, takers]) => takers.map((taker) => [name, taker] as const)))(
    '%s of %s may be undefined',
    (name, taker) => {
      expect(() => callers[taker]!({ [name]: undefined } as never)).not.toThrow()
    },
  )

  it.each(options.flatMap(([name, takers]) => takers.map((taker) => [name, taker] as const)))(
    '%s of %s is meant by a name that lacks its last letter',
    (name, taker) => {
      const misspelt = name.slice(0, -1)
      const call = (): unknown => callers[taker]!({ [misspelt]: undefined } as never)
      expect(call).toThrow(TypeError)
      expect(call).toThrow(`unknown option ${misspelt}; did you mean ${name}?`)
    },
  )
})

describe('options', () => {
  it.each([undefined, null, 'x', [standardLibrary]])(
    'of createEnvironment follow a library, not %s',
    (value) => {
      expect(() => createEnvironment(value as never)).toThrow('library takes a FunctionLibrary')
    },
  )

  it.each(Object.keys(callers))('of %s are an object', (taker) => {
    for (const value of [null, 1, 'x', []]) {
      const call = (): unknown => callers[taker]!(value as never)
      expect(call).toThrow(TypeError)
      expect(call).toThrow(/^(?:the options must be|context takes) an object/)
    }
  })

  it('are named all when several are wrong', () => {
    const call = (): unknown => compileMapping(schema, { rule: 1, setings: {} } as never)
    expect(call).toThrow('rule takes a text, not 1')
    expect(call).toThrow('unknown option setings; did you mean settings?')
  })

  it('inherited by an object are not options of it', () => {
    const inherited = Object.create({ toJSON: 1, dialekt: 1 }) as object
    expect(() => compileExpression('[mail]', inherited)).not.toThrow()
  })

  it('of readSchema are texts', () => {
    expect(() => readSchema('{}', 1 as never)).toThrow('name takes a text, not 1')
    expect(() => readSchema('{}', 'a.json', {} as never)).toThrow('choice takes a text, not {}')
  })

  it('never stand for a complete context', () => {
    const settings = mapping.settings
    expect(() => literal.evaluate({}, { settings, now: 0 } as never)).toThrow('unknown option settings')
  })
})
