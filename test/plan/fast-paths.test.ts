import { describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/expression/compile.js'
import type { IrNode } from '../../src/ir/node.js'
import type { Unit } from '../../src/ir/unit.js'
import { createContext } from '../../src/values/context.js'
import { ANY, BOOLEAN, STRING } from '../../src/values/static-type.js'
import { runForRow } from '../support/plan-row.js'
import { backends } from './configurations.js'

describe.each(backends)('fast paths, $name', ({ plan }) => {
  it('do not go beyond the limit of a text', () => {
    const constants = Array(1200).fill('"b"').join(', ')
    const text = `Join("${'s'.repeat(3800)}", [a], ${constants})`
    expect(compileExpression(text, { backend: plan }).evaluate({ a: 'x' })).toMatchObject({
      kind: 'error',
      diagnostics: [{ code: 'AF5012' }],
    })
  })

  it('read own members alone, also behind a guard of nothing but an inherited name', () => {
    const span = { start: 0, end: 0 }
    const input = (index: number): IrNode => ({ op: 'input', index, type: ANY, span })
    const guard: IrNode = {
      op: 'compare',
      operator: '=',
      left: input(0),
      right: { op: 'constant', value: 'x', type: STRING, span },
      absent: 'fails',
      literalEmpty: '',
      site: { span, calls: [] },
      type: BOOLEAN,
      span,
    }
    const unit: Unit = {
      inputs: ['constructor', 'manager'].map((name) => ({ name, supplied: undefined })),
      shared: [],
      guard,
      roots: [{ name: 'target', node: input(1) }],
    }
    const record = Object.assign(Object.create({ manager: 'inherited' }), { constructor: 'x' })
    expect(runForRow(plan(unit), record, createContext())).toEqual({ target: null })
  })
})
