import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { applyEdits, replaceFix } from '../../src/diagnostics/fix.js'
import { quickFixes } from '../../src/editor/index.js'
import { analyzeExpression } from '../../src/expression/compile.js'
import { context, cursor } from './cursor.js'

/** The fixes at the cursor: title, text that results, `!` for one that is not safe. */
const fixes = (marked: string): readonly (readonly [string, string])[] => {
  const { text, offset } = cursor(marked)
  const environment = { ...context.environment, attributes: context.attributes }
  const { diagnostics } = analyzeExpression(text, environment)
  return quickFixes(text, { start: offset, end: offset }, diagnostics).map(({ title, edits, safe }) => [
    `${title}${safe ? '' : '!'}`,
    applyEdits(text, edits),
  ])
}

describe('quickFixes', () => {
  it('offers the fixes of the diagnostics at the cursor', () => {
    expect(fixes('tolo|wer([Surname])')).toEqual([['Write ToLower', 'ToLower([Surname])']])
    expect(fixes('tolower([Sur|name])')).toEqual([['Write [surname]!', 'tolower([surname])']])
    expect(fixes('Trim|([givenName])')).toEqual([])
    expect(fixes('[givenName];|')).toEqual([['Remove the semicolon', '[givenName]']])
  })

  const diagnostic = (
    start: number,
    end: number,
    ...offered: NonNullable<Diagnostic['fixes']>
  ): Diagnostic => ({
    code: 'AF1001',
    severity: 'error',
    message: 'x',
    span: { start, end },
    fixes: offered,
  })

  it('puts safe ones first, and none twice', () => {
    const unsafe = replaceFix('Write b', 0, 1, 'b', false)
    const safe = replaceFix('Write c', 0, 1, 'c')
    const first = diagnostic(0, 1, unsafe, safe)
    const second = diagnostic(0, 3, safe)
    expect(quickFixes('aaa', { start: 1, end: 2 }, [first, second])).toEqual([
      { ...safe, diagnostic: first },
      { ...unsafe, diagnostic: first },
    ])
    expect(quickFixes('aaa', { start: 2, end: 2 }, [first, second])).toEqual([
      { ...safe, diagnostic: second },
    ])
  })

  it('leaves out what no longer fits the text or changes nothing', () => {
    const past = replaceFix('Write b', 2, 9, 'b')
    const backward = replaceFix('Write b', 2, 1, 'b')
    const nothing = replaceFix('Write a', 0, 1, 'a')
    expect(quickFixes('aaa', { start: 0, end: 3 }, [diagnostic(0, 3, past, backward, nothing)])).toEqual([])
  })
})
