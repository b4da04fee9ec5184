import type { KeyPart, ScanRange } from './store.js'
import type { Column, Rows, Table, TableName } from './tables.js'

/** The values of some columns of a row. */
export const partsOf = (columns: readonly Column[], row: Rows[TableName]): readonly KeyPart[] =>
  columns.map(({ name, of }) =>
    of === undefined ? (Reflect.get(row, name) as KeyPart) : of({ sourceId: Reflect.get(row, 'sourceId') }),
  )

/**
 * All columns of an order: those of an index, and the columns of the key that it lacks, which make it unique.
 */
export const orderOf = (table: Table, { index }: ScanRange): readonly Column[] => {
  if (index === undefined) return table.key
  const columns = table.indexes[index]
  if (columns === undefined) throw new RangeError(`table ${table.name} has no index ${index}`)
  return withKey(table, columns)
}

/** Columns of an index, followed by the missing columns of the key. */
export const withKey = (table: Table, columns: readonly Column[]): readonly Column[] => [
  ...columns,
  ...table.key.filter(({ name }) => columns.every((column) => column.name !== name)),
]

/**
 * A text as databases store it in a key, so that different texts stay different: NUL and lone surrogates,
 * which have no form in UTF-8 or are refused, are written as U+FFFF and four digits.
 */
export const keyText = (text: string): string =>
  text.replace(
    /[\0\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    (one) => `\uFFFF${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Code units whose order differs between UTF-16 and {@link keyText} in UTF-8. */
const reordered = /[\0\uD800-\uFFFF]/

const encoder = new TextEncoder()

const compareText = (a: string, b: string): number => {
  if (a === b) return 0
  if (!reordered.test(a) && !reordered.test(b)) return a < b ? -1 : 1
  const [left, right] = [encoder.encode(keyText(a)), encoder.encode(keyText(b))]
  let i = 0
  for (const byte of left) {
    const other = right[i++]
    if (other === undefined) break
    if (byte !== other) return byte - other
  }
  return left.length - right.length
}

/** Compares two values of one column: numbers by size, texts by the bytes of {@link keyText} in UTF-8, as databases do. */
export const comparePart = (a: KeyPart, b: KeyPart): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareText(`${a}`, `${b}`)

/** Compares two keys column by column; a prefix comes before a longer key. */
export const compareKeys = (a: readonly KeyPart[], b: readonly KeyPart[]): number => {
  let i = 0
  for (const part of a) {
    const other = b[i++]
    if (other === undefined) break
    const difference = comparePart(part, other)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** The number of rows on a page of a scan without a limit. */
export const PAGE = 500
