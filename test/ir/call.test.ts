import { describe, expect, it } from 'vitest'
import { defineFunction, type FunctionDeclaration, type Parameter } from '../../src/functions/define.js'
import { applyDateCall } from '../../src/ir/date-call.js'
import { createContext } from '../../src/values/context.js'
import { Fault } from '../../src/values/fault.js'
import { STRING } from '../../src/values/static-type.js'
import type { Value } from '../../src/values/value.js'

const site = { span: { start: 3, end: 9 }, calls: ['Outer', 'F'] }
const context = createContext({ now: 0 })

const parameter = (type: Parameter['type'], rest: Partial<Parameter> = {}): Parameter => ({
  name: 'p',
  key: 'p',
  type,
  ...rest,
})

/** A function that gives back what its body got. */
const echo = (parameters: readonly Parameter[], rest: Partial<FunctionDeclaration> = {}) =>
  defineFunction({
    name: 'F',
    family: 'text',
    parameters,
    returns: STRING,
    dialects: [],
    evaluate: (...args: (Value | undefined)[]) =>
      args.map((arg) => (arg === undefined ? '(none)' : arg === null ? '(null)' : String(arg))).join(' '),
    ...rest,
  })

const call = (callee: ReturnType<typeof echo>, ...values: (Value | undefined)[]): unknown => {
  try {
    return applyDateCall(callee, values, [], site, context)
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    expect(thrown.site).toBe(site)
    return thrown.code
  }
}

describe('a call', () => {
  it('converts each argument for its parameter', () => {
    const callee = echo([parameter('String'), parameter('Integer'), parameter('Any')])
    expect(call(callee, true, ' 12 ', 'x')).toBe('True 12 x')
    expect(call(callee, 7, 3.9, false)).toBe('7 3 false')
    expect(call(callee, 7, -3.9, 2n ** 70n)).toBe(`7 -3 ${2n ** 70n}`)
    expect(call(callee, { a: 1 }, 1, 1)).toBe('AF5008')
    expect(call(callee, 'a', '1.5', 1)).toBe('AF5001')
    expect(call(callee, 'a', true, 1)).toBe('AF5001')
    expect(call(callee, 'a', '', 1)).toBe('AF5001')
  })

  it('reads text as a date where a DateTime is taken', () => {
    const callee = echo([parameter('DateTime')], { evaluate: (date) => date.toIso() })
    expect(call(callee, '2024-02-29T01:00:00Z')).toBe('2024-02-29T01:00:00.0000000Z')
    expect(call(callee, '')).toBe('AF5001')
    expect(call(callee, 'soon')).toBe('AF5001')
  })

  it('is null when a required argument is, whatever the others are', () => {
    const callee = echo([parameter('String'), parameter('Integer')])
    expect(call(callee, null, 1)).toBeNull()
    expect(call(callee, null, 'no integer')).toBeNull()
    expect(call(callee, ['a', 'b'], null)).toBeNull()
  })

  it('passes null where it is accepted or the parameter is optional, and undefined for a blank', () => {
    const callee = echo([
      parameter('String', { acceptsNull: true }),
      parameter('String', { required: false }),
    ])
    expect(call(callee, null, null)).toBe('(null) (null)')
    expect(call(callee, 'a', undefined)).toBe('a (none)')
  })

  it('gives settings after all positions, and the context before them', () => {
    const callee = echo([parameter('String', { required: false })], {
      takesContext: true,
      evaluate: (given, text, extra) => `${given === context} ${text} ${extra}`,
    })
    expect(applyDateCall(callee, ['a'], [true], site, context)).toBe('true a true')
  })
})

describe('lifting', () => {
  const lifting = echo([parameter('String'), parameter('String'), parameter('Any')], { mapsOverLists: true })

  it('maps over one list, at whatever position of a text', () => {
    expect(call(lifting, ['a', 1], 'x', '')).toEqual(['a x ', '1 x '])
    expect(call(lifting, 'x', ['a', 'b'], '')).toEqual(['x a ', 'x b '])
    expect(call(lifting, [], 'x', '')).toEqual([])
  })

  it('drops null results', () => {
    expect(call(lifting, ['a', null, 'b'], 'x', '')).toEqual(['a x ', 'b x '])
    expect(call(lifting, ['a', 'b'], null, '')).toEqual([])
  })

  it('fails for two lists, for a list in a list, and where a function does not lift', () => {
    expect(call(lifting, ['a'], ['b'], '')).toBe('AF5003')
    expect(call(lifting, [['a']], 'b', '')).toBe('AF5003')
    expect(call(echo([parameter('String')]), ['a'])).toBe('AF5003')
    expect(call(echo([parameter('Integer')]), [1])).toBe('AF5003')
  })

  it('leaves a list for an Any parameter as it is', () => {
    expect(call(lifting, 'a', 'b', ['c', 'd'])).toBe('a b c,d')
  })
})
