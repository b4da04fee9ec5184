/**
 * What generated modules import to parse, calculate and format dates.
 * @module attrflow/runtime/dates
 */

export {
  cDate,
  dateAdd,
  dateDiff,
  dateFromNum,
  formatDateTime,
  now,
  numFromDate,
} from '../functions/runtime/datetime.js'
export { dateFormatBody } from '../functions/runtime/specialised-dates.js'
export { applyDateCall } from '../ir/date-call.js'
