export { contains, count, item, removeDuplicates, split } from './collection.js'
export { cBool, convertFromBase64, convertToBase64, convertToUtf8Hex, textItself } from './conversion.js'
export { cDate, dateAdd, dateDiff, dateFromNum, formatDateTime, now, numFromDate } from './datetime.js'
export {
  altSecIdFromNetid,
  appRoleAssignments,
  appRoleAssignmentsComplex,
  defaultDomain,
  dnComponent,
  redact,
  singleAppRoleAssignment,
  stringFromSid,
} from './directory.js'
export * from './factories.js'
export {
  bitAnd,
  error,
  ignoreFlowIfNullOrEmpty,
  isNull,
  isNullOrEmpty,
  isPresent,
  isString,
  not,
} from './logic.js'
export { guid, randomString } from './random.js'
export { replace } from './replace.js'
export {
  append,
  inStr,
  join,
  left,
  mid,
  normalizeDiacritics,
  pCase,
  stripSpaces,
  toLower,
  toUpper,
  trim,
  word,
} from './text.js'
