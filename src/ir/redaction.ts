import type { BoundCalls } from '../check/bound.js'
import { isRedacted, redactingCalls } from '../check/redaction.js'
import { mapOperands } from './children.js'
import type { IrNode } from './node.js'

/** Marks the sites at which a fault could quote the value of a call that redacts. */
export const markRedacted = (lowered: IrNode, calls: BoundCalls): IrNode => {
  const redacting = redactingCalls(calls)
  if (redacting.length === 0) return lowered
  const mark = (node: IrNode): IrNode => {
    const inner = mapOperands(node, mark)
    return 'site' in inner && isRedacted(inner.site.span, redacting)
      ? { ...inner, site: { ...inner.site, redacted: true } }
      : inner
  }
  return mark(lowered)
}
