/**
 * What generated modules import: the bodies of functions, values and the call protocol, without declarations,
 * documentation or parser. Code that needs the engine of regular expressions is in `patterns.ts`, code that
 * parses or formats dates in `dates.ts`, rarely used functions are in `encodings.ts`. So a module loads only
 * what it needs.
 * @module attrflow/runtime
 */

// The types that the declarations of generated modules use.
export type { DateTime } from '../dotnet/dates/date-time.js'
export { filterClause } from '../filter/runtime/filter-clause.js'
export { contains, count, item, removeDuplicates, split } from '../functions/runtime/collection.js'
export {
  cBool,
  textItself,
} from '../functions/runtime/conversion.js'
export {
  altSecIdFromNetid,
  appRoleAssignments,
  appRoleAssignmentsComplex,
  defaultDomain,
  redact,
  singleAppRoleAssignment,
} from '../functions/runtime/directory.js'
export {
  bitAnd,
  error,
  ignoreFlowIfNullOrEmpty,
  isNull,
  isNullOrEmpty,
  isPresent,
  isString,
  lastOf,
  not,
  nullIfEmpty,
} from '../functions/runtime/logic.js'
export {
  casingBody,
  joinBody,
  leftBody,
  midBody,
  splitItem,
  textPipeline,
  textReplacement,
  wordBody,
} from '../functions/runtime/specialised-bodies.js'
export {
  append,
  inStr,
  join,
  left,
  len,
  mid,
  normalizeDiacritics,
  pCase,
  stripSpaces,
  toLower,
  toUpper,
  trim,
  word,
} from '../functions/runtime/text.js'
export { applyCall, located } from '../ir/call.js'
export { sourceStateOf } from '../mapping/source-state.js'
export { Escape } from '../plan/escape.js'
export { recover } from '../plan/recover.js'
export { compareValues, switchText } from '../values/compare.js'
export type { ContextInput, EvaluationContext } from '../values/context.js'
export { contextFrom, createContext } from '../values/context.js'
export { conditionHolds } from '../values/convert.js'
export { EvaluationError, fail } from '../values/fault.js'
export { FlowMarker, ignoreAttributeFlow, ignoreObjectFlow } from '../values/marker.js'
export { failedObject } from '../values/object-fault.js'
export { outcomeOf } from '../values/outcome.js'
export { plainRecord, readAttribute, requireRecord } from '../values/record.js'
export { selectUnique } from '../values/select-unique.js'
export { withoutGuestMark } from '../values/supplied.js'
export { textForm } from '../values/text.js'
export type { ObjectValue, Value } from '../values/value.js'
export { fromInput } from '../values/value.js'
