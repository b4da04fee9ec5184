import { type CheckEnvironment, createEnvironment } from '../check/environment.js'
import type { FunctionLibrary } from '../functions/library.js'
import { standardLibrary } from '../functions/standard.js'
import { type MappingEnds, mappingEnds } from '../mapping/attribute-rules.js'
import { dialectOf } from '../mapping/compile-object-mapping.js'
import type { ObjectMapping, SynchronizationRule, SynchronizationSchema } from '../schema/model.js'
import { resolveSettings } from '../values/resolve-settings.js'
import type { Dialect, SettingsInput } from '../values/settings.js'

/** The options for linting a schema. */
export interface LintSchemaOptions {
  readonly settings?: SettingsInput
  /** Default: from the directories of each rule. */
  readonly dialect?: Dialect
  readonly library?: FunctionLibrary
}

/** The environment for checking the expressions of an object mapping. */
export const mappingEnvironment = (
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  objectMapping: ObjectMapping,
  options: LintSchemaOptions,
): { readonly environment: CheckEnvironment; readonly ends: MappingEnds } => {
  const ends = mappingEnds(schema, rule, objectMapping)
  const environment = createEnvironment(options.library ?? standardLibrary, {
    settings: resolveSettings(options.settings),
    dialect: options.dialect ?? dialectOf(rule, ends),
    attributes: ends.source,
  })
  return { environment, ends }
}
