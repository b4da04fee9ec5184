import type { DateTime } from '../dotnet/dates/date-time.js'
import { isStrict, type Parameter } from '../functions/define.js'
import { LIST_TEXT_LIMIT, listTooLong } from '../functions/runtime/limits.js'
import type { DateEnvironment, EvaluationContext } from '../values/context.js'
import { integerOf } from '../values/convert.js'
import { Fault, raise, type Site } from '../values/fault.js'
import { textOf } from '../values/text.js'
import type { Value } from '../values/value.js'
import type { Callee, Yield } from './node.js'
import { parameterFor } from './parameters.js'

/** An argument as the call receives it: a value, or undefined if omitted. */
export type ArgumentValue = Value | undefined

/**
 * Converts a value for a DateTime parameter. Reading dates is a large part of the runtime, so it is injected.
 */
export type DateReader = (value: Value, environment: DateEnvironment, functionName: string) => DateTime | null

const noDates: DateReader = (_value, _environment, functionName) => {
  throw new TypeError(`${functionName} takes a DateTime: it is called with applyDateCall`)
}

/** Converts an argument for its parameter. Lists are left to the caller. */
const convert = (
  parameter: Parameter,
  value: ArgumentValue,
  callee: Callee,
  context: EvaluationContext,
  readDate: DateReader,
): ArgumentValue => {
  if (value === undefined || value === null || parameter.type === 'Any') return value
  if (Array.isArray(value)) return raise('AF5003', { function: callee.name, count: value.length })
  switch (parameter.type) {
    case 'String':
      return typeof value === 'string' ? value : textOf(value)
    case 'Integer':
      return integerOf(value, callee.name)
    case 'DateTime':
      return readDate(value, context, callee.name)
  }
}

const callOnce = (
  callee: Callee,
  values: readonly ArgumentValue[],
  extra: readonly unknown[],
  context: EvaluationContext,
  readDate: DateReader,
): Yield => {
  // Null is checked before any conversion, so that the order of the arguments never matters.
  for (let i = 0; i < values.length; i++) {
    if (values[i] === null && isStrict(parameterFor(callee, i))) return null
  }
  const converted: unknown[] = callee.takesContext ? [context] : []
  for (let i = 0; i < values.length; i++) {
    converted.push(convert(parameterFor(callee, i), values[i], callee, context, readDate))
  }
  if (callee.evaluate === undefined) throw new TypeError(`${callee.name} has no body`)
  return callee.evaluate(...converted, ...extra)
}

/** The position of the list that the call maps over; -1 if there is none. */
const listPosition = (callee: Callee, values: readonly ArgumentValue[]): number => {
  let found = -1
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (!Array.isArray(value) || parameterFor(callee, i).type !== 'String') continue
    if (found >= 0) return raise('AF5003', { function: callee.name, count: value.length })
    found = i
  }
  return found
}

/**
 * Calls a function with evaluated arguments, in full generality: every kind of value, lists mapped over
 * element by element with null results dropped, null propagation. The backends use faster paths where the
 * types allow it, and this function otherwise. A fault gets the call's site.
 * @param readDate needed if a parameter is of type `DateTime`
 */
export const applyCall = (
  callee: Callee,
  values: readonly ArgumentValue[],
  extra: readonly unknown[],
  site: Site,
  context: EvaluationContext,
  readDate: DateReader = noDates,
): Yield => {
  try {
    const list = callee.mapsOverLists ? listPosition(callee, values) : -1
    if (list < 0) return callOnce(callee, values, extra, context, readDate)
    const results: Value[] = []
    let length = 0
    for (const element of values[list] as readonly Value[]) {
      const result = callOnce(callee, values.with(list, element), extra, context, readDate) as Value
      if (result === null) continue
      if (typeof result === 'string') length += result.length
      if (length > LIST_TEXT_LIMIT) listTooLong()
      results.push(result)
    }
    return results
  } catch (thrown) {
    throw located(thrown, site)
  }
}

/** Sets the site of a fault unless a more deeply nested call has set it. */
export const located = (thrown: unknown, site: Site): unknown => {
  if (thrown instanceof Fault) thrown.site ??= site
  return thrown
}
