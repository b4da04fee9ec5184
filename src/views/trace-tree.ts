import type { BoundCalls } from '../check/bound.js'
import { isRedacted, redactingCalls } from '../check/redaction.js'
import { type CompiledExpression, requireCompiled } from '../expression/compile.js'
import type { Trace, TraceNode } from '../expression/trace.js'
import type { Argument, Expression } from '../syntax/ast.js'
import type { Span } from '../text/span.js'
import { requireMade } from '../values/misuse.js'
import type { Outcome } from '../values/outcome.js'
import { REDACTED } from '../values/redacted.js'
import { valueText } from './value-text.js'

/** One part of an expression, and its result for an object. Plain data. */
export interface TraceView {
  readonly span: Span
  /** The part as written. */
  readonly text: string
  /** The parameter for which it is an argument; undefined for the whole expression and for operands. */
  readonly parameter: string | undefined
  /** `skipped`: a branch that was not taken. `failed`: an error passed through it. */
  readonly state: 'value' | 'literal' | 'skipped' | 'failed' | 'ignored'
  /** The value in words; "" for a skipped part. A redacted one is `[Redact]`. */
  readonly value: string
  readonly children: readonly TraceView[]
}

const keyOf = ({ start, end }: Span): string => `${start}-${end}`

const outcomeText = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'value':
      return valueText(outcome.value)
    case 'null':
      return 'null'
    case 'error':
      return outcome.diagnostics[0]?.message ?? 'failed'
    default:
      return outcome.kind === 'ignoreObject' ? 'IgnoreObjectFlow' : 'IgnoreAttributeFlow'
  }
}

const stateOf = (outcome: Outcome | undefined): TraceView['state'] => {
  if (outcome === undefined || outcome.kind === 'error') return 'failed'
  return outcome.kind === 'value' || outcome.kind === 'null' ? 'value' : 'ignored'
}

/** The children of a part, each with its parameter. */
const partsOf = (
  node: Expression,
  calls: BoundCalls,
): readonly { readonly node: Argument; readonly parameter: string | undefined }[] => {
  switch (node.type) {
    case 'FunctionCall': {
      const bound = calls.get(node)?.arguments
      return node.arguments.map((argument, index) => ({
        node: argument,
        parameter: bound?.[index]?.parameter.name,
      }))
    }
    case 'Comparison':
    case 'Concatenation':
      return [node.left, node.right].map((operand) => ({ node: operand, parameter: undefined }))
    default:
      return []
  }
}

/**
 * Returns the evaluation of an expression as a tree over its text: every part with its parameter and value.
 * Branches that were not taken are marked; redacted values are hidden.
 */
export const traceTree = (compiled: CompiledExpression, trace: Trace): TraceView => {
  requireCompiled(compiled)
  requireMade(trace, 'root', 'a trace, such as compiled.trace(record)')
  const text = compiled.source.text
  const seen = new Map<string, TraceNode>()
  const open: TraceNode[] = [trace.root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!seen.has(keyOf(node.span))) seen.set(keyOf(node.span), node)
    open.push(...node.children)
  }
  const hidden = redactingCalls(compiled.calls)
  const view = (node: Expression, parameter: string | undefined, reached: boolean): TraceView => {
    const found = seen.get(keyOf(node.span))
    const written = text.slice(node.span.start, node.span.end)
    const base = { span: node.span, text: written, parameter }
    const isLiteral = partsOf(node, compiled.calls).length === 0 && node.type !== 'AttributeReference'
    if (found === undefined && isLiteral && node.type !== 'FunctionCall')
      return { ...base, state: reached ? 'literal' : 'skipped', value: '', children: [] }
    const evaluated = found !== undefined
    const children = partsOf(node, compiled.calls).flatMap(({ node: child, parameter: name }) =>
      child.type === 'OmittedArgument' ? [] : [view(child, name, evaluated)],
    )
    if (!evaluated) return { ...base, state: 'skipped', value: '', children }
    const outcome = found.outcome
    const value = outcome === undefined ? outcomeText(trace.outcome) : outcomeText(outcome)
    return {
      ...base,
      state: stateOf(outcome),
      value: isRedacted(node.span, hidden) ? REDACTED : value,
      children,
    }
  }
  return view(compiled.expression, undefined, true)
}
