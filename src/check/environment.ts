import { FunctionLibrary } from '../functions/library.js'
import { isJsonObject } from '../values/json-object.js'
import { Misuse } from '../values/misuse.js'
import { type OptionRules, oneOf, requireOptions } from '../values/options.js'
import { type Dialect, defaultSettings, type Settings } from '../values/settings.js'
import { type AttributeScope, attributesRule } from './attribute-scope.js'

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

/** The options of every function that checks expressions. */
export const environmentRules: OptionRules<EnvironmentOptions & { readonly library?: FunctionLibrary }> = {
  settings: { takes: 'an object of settings', accepts: isJsonObject },
  dialect: oneOf('provisioning', 'cloud-sync'),
  attributes: attributesRule,
  library: {
    takes: 'a FunctionLibrary, such as standardLibrary.with(myFunction)',
    accepts: (value) => value instanceof FunctionLibrary,
  },
}

/**
 * Makes an environment with the defaults: dialect `provisioning`, no schema.
 * @throws {TypeError} for an invalid library or option
 */
export const createEnvironment = (
  library: FunctionLibrary,
  options: EnvironmentOptions = {},
): CheckEnvironment => {
  requireOptions(options, environmentRules)
  requireOptions({ library: library ?? null }, environmentRules)
  const { settings = defaultSettings, dialect = 'provisioning', attributes } = options
  return { library, settings, dialect, attributes }
}

/**
 * Requires an environment.
 * @throws {TypeError} says what to pass
 */
export const requireEnvironment = (given: unknown): void => {
  if (!isJsonObject(given) || !(given.library instanceof FunctionLibrary) || !isJsonObject(given.settings))
    throw new Misuse('an environment is needed, such as environmentOf()')
}
