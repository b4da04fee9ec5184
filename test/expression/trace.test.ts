import { describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/expression/compile.js'
import type { TraceNode } from '../../src/expression/trace.js'

const show = (text: string, record: Record<string, unknown>): string[] => {
  const trace = compileExpression(text).trace(record)!
  const lines = (node: TraceNode, depth: number): string[] => {
    const { outcome, span } = node
    const value =
      outcome === undefined ? 'interrupted' : outcome.kind === 'value' ? String(outcome.value) : outcome.kind
    const line = `${'  '.repeat(depth)}${text.slice(span.start, span.end)} → ${value}`
    return [line, ...node.children.flatMap((child) => lines(child, depth + 1))]
  }
  return [...lines(trace.root, 0), trace.outcome.kind]
}

describe('a trace', () => {
  it('has every sub-expression but literals, in the shape of the expression', () => {
    expect(show('Append(ToUpper([a]), Left([b], 2))', { a: 'x', b: 'yyy' })).toEqual([
      'Append(ToUpper([a]), Left([b], 2)) → Xyy',
      '  ToUpper([a]) → X',
      '    [a] → x',
      '  Left([b], 2) → yy',
      '    [b] → yyy',
      'value',
    ])
  })

  it('shows the branch taken and the keys compared, no more', () => {
    expect(show('IIF([a] = "x", [b], [c])', { a: 'x', b: null, c: 1 })).toEqual([
      'IIF([a] = "x", [b], [c]) → null',
      '  [a] = "x" → true',
      '    [a] → x',
      '  [b] → null',
      'null',
    ])
    expect(show('Switch([a], [d], [k], [v], [l], [w])', { a: 'x', k: 'x', v: 1 })).toEqual([
      'Switch([a], [d], [k], [v], [l], [w]) → 1',
      '  [a] → x',
      '  [k] → x',
      '  [v] → 1',
      'value',
    ])
  })

  it('marks what a fault or marker passed through, up to where it arose', () => {
    expect(show('ToLower(Item([a], 3))', { a: 'x' })).toEqual([
      'ToLower(Item([a], 3)) → interrupted',
      '  Item([a], 3) → interrupted',
      '    [a] → x',
      'error',
    ])
    expect(show('Append([a], IgnoreObjectFlow)', { a: 'x' })).toEqual([
      'Append([a], IgnoreObjectFlow) → interrupted',
      '  [a] → x',
      '  IgnoreObjectFlow → ignoreObject',
      'ignoreObject',
    ])
  })

  it('is of one node for a literal, and absent for an expression with errors', () => {
    expect(show('"x"', {})).toEqual(['"x" → x', 'value'])
    expect(compileExpression('Left(').trace({})).toBeUndefined()
  })
})
