import type { CheckEnvironment } from '../check/environment.js'
import type { ObjectAttributes } from '../schema/attributes.js'

/** What the editor functions know besides the text. */
export interface EditorContext {
  /** Functions, settings and dialect. */
  readonly environment: CheckEnvironment
  /** The attributes of the source object; without them, none is proposed or described. */
  readonly attributes?: ObjectAttributes | undefined
}
