export { compareDateTimes, DateTime, type DateTimeKind, equalDateTimes } from './date-time.js'
export {
  DATE_TIME_STYLE_NAMES,
  type DateTimeStyles,
  DEFAULT_DATE_TIME_STYLES,
  parseDateTimeStyles,
} from './date-time-styles.js'
export type { DateEnvironment } from './environment.js'
export { fromFileTime, toFileTime } from './file-time.js'
export { DATE_INTERVALS, dateAdd, dateDiff } from './intervals.js'
export { invariantText } from './invariant-text.js'
export { compileOutputFormat, type FormatPlan, formatDateTime } from './output-format.js'
export { parseDateTime } from './parse-date-time.js'
export { parseExact } from './parse-exact.js'
export { compileParseFormat, type ParsePlan } from './parse-format.js'
