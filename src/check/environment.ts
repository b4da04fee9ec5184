import type { FunctionLibrary } from '../functions/library.js'
import { type Dialect, defaultSettings, type Settings } from '../values/settings.js'
import type { AttributeScope } from './attribute-scope.js'

/** What an expression is checked against. */
export interface CheckEnvironment {
  readonly library: FunctionLibrary
  readonly settings: Settings
  readonly dialect: Dialect
  /** The attributes of the source object; without it every attribute is accepted. */
  readonly attributes: AttributeScope | undefined
}

/** Makes an environment with the defaults: dialect `provisioning`, no schema. */
export const createEnvironment = (
  library: FunctionLibrary,
  options: Partial<Omit<CheckEnvironment, 'library'>> = {},
): CheckEnvironment => ({
  library,
  settings: options.settings ?? defaultSettings,
  dialect: options.dialect ?? 'provisioning',
  attributes: options.attributes,
})
