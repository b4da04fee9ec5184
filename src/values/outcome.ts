import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { EvaluationError } from './fault.js'
import { FlowMarker } from './marker.js'
import { plainResult } from './plain-value.js'
import type { Value } from './value.js'

/** The outcome of evaluating an expression for one object. The five are never conflated. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: Exclude<Value, null> }
  | { readonly kind: 'null' }
  | { readonly kind: 'ignoreAttribute' }
  | { readonly kind: 'ignoreObject' }
  | {
      readonly kind: 'error'
      readonly diagnostics: readonly Diagnostic[]
      /** The value thrown by a user-defined function; absent for every other error. */
      readonly cause?: unknown
    }

/** The result of a plan's root: a value, a marker, or the error that stopped it. */
export type Result = Value | FlowMarker | EvaluationError

/** The outcome for a root's result. */
export const outcomeOf = (result: Result): Outcome => {
  if (result === null) return { kind: 'null' }
  if (result instanceof FlowMarker) {
    return { kind: result.name === 'IgnoreAttributeFlow' ? 'ignoreAttribute' : 'ignoreObject' }
  }
  if (result instanceof EvaluationError) {
    const { diagnostics, cause } = result
    return cause === undefined ? { kind: 'error', diagnostics } : { kind: 'error', diagnostics, cause }
  }
  if (typeof result !== 'object') return { kind: 'value', value: result }
  const plain = plainResult(result)
  return plain instanceof EvaluationError
    ? outcomeOf(plain)
    : { kind: 'value', value: plain as typeof result }
}
