import { closest } from '../text/suggest.js'
import type { OptionRule } from '../values/options.js'

/** An attribute as a schema describes it. */
export interface AttributeInfo {
  readonly name: string
  readonly type: 'String' | 'Integer' | 'Reference' | 'Binary' | 'Boolean' | 'DateTime'
  readonly multivalued: boolean
  readonly required: boolean
  /** Whether it permanently identifies the object, and so has a value in each. Default false. */
  readonly anchor?: boolean
}

/**
 * The attributes an expression may read. The checker sees a schema only through this interface, so that
 * expressions can be checked without one.
 */
export interface AttributeScope {
  /** The owner of the attributes, for messages: `User in Workday`. */
  readonly description: string
  /** The attribute with exactly this name. */
  lookup(name: string): AttributeInfo | undefined
  /** The name that was probably meant, if there is one. */
  suggest(name: string): string | undefined
}

/** An attribute of which only the name is known. */
export const anyAttribute = (name: string): AttributeInfo => ({
  name,
  type: 'String',
  multivalued: false,
  required: false,
})

/**
 * The scope for an option: the given scope itself, or exactly the attributes with the given names.
 * @param known what a schema knows about them
 */
export const attributeScopeOf = (
  attributes: AttributeScope | readonly string[] | undefined,
  known?: AttributeScope,
): AttributeScope | undefined => {
  if (attributes === undefined || isScope(attributes)) return attributes
  const all = new Set<string>(attributes)
  return {
    description: 'The type of record',
    lookup: (name) => (all.has(name) ? (known?.lookup(name) ?? anyAttribute(name)) : undefined),
    suggest: (name) => closest(name, all),
  }
}

const isScope = (attributes: unknown): attributes is AttributeScope =>
  typeof (attributes as AttributeScope | null)?.lookup === 'function'

export const attributesRule: OptionRule = {
  takes: "a list of attribute names, such as ['mail']",
  accepts: (value) =>
    isScope(value) || (Array.isArray(value) && value.every((name) => typeof name === 'string')),
}
