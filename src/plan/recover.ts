import { located } from '../ir/call.js'
import type { Site } from '../values/fault.js'
import { type EvaluationError, toEvaluationError } from '../values/fault.js'
import type { FlowMarker } from '../values/marker.js'
import { Escape } from './escape.js'

/**
 * What a root yields for what its evaluation threw: an escaping marker is its result, a fault becomes an error.
 * @param site where the evaluation was, for a fault that does not know
 */
export const recover = (
  thrown: unknown,
  site: Site | undefined,
  path?: string,
): EvaluationError | FlowMarker => {
  if (thrown instanceof Escape) return thrown.marker
  return toEvaluationError(site === undefined ? thrown : located(thrown, site), path)
}
