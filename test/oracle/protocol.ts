import { DateTime, parseDateTime } from '../../src/dotnet/dates/index.js'
import { DotnetFailure } from '../../src/dotnet/failure.js'
import type { EvaluationContext } from '../../src/values/context.js'
import { Decimal, fail, integerInText, type OracleValue, text } from './value.js'

/** A converted argument; undefined when it is omitted. */
export type Argument = OracleValue | undefined

/**
 * What a parameter takes. A `?` marks an optional one, `*` one that is called with null; null for any other
 * makes the call null (semantics 15).
 */
export type ParameterKind = `${'text' | 'integer' | 'date' | 'any'}${'' | '?' | '*'}`

/** A function: its parameters, whether it maps over a list (semantics 12), and its body. */
export interface OracleFunction {
  readonly parameters: readonly ParameterKind[]
  /** The last parameter may be given any number of times. */
  readonly repeats?: boolean
  readonly maps?: boolean
  // biome-ignore lint/suspicious/noExplicitAny: bodies have the types that their parameters state
  readonly body: (context: EvaluationContext, ...args: any[]) => OracleValue
}

export const kindAt = (callee: OracleFunction, position: number): ParameterKind =>
  callee.parameters[position] ?? callee.parameters.at(-1)!

/** Runs behaviour of .NET; its failures become the evaluation errors they stand for. */
export const dotnet = <Result>(action: () => Result): Result => {
  try {
    return action()
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return fail(thrown.kind === 'format' ? 'AF5001' : thrown.kind === 'argument' ? 'AF5013' : 'AF5002')
  }
}

/** The integer a value stands for: a decimal is cut toward zero, text must be an integer. */
export const toInteger = (value: OracleValue): bigint => {
  if (typeof value === 'bigint') return value
  if (value instanceof Decimal) return BigInt(Math.trunc(value.value))
  const found = typeof value === 'string' ? integerInText(value) : undefined
  return found ?? fail('AF5001')
}

/** The date a value stands for, text as CDate reads it. */
export const toDate = (value: OracleValue, context: EvaluationContext): DateTime =>
  value instanceof DateTime ? value : dotnet(() => parseDateTime(text(value) ?? '', context))

const convert = (kind: ParameterKind, value: OracleValue, context: EvaluationContext): OracleValue => {
  if (value === null || kind.startsWith('any')) return value
  if (Array.isArray(value)) return fail('AF5003')
  if (kind.startsWith('text')) return text(value)
  return kind.startsWith('integer') ? toInteger(value) : toDate(value, context)
}

const callSingle = (
  callee: OracleFunction,
  args: readonly Argument[],
  context: EvaluationContext,
): OracleValue => {
  const isStrict = (position: number): boolean => !/[?*]/.test(kindAt(callee, position))
  if (args.some((value, position) => value === null && isStrict(position))) return null
  const converted = args.map((value, position) =>
    value === undefined ? undefined : convert(kindAt(callee, position), value, context),
  )
  return callee.body(context, ...converted)
}

/**
 * Calls a function with evaluated arguments. A list for a text parameter is mapped over, one list at most, and
 * null results are dropped (semantics 12).
 */
export const callFunction = (
  callee: OracleFunction,
  args: readonly Argument[],
  context: EvaluationContext,
): OracleValue => {
  const lists = [...args.keys()].filter(
    (position) => Array.isArray(args[position]) && kindAt(callee, position).startsWith('text'),
  )
  if (callee.maps !== true || lists.length === 0) return callSingle(callee, args, context)
  if (lists.length > 1) return fail('AF5003')
  const elements = args[lists[0]!] as OracleValue[]
  return elements
    .map((element) => callSingle(callee, args.with(lists[0]!, element), context))
    .filter((result) => result !== null)
}
