import { Fault } from '../values/fault.js'
import type { NullPolicy } from '../values/settings.js'
import { display } from '../values/text.js'
import type { Value } from '../values/value.js'
import type { FilterOperator } from './define.js'
import { findOperator } from './operators.js'
import { isMissing, type PreparedClause } from './runtime/clause.js'

const quoted = (operands: readonly string[]): string =>
  operands.map((operand) => JSON.stringify(operand)).join(' or ')

/** Says why a clause came to its verdict, in one phrase. */
export const reasonFor = (
  operator: FilterOperator,
  clause: PreparedClause,
  value: Value,
  verdict: boolean,
  nullPolicy: NullPolicy,
): string => {
  const elements = Array.isArray(value) ? (value as readonly Value[]).filter((e) => !isMissing(e)) : undefined
  if (elements?.length === 0 || isMissing(value))
    return reasonForMissing(operator, value, verdict, nullPolicy)
  const [holds, fails] = wordsFor(operator, nullPolicy)
  const operands = clause.spec.operands.length === 0 ? '' : ` ${quoted(clause.spec.operands)}`
  if (elements === undefined) {
    return `${display(value)} ${verdict ? holds : fails}${operands}${caseHint(operator, clause, value)}`
  }
  // One element can show why any held, or why not all did; otherwise all elements are listed.
  const alike = allHaveVerdict(elements, clause, verdict)
  if (!alike) {
    const shown = elements.find((element) => verdictOf(clause, element) === verdict) ?? null
    return `among ${elements.length} values, ${display(shown)} ${verdict ? holds : fails}${operands}`
  }
  return `each of ${elements.length} values ${verdict ? holds : fails}${operands}`
}

/** Under `complement`, a negative operator only means that the positive one does not hold. */
const wordsFor = ({ words, negates }: FilterOperator, nullPolicy: NullPolicy): FilterOperator['words'] => {
  const positive = negates === undefined || nullPolicy === 'documented' ? undefined : findOperator(negates)
  if (positive?.supported !== true) return words
  const [holds, fails] = positive.words
  return [fails, holds]
}

const reasonForMissing = (
  { name, negates }: FilterOperator,
  value: Value,
  verdict: boolean,
  nullPolicy: NullPolicy,
): string => {
  const what =
    value === null
      ? 'null'
      : value === ''
        ? 'the empty text counts as null'
        : 'a list without values counts as null'
  return name === 'IS NULL' || negates === 'IS NULL'
    ? `${what}: the attribute has no value`
    : `${what}: ${verdict} under the ${nullPolicy} null policy`
}

/** The verdict for one element; undefined if it fails and another element decides. */
const verdictOf = (clause: PreparedClause, element: Value): boolean | undefined => {
  try {
    return clause.test(element)
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return undefined
  }
}

const allHaveVerdict = (elements: readonly Value[], clause: PreparedClause, verdict: boolean): boolean =>
  elements.every((element) => verdictOf(clause, element) === verdict)

/** The most common surprise gets its own message: the texts differ only in case. */
const caseHint = ({ name, negates }: FilterOperator, clause: PreparedClause, value: Value): string => {
  if (typeof value !== 'string' || (name !== 'EQUALS' && negates !== 'EQUALS')) return ''
  const { operands } = clause.spec
  const alike = operands.some((operand) => operand.toLowerCase() === value.toLowerCase())
  return alike && !operands.includes(value) ? ', the case differs' : ''
}
