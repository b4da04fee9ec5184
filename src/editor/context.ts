import { type CheckEnvironment, requireEnvironment } from '../check/environment.js'
import type { ObjectAttributes } from '../schema/attributes.js'
import { isJsonObject } from '../values/json-object.js'
import { Misuse } from '../values/misuse.js'

/** The environment of the editor functions. */
export interface EditorContext {
  /** Functions, settings and dialect. */
  readonly environment: CheckEnvironment
  /** The attributes of the source object; if omitted, none is proposed or described. */
  readonly attributes?: ObjectAttributes | undefined
}

/**
 * Requires the context of an editor function.
 * @throws {TypeError} says what to pass
 */
export const requireContext = (given: unknown): void => {
  if (!isJsonObject(given)) throw new Misuse('a context is needed, such as { environment: environmentOf() }')
  requireEnvironment(given.environment)
}
