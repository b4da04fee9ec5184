import type { AttributeType, FlowBehavior, FlowType } from '../schema/enums.js'
import { EvaluationError, Fault, toEvaluationError } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import type { Result } from '../values/outcome.js'
import { plainResult } from '../values/plain-value.js'
import { isList, type List, type Value } from '../values/value.js'
import type { NoFlowReason } from './reasons.js'
import { ElementIndex, sameValue } from './same-value.js'

/** The decision about one target attribute. */
export type FlowDecision =
  | {
      readonly flows: true
      readonly value: Value
      /** `deprovisioned`: the target sets it because the object left the scope. */
      readonly origin: 'source' | 'default' | 'attributeDefault' | 'cleared' | 'deprovisioned'
    }
  | { readonly flows: false; readonly reason: Exclude<NoFlowReason, 'failed'> }
  | { readonly flows: false; readonly reason: 'failed'; readonly error: EvaluationError }
  /** The expression yielded IgnoreObjectFlow. */
  | { readonly flows: false; readonly reason: 'ignored'; readonly ignoresObject: true }
  /** A required attribute has no value. */
  | { readonly flows: false; readonly reason: 'null' | 'empty' | 'ignored'; readonly missing: true }

/** The facts on which a flow decision depends besides the value. */
export interface FlowRules {
  readonly target: string
  readonly hasSource: boolean
  readonly defaultValue: string | null
  /** The effective flow type; Always for jobs that ignore flow types. */
  readonly flowType: FlowType
  readonly flowBehavior: FlowBehavior
  readonly multivalued: boolean
  /** The target's type, for comparing values: the text "07" equals the integer 7. */
  readonly type: AttributeType
  readonly required: boolean
  /** The maximum number of characters in the target; undefined if unknown. */
  readonly maximumLength: number | undefined
  /** The default of the target's attributeDefinition, for required attributes. */
  readonly attributeDefault: string | null
  /** Whether both switches of null flow are on. */
  readonly clearsOnNull: boolean
}

/** The occasion of a flow decision. */
export interface FlowOccasion {
  readonly operation: 'create' | 'update'
  /** Whether the object was matched by this attribute. */
  readonly matched: boolean
  /** The target's current value; undefined if the target object is not known. */
  readonly current: Value | undefined
}

/** The flow of an attribute in one operation: all decisions that do not depend on an object. */
export interface FlowPlan {
  readonly rules: FlowRules
  /** It never flows in this operation, so its expression is not evaluated. */
  readonly stays: FlowDecision | undefined
  /** It flows only if the target has no value, and is evaluated only then. */
  readonly fills: boolean
  /** The decision for null and for "". */
  readonly whenNull: FlowDecision
  readonly whenEmpty: FlowDecision
  /** An absent value clears the attribute in the target, unless the target is known to have none. */
  readonly clears: boolean
  readonly whenIgnored: FlowDecision
  /** The rule if the target's value is known. */
  readonly present: 'flows' | 'flowsIfChanged' | 'adds'
}

const flow = (value: Value, origin: 'source' | 'default' | 'attributeDefault' | 'cleared'): FlowDecision => ({
  flows: true,
  value,
  origin,
})

/** Decisions without a value are created once and shared by all objects. */
const stayFor = (reason: Exclude<NoFlowReason, 'failed'>): FlowDecision =>
  Object.freeze({ flows: false, reason })
const stay = {
  null: stayFor('null'),
  empty: stayFor('empty'),
  ignored: stayFor('ignored'),
  noSource: stayFor('noSource'),
  createOnly: stayFor('createOnly'),
  matched: stayFor('matched'),
  unchanged: stayFor('unchanged'),
  targetHasValue: stayFor('targetHasValue'),
  nothingToAdd: stayFor('nothingToAdd'),
} as const

const missing = (reason: 'null' | 'empty' | 'ignored'): FlowDecision =>
  Object.freeze({ flows: false, reason, missing: true })

const ignoresObject: FlowDecision = Object.freeze({ flows: false, reason: 'ignored', ignoresObject: true })

/** The decision for an attribute by which the object was matched. */
export const matchedDecision: FlowDecision = stay.matched

/** Makes the decisions that do not depend on an object (semantics 30 and 31). */
export const planFlow = (rules: FlowRules, operation: 'create' | 'update'): FlowPlan => {
  const create = operation === 'create'
  const adds = rules.flowType === 'MultiValueAddOnly' || rules.flowType === 'ValueAddOnly'
  return {
    rules,
    stays: create
      ? undefined
      : rules.flowType === 'ObjectAddOnly'
        ? stay.createOnly
        : rules.hasSource
          ? undefined
          : stay.noSource,
    fills: !create && rules.flowType === 'AttributeAddOnly',
    whenNull: create ? onCreate('null', rules) : stay.null,
    whenEmpty: create ? onCreate('empty', rules) : stay.empty,
    // The add-only flow types never remove a value.
    clears: !create && rules.clearsOnNull && rules.flowType === 'Always',
    // Ignoring suppresses every default, but a required attribute is still needed.
    whenIgnored: create && rules.required ? missing('ignored') : stay.ignored,
    present: create
      ? 'flows'
      : adds
        ? 'adds'
        : rules.flowBehavior === 'FlowWhenChanged'
          ? 'flowsIfChanged'
          : 'flows',
  }
}

/** A new object gets the defaults for values that its source lacks. */
const onCreate = (reason: 'null' | 'empty', rules: FlowRules): FlowDecision => {
  if (rules.defaultValue) return Object.freeze(flow(rules.defaultValue, 'default'))
  if (!rules.required) return stay[reason]
  return rules.attributeDefault
    ? Object.freeze(flow(rules.attributeDefault, 'attributeDefault'))
    : missing(reason)
}

/**
 * The decision that needs no value: the expression is not evaluated, so it cannot make the object fail
 * either.
 * @param current the target's value; undefined if it is not known
 */
export const decideBefore = (plan: FlowPlan, current: Value | undefined): FlowDecision | undefined =>
  plan.stays ?? (plan.fills && hasValue(current) ? stay.targetHasValue : undefined)

/**
 * Whether a result is of the most common kind and flows unchanged, so that no decision need be created.
 * @param current the target's value; undefined if it is not known
 */
export const flowsAsItIs = (plan: FlowPlan, result: Result, current: Value | undefined): boolean =>
  ((typeof result === 'string' && result !== '') || typeof result === 'boolean') &&
  (plan.present === 'flows' || current === undefined)

/**
 * Decides what flows for the result of an expression.
 * @param current the target's value; undefined if it is not known
 */
export const decideResult = (plan: FlowPlan, result: Result, current: Value | undefined): FlowDecision => {
  if (typeof result === 'string' && result !== '') return decidePresent(plan, result, current)
  if (result instanceof EvaluationError) return { flows: false, reason: 'failed', error: result }
  if (result instanceof FlowMarker)
    return result.name === 'IgnoreObjectFlow' ? ignoresObject : plan.whenIgnored
  const found = valueForTarget(result, plan.rules)
  const value = found instanceof EvaluationError ? found : plainResult(found, plan.rules.target)
  if (value instanceof EvaluationError) return { flows: false, reason: 'failed', error: value }
  if (value !== null && value !== '') return decidePresent(plan, value, current)
  if (plan.clears) return current === undefined || hasValue(current) ? flow(null, 'cleared') : stay.unchanged
  return value === null ? plan.whenNull : plan.whenEmpty
}

/** Decides what flows for a result of the mapping's expression, for one occasion. */
export const decideFlow = (result: Result, rules: FlowRules, occasion: FlowOccasion): FlowDecision => {
  const { operation, matched, current } = occasion
  if (matched && operation === 'update') return matchedDecision
  const plan = planFlow(rules, operation)
  return decideBefore(plan, current) ?? decideResult(plan, result, current)
}

/** Removes empty elements, and turns a list of one into a single value for a single-valued target. */
export const valueForTarget = (
  value: Value,
  rules: Pick<FlowRules, 'target' | 'multivalued'>,
): Value | EvaluationError => {
  if (!isList(value)) return value
  const elements = value.filter((element) => element !== null && element !== '')
  if (elements.length === 0) return null
  if (rules.multivalued) return elements
  if (elements.length === 1) return elements[0] ?? null
  return toEvaluationError(
    new Fault('AF5030', { target: rules.target, count: elements.length }),
    rules.target,
  )
}

const decidePresent = (
  { present, rules }: FlowPlan,
  value: Value,
  current: Value | undefined,
): FlowDecision => {
  if (present === 'flows' || current === undefined) return flow(value, 'source')
  if (present === 'adds') return addOnly(value, current, rules)
  return sameValue(value, current, rules.type) ? stay.unchanged : flow(value, 'source')
}

/** The add-only flow types: values are added to those of the target, and none is removed or replaced. */
const addOnly = (value: Value, current: Value, rules: FlowRules): FlowDecision => {
  if (!hasValue(current)) return flow(value, 'source')
  if (!rules.multivalued) return stay.targetHasValue
  const present: List = isList(current) ? current : [current]
  const wanted: List = isList(value) ? value : [value]
  const known = new ElementIndex(present, rules.type)
  const added = wanted.filter((element) => !known.has(element))
  return added.length === 0 ? stay.nothingToAdd : flow([...present, ...added], 'source')
}

const hasValue = (value: Value | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && !(isList(value) && value.length === 0)
