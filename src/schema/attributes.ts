import type { AttributeScope } from '../check/attribute-scope.js'
import { closest } from '../text/suggest.js'
import type {
  AttributeDefinition,
  DirectoryDefinition,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from './model.js'

/** An attribute that the service computes if the source does not have it. */
const isSoftDeleted: AttributeDefinition = {
  name: 'IsSoftDeleted',
  type: 'Boolean',
  anchor: false,
  multivalued: false,
  // It is never null.
  required: true,
  defaultValue: null,
  caseExact: false,
  flowNullValues: false,
  mutability: 'ReadOnly',
  referencedObjects: [],
  apiExpressions: [],
  metadata: [],
}

/** The attributes of one kind of object, by their exact names. */
export class ObjectAttributes implements AttributeScope {
  readonly directory: string
  /** Name of the object. */
  readonly object: string
  readonly #definitions: ReadonlyMap<string, AttributeDefinition>

  constructor(directory: string, object: string, definitions: readonly AttributeDefinition[]) {
    this.directory = directory
    this.object = object
    const map = new Map<string, AttributeDefinition>()
    for (const definition of definitions) if (!map.has(definition.name)) map.set(definition.name, definition)
    this.#definitions = map
  }

  get description(): string {
    return `${this.object} in ${this.directory}`
  }

  /** The definition of an attribute; names are case-sensitive. */
  get(name: string): AttributeDefinition | undefined {
    return this.#definitions.get(name)
  }

  /** Like {@link get}, with the attribute that the service adds: IsSoftDeleted. */
  lookup(name: string): AttributeDefinition | undefined {
    return this.get(name) ?? (name === isSoftDeleted.name ? isSoftDeleted : undefined)
  }

  /** The name that was probably meant: the same in another case, or a similar one. */
  suggest(name: string): string | undefined {
    return closest(name, this.#definitions.keys())
  }

  /** All definitions in the order of the schema. */
  get definitions(): readonly AttributeDefinition[] {
    return [...this.#definitions.values()]
  }
}

/** The directory with exactly that name. */
export const findDirectory = (schema: SynchronizationSchema, name: string): DirectoryDefinition | undefined =>
  schema.directories.find((directory) => directory.name === name)

/** By directory and name of the object, so that repeated calls return the same attributes. */
const known = new WeakMap<DirectoryDefinition, Map<string, ObjectAttributes>>()

/**
 * The attributes of an object of a directory, or undefined if either is unknown. Some real exports define an
 * object twice: then the attributes of all definitions count; of two with the same name, the first.
 */
export const objectAttributes = (
  schema: SynchronizationSchema,
  directoryName: string,
  objectName: string,
): ObjectAttributes | undefined => {
  const directory = findDirectory(schema, directoryName)
  if (directory === undefined) return undefined
  const objects = known.get(directory) ?? new Map<string, ObjectAttributes>()
  known.set(directory, objects)
  const found = objects.get(objectName)
  if (found !== undefined) return found
  const definitions = directory.objects.filter(({ name }) => name === objectName)
  if (definitions.length === 0) return undefined
  const attributes = new ObjectAttributes(
    directoryName,
    objectName,
    definitions.flatMap((definition) => definition.attributes),
  )
  objects.set(objectName, attributes)
  return attributes
}

/** The attributes an object mapping reads. */
export const sourceAttributes = (
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  mapping: ObjectMapping,
): ObjectAttributes | undefined =>
  objectAttributes(schema, rule.sourceDirectoryName, mapping.sourceObjectName)

/** The attributes an object mapping sets. */
export const targetAttributes = (
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  mapping: ObjectMapping,
): ObjectAttributes | undefined =>
  objectAttributes(schema, rule.targetDirectoryName, mapping.targetObjectName)
