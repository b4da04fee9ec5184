import { isMarkedRemoved } from '../sources/index.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { textForm } from '../values/text.js'
import { isList, kindOf, type Value } from '../values/value.js'
import type { ListChange, RemovedReason, SourceChange } from './source.js'

/**
 * A member `@removed` of Graph's delta query: with `changed` the object can be restored, with `deleted` it
 * cannot.
 */
export const removedReason = (record: SourceRecord): RemovedReason | undefined => {
  if (!isMarkedRemoved(record)) return undefined
  const mark = readAttribute(record, '@removed')
  const reason = typeof mark === 'object' && mark !== null ? textForm(readAttribute(mark, 'reason')) : null
  return reason === 'changed' ? 'softDeleted' : 'hardDeleted'
}

const DELTA = '@delta'

const idOf = (value: Value): string | undefined => {
  const id = kindOf(value) === 'object' ? readAttribute(value as object, 'id') : null
  return typeof id === 'string' && id !== '' ? id : undefined
}

/**
 * A list of changes of a relation, such as `members@delta`: added elements, and removed ones with `@removed`.
 */
const listChange = (list: readonly Value[]): ListChange => {
  const add: string[] = []
  const remove: string[] = []
  for (const one of list) {
    const id = idOf(one)
    if (id === undefined) continue
    if (removedReason(one as SourceRecord) === undefined) add.push(id)
    else remove.push(id)
  }
  return { add, remove }
}

/**
 * Reads one item of a page of Graph's delta query. It contains at least the changed properties; relations are
 * in members such as `members@delta`. A manager is its identifier, or null if it was removed.
 * @param partial `parts` for the first read, which returns whole objects, and large groups as several items
 * @returns undefined if the item has no identifier
 */
export const graphChange = (item: SourceRecord, partial: true | 'parts'): SourceChange | undefined => {
  const id = idOf(item as Value)
  if (id === undefined) return undefined
  const removed = removedReason(item)
  if (removed !== undefined) return { type: 'removed', id, reason: removed }
  const record: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  const lists: Record<string, ListChange> = {}
  for (const name of Object.keys(item)) {
    const value = readAttribute(item, name)
    if (!name.endsWith(DELTA)) {
      record[name] = value
      continue
    }
    const relation = name.slice(0, -DELTA.length)
    const change = listChange(isList(value) ? value : [])
    if (relation === 'manager') record[relation] = change.add[0] ?? null
    else lists[relation] = change
  }
  return { type: 'changed', id, record, partial, ...(Object.keys(lists).length === 0 ? {} : { lists }) }
}
