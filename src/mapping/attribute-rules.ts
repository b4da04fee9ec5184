import { type ObjectAttributes, sourceAttributes, targetAttributes } from '../schema/attributes.js'
import { maximumLengthOf } from '../schema/metadata.js'
import type {
  AttributeMapping,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from '../schema/model.js'
import type { Settings } from '../values/settings.js'
import type { FlowRules } from './flow.js'
import { isEntra } from './source-state.js'

/** The definitions of the source and target object of a mapping. */
export interface MappingEnds {
  readonly source: ObjectAttributes | undefined
  readonly target: ObjectAttributes | undefined
  readonly sourceIsEntra: boolean
  /** Whether the target can disable an object instead of deleting it. */
  readonly supportsSoftDelete: boolean
  readonly targetIsActiveDirectory: boolean
  /** Cloud sync jobs from AD to Entra ignore flowType. */
  readonly ignoresFlowTypes: boolean
}

const directoryId = (schema: SynchronizationSchema, name: string): string | null =>
  schema.directories.find((directory) => directory.name === name)?.id ?? null

/** The schema's facts about the two objects of an object mapping. */
export const mappingEnds = (
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  mapping: ObjectMapping,
): MappingEnds => {
  const { sourceDirectoryName, targetDirectoryName } = rule
  const targetIsEntra = isEntra(targetDirectoryName, directoryId(schema, targetDirectoryName))
  return {
    source: sourceAttributes(schema, rule, mapping),
    target: targetAttributes(schema, rule, mapping),
    sourceIsEntra: isEntra(sourceDirectoryName, directoryId(schema, sourceDirectoryName)),
    targetIsActiveDirectory: isActiveDirectory(targetDirectoryName),
    supportsSoftDelete: !deniesSoftDelete(schema, targetDirectoryName, mapping.targetObjectName),
    ignoresFlowTypes: targetIsEntra && isActiveDirectory(sourceDirectoryName),
  }
}

/** Whether the target's objectDefinition says that it cannot soft-delete; the default is that it can. */
const deniesSoftDelete = (schema: SynchronizationSchema, directory: string, object: string): boolean =>
  schema.directories
    .filter(({ name }) => name === directory)
    .flatMap(({ objects }) => objects.filter(({ name }) => name === object))
    .some(({ metadata }) =>
      metadata.some(
        ({ key, value }) => key === 'IsSoftDeletionSupported' && value?.toLowerCase() === 'false',
      ),
    )

/** Whether a directory is an on-premises Active Directory, by its usual name in schemas. */
export const isActiveDirectory = (name: string): boolean => /^active directory$/i.test(name)

/**
 * The flow rules of an attribute mapping.
 * @param reads the source attributes its expression reads.
 */
export const flowRules = (
  mapping: AttributeMapping,
  ends: MappingEnds,
  reads: readonly string[],
  settings: Settings,
): FlowRules => {
  const target = mapping.targetAttributeName
  const definition = ends.target?.get(target)
  const multivalued = definition?.multivalued ?? false
  // Both switches: the flag of every source attribute read, and the one of the mapping itself.
  const flagged = reads.length > 0 && reads.every((name) => ends.source?.get(name)?.flowNullValues === true)
  return {
    target,
    hasSource: mapping.source !== null,
    defaultValue: mapping.defaultValue,
    flowType: ends.ignoresFlowTypes ? 'Always' : mapping.flowType,
    flowBehavior: mapping.flowBehavior,
    multivalued: ends.target === undefined || definition === undefined ? true : multivalued,
    type: definition?.type ?? 'String',
    required: definition?.required ?? false,
    maximumLength: definition && maximumLengthOf(definition),
    attributeDefault: definition?.defaultValue ?? null,
    clearsOnNull: flagged && !multivalued && settings.flowNullValues.includes(target),
  }
}
