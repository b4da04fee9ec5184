import type { DiagnosticCode } from '../../diagnostics/catalogue.js'
import type { NullPolicy } from '../../values/settings.js'
import type { Value } from '../../values/value.js'

/** A fault of an operand, found before anything is evaluated. */
export interface OperandProblem {
  /** AF3009 and AF3010 for regular expressions, AF4504 for everything else. */
  readonly code: Extract<DiagnosticCode, 'AF3009' | 'AF3010' | 'AF4504'>
  /** For AF4504 the accepted values, otherwise the reason. */
  readonly reason: string
}

/** A prepared operand, or its fault. */
export type Prepared<Operand> =
  | { readonly operand: Operand; readonly problem?: never }
  | { readonly operand?: never; readonly problem: OperandProblem }

/**
 * The behaviour of an operator, without its documentation. A negative operator has the test of its positive
 * counterpart; its verdict is the complement, so the two can never differ.
 */
export interface OperatorBehaviour<Operand = unknown> {
  /**
   * A positive operator holds if it holds for any element and any operand; a negative one if its positive
   * counterpart holds for none.
   */
  readonly polarity: 'positive' | 'negative'
  /** Prepares the text of an operand. Absent for operators without operands. */
  readonly prepare?: (text: string, limits: { readonly regexSteps: number }) => Prepared<Operand>
  /**
   * The positive test of one value that is neither null nor "" nor a list. Raises AF5020 or AF5021.
   * @param clause the clause in words, for the message of a fault
   */
  test(value: Value, operand: Operand, clause: string): boolean
  /** A faster {@link test} with the same results, prepared for one operand and texts that are not "". */
  textTest?(operand: Operand, clause: string): (text: string) => boolean
  /** Whether the positive test holds for a missing value. Default false. */
  readonly holdsForMissing?: boolean
  /**
   * The negative test under the `documented` null policy, if it is not the complement: IS FALSE then tests
   * for false, and a value that is neither true nor false satisfies neither operator.
   */
  readonly documentedTest?: (value: Value) => boolean
}

/** The verdict of an operator on a missing value under a null policy. */
export const verdictForMissing = (behaviour: OperatorBehaviour, policy: NullPolicy): boolean => {
  const positive = behaviour.holdsForMissing ?? false
  if (behaviour.polarity === 'positive') return positive
  return policy === 'complement' && !positive
}
