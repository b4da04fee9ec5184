/**
 * What generated modules import: the bodies of functions, values and the call protocol, without declarations,
 * documentation or parser.
 */

// The types that declarations of generated modules name.
export type { DateTime } from './dotnet/dates/index.js'
export { filterClause } from './filter/runtime/clause.js'
export * from './functions/runtime/index.js'
export { applyCall, located } from './ir/call.js'
export { sourceStateOf, supplyAttribute } from './mapping/source-state.js'
export { Escape } from './plan/escape.js'
export { plainRecord, readAttribute } from './plan/frame.js'
export { recover } from './plan/recover.js'
export { compareValues, switchText } from './values/compare.js'
export type { ContextInput, EvaluationContext } from './values/context.js'
export { contextFrom, createContext } from './values/context.js'
export { conditionHolds } from './values/convert.js'
export { EvaluationError, fail } from './values/fault.js'
export { FlowMarker, ignoreAttributeFlow, ignoreObjectFlow } from './values/marker.js'
export { outcomeOf } from './values/outcome.js'
export { selectUnique } from './values/select-unique.js'
export { textForm } from './values/text.js'
export type { ObjectValue, Value } from './values/value.js'
export { fromInput } from './values/value.js'
