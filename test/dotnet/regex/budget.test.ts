import { describe, expect, it } from 'vitest'
import { compileRegex } from '../../../src/dotnet/regex/regex.js'
import { compileExpression } from '../../../src/index.js'
import { compileMapping, mapObject } from '../../../src/mapping/index.js'
import { schemaOf } from '../../plan/codegen/mapping-of.js'

describe('the budget of steps', () => {
  const nested = 'Replace([a], , "^(?>(?>(?>(?>(?>(?>a*b|a)*c|a)*d|a)*e|a)*f|a)*g|a)*h", , "x", , )'

  it('holds for atomic groups in loops, also where a constant is folded', () => {
    const limits = { settings: { limits: { regexSteps: 1_000 } } }
    const outcome = compileExpression(nested, limits).evaluate({ a: 'a'.repeat(60) })
    expect(outcome).toMatchObject({ kind: 'error', diagnostics: [{ code: 'AF5010' }] })
    const folded = compileExpression(nested.replace('[a]', `"${'a'.repeat(120)}"`), limits)
    expect(folded.evaluate({})).toMatchObject({ kind: 'error', diagnostics: [{ code: 'AF5010' }] })
  })

  it('is one for all attributes and list elements of an object, and whole again for the next', () => {
    const slow = (index: number): string => `Replace([a], , "(x+)+y${index}", , "", , )`
    const steps = (count: number): string => {
      const targets = Array.from({ length: count }, (_, index) => ({
        target: `t${index}`,
        expression: slow(index),
      }))
      const mapping = compileMapping(schemaOf(targets), { settings: { limits: { regexSteps: 20_000 } } })
      const outcomes = [1, 2].map(
        () => mapObject(mapping, { a: 'x'.repeat(300) }, { operation: 'create' }).outcome,
      )
      expect(outcomes[0]).toBe(outcomes[1])
      return outcomes[0]!
    }
    expect(steps(1)).toBe('create')
    expect(steps(50)).toBe('error')
  })

  it('holds for what a match makes: groups, references in a template, and for patterns from data', () => {
    const expression = compileExpression('Replace([a], , [p], , [t], , )', {
      settings: { limits: { regexSteps: 100_000 } },
    })
    const code = (record: Readonly<Record<string, unknown>>): unknown => {
      const outcome = expression.evaluate(record as { a: string })
      return outcome.kind === 'error' ? outcome.diagnostics[0]?.code : outcome.kind
    }
    const many = Array.from({ length: 1_000 }, () => 'b')
    // References to an empty group add nothing to the result.
    expect(code({ a: 'a'.repeat(2_000), p: '(b?)', t: '$1'.repeat(1_000) })).toBe('AF5010')
    expect(code({ a: 'a'.repeat(5_000), p: `a|\\G${'()'.repeat(500)}b`, t: '$1' })).toBe('AF5010')
    expect(
      code({ a: Array.from({ length: 10_000 }, () => 'b'), p: `a|\\G(?:${'(ab)*c'.repeat(300)})`, t: '' }),
    ).toBe('AF5010')
    expect(code({ a: 'a', p: many.map((_, index) => `x{${index}}`), t: '' })).toBe('AF5010')
    expect(code({ a: 'a', p: 'x'.repeat(32_769), t: '' })).toBe('AF5010')
    expect(code({ a: 'a'.repeat(500), p: 'a', t: 'x'.repeat(100) })).toBe('value')
  })

  it('is not used up by the worst cases of searches that end early', () => {
    const expression = compileExpression('Replace([a], , "CN=([^,]+),.*", , "$1", , )')
    const names = Array.from({ length: 2_000 }, (_, index) => `CN=${index},OU=${'x'.repeat(100)},DC=example`)
    expect(expression.evaluate({ a: names })).toEqual({
      kind: 'value',
      value: names.map((_, index) => `${index}`),
    })
  })

  it('refuses a pattern that takes long to compile', () => {
    expect(() => compileRegex('a'.repeat(32_769))).toThrow('longer than 32768 characters')
  })

  it('asks V8 for no more than its stack takes', () => {
    const groups = compileRegex(`(?:${'('.repeat(60)}a${')'.repeat(60)})*`)
    expect(groups.runsNatively(160_000)).toBe(false)
    expect(() => groups.isMatch('a'.repeat(160_000))).not.toThrow(RangeError)
    expect(compileRegex('(a)b').runsNatively(160_000)).toBe(true)
  })
})
