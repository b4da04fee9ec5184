import type { KeyPart, ScanRange } from './store.js'
import type { Column, Rows, Table, TableName } from './tables.js'

/** The values of some columns of a row. */
export const partsOf = (columns: readonly Column[], row: Rows[TableName]): readonly KeyPart[] =>
  columns.map(({ name, of }) =>
    of === undefined
      ? (row as unknown as Readonly<Record<string, KeyPart>>)[name]!
      : of(row as unknown as { readonly sourceId: string }),
  )

/** The columns of an order in full: those of an index, and the key's that it lacks, which make it unique. */
export const orderOf = (table: Table, { index }: ScanRange): readonly Column[] => {
  if (index === undefined) return table.key
  const columns = table.indexes[index]
  if (columns === undefined) throw new RangeError(`table ${table.name} has no index ${index}`)
  return withKey(table, columns)
}

/** Columns of an index followed by the key's that are not among them. */
export const withKey = (table: Table, columns: readonly Column[]): readonly Column[] => [
  ...columns,
  ...table.key.filter(({ name }) => columns.every((column) => column.name !== name)),
]

/** Rows of a page, when a scan does not say. */
export const PAGE = 500
