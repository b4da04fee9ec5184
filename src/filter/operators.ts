import { closest } from '../text/suggest.js'
import { requireText } from '../values/misuse.js'
import type { FilterOperator, RefusedOperator } from './define.js'
import { equalityOperators } from './operators/equality.js'
import { integerOperators } from './operators/integer.js'
import { presenceOperators } from './operators/presence.js'
import { refusedOperators } from './operators/refused.js'
import { regexOperators } from './operators/regex.js'

/** The operators that can be evaluated, in the order of the reference. */
export const filterOperators: readonly FilterOperator[] = [
  ...equalityOperators,
  ...presenceOperators,
  ...regexOperators,
  ...integerOperators,
]

/** All operators: those that can be evaluated, and those that are known but refused. */
export const knownOperators: readonly (FilterOperator | RefusedOperator)[] = [
  ...filterOperators,
  ...refusedOperators,
]

/** Normalises an operator name for comparison: case, blanks and underscores do not matter. */
const fold = (name: string): string => name.toLowerCase().replace(/[\s_]+/g, '')

const byFoldedName = new Map<string, FilterOperator | RefusedOperator>(
  knownOperators.flatMap((operator) =>
    [operator.name, operator.portalLabel, ...operator.aliases].map((name) => [fold(name), operator] as const),
  ),
)

/** The operator of that name, whatever its case, blanks and underscores. Undefined if there is none. */
export const findOperator = (name: string): FilterOperator | RefusedOperator | undefined => {
  requireText(name, 'an operator')
  return byFoldedName.get(fold(name))
}

/** Names of operators that do not exist, and what to write instead. */
const advice = new Map<string, string>([
  ['startswith', 'Use REGEX MATCH with ^ before the text.'],
  ['beginswith', 'Use REGEX MATCH with ^ before the text.'],
  ['notendswith', 'Use NOT REGEX MATCH with $ after the text.'],
  ['contains', 'Use INCLUDES.'],
  ['notcontains', 'Use NOT REGEX MATCH with the text.'],
  ['in', 'Write EQUALS clauses in separate groups: groups are alternatives.'],
  ['lessthan', 'Use REGEX MATCH with an anchored pattern of digits: there is no such comparison.'],
  ['lessthanorequals', 'Use REGEX MATCH with an anchored pattern of digits: there is no such comparison.'],
])

/** The alternative to an operator that does not exist, if known. */
export const adviceForUnknownOperator = (name: string): string | undefined => {
  const known = advice.get(fold(name))
  if (known !== undefined) return known
  const names = filterOperators.map((operator) => operator.name)
  const near = closest(name, names)
  return near === undefined ? undefined : `Did you mean ${near}?`
}
