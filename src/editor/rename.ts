import type { TextEdit } from '../diagnostics/diagnostic.js'
import { applyEdits } from '../diagnostics/fix.js'
import { objectAttributes } from '../schema/attributes.js'
import { placeOf } from '../schema/locate.js'
import type {
  AttributeMappingSource,
  DirectoryDefinition,
  Filter,
  FilterGroup,
  ObjectDefinition,
  ObjectMapping,
  SchemaObject,
  SynchronizationRule,
  SynchronizationSchema,
} from '../schema/model.js'
import { requireSchema } from '../schema/require-schema.js'
import { requireMade } from '../values/misuse.js'
import { isAttributeName, renameInExpression } from './rename-in-expression.js'

/** The attribute and its new name. Names are case-sensitive. */
export interface RenameRequest {
  /** Name of the directory. */
  readonly directory: string
  /** Name of the object that has the attribute. */
  readonly object: string
  readonly from: string
  readonly to: string
}

/** A changed member of the schema. As a text edit it applies to the file that the schema was read from. */
export interface RenameEdit extends TextEdit {
  /** The JSON path of the member. */
  readonly path: string
  /** The new value of the member, a name or an expression. */
  readonly before: string
  readonly after: string
}

/** The result of {@link renameAttribute}. */
export type RenameResult =
  | { readonly renamed: true; readonly schema: SynchronizationSchema; readonly edits: readonly RenameEdit[] }
  | { readonly renamed: false; readonly reason: string }

/**
 * Renames an attribute everywhere in a schema: its definitions, references to it from other objects, and in
 * the mappings of its object the expressions with their trees, the filters and the target attributes.
 * Everything else keeps its text. Refused if the new name is taken or impossible, or if there is no such
 * attribute.
 */
export const renameAttribute = (schema: SynchronizationSchema, request: RenameRequest): RenameResult => {
  requireSchema(schema)
  requireMade(request, 'directory', 'a request such as { directory, object, from, to }')
  const { directory, object, from, to } = request
  const refuse = (reason: string): RenameResult => ({ renamed: false, reason })
  const owner = `${object} in ${directory}`
  if (!isAttributeName(to)) return refuse(`${JSON.stringify(to)} cannot be written between brackets`)
  const taken = new Renaming({ ...request, from: to })
  taken.schema(schema)
  const holder = taken.edits[0]?.path
  if (holder !== undefined) return refuse(`${owner} has ${to} already: ${holder}`)
  if (objectAttributes(schema, directory, object)?.lookup(to) !== undefined)
    return refuse(`${to} is an attribute that the service computes`)
  const renaming = new Renaming(request)
  const renamed = renaming.schema(schema)
  if (renaming.edits.length === 0) return refuse(`${owner} has no attribute ${from}`)
  return { renamed: true, schema: renamed, edits: renaming.edits }
}

/**
 * A traversal of a schema. It creates a copy that differs where the attribute is named, and records each such
 * place.
 */
class Renaming {
  readonly edits: RenameEdit[] = []
  readonly #request: RenameRequest

  constructor(request: RenameRequest) {
    this.#request = request
  }

  schema(schema: SynchronizationSchema): SynchronizationSchema {
    return {
      ...schema,
      synchronizationRules: each(schema.synchronizationRules, '$.synchronizationRules', (rule, givenPath) =>
        this.#rule(rule, givenPath),
      ),
      directories: each(schema.directories, '$.directories', (directory, givenPath) =>
        directory.name === this.#request.directory ? this.#directory(directory, givenPath) : directory,
      ),
    }
  }

  /** The new value of a member that is a name or null. */
  #name<T extends string | null>(
    owner: SchemaObject,
    givenPath: string,
    member: string,
    value: T,
  ): T | string {
    const { from, to } = this.#request
    return value === from ? this.#edit(owner, givenPath, member, from, to) : value
  }

  #expression(owner: SchemaObject, givenPath: string, text: string | null): string | null {
    if (text === null) return null
    const { from, to } = this.#request
    const edits = renameInExpression(text, from, to)
    return edits.length === 0
      ? text
      : this.#edit(owner, givenPath, 'expression', text, applyEdits(text, edits))
  }

  #edit(owner: SchemaObject, givenPath: string, member: string, before: string, after: string): string {
    this.edits.push({ ...placeOf(owner, givenPath, member), text: JSON.stringify(after), before, after })
    return after
  }

  #directory(directory: DirectoryDefinition, givenPath: string): DirectoryDefinition {
    return {
      ...directory,
      objects: each(directory.objects, `${givenPath}.objects`, (object, at) => this.#object(object, at)),
    }
  }

  #object(object: ObjectDefinition, givenPath: string): ObjectDefinition {
    const isOwner = object.name === this.#request.object
    return {
      ...object,
      attributes: each(object.attributes, `${givenPath}.attributes`, (attribute, at) => ({
        ...attribute,
        name: isOwner ? this.#name(attribute, at, 'name', attribute.name) : attribute.name,
        referencedObjects: each(attribute.referencedObjects, `${at}.referencedObjects`, (reference, place) =>
          reference.referencedObjectName === this.#request.object
            ? {
                ...reference,
                referencedProperty: this.#name(
                  reference,
                  place,
                  'referencedProperty',
                  reference.referencedProperty,
                ),
              }
            : reference,
        ),
      })),
    }
  }

  #rule(rule: SynchronizationRule, givenPath: string): SynchronizationRule {
    const { directory, object } = this.#request
    return {
      ...rule,
      objectMappings: each(rule.objectMappings, `${givenPath}.objectMappings`, (mapping, at) => {
        const isSource = rule.sourceDirectoryName === directory && mapping.sourceObjectName === object
        const isTarget = rule.targetDirectoryName === directory && mapping.targetObjectName === object
        return isSource || isTarget ? this.#mapping(mapping, at, isSource, isTarget) : mapping
      }),
    }
  }

  #mapping(mapping: ObjectMapping, givenPath: string, isSource: boolean, isTarget: boolean): ObjectMapping {
    return {
      ...mapping,
      scope:
        isSource && mapping.scope !== null
          ? this.#filter(mapping.scope, `${givenPath}.scope`)
          : mapping.scope,
      attributeMappings: each(
        mapping.attributeMappings,
        `${givenPath}.attributeMappings`,
        (attribute, at) => {
          const { source, targetAttributeName: target } = attribute
          return {
            ...attribute,
            source: isSource && source !== null ? this.#source(source, `${at}.source`) : source,
            targetAttributeName: isTarget ? this.#name(attribute, at, 'targetAttributeName', target) : target,
          }
        },
      ),
    }
  }

  #filter(filter: Filter, givenPath: string): Filter {
    const set = (groups: readonly FilterGroup[], at: string): readonly FilterGroup[] =>
      each(groups, at, (group, place) => ({
        ...group,
        clauses: each(group.clauses, `${place}.clauses`, (clause, own) => ({
          ...clause,
          sourceOperandName: this.#name(clause, own, 'sourceOperandName', clause.sourceOperandName),
        })),
      }))
    return {
      ...filter,
      groups: set(filter.groups, `${givenPath}.groups`),
      inputFilterGroups: set(filter.inputFilterGroups, `${givenPath}.inputFilterGroups`),
      categoryFilterGroups: set(filter.categoryFilterGroups, `${givenPath}.categoryFilterGroups`),
    }
  }

  /** Each node of a tree has its own text. */
  #source(source: AttributeMappingSource, givenPath: string): AttributeMappingSource {
    const { type, name } = source
    return {
      ...source,
      expression: this.#expression(source, givenPath, source.expression),
      name: type === 'Attribute' ? this.#name(source, givenPath, 'name', name) : name,
      parameters: each(source.parameters, `${givenPath}.parameters`, (parameter, at) => ({
        ...parameter,
        value: parameter.value && this.#source(parameter.value, `${at}.value`),
      })),
    }
  }
}

/** Changes the elements of a list one by one, each with its JSON path. */
const each = <T>(
  list: readonly T[],
  givenPath: string,
  change: (element: T, givenPath: string) => T,
): readonly T[] => list.map((element, index) => change(element, `${givenPath}[${index}]`))
