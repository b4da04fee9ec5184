import type { NullPolicy, Settings } from '../../values/settings.js'
import type { Value } from '../../values/value.js'
import { type OperandProblem, type OperatorBehaviour, verdictForMissing } from './behaviour.js'

/**
 * A clause without its attribute's value, as plain JSON: a generated module contains it and prepares it
 * again.
 */
export interface ClauseSpec {
  /** Graph name of the operator. */
  readonly operator: string
  readonly operands: readonly string[]
  readonly nullPolicy: NullPolicy
  readonly multivaluedComparison: Settings['multivaluedComparison']
  /** The maximum number of steps of a regular expression on one value. */
  readonly regexSteps: number
  /** The clause in words, such as `department EQUALS Sales`, for the messages of its faults. */
  readonly text: string
}

/** A prepared clause: its operands are constants, and only the value is missing. */
export class PreparedClause {
  readonly spec: ClauseSpec
  /** The verdict for an attribute that is null, "" or an empty list. */
  readonly forMissing: boolean
  readonly #needsAll: boolean
  readonly #element: (value: Value) => boolean

  constructor(spec: ClauseSpec, behaviour: OperatorBehaviour, operands: readonly unknown[]) {
    this.spec = spec
    this.forMissing = verdictForMissing(behaviour, spec.nullPolicy)
    this.#needsAll =
      spec.multivaluedComparison === 'byOperator'
        ? behaviour.polarity === 'negative'
        : spec.multivaluedComparison === 'all'
    this.#element = elementTest(spec, behaviour, operands)
    const textTest = textTestOf(spec, behaviour, operands)
    this.evaluate =
      textTest === undefined
        ? (value) => this.test(value)
        : (value) => (typeof value === 'string' && value !== '' ? textTest(value) : this.test(value))
  }

  /** Whether the clause holds for the value of its attribute. Raises AF5020 or AF5021. */
  test(value: Value): boolean {
    if (!Array.isArray(value)) return isMissing(value) ? this.forMissing : this.#element(value)
    const elements = (value as readonly Value[]).filter((element) => !isMissing(element))
    if (elements.length === 0) return this.forMissing
    return combine(elements, this.#element, !this.#needsAll)
  }

  /** {@link test} as a separate function, the same for every node of the clause. */
  readonly evaluate: (value: Value) => boolean
}

/** The test of a clause with at most one operand for texts, if its operator has one. */
const textTestOf = (
  { text, nullPolicy }: ClauseSpec,
  { textTest, documentedTest, polarity }: OperatorBehaviour,
  operands: readonly unknown[],
): ((text: string) => boolean) | undefined => {
  const replaced = documentedTest !== undefined && nullPolicy === 'documented'
  if (textTest === undefined || replaced || operands.length > 1) return undefined
  const positive = textTest(operands[0], text)
  return polarity === 'positive' ? positive : (value) => !positive(value)
}

/** Whether filters treat the value as null: null itself and the empty text. */
export const isMissing = (value: Value): boolean => value === null || value === ''

/**
 * Any (`deciding` true) or all (false) of the tests. A failing test matters only if the others do not decide,
 * so the order of elements and operands never matters.
 */
const combine = <Item>(items: readonly Item[], test: (item: Item) => boolean, deciding: boolean): boolean => {
  let fault: unknown
  for (const item of items) {
    try {
      if (test(item) === deciding) return deciding
    } catch (thrown) {
      fault ??= thrown
    }
  }
  if (fault !== undefined) throw fault
  return !deciding
}

const elementTest = (
  { text, nullPolicy }: ClauseSpec,
  behaviour: OperatorBehaviour,
  operands: readonly unknown[],
): ((value: Value) => boolean) => {
  const { test, documentedTest, polarity } = behaviour
  if (documentedTest !== undefined && nullPolicy === 'documented') return documentedTest
  const [only] = operands
  const positive =
    operands.length <= 1
      ? (value: Value) => test(value, only, text)
      : (value: Value) => combine(operands, (operand) => test(value, operand, text), true)
  return polarity === 'positive' ? positive : (value) => !positive(value)
}

/** The operands of a clause that its operator does not accept, with the reasons. */
export type ClauseProblems = readonly [ClauseProblem, ...ClauseProblem[]]

interface ClauseProblem {
  readonly operand: string
  readonly problem: OperandProblem
}

/** Prepares a clause with the behaviour of its operator, or returns the faults of its operands. */
export const prepareWith = (
  behaviours: ReadonlyMap<string, OperatorBehaviour>,
  spec: ClauseSpec,
): PreparedClause | ClauseProblems => {
  const behaviour = behaviours.get(spec.operator)
  if (behaviour === undefined) throw new TypeError(`${spec.operator} has no behaviour`)
  const problems: ClauseProblem[] = []
  const operands: unknown[] = []
  if (behaviour.prepare !== undefined) {
    for (const operand of spec.operands) {
      const prepared = behaviour.prepare(operand, spec)
      if (prepared.problem === undefined) operands.push(prepared.operand)
      else problems.push({ operand, problem: prepared.problem })
    }
  }
  const [first, ...others] = problems
  return first === undefined ? new PreparedClause(spec, behaviour, operands) : [first, ...others]
}

/** The body of a clause without faults. A generated module creates it again from the same data. */
export const bodyWith = (
  behaviours: ReadonlyMap<string, OperatorBehaviour>,
  spec: ClauseSpec,
): ((value: Value) => boolean) => {
  const clause = prepareWith(behaviours, spec)
  if (clause instanceof PreparedClause) return clause.evaluate
  throw new TypeError(`${spec.text} cannot be evaluated`)
}
