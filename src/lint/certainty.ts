import type { BoundCall } from '../check/bound.js'
import type { Domain } from '../functions/domain.js'
import { standardLibrary } from '../functions/standard.js'
import { applyDateCall } from '../ir/date-call.js'
import type { Argument } from '../syntax/ast.js'
import { createContext, type EvaluationContext } from '../values/context.js'
import { Fault, toEvaluationError } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import { seededRandom } from '../values/random.js'
import type { Settings } from '../values/settings.js'
import { INTEGER, STRING } from '../values/static-type.js'
import { integer, type Value } from '../values/value.js'

/** More combinations of values are not tried. */
const MOST_TRIED = 32

/**
 * A leap day and another date, with other random values: a call that fails on both depends on neither. They
 * are made for each call, because random values go on.
 */
const occasions = (): readonly EvaluationContext[] =>
  [new Date('2024-02-29T12:00:00Z'), new Date('2023-06-15T00:00:00Z')].map((now, seed) =>
    createContext({ now, random: seededRandom(seed) }),
  )

/** Whether calling it has no effect: a volatile function of the caller may have one. */
const isHarmless = (definition: BoundCall['definition']): boolean =>
  definition.purity !== 'volatile' || standardLibrary.get(definition.name) === definition

/** The values of a domain if they are texts or integers that can be listed; undefined otherwise. */
const valuesOf = ({ kinds, texts }: Domain): readonly Value[] | undefined => {
  if (texts === undefined || texts.size === 0) return undefined
  if (kinds === STRING) return [...texts]
  return kinds === INTEGER ? [...texts].map((text) => integer(BigInt(text))) : undefined
}

/** What is certain about a call for every object: the reason why it fails, or its value. */
export interface Certainty {
  readonly failure?: string
  readonly value?: Value
}

/**
 * Evaluates a call whose arguments have only a few possible values.
 * @param known the values of arguments that are the same for every object
 * @returns the failure if it fails for each of them; the value if there is one of them, and the call is pure
 */
export const certaintyOf = (
  { definition, arguments: bound }: BoundCall,
  domains: readonly Domain[],
  settings: Settings,
  known: ReadonlyMap<Argument, Value>,
): Certainty => {
  const { evaluate, form, purity, returns } = definition
  // Error(…) is meant to fail.
  if (returns === 0 || evaluate === undefined || form !== 'call' || bound.length === 0) return {}
  if (!isHarmless(definition)) return {}
  let combinations: (Value | undefined)[][] = [[]]
  for (const [index, { argument, position, parameter }] of bound.entries()) {
    const domain = domains[index]
    const constant = known.get(argument)
    let values: readonly (Value | undefined)[] | undefined
    if (argument.type === 'OmittedArgument') values = [parameter.repeating === true ? null : undefined]
    else if (constant !== undefined) values = [constant]
    else values = domain && valuesOf(domain)
    if (values === undefined || combinations.length * values.length > MOST_TRIED) return {}
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
  for (const context of occasions()) {
    for (const values of combinations) {
      try {
        const value = applyDateCall(definition, Array.from(values), extra, site, context)
        const isConstant = purity === 'pure' && combinations.length === 1 && !(value instanceof FlowMarker)
        return isConstant ? { value } : {}
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown
        reason ??= toEvaluationError(thrown, undefined).diagnostics[0]?.message
      }
    }
  }
  return reason === undefined ? {} : { failure: reason }
}
