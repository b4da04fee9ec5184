import { withoutEcmaHost } from '../ecma-name.js'

/** A list-valued attribute with a table of its own: one row for each value. */
export interface ListTable {
  /** `TABLE` or `SCHEMA.TABLE`. */
  readonly table: string
  /** The column with the anchor of the object. */
  readonly key: string
  /** The column with a value. */
  readonly value: string
}

/**
 * Statements that replace the access to a table, such as calls of procedures. `:name` is the value for the column with
 * this name, `:"any name"` as well; values reach the database separately from the text. A parameter with the name of
 * the anchor is the identifier of the object. An operation without a statement uses the table.
 */
export interface TableStatements {
  /** Returns the new row, unless an attribute is mapped to the anchor. */
  readonly create?: string
  /** Parameters that do not change receive the current value. */
  readonly update?: string
  readonly delete?: string
  /** Returns the row of an identifier. */
  readonly read?: string
  /** By attribute: returns the rows with a value of it. */
  readonly find?: Readonly<Record<string, string>>
  /** Returns all rows. */
  readonly list?: string
}

/** Where the objects of one kind are stored in a database. */
export interface SqlTable {
  /** `TABLE` or `SCHEMA.TABLE`, or a view. */
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
  /** Statements of your own. Default: none. */
  readonly statements?: TableStatements
}

/** The column of an attribute. */
export const columnOf = ({ columns = {} }: SqlTable, attribute: string): string =>
  (Object.hasOwn(columns, attribute) ? columns[attribute] : undefined) ?? withoutEcmaHost(attribute)

/** The table of a list-valued attribute; undefined if it has a column. */
export const listOf = ({ lists = {} }: SqlTable, attribute: string): ListTable | undefined =>
  Object.hasOwn(lists, attribute) ? lists[attribute] : undefined

/** Why bytes, times and lists do not identify an object: its identifier is text that the database can compare. */
export const anchorKinds = (anchor: string): string =>
  `${anchor} must hold texts or numbers to identify an object; a view can convert it`
