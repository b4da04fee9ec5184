import type { EvaluationContext } from '../values/context.js'
import { dateTimeOf } from '../values/convert-date.js'
import type { Site } from '../values/fault.js'
import { type ArgumentValue, applyCall } from './call.js'
import type { Callee, Yield } from './node.js'

/** Like {@link applyCall}, for any callee: text for a DateTime parameter is read as by CDate. */
export const applyDateCall = (
  callee: Callee,
  values: readonly ArgumentValue[],
  extra: readonly unknown[],
  site: Site,
  context: EvaluationContext,
): Yield => applyCall(callee, values, extra, site, context, dateTimeOf)
