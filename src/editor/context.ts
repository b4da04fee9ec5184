import type { CheckEnvironment } from '../check/environment.js'
import type { ObjectAttributes } from '../schema/attributes.js'

/** The environment of the editor functions. */
export interface EditorContext {
  /** Functions, settings and dialect. */
  readonly environment: CheckEnvironment
  /** The attributes of the source object; if omitted, none is proposed or described. */
  readonly attributes?: ObjectAttributes | undefined
}
