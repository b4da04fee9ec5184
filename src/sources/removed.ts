import { readAttribute, type SourceRecord } from '../values/record.js'

/** Whether an object only says that it was removed, as items of Graph's delta query do with `@removed`. */
export const isMarkedRemoved = (record: SourceRecord): boolean => {
  const mark = readAttribute(record, '@removed')
  return mark !== null && mark !== false
}
