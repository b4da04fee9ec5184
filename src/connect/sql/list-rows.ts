import type { Condition } from './sql-database.js'
import type { ListTable } from './table.js'
import { disagrees, type Work } from './work.js'

/** Whether a column has one of these texts, sign by sign. The first condition lets the database use an index. */
const isOneOf =
  ({ exactText }: Work, column: string, texts: readonly string[]): Condition =>
  (eb) =>
    eb.and([eb(column, 'in', texts), eb(exactText(column), 'in', texts)])

/** The values of a list. @param among read only these */
export const listValues = async (
  work: Work,
  { table, key, value }: ListTable,
  id: string,
  among?: readonly string[],
): Promise<readonly string[]> => {
  if (among?.length === 0) return []
  const query = work.tx.selectFrom(table).select(value).where(work.equals(key, id))
  const rows = await (among === undefined ? query : query.where(isOneOf(work, value, among))).execute()
  return rows.map((row) => String(row[value]))
}

/** Deletes rows that exist and inserts others that do not. */
const replaceRows = async (
  work: Work,
  { table, key, value }: ListTable,
  id: string,
  removed: readonly string[],
  added: readonly string[],
): Promise<void> => {
  const { tx, equals } = work
  // A value that differs from a removed one only by case can be added afterwards.
  if (removed.length > 0) {
    const removal = tx
      .deleteFrom(table)
      .where(equals(key, id))
      .where(isOneOf(work, value, removed))
    const { numDeletedRows } = await removal.executeTakeFirstOrThrow()
    if (numDeletedRows < removed.length)
      throw disagrees(`${table}: ${numDeletedRows} of ${removed.length} rows were deleted`)
  }
  if (added.length > 0) {
    const rows = added.map((one) => ({ [key]: id, [value]: one }))
    const { numInsertedOrUpdatedRows = 0n } = await tx
      .insertInto(table)
      .values(rows)
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows < added.length)
      throw disagrees(`${table}: ${numInsertedOrUpdatedRows} of ${added.length} rows were stored`)
  }
}

/**
 * Adds values to a list and removes others. Existing values are not added again, missing ones are not removed. Values
 * are compared sign by sign, whatever the collation of their column.
 */
export const changeListRows = async (
  work: Work,
  list: ListTable,
  id: string,
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> => {
  const [add, remove] = [new Set(change.add), new Set(change.remove)]
  const has = new Set(await listValues(work, list, id, [...new Set([...add, ...remove])]))
  await replaceRows(
    work,
    list,
    id,
    [...remove].filter((one) => has.has(one)),
    [...add].filter((one) => !has.has(one)),
  )
}

/** Gives a list exactly these values; rows that are right already are kept. */
export const writeListRows = async (
  work: Work,
  list: ListTable,
  id: string,
  wanted: ReadonlySet<string>,
): Promise<void> => {
  const has = new Set(await listValues(work, list, id))
  await replaceRows(
    work,
    list,
    id,
    [...has].filter((one) => !wanted.has(one)),
    [...wanted].filter((one) => !has.has(one)),
  )
}
