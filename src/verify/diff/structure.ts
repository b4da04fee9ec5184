import type { ObjectMapping, SynchronizationRule, SynchronizationSchema } from '../../schema/model.js'
import { requireSchema } from '../../schema/require-schema.js'
import { objectNames } from '../mapping-name.js'
import { attributeChanges } from './attribute-changes.js'
import { definitionChanges } from './definition-changes.js'
import { eitherOf, type Pair, pairsOf } from './pairing.js'
import { changed, FLOW, OTHERS, type SchemaChange } from './schema-change.js'
import { LEAVE, scopeChanges } from './scope-changes.js'

const STARTS = 'its objects will be provisioned'
const STOPS = 'its objects are no longer provisioned'

/** An object mapping with its rule. */
export interface PlacedMapping {
  readonly rule: SynchronizationRule
  readonly mapping: ObjectMapping
}

const mappingsOf = ({ synchronizationRules }: SynchronizationSchema): readonly PlacedMapping[] =>
  synchronizationRules.flatMap((rule) => rule.objectMappings.map((mapping) => ({ rule, mapping })))

const objectsOf = ({ mapping }: PlacedMapping): string => objectNames(mapping)

const endsOf = ({ rule, mapping }: PlacedMapping): string =>
  `${rule.sourceDirectoryName}/${mapping.sourceObjectName} → ${rule.targetDirectoryName}/${mapping.targetObjectName}`

/**
 * The attributes that are written: mappings that write the same ones are the same mapping under another name.
 */
const targetsOf = ({ mapping }: PlacedMapping): string | undefined =>
  mapping.attributeMappings
    .map((one) => one.targetAttributeName)
    .sort()
    .join() || undefined

const flowTypesOf = ({ flowTypes }: ObjectMapping): string => [...flowTypes].sort().join(', ')

/** The containers or groups whose members cloud sync provisions. */
const membersOf = ({ rule: { containerFilter, groupFilter } }: PlacedMapping): string =>
  [...(containerFilter?.includedContainers ?? []), ...(groupFilter?.includedGroups ?? [])].sort().join('\n')

const metadataOf = ({ metadata }: ObjectMapping): string =>
  metadata
    .map(({ key, value }) => `${key}=${value}`)
    .sort()
    .join('\n')

/** The object mappings of both sides that belong together. */
export const mappingPairs = (
  before: SynchronizationSchema,
  after: SynchronizationSchema,
): readonly Pair<PlacedMapping>[] =>
  pairsOf(mappingsOf(before), mappingsOf(after), endsOf, objectsOf, targetsOf)

/**
 * The changes from one schema to another, mapping by mapping and clause by clause. The order of mappings does
 * not count.
 */
export const schemaChanges = (
  before: SynchronizationSchema,
  after: SynchronizationSchema,
): readonly SchemaChange[] => {
  requireSchema(before)
  requireSchema(after)
  return changesOf(before, after)
}

const changesOf = (before: SynchronizationSchema, after: SynchronizationSchema): readonly SchemaChange[] => [
  ...mappingPairs(before, after).flatMap((pair) => {
    const [old, now] = pair
    const path = endsOf(eitherOf(pair))
    if (old === undefined) return changed(path, 'objectMapping', old, endsOf(now), 'risky', STARTS)
    if (now === undefined) return changed(path, 'objectMapping', endsOf(old), now, 'breaking', STOPS)
    const [one, other] = [old.mapping, now.mapping]
    const deletes = other.flowTypes.includes('Delete') && !one.flowTypes.includes('Delete')
    return [
      ...changed(path, 'ends', endsOf(old), path, 'breaking', OTHERS),
      ...changed(
        path,
        'enabled',
        one.enabled,
        other.enabled,
        other.enabled ? 'risky' : 'breaking',
        other.enabled ? STARTS : STOPS,
      ),
      ...changed(
        path,
        'flowTypes',
        flowTypesOf(one),
        flowTypesOf(other),
        deletes ? 'breaking' : 'risky',
        'other operations are allowed',
      ),
      ...changed(path, 'members', membersOf(old), membersOf(now), 'breaking', LEAVE),
      ...changed(path, 'metadata', metadataOf(one), metadataOf(other), 'risky', FLOW),
      ...scopeChanges(path, one.scope, other.scope),
      ...attributeChanges(path, one, other),
    ]
  }),
  ...definitionChanges(before, after),
]
