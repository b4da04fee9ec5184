import type { Span } from '../text/span.js'
import type { BoundCalls } from './bound.js'

/** The calls of an expression whose value must not be shown: those of functions that redact. */
export const redactingCalls = (calls: BoundCalls): readonly Span[] => {
  const spans: Span[] = []
  for (const { node, definition } of calls.values()) if (definition.redacts) spans.push(node.span)
  return spans
}

/** Whether a part of the expression contains a redacted value, is one, or is inside one. */
export const isRedacted = (part: Span, redacted: readonly Span[]): boolean =>
  redacted.some(
    (call) =>
      (part.start <= call.start && call.end <= part.end) ||
      (call.start <= part.start && part.end <= call.end),
  )
