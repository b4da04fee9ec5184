import type { IrNode } from '../ir/node.js'
import type { Unit } from '../ir/unit.js'
import type { Frame } from '../plan/frame.js'
import { planUnit } from '../plan/plan.js'
import type { Span } from '../text/span.js'
import type { EvaluationContext } from '../values/context.js'
import { FlowMarker } from '../values/marker.js'
import { failedObject } from '../values/object-fault.js'
import { type Outcome, outcomeOf, type Result } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'

/** The result of one sub-expression. */
export interface TraceNode {
  readonly span: Span
  /** The value; undefined if a fault or a marker passed through. */
  readonly outcome: Outcome | undefined
  /**
   * The sub-expressions that were evaluated, in order; without literals and the parts of branches that were
   * not taken.
   */
  readonly children: readonly TraceNode[]
}

/** A traced evaluation of one root. */
export interface Trace {
  readonly outcome: Outcome
  readonly root: TraceNode
}

interface Recording {
  readonly span: Span
  outcome: Outcome | undefined
  readonly children: Recording[]
}

/**
 * Nodes that are not recorded: those without a text of their own, and literals, whose text is their value.
 */
const isTransparent = (node: IrNode): boolean =>
  node.op === 'escape' ||
  node.op === 'test' ||
  (node.op === 'constant' && !(node.value instanceof FlowMarker))

/**
 * Evaluates the roots of a unit and records the value of every sub-expression. Pass a unit as it was lowered,
 * before any pass, so that the trace has the shape of the expression.
 */
export const traceUnit = (unit: Unit, record: SourceRecord, context: EvaluationContext): readonly Trace[] => {
  let open: Recording[] = []
  let frame: Frame | undefined
  const plan = planUnit(unit, {
    instrument: (node, evaluate) => {
      if (isTransparent(node)) return evaluate
      return (frame) => {
        const recording: Recording = { span: node.span, outcome: undefined, children: [] }
        const siblings = open
        siblings.push(recording)
        open = recording.children
        try {
          const value = evaluate(frame)
          recording.outcome = outcomeOf(value)
          return value
        } finally {
          open = siblings
        }
      }
    },
  })
  const run = (evaluate: (frame: Frame) => Result): Result => {
    try {
      frame ??= plan.open(record, context)
      return evaluate(frame)
    } catch (thrown) {
      return failedObject(thrown)
    }
  }
  return unit.roots.flatMap(({ node: { span } }, index) => {
    const evaluate = plan.roots[index]
    if (evaluate === undefined) return []
    const top: Recording[] = []
    open = top
    const outcome = outcomeOf(run(evaluate))
    return [{ outcome, root: top[0] ?? { span, outcome, children: [] } }]
  })
}
