import type { ListTable } from './table.js'
import { disagrees, type Work } from './work.js'

/** The values of a list. @param among read only these */
export const listValues = async (
  { tx, equals, isOneOf }: Work,
  { table, key, value }: ListTable,
  id: string,
  among?: readonly string[],
): Promise<readonly string[]> => {
  if (among?.length === 0) return []
  const query = tx.selectFrom(table).select(value).where(equals(key, id))
  const rows = await (among === undefined ? query : query.where(isOneOf(value, among))).execute()
  return rows.map((row) => String(row[value]))
}

/**
 * Adds values to a list and removes others. Existing values are not added again, missing ones are not removed. Values
 * are compared sign by sign, whatever the collation of their column.
 */
export const changeListRows = async (
  work: Work,
  list: ListTable,
  id: string,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> => {
  const { tx, equals, isOneOf } = work
  const { table, key, value } = list
  const has = new Set(await listValues(work, list, id, [...new Set([...add, ...remove])]))
  const removed = [...new Set(remove)].filter((one) => has.has(one))
  const added = [...new Set(add)].filter((one) => !has.has(one))
  // A value that differs from a removed one only by case can be added afterwards.
  if (removed.length > 0) {
    const removal = tx.deleteFrom(table).where(equals(key, id)).where(isOneOf(value, removed))
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

/** Gives a list exactly these values; rows that are right already are kept. */
export const writeListRows = async (
  work: Work,
  list: ListTable,
  id: string,
  wanted: ReadonlySet<string>,
): Promise<void> => {
  const has = await listValues(work, list, id)
  await changeListRows(work, list, id, {
    add: [...wanted],
    remove: has.filter((one) => !wanted.has(one)),
  })
}
