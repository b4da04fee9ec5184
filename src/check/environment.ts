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

/** What an environment is made of; what is left out has its default. */
export interface EnvironmentOptions {
  readonly settings?: Settings | undefined
  readonly dialect?: Dialect | undefined
  readonly attributes?: AttributeScope | undefined
}

/** Makes an environment with the defaults: dialect `provisioning`, no schema. */
export const createEnvironment = (
  library: FunctionLibrary,
  { settings = defaultSettings, dialect = 'provisioning', attributes }: EnvironmentOptions = {},
): CheckEnvironment => ({ library, settings, dialect, attributes })
