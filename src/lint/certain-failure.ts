import type { BoundCall } from '../check/bound.js'
import type { Domain } from '../functions/domain.js'
import { applyDateCall } from '../ir/date-call.js'
import { createContext } from '../values/context.js'
import { Fault, toEvaluationError } from '../values/fault.js'
import type { Settings } from '../values/settings.js'
import { INTEGER, STRING } from '../values/static-type.js'
import { integer, type Value } from '../values/value.js'

/** More combinations of values are not tried. */
const MOST_TRIED = 32

/** A leap day and another date: a call that fails on both does not depend on the date. */
const clocks = [new Date('2024-02-29T12:00:00Z'), new Date('2023-06-15T00:00:00Z')].map((now) =>
  createContext({ now }),
)

/** The values of a domain if they are texts or integers that can be listed; undefined otherwise. */
const valuesOf = ({ kinds, texts }: Domain): readonly Value[] | undefined => {
  if (texts === undefined || texts.size === 0) return undefined
  if (kinds === STRING) return [...texts]
  return kinds === INTEGER ? [...texts].map((text) => integer(BigInt(text))) : undefined
}

/**
 * The reason why a call fails for every object: its arguments have only a few possible values, and it fails
 * for each. Undefined otherwise.
 */
export const certainFailure = (
  { definition, arguments: bound }: BoundCall,
  domains: readonly Domain[],
  settings: Settings,
): string | undefined => {
  const { evaluate, form, purity, returns } = definition
  // Error(…) is meant to fail.
  if (returns === 0) return undefined
  if (evaluate === undefined || form !== 'call' || purity === 'volatile' || bound.length === 0)
    return undefined
  let combinations: (Value | undefined)[][] = [[]]
  for (const [index, { argument, position, parameter }] of bound.entries()) {
    const domain = domains[index]
    const omitted = argument.type === 'OmittedArgument'
    const values = omitted ? [parameter.repeating === true ? null : undefined] : domain && valuesOf(domain)
    if (values === undefined || combinations.length * values.length > MOST_TRIED) return undefined
    combinations = combinations.flatMap((before) =>
      values.map((value) => {
        const next = [...before]
        next[position] = value
        return next
      }),
    )
  }
  const extra = definition.settings.map((name) => settings[name])
  const site = { span: { start: 0, end: 0 }, calls: [] }
  let reason: string | undefined
  for (const context of clocks) {
    for (const values of combinations) {
      try {
        applyDateCall(definition, Array.from(values), extra, site, context)
        return undefined
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown
        reason ??= toEvaluationError(thrown, undefined).diagnostics[0]?.message
      }
    }
  }
  return reason
}
