import { integerFromText } from '../values/convert.js'
import { Fault } from '../values/fault.js'
import type { Value } from '../values/value.js'
import { isReady, type ResolvedClause } from './resolve.js'
import type { ClauseSpec } from './runtime/clause.js'

const specOf = (clause: ResolvedClause): ClauseSpec | undefined =>
  isReady(clause) ? clause.body.spec : undefined

const holdsFor = (clause: ResolvedClause, value: Value): boolean => {
  if (!isReady(clause)) return true
  try {
    return clause.body.test(value)
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return false
  }
}

/**
 * The only values for which a clause can hold, if there are few enough to try; for single-valued attributes.
 */
const candidates = ({ operator, operands }: ResolvedClause): readonly Value[] | undefined => {
  if (operator?.name === 'EQUALS') return operands
  return operator?.name === 'IS NULL' ? [null] : undefined
}

const sameOperands = (a: ResolvedClause, b: ResolvedClause): boolean =>
  a.operands.length === b.operands.length && a.operands.every((operand) => b.operands.includes(operand))

/** Whether two clauses test opposite conditions on the same attribute. */
const areOpposite = (a: ResolvedClause, b: ResolvedClause): boolean =>
  a.attribute === b.attribute &&
  a.operator !== undefined &&
  b.operator !== undefined &&
  (a.operator.negates === b.operator.name || b.operator.negates === a.operator.name) &&
  (a.operator.arity === 'unary' || sameOperands(a, b))

/** Whether the positive form of a clause holds for no value: the empty text is null, and 0 has no bits. */
const asksForNothing = ({ operator, operands }: ResolvedClause): boolean => {
  const name = operator?.negates ?? operator?.name
  if (operands.length === 0) return false
  if (name === 'EQUALS') return operands.every((operand) => operand === '')
  return name === '&' && operands.every((operand) => integerFromText(operand) === 0)
}

const quoted = (clauses: readonly ResolvedClause[]): string =>
  clauses.map(({ text }) => `“${text}”`).join(' and ')

/**
 * Why no object can pass a group, in words; undefined if one may. It tries the values that a clause leaves
 * possible on the other clauses of the attribute, so it follows the operators and null policies as they are.
 * @param isMultivalued whether an attribute can have several values, each of which may satisfy a different
 * clause
 */
export const whyNever = (
  clauses: readonly ResolvedClause[],
  isMultivalued: (attribute: string) => boolean,
): string | undefined => {
  for (const clause of clauses.filter(isReady)) {
    if (clause.operator.polarity === 'positive' && asksForNothing(clause)) {
      return `nothing satisfies “${clause.text}”`
    }
    const others = clauses.filter(
      (other) => other !== clause && isReady(other) && other.attribute === clause.attribute,
    )
    // If the clauses test any element, two opposites can hold for different elements.
    const mayBothHold = isMultivalued(clause.attribute) && specOf(clause)?.multivaluedComparison === 'any'
    const opposite = mayBothHold ? undefined : others.find((other) => areOpposite(clause, other))
    if (opposite !== undefined) return `${quoted([clause, opposite])} contradict each other`
    const possible = candidates(clause)
    if (possible === undefined || (isMultivalued(clause.attribute) && possible[0] !== null)) continue
    const passes = possible.some((value) => [clause, ...others].every((other) => holdsFor(other, value)))
    if (!passes) return `no value satisfies ${quoted([clause, ...others])}`
  }
  return undefined
}

/** Why every object passes a group, in words; undefined if one may not. */
export const whyAlways = (clauses: readonly ResolvedClause[]): string | undefined => {
  if (clauses.length === 0) return 'it has no clauses'
  const always = clauses.every(
    (clause) =>
      isReady(clause) &&
      clause.operator.polarity === 'negative' &&
      clause.body.forMissing &&
      asksForNothing(clause),
  )
  return always ? `everything satisfies ${quoted(clauses)}` : undefined
}

/** Whether every object satisfies one of two groups, because they consist of opposite conditions only. */
export const cover = (a: readonly ResolvedClause[], b: readonly ResolvedClause[]): boolean => {
  const [one, two] = [a[0], b[0]]
  if (a.length !== 1 || b.length !== 1 || one === undefined || two === undefined) return false
  if (!isReady(one) || !isReady(two) || !areOpposite(one, two)) return false
  // Under the documented policy, both opposites can be false for a missing value; for IS FALSE, also for
  // other values.
  const complementary = one.body.spec.nullPolicy === 'complement' || findsNull(one) || findsNull(two)
  return complementary && one.body.spec.multivaluedComparison === 'byOperator'
}

const findsNull = ({ operator }: ResolvedClause): boolean => operator?.name === 'IS NULL'
