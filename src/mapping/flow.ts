import type { AttributeType, FlowBehavior, FlowType } from '../schema/enums.js'
import { EvaluationError, Fault, toEvaluationError } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import type { Result } from '../values/outcome.js'
import { isList, type List, type Value } from '../values/value.js'
import type { NoFlowReason } from './reasons.js'
import { ElementIndex, sameValue } from './same-value.js'

/** What happens with one target attribute. */
export type FlowDecision =
  | {
      readonly flows: true
      readonly value: Value
      /** `deprovisioned`: the target sets it when the object leaves the scope. */
      readonly origin: 'source' | 'default' | 'attributeDefault' | 'cleared' | 'deprovisioned'
    }
  | { readonly flows: false; readonly reason: NoFlowReason; readonly error?: EvaluationError }
  /** The expression yielded IgnoreObjectFlow. */
  | { readonly flows: false; readonly reason: 'ignored'; readonly ignoresObject: true }
  /** A required attribute has no value. */
  | { readonly flows: false; readonly reason: 'null' | 'empty' | 'ignored'; readonly missing: true }

/** What a flow decision depends on besides the value. */
export interface FlowRules {
  readonly target: string
  readonly hasSource: boolean
  readonly defaultValue: string | null
  /** The effective flow type; jobs that ignore flow types pass Always. */
  readonly flowType: FlowType
  readonly flowBehavior: FlowBehavior
  readonly multivalued: boolean
  /** The target's type, by which values are compared: the text "07" is the integer 7. */
  readonly type: AttributeType
  readonly required: boolean
  /** The most characters that the target takes; undefined when it does not say. */
  readonly maximumLength: number | undefined
  /** The default of the target's attributeDefinition, for required attributes. */
  readonly attributeDefault: string | null
  /** Both switches of null flow are on. */
  readonly clearsOnNull: boolean
}

/** The occasion of a flow decision. */
export interface FlowOccasion {
  readonly operation: 'create' | 'update'
  /** Whether the object was matched by this attribute. */
  readonly matched: boolean
  /** The target's current value; undefined when the target object is not known. */
  readonly current: Value | undefined
}

const flow = (value: Value, origin: 'source' | 'default' | 'attributeDefault' | 'cleared'): FlowDecision => ({
  flows: true,
  value,
  origin,
})
const stay = (reason: NoFlowReason): FlowDecision => ({ flows: false, reason })

/** Whether the mapping cannot flow whatever its value is, so that it need not be evaluated. */
export const staysAnyway = (rules: FlowRules, occasion: FlowOccasion): NoFlowReason | undefined => {
  if (occasion.operation === 'create') return undefined
  if (occasion.matched) return 'matched'
  if (rules.flowType === 'ObjectAddOnly') return 'createOnly'
  if (!rules.hasSource) return 'noSource'
  return rules.flowType === 'AttributeAddOnly' && hasValue(occasion.current) ? 'targetHasValue' : undefined
}

/** Decides what flows for a result of the mapping's expression (semantics 30 and 31). */
export const decideFlow = (result: Result, rules: FlowRules, occasion: FlowOccasion): FlowDecision => {
  const stays = staysAnyway(rules, occasion)
  if (stays !== undefined) return stay(stays)
  if (result instanceof EvaluationError) return { flows: false, reason: 'failed', error: result }
  if (result instanceof FlowMarker) {
    if (result.name === 'IgnoreObjectFlow') return { flows: false, reason: 'ignored', ignoresObject: true }
    // Ignoring suppresses every default, but a required attribute is needed all the same.
    return rules.required && occasion.operation === 'create'
      ? { flows: false, reason: 'ignored', missing: true }
      : stay('ignored')
  }
  const value = fit(result, rules)
  if (value instanceof EvaluationError) return { flows: false, reason: 'failed', error: value }
  return value === null || value === ''
    ? decideAbsent(value, rules, occasion)
    : decidePresent(value, rules, occasion)
}

/** Drops empty elements, and makes a list of one a single value for a single-valued target. */
export const fit = (
  value: Value,
  rules: Pick<FlowRules, 'target' | 'multivalued'>,
): Value | EvaluationError => {
  if (!isList(value)) return value
  const elements = value.filter((element) => element !== null && element !== '')
  if (elements.length === 0) return null
  if (rules.multivalued) return elements
  if (elements.length === 1) return elements[0]!
  return toEvaluationError(
    new Fault('AF5030', { target: rules.target, count: elements.length }),
    rules.target,
  )
}

const decideAbsent = (value: null | '', rules: FlowRules, occasion: FlowOccasion): FlowDecision => {
  const reason = value === null ? 'null' : 'empty'
  if (occasion.operation === 'update') {
    // The add-only flow types never take a value away.
    if (!rules.clearsOnNull || rules.flowType !== 'Always') return stay(reason)
    return occasion.current !== undefined && !hasValue(occasion.current)
      ? stay('unchanged')
      : flow(null, 'cleared')
  }
  if (rules.defaultValue !== null && rules.defaultValue !== '') return flow(rules.defaultValue, 'default')
  if (!rules.required) return stay(reason)
  if (rules.attributeDefault !== null && rules.attributeDefault !== '') {
    return flow(rules.attributeDefault, 'attributeDefault')
  }
  return { flows: false, reason, missing: true }
}

const decidePresent = (value: Value, rules: FlowRules, occasion: FlowOccasion): FlowDecision => {
  const { current } = occasion
  if (occasion.operation === 'create' || current === undefined) return flow(value, 'source')
  if (rules.flowType === 'MultiValueAddOnly' || rules.flowType === 'ValueAddOnly') {
    return addOnly(value, current, rules)
  }
  const unchanged = rules.flowBehavior === 'FlowWhenChanged' && sameValue(value, current, rules.type)
  return unchanged ? stay('unchanged') : flow(value, 'source')
}

/** The add-only flow types: values are added to those of the target, and none is removed or replaced. */
const addOnly = (value: Value, current: Value, rules: FlowRules): FlowDecision => {
  if (!hasValue(current)) return flow(value, 'source')
  if (!rules.multivalued) return stay('targetHasValue')
  const present: List = isList(current) ? current : [current]
  const wanted: List = isList(value) ? value : [value]
  const known = new ElementIndex(present, rules.type)
  const added = wanted.filter((element) => !known.has(element))
  return added.length === 0 ? stay('nothingToAdd') : flow([...present, ...added], 'source')
}

const hasValue = (value: Value | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && !(isList(value) && value.length === 0)
