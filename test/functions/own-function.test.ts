import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { codegen } from '../../src/codegen.js'
import {
  checkFunction,
  compileExpression,
  type DateTime,
  defineFunction,
  EvaluationError,
  type FunctionDefinition,
  type FunctionExample,
  type Outcome,
  standardLibrary,
} from '../../src/index.js'
import { planUnit } from '../../src/plan/plan.js'

const initials = defineFunction({
  name: 'Initials',
  parameters: { name: 'String', separator: { type: 'String', optional: true } },
  returns: 'String',
  evaluate: (name, separator = '') =>
    Array.from(name.matchAll(/\b\p{L}/gu), ([letter]) => letter).join(separator),
  doc: 'Returns the first letter of each word.',
  examples: [
    { expression: 'Initials([displayName])', input: { displayName: 'Ada Berg' }, result: 'AB' },
    { expression: 'Initials([displayName], ".")', input: { displayName: 'Ada Berg' }, result: 'A.B' },
    { expression: 'Initials([displayName])', input: {}, result: null },
  ],
})

const evaluate = (definition: FunctionDefinition, expression: string, record: object = {}): Outcome => {
  const library = standardLibrary.with(definition)
  const outcomes = [planUnit, codegen].map((backend) => {
    const compiled = compileExpression(expression, { library, backend })
    return compiled.evaluate(record as Record<string, unknown>)
  })
  expect(outcomes[1]).toEqual(outcomes[0])
  return outcomes[0]!
}

const codesOf = (outcome: Outcome): readonly string[] =>
  outcome.kind === 'error' ? outcome.diagnostics.map(({ code }) => code) : []

describe('a function of your own', () => {
  it('has examples that run, and no warning of its own', () => {
    expect(checkFunction(initials)).toEqual([])
    const { diagnostics } = compileExpression('Initials([a])', { library: standardLibrary.with(initials) })
    expect(diagnostics).toEqual([])
  })

  it('gives its body arguments of the declared types', () => {
    defineFunction({
      name: 'Typed',
      parameters: [
        ['text', 'String'],
        ['when', { type: 'DateTime', acceptsNull: true }],
        ['start', { type: 'Integer', optional: true }],
        ['rest', { type: 'Any', optional: true, repeating: true }],
      ],
      returns: 'Boolean',
      evaluate: (text, when, start, ...rest) => {
        expectTypeOf(text).toEqualTypeOf<string>()
        expectTypeOf(start).toEqualTypeOf<number | undefined>()
        expectTypeOf(when).toEqualTypeOf<DateTime | null>()
        expectTypeOf(rest.length).toEqualTypeOf<number>()
        return true
      },
    })
    // In an object, required parameters come before optional ones, whatever order TypeScript gives their names.
    defineFunction({
      name: 'Members',
      parameters: {
        text: 'String',
        length: { type: 'Integer', optional: true },
        at: { type: 'Any', repeating: true, optional: true },
      },
      returns: 'Boolean',
      evaluate: (text, length, ...at) => {
        expectTypeOf(text).toEqualTypeOf<string>()
        expectTypeOf(length).toEqualTypeOf<number | undefined>()
        expectTypeOf(at.length).toEqualTypeOf<number>()
        return true
      },
    })
    defineFunction({
      name: 'Mixed',
      // @ts-expect-error parameters of different types must be a list
      parameters: { text: 'String', start: 'Integer' },
      returns: 'String',
      evaluate: (text: unknown, start: unknown) => `${text}${start}`,
    })
    defineFunction({
      name: 'Contextual',
      parameters: { text: 'String' },
      returns: 'String',
      purity: 'contextual',
      evaluate: (context, text) => {
        expectTypeOf(text).toEqualTypeOf<string>()
        return `${text} ${String(context.settings.hostTimeZone)}`
      },
    })
  })

  it.each([
    ['a list', { displayName: ['Ada', 'Eva'] }, ['AF5003']],
    ['an object', { displayName: { first: 'Ada' } }, ['AF5008']],
    ['null', { displayName: null }, []],
  ])('answers %s with an outcome', (_what, record, codes) => {
    expect(codesOf(evaluate(initials, 'Initials([displayName])', record))).toEqual(codes)
  })

  it('maps over lists when it says so', () => {
    const shout = defineFunction({
      name: 'Shout',
      parameters: { text: 'String' },
      returns: 'String',
      mapsOverLists: true,
      evaluate: (text) => (text === '' ? undefined : `${text}!`),
    })
    expect(evaluate(shout, 'Shout([a])', { a: ['x', '', 'y'] })).toEqual({
      kind: 'value',
      value: ['x!', 'y!'],
    })
    expect(evaluate(shout, 'Shout("")')).toEqual({ kind: 'null' })
  })

  it('keeps what its body throws as the cause of the outcome', () => {
    const cause = new Error('no such office')
    const office = defineFunction({
      name: 'Office',
      parameters: { code: 'String' },
      returns: 'String',
      evaluate: (): string => {
        throw cause
      },
    })
    const outcome = evaluate(office, 'Office([code])', { code: 'B7' })
    expect(outcome).toMatchObject({
      kind: 'error',
      cause,
      diagnostics: [{ code: 'AF5015', message: 'Office failed: no such office.' }],
    })
    // Also where a constant call is evaluated at compile time.
    expect(codesOf(evaluate(office, 'Join("", Office("B7"))'))).toEqual(['AF5015'])
  })

  it('hides the message and the cause where values are redacted', () => {
    const secret = defineFunction({
      name: 'Secret',
      parameters: { text: 'String' },
      returns: 'String',
      redacts: true,
      evaluate: (text): string => {
        throw new Error(text)
      },
    })
    const outcome = evaluate(secret, 'Secret([a])', { a: 'hunter2' })
    expect(codesOf(outcome)).toEqual(['AF5015'])
    expect(outcome).not.toHaveProperty('cause')
    expect(JSON.stringify(outcome)).not.toContain('hunter2')
  })

  it.each([
    ['a promise', Promise.resolve('x'), 'promise'],
    ['a value of another kind', 7, 'kind integer'],
    ['a function', () => 1, 'function'],
    ['not a number', Number.NaN, 'NaN'],
  ])('refuses %s as a result', (_what, result, word) => {
    const odd = defineFunction({
      name: 'Odd',
      parameters: {},
      returns: 'String',
      evaluate: () => result as never,
    })
    const outcome = evaluate(odd, 'Odd()')
    expect(codesOf(outcome)).toEqual(['AF5015'])
    expect(JSON.stringify(outcome)).toContain(word)
  })

  it.each([
    ['a name with a blank', { name: 'My Function' }, 'the name must be'],
    ['a type there is none of', { parameters: { text: 'Text' } }, 'the type of text must be'],
    ['parameters in a wrong form', { parameters: ['text'] }, 'a name with a type'],
    [
      'a required parameter behind an optional one',
      { parameters: { a: { type: 'Any', optional: true }, b: 'Any' } },
      'b must be optional',
    ],
    [
      'a parameter behind one that repeats',
      { parameters: { a: { type: 'Any', repeating: true }, b: 'Any' } },
      'last parameter',
    ],
    [
      'a name given twice',
      {
        parameters: [
          ['a', 'Any'],
          ['A', 'Any'],
        ],
      },
      'two parameters',
    ],
    ['another return type', { returns: 'Text' }, 'returns must be one of'],
    ['no body', { evaluate: undefined }, 'evaluate must be a function'],
    ['another purity', { purity: 'clean' }, 'purity must be'],
  ])('is refused for %s', (_what, change, message) => {
    const declaration = { name: 'F', parameters: {}, returns: 'Any', evaluate: () => null, ...change }
    expect(() => defineFunction(declaration as never)).toThrow(TypeError)
    expect(() => defineFunction(declaration as never)).toThrow(message)
  })

  it('is taken by a library one by one', () => {
    expect(() => standardLibrary.with([initials] as never)).toThrow('library.with(...list)')
    expect(() => standardLibrary.with({} as never)).toThrow('made by defineFunction')
  })

  it('never throws, whatever the data hold and the body does', () => {
    const kinds = ['String', 'Boolean', 'Integer', 'Decimal', 'DateTime', 'List', 'Object', 'Any'] as const
    const types = ['String', 'Integer', 'DateTime', 'Any'] as const
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
        fc.anything({ withBigInt: true, withDate: true }),
        fc.boolean(),
        fc.constantFrom(...kinds),
        fc.constantFrom(...types),
        fc.boolean(),
        (value, result, throws, returns, type, mapsOverLists) => {
          const hostile = defineFunction({
            name: 'Hostile',
            parameters: { value: type },
            returns,
            mapsOverLists,
            evaluate: () => {
              if (throws) throw result
              return result as never
            },
          })
          const outcome = evaluate(hostile, 'Hostile([a])', { a: value })
          expect(['value', 'null', 'error']).toContain(outcome.kind)
          expect(outcome).not.toBeInstanceOf(EvaluationError)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('checkFunction', () => {
  it('tells which examples give something else', () => {
    const wrong = defineFunction({
      name: 'Twice',
      parameters: { text: 'String' },
      returns: 'String',
      evaluate: (text) => text + text,
      examples: [{ expression: 'Twice("a")', result: 'a' }],
    })
    expect(checkFunction(wrong)).toEqual([
      { expression: 'Twice("a")', input: {}, expected: { result: 'a' }, found: { result: 'aa' } },
    ])
  })

  it('compares what an example states: an error, a marker, a pattern, null, members in any order', () => {
    const mirror = (examples: readonly FunctionExample[]): FunctionDefinition =>
      defineFunction({
        name: 'Mirror',
        parameters: { value: 'Any' },
        returns: 'Any',
        evaluate: (value) => {
          if (value === 'bad') throw new RangeError('bad')
          return value === '' ? null : value
        },
        examples,
      })
    const right = mirror([
      { expression: 'Mirror("")', result: null },
      { expression: 'Mirror("x1")', pattern: '^x\\d$' },
      { expression: 'Mirror([a])', input: { a: ['x', 'y'] }, result: ['x', 'y'] },
      { expression: 'Mirror("bad")', error: 'AF5015' },
      { expression: 'IIF(Mirror("a")="a", IgnoreFlowIfNullOrEmpty(""), "b")', marker: 'ignoreAttribute' },
    ])
    expect(checkFunction(right)).toEqual([])
    const wrong = mirror([
      { expression: 'Mirror("x")', pattern: '^\\d$' },
      { expression: 'Mirror([a])', input: { a: ['x', 'y'] }, result: ['y', 'x'] },
      { expression: 'Mirror("bad")', result: 'bad' },
    ])
    const failures = checkFunction(wrong)
    expect(failures.map(({ found }) => found)).toEqual([
      { result: 'x' },
      { result: ['x', 'y'] },
      { error: 'AF5015' },
    ])
    expect(failures[2]!.cause).toBeInstanceOf(RangeError)
  })

  it('refuses a function without examples', () => {
    const silent = defineFunction({ name: 'Silent', parameters: {}, returns: 'Any', evaluate: () => null })
    expect(() => checkFunction(silent)).toThrow('no examples')
  })
})
