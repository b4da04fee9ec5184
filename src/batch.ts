/**
 * JSON in and out, and many records at once: one request a line, unique values with a look-up that takes
 * time.
 * @module attrflow/batch
 */

export { Batch, type BatchAnswer, type BatchOptions } from './expression/batch.js'
export {
  type DiagnosticJson,
  diagnosticJson,
  type OutcomeJson,
  outcomeJson,
  outcomeMembers,
  valueJson,
} from './expression/outcome-json.js'
export { evaluateUnique, type UniqueCandidate, type UniqueLookup } from './expression/unique-batch.js'
export { parseClock } from './values/clock.js'
export { readJson } from './values/read-json.js'
