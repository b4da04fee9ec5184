import { closest } from '../text/suggest.js'

/** What a schema knows about an attribute. */
export interface AttributeInfo {
  readonly name: string
  readonly type: 'String' | 'Integer' | 'Reference' | 'Binary' | 'Boolean' | 'DateTime'
  readonly multivalued: boolean
  readonly required: boolean
  /** Whether it identifies the object for good, and so has a value in each. Default false. */
  readonly anchor?: boolean
}

/**
 * The attributes an expression may read. The checker sees a schema only through this interface, so that
 * expressions can be checked without one.
 */
export interface AttributeScope {
  /** What the attributes belong to, for messages: `User in Workday`. */
  readonly description: string
  /** The attribute with exactly this name. */
  lookup(name: string): AttributeInfo | undefined
  /** The name that was probably meant, when there is one. */
  suggest(name: string): string | undefined
}

/**
 * The scope that an option stands for: itself, or the attributes with these names and no others.
 * @param known what a schema knows about them
 * @throws {TypeError} for what is neither
 */
export const attributeScopeOf = (
  attributes: AttributeScope | readonly string[] | undefined,
  known?: AttributeScope,
): AttributeScope | undefined => {
  if (attributes === undefined || isScope(attributes)) return attributes
  if (!Array.isArray(attributes) || !attributes.every((name) => typeof name === 'string'))
    throw new TypeError("attributes must be a list of attribute names, such as ['mail']")
  const all = new Set<string>(attributes)
  return {
    description: 'The type of record',
    lookup: (name) =>
      all.has(name)
        ? (known?.lookup(name) ?? { name, type: 'String', multivalued: false, required: false })
        : undefined,
    suggest: (name) => closest(name, all),
  }
}

const isScope = (attributes: AttributeScope | readonly string[] | null): attributes is AttributeScope =>
  typeof (attributes as AttributeScope | null)?.lookup === 'function'
