/** Many expressions, or one for many records: requests by the line, and unique values with a look-up that takes time. */
export { Batch, type BatchAnswer, type BatchOptions } from './plan/batch.js'
export { evaluateUnique, type UniqueLookup } from './plan/unique-batch.js'
