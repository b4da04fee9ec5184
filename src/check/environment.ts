import { FunctionLibrary } from '../functions/library.js'
import { type Dialect, defaultSettings, type Settings } from '../values/settings.js'
import type { AttributeScope } from './attribute-scope.js'

/** The environment against which an expression is checked. */
export interface CheckEnvironment {
  readonly library: FunctionLibrary
  readonly settings: Settings
  readonly dialect: Dialect
  /** The attributes of the source object; if undefined, every attribute is accepted. */
  readonly attributes: AttributeScope | undefined
}

/** The parts of an environment; omitted ones have defaults. */
export interface EnvironmentOptions {
  readonly settings?: Settings | undefined
  readonly dialect?: Dialect | undefined
  readonly attributes?: AttributeScope | undefined
}

/**
 * Makes an environment with the defaults: dialect `provisioning`, no schema.
 * @throws {TypeError} for an invalid library or dialect
 */
export const createEnvironment = (
  library: FunctionLibrary,
  { settings = defaultSettings, dialect = 'provisioning', attributes }: EnvironmentOptions = {},
): CheckEnvironment => {
  if (!(library instanceof FunctionLibrary))
    throw new TypeError('library must be a FunctionLibrary, such as standardLibrary.with(myFunction)')
  if (dialect !== 'provisioning' && dialect !== 'cloud-sync')
    throw new TypeError(`dialect must be 'provisioning' or 'cloud-sync', not ${String(dialect)}`)
  return { library, settings, dialect, attributes }
}
