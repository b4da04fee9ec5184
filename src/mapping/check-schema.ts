import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { lintFilter } from '../filter/lint.js'
import { lowerFilter } from '../filter/lower.js'
import { standardLibrary } from '../functions/standard.js'
import { createInputTable } from '../ir/inputs.js'
import { sourceAttributes } from '../schema/attributes.js'
import { liftDiagnostic, placeOf } from '../schema/locate.js'
import type { ObjectMapping, SynchronizationRule, SynchronizationSchema } from '../schema/model.js'
import { validateSchema } from '../schema/validate.js'
import { parseScimPath } from '../scim/path.js'
import { findConflicts } from '../scim/path-table.js'
import { resolveSettings } from '../values/resolve-settings.js'
import type { Dialect, Settings } from '../values/settings.js'
import { mappingEnds } from './attribute-rules.js'
import { dialectOf, type ObjectMappingOptions } from './compile-object-mapping.js'
import { targetKindOf } from './target-kind.js'

/**
 * Reports everything that can be found in a schema without an object: names, mappings, expressions, filters
 * and the attribute paths of SCIM targets. Disabled object mappings are skipped. Spans point into the file
 * that the schema was read from; paths are JSON paths.
 * @example
 * const { schema } = readSchema(readFileSync('schema.json'))
 * schema && checkSchema(schema).some(({ severity }) => severity === 'error') // false
 */
export const checkSchema = (
  schema: SynchronizationSchema,
  options: ObjectMappingOptions = {},
): readonly Diagnostic[] => {
  const settings = resolveSettings(options.settings)
  const library = options.library ?? standardLibrary
  const dialectOf = (rule: SynchronizationRule): Dialect => options.dialect ?? dialectOfRule(schema, rule)
  return [
    ...validateSchema(schema, { library, settings }, dialectOf),
    ...schema.synchronizationRules.flatMap((rule, index) =>
      rule.objectMappings.flatMap((mapping, position) => {
        const givenPath = `$.synchronizationRules[${index}].objectMappings[${position}]`
        return mapping.enabled ? checkObjectMapping(schema, rule, mapping, givenPath, settings) : []
      }),
    ),
  ]
}

const dialectOfRule = (schema: SynchronizationSchema, rule: SynchronizationRule): Dialect => {
  const [mapping] = rule.objectMappings
  return mapping === undefined ? 'provisioning' : dialectOf(rule, mappingEnds(schema, rule, mapping))
}

const checkObjectMapping = (
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  mapping: ObjectMapping,
  givenPath: string,
  settings: Settings,
): readonly Diagnostic[] => {
  const attributes = sourceAttributes(schema, rule, mapping)
  const path = mapping.scope === null ? '' : placeOf(mapping.scope, `${givenPath}.scope`).path
  return [
    ...lowerFilter(mapping.scope, { settings, inputs: createInputTable(), path }).diagnostics,
    // Names that the source does not have are reported with the rest of the schema.
    ...lintFilter(mapping.scope, {
      settings,
      path,
      ...(attributes === undefined ? {} : { attributes }),
    }).filter(({ code }) => code !== 'AF2004'),
    ...checkTargets(rule, mapping, givenPath),
  ]
}

/** Checks the attribute paths of a SCIM target, and places that two of them write. */
const checkTargets = (
  rule: SynchronizationRule,
  mapping: ObjectMapping,
  givenPath: string,
): readonly Diagnostic[] => {
  const names = mapping.attributeMappings.map(({ targetAttributeName }) => targetAttributeName)
  if (targetKindOf(rule.targetDirectoryName, mapping.targetObjectName, names) !== 'scim') return []
  const results = [...new Set(names)].map(parseScimPath)
  const paths = results.flatMap(({ path }) => (path === undefined ? [] : [path]))
  const faults = [...results.flatMap(({ diagnostics }) => diagnostics), ...findConflicts(paths)]
  return faults.map((d) => {
    const index = names.lastIndexOf(d.path ?? '')
    const place = `${givenPath}.attributeMappings[${index}]`
    return liftDiagnostic(d, mapping.attributeMappings[index] ?? mapping, 'targetAttributeName', place)
  })
}
