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

  it('asks V8 for no more than its stack takes', () => {
    const groups = compileRegex(`(?:${'('.repeat(60)}a${')'.repeat(60)})*`)
    expect(groups.runsNatively(160_000)).toBe(false)
    expect(() => groups.isMatch('a'.repeat(160_000))).not.toThrow(RangeError)
    expect(compileRegex('(a)b').runsNatively(160_000)).toBe(true)
  })
})
