import { LIST, NULL, overlaps, within } from '../values/static-type.js'
import { domainOf } from './calls.js'
import type { Failure } from './conversions.js'
import type { ExpressionContext } from './define.js'

/** Whether a failure comes from a reference attribute used as text. */
export const isReferenceMisuse = (context: ExpressionContext, failure: Failure): boolean =>
  failure.argument.type === 'AttributeReference' &&
  failure.parameter?.takesReferences !== true &&
  context.environment.attributes?.lookup(failure.argument.name)?.type === 'Reference'

/** Whether a failure comes from a value that is always a list, used as a single value. */
export const isListMisuse = (context: ExpressionContext, { argument, parameter, code }: Failure): boolean => {
  const domain = domainOf(context, argument)
  return (
    code === 'AF5003' &&
    parameter?.takesLists !== true &&
    domain !== undefined &&
    within(domain.kinds, LIST | NULL) &&
    overlaps(domain.kinds, LIST)
  )
}
