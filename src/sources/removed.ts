import { readAttribute, type SourceRecord } from '../values/record.js'

/** Whether an object only reports its removal, like items of Graph's delta query with `@removed`. */
export const isMarkedRemoved = (record: SourceRecord): boolean => {
  const mark = readAttribute(record, '@removed')
  return mark !== null && mark !== false
}
