import type { ObjectMapping, SynchronizationRule, SynchronizationSchema } from '../schema/model.js'
import { requireSchema } from '../schema/require-schema.js'

/** One object mapping with its rule. */
export interface ObjectMappingChoice {
  readonly rule: SynchronizationRule
  readonly objectMapping: ObjectMapping
}

/** The choice of an object mapping. */
export interface ObjectMappingQuery {
  /** Name or id of its rule. */
  readonly rule?: string
  /** Its name, the name of its source or target object, or both as `source->target`. */
  readonly objectMapping?: string
}

/** The chosen object mapping, or the possible ones. */
export interface ObjectMappingSelection {
  readonly choice: ObjectMappingChoice | undefined
  /** Why there is no choice: none matches, or several do. */
  readonly problem?: 'none' | 'several'
  /** The matching ones; if there are none, all of them. */
  readonly candidates: readonly ObjectMappingChoice[]
}

/** The description of an object mapping: its name, and the objects it connects. */
export const describeChoice = ({ rule, objectMapping }: ObjectMappingChoice): string => {
  const { name, sourceObjectName, targetObjectName, enabled } = objectMapping
  const ends = `${sourceObjectName}->${targetObjectName}`
  const off = enabled ? '' : ', disabled'
  return `${name ?? ends} (${ends}, rule ${rule.name ?? rule.id ?? 'without a name'}${off})`
}

const all = (schema: SynchronizationSchema): readonly ObjectMappingChoice[] =>
  schema.synchronizationRules.flatMap((rule) =>
    rule.objectMappings.map((objectMapping) => ({ rule, objectMapping })),
  )

/** The names of an object mapping, the most specific first. */
const namings: readonly ((mapping: ObjectMapping) => string | null)[] = [
  ({ name }) => name,
  ({ sourceObjectName, targetObjectName }) => `${sourceObjectName}->${targetObjectName}`,
  ({ sourceObjectName }) => sourceObjectName,
  ({ targetObjectName }) => targetObjectName,
]

/** `User → urn:User` and `User -> urn:User` as the namings above write it. */
const plain = (name: string): string => name.trim().replace(/\s*(?:→|->)\s*/, '->')

/**
 * Finds the object mapping to run: the only enabled one, or the named one, which may be disabled. If a name
 * matches several, an enabled one is preferred.
 */
export const selectObjectMapping = (
  schema: SynchronizationSchema,
  query: ObjectMappingQuery = {},
): ObjectMappingSelection => {
  requireSchema(schema)
  const ofRule = all(schema).filter(
    ({ rule }) => query.rule === undefined || rule.name === query.rule || rule.id === query.rule,
  )
  const enabled = ofRule.filter(({ objectMapping }) => objectMapping.enabled)
  if (query.objectMapping === undefined) {
    return chosenOf(enabled, ofRule)
  }
  const wanted = plain(query.objectMapping)
  for (const pool of [enabled, ofRule]) {
    for (const naming of namings) {
      const found = pool.filter(({ objectMapping }) => naming(objectMapping) === wanted)
      if (found.length > 0) return chosenOf(found, ofRule)
    }
  }
  return chosenOf([], ofRule)
}

const chosenOf = (
  found: readonly ObjectMappingChoice[],
  others: readonly ObjectMappingChoice[],
): ObjectMappingSelection => {
  if (found.length === 1) return { choice: found[0], candidates: found }
  return found.length === 0
    ? { choice: undefined, problem: 'none', candidates: others }
    : { choice: undefined, problem: 'several', candidates: found }
}
