import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constant, typeOf } from '../../src/ir/build.js'
import { operandsOf } from '../../src/ir/children.js'
import { isPure } from '../../src/ir/effects.js'
import { NodeKeys } from '../../src/ir/key.js'
import type { IrNode } from '../../src/ir/node.js'
import { passes } from '../../src/ir/passes/index.js'
import { shareComputations } from '../../src/ir/passes/share.js'
import { printNode } from '../../src/ir/print.js'
import type { Unit } from '../../src/ir/unit.js'
import { planUnit } from '../../src/plan/plan.js'
import { createContext } from '../../src/values/context.js'
import { seededRandom } from '../../src/values/random.js'
import { ANY, BOOLEAN, INTEGER, STRING, within } from '../../src/values/static-type.js'
import { arbitraryRecord } from '../support/arbitrary-value.js'
import {
  arbitraryRedundantExpression,
  arbitraryTypedExpression,
  arbitraryUntypedExpression,
} from '../support/typed-expression.js'
import { isAccepted, unitOfAll } from '../support/units.js'
import { verifyUnit } from './verify-unit.js'

const related = fc
  .array(
    fc
      .oneof(arbitraryRedundantExpression, arbitraryTypedExpression, arbitraryUntypedExpression)
      .filter(isAccepted),
    { minLength: 1, maxLength: 3 },
  )
  .map((texts) => [...texts, texts[0]!])

/** The unit as lowered, after each pass alone, and after each step of the whole sequence. */
const stagesOf = (unit: Unit): readonly { readonly name: string; readonly unit: Unit }[] => {
  const stages = [{ name: 'lowering', unit }]
  for (const pass of passes) stages.push({ name: `${pass.name} alone`, unit: pass.run(unit) })
  let current = unit
  for (const pass of passes) {
    current = pass.run(current)
    stages.push({ name: `… ${pass.name}`, unit: current })
  }
  return stages
}

/** Evaluates a unit, and lists the nodes that yield what their types leave out. */
const brokenTypes = (unit: Unit, record: Record<string, unknown>): string[] => {
  const broken: string[] = []
  const plan = planUnit(unit, {
    instrument: (node, evaluate) => (frame) => {
      const value = evaluate(frame)
      if (!within(typeOf(value), node.type)) broken.push(`${printNode(node, unit)}: ${typeOf(value)}`)
      return value
    },
  })
  plan.run(record, createContext({ now: 0, random: seededRandom(1) }), [])
  return broken
}

describe('a unit', () => {
  it('is well formed when it is lowered, and after every pass', () => {
    fc.assert(
      fc.property(related, (texts) => {
        for (const { name, unit } of stagesOf(unitOfAll(texts))) expect(verifyUnit(unit), name).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('yields nothing that its types leave out', () => {
    fc.assert(
      fc.property(related, arbitraryRecord, (texts, record) => {
        for (const { name, unit } of stagesOf(unitOfAll(texts)))
          expect(brokenTypes(unit, record), name).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('computes nothing pure in two places after sharing', () => {
    const kinds: readonly IrNode['op'][] = ['call', 'conditional', 'switch', 'coalesce', 'compare']
    let found = 0
    fc.assert(
      fc.property(related, (texts) => {
        const { shared, roots } = shareComputations.run(unitOfAll(texts))
        const keys = new NodeKeys()
        const seen = new Set<string>()
        const visit = (node: IrNode): void => {
          operandsOf(node).forEach(visit)
          if (!kinds.includes(node.op) || !isPure(node)) return
          const key = keys.keyOf(node)
          expect(seen.has(key), printNode(node, { inputs: [] })).toBe(false)
          seen.add(key)
        }
        for (const node of [...shared, ...roots.map(({ node }) => node)]) visit(node)
        found += shared.length
      }),
      { numRuns: 400 },
    )
    expect(found).toBeGreaterThan(0)
  })

  it('is never changed by a pass, but made anew', () => {
    fc.assert(
      fc.property(related, (texts) => {
        const unit = unitOfAll(texts)
        const freeze = (value: unknown): void => {
          if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
          Object.freeze(value)
          Object.values(value).forEach(freeze)
        }
        freeze(unit.roots)
        freeze(unit.inputs)
        expect(() => stagesOf(unit)).not.toThrow()
      }),
      { numRuns: 100 },
    )
  })
})

describe('the verifier', () => {
  const span = { start: 0, end: 0 }
  const site = { span, calls: [] }
  const text = constant('a', span)
  const yes = constant(true, span)
  const input = (index: number): IrNode => ({ op: 'input', index, type: ANY, span })
  const shared = (index: number, type = ANY): IrNode => ({ op: 'shared', index, original: true, type, span })
  const marker = unitOfAll(['IgnoreAttributeFlow']).roots[0]!.node

  it.each<[string, IrNode, string]>([
    ['an unknown input', input(1), 'input that is not there'],
    ['an unknown shared computation', shared(1), 'does not come before'],
    ['a shared computation of another type', shared(0, INTEGER), 'kinds of its computation'],
    ['a constant of another type', { ...text, type: INTEGER }, 'leaves out its value'],
    [
      'a condition that is text',
      { op: 'conditional', test: text, chosen: text, otherwise: text, type: STRING, span },
      'not a Boolean',
    ],
    [
      'a branch that the type leaves out',
      { op: 'conditional', test: yes, chosen: text, otherwise: yes, type: STRING, span },
      'leaves out a branch',
    ],
    ['a test of another type', { op: 'test', value: text, type: STRING, span, site }, 'is not a Boolean'],
    [
      'logic over text',
      { op: 'logic', kind: 'and', operands: [yes, text], type: BOOLEAN, span },
      'combines what is not a Boolean',
    ],
    ['a marker for a value', { op: 'test', value: marker, type: BOOLEAN, span, site }, 'takes a marker'],
  ])('finds %s', (_, node, fault) => {
    const unit: Unit = {
      inputs: [{ name: 'a', supplied: undefined }],
      shared: [text],
      guard: undefined,
      roots: [{ name: 'result', node }],
    }
    expect(verifyUnit(unit).join('\n')).toContain(fault)
  })

  it('finds shared computations out of order, and a guard that is no Boolean', () => {
    const unit: Unit = { inputs: [], shared: [shared(1), text], guard: text, roots: [] }
    expect(verifyUnit(unit)).toHaveLength(2)
  })
})
