import type { FunctionLibrary } from '../functions/library.js'
import type { Expression } from '../syntax/ast.js'
import { visit } from '../syntax/walk.js'
import type { Span } from '../text/span.js'

/** The calls of an expression whose value must not be shown to eyes: those of functions that redact. */
export const redactingCalls = (expression: Expression, library: FunctionLibrary): readonly Span[] => {
  const spans: Span[] = []
  visit(expression, (node) => {
    if (node.type === 'FunctionCall' && library.get(node.name)?.redacts === true) spans.push(node.span)
  })
  return spans
}

/** Whether a part of the expression takes in a redacted value, is one, or is inside one. */
export const isRedacted = (part: Span, redacted: readonly Span[]): boolean =>
  redacted.some(
    (call) =>
      (part.start <= call.start && call.end <= part.end) ||
      (call.start <= part.start && part.end <= call.end),
  )
