import { located } from '../ir/call.js'
import { type EvaluationError, type Site, toEvaluationError } from '../values/fault.js'
import type { FlowMarker } from '../values/marker.js'
import { Escape } from './escape.js'

/**
 * The result of a root whose evaluation threw: an escaping marker is its result, a fault becomes an error.
 * @param site the place of the evaluation, for a fault without a site
 */
export const recover = (
  thrown: unknown,
  site: Site | undefined,
  path?: string,
): EvaluationError | FlowMarker => {
  if (thrown instanceof Escape) return thrown.marker
  return toEvaluationError(site === undefined ? thrown : located(thrown, site), path)
}
