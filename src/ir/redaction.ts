import type { CheckedExpression } from '../check/checker.js'
import { isRedacted } from '../check/redaction.js'
import type { Span } from '../text/span.js'
import { mapOperands } from './children.js'
import type { IrNode } from './node.js'

/** Marks the sites at which a fault could quote the value of a call that redacts. */
export const markRedacted = (lowered: IrNode, callees: CheckedExpression['callees']): IrNode => {
  const redacting: Span[] = []
  for (const [{ span }, { redacts }] of callees) if (redacts) redacting.push(span)
  if (redacting.length === 0) return lowered
  const mark = (node: IrNode): IrNode => {
    const inner = mapOperands(node, mark)
    return 'site' in inner && isRedacted(inner.site.span, redacting)
      ? { ...inner, site: { ...inner.site, redacted: true } }
      : inner
  }
  return mark(lowered)
}
