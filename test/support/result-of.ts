import { EvaluationError } from '../../src/values/fault.js'
import { ignoreAttributeFlow, ignoreObjectFlow } from '../../src/values/marker.js'
import type { Outcome, Result } from '../../src/values/outcome.js'

/** The result of a root that an outcome was made of. */
export const resultOf = (outcome: Outcome): Result => {
  switch (outcome.kind) {
    case 'value':
      return outcome.value
    case 'null':
      return null
    case 'ignoreAttribute':
      return ignoreAttributeFlow
    case 'ignoreObject':
      return ignoreObjectFlow
    case 'error':
      return new EvaluationError(outcome.diagnostics)
  }
}
