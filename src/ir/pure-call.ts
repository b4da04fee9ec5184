import { createContext, type EvaluationContext } from '../values/context.js'
import type { Site } from '../values/fault.js'
import { seededRandom } from '../values/random.js'
import type { ArgumentValue } from './call.js'
import { applyDateCall } from './date-call.js'
import type { Callee, Yield } from './node.js'

/** A context for pure calls, which never read it. */
const nowhere: EvaluationContext = createContext({ now: 0, random: seededRandom(0) })

/** Like {@link applyDateCall}, for a pure callee. Its DateTime arguments must already be DateTimes. */
export const applyPure = (
  callee: Callee,
  values: readonly ArgumentValue[],
  extra: readonly unknown[],
  site: Site,
): Yield => applyDateCall(callee, values, extra, site, nowhere)
