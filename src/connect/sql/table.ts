/** A list-valued attribute with a table of its own: one row for each value. */
export interface ListTable {
  /** `TABLE` or `SCHEMA.TABLE`. */
  readonly table: string
  /** The column with the anchor of the object. */
  readonly key: string
  /** The column with a value. */
  readonly value: string
}

/** Where the objects of one kind are stored in a database. */
export interface SqlTable {
  /** `TABLE` or `SCHEMA.TABLE`. */
  readonly table: string
  /**
   * The column that identifies an object and never changes. If no attribute is mapped to it, the database
   * generates it.
   */
  readonly anchor: string
  /** The column of each attribute. Default: the column of the same name. */
  readonly columns?: Readonly<Record<string, string>>
  /** Attributes with a table of their own, such as the members of a group. */
  readonly lists?: Readonly<Record<string, ListTable>>
}

/** The column of an attribute. */
export const columnOf = ({ columns = {} }: SqlTable, attribute: string): string =>
  Object.hasOwn(columns, attribute) ? columns[attribute]! : attribute

/** The table of a list-valued attribute; undefined if it has a column. */
export const listOf = ({ lists = {} }: SqlTable, attribute: string): ListTable | undefined =>
  Object.hasOwn(lists, attribute) ? lists[attribute] : undefined
