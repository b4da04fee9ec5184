import type { DiagnosticCode } from '../../diagnostics/catalogue.js'
import type { NullPolicy } from '../../values/settings.js'
import type { Value } from '../../values/value.js'

/** What is wrong with an operand, found before anything is evaluated. */
export interface OperandProblem {
  /** AF3009 and AF3010 for regular expressions, AF4504 for everything else. */
  readonly code: Extract<DiagnosticCode, 'AF3009' | 'AF3010' | 'AF4504'>
  /** For AF4504 what the operator takes, otherwise the reason. */
  readonly reason: string
}

/** An operand made ready once, or what is wrong with it. */
export type Prepared<Operand> =
  | { readonly operand: Operand; readonly problem?: never }
  | { readonly operand?: never; readonly problem: OperandProblem }

/**
 * What an operator does, without its documentation. A negative operator states the test of its positive
 * counterpart: its own verdict is the complement, so that the two can never drift apart.
 */
export interface OperatorBehaviour<Operand = unknown> {
  /** Positive operators hold if any element and any operand does; negative ones only if none does. */
  readonly polarity: 'positive' | 'negative'
  /** Makes an operand text ready. Absent for operators that take none. */
  readonly prepare?: (text: string, limits: { readonly regexSteps: number }) => Prepared<Operand>
  /**
   * The positive test of one value that is neither null nor "" nor a list. Raises AF5020 or AF5021.
   * @param clause the clause in words, for the message of a fault
   */
  test(value: Value, operand: Operand, clause: string): boolean
  /** {@link test} of texts that are not "", made for one operand: the same answers, without its detours. */
  textTest?(operand: Operand, clause: string): (text: string) => boolean
  /** Whether the positive test holds for a missing value. Default false. */
  readonly holdsForMissing?: boolean
  /**
   * The negative test under the `documented` null policy, where it is more than the complement: IS FALSE then
   * asks for false, and a value that is neither true nor false satisfies neither.
   */
  readonly documentedTest?: (value: Value) => boolean
}

/** What a missing value makes of an operator under a null policy. */
export const verdictForMissing = (behaviour: OperatorBehaviour, policy: NullPolicy): boolean => {
  const positive = behaviour.holdsForMissing ?? false
  if (behaviour.polarity === 'positive') return positive
  return policy === 'complement' && !positive
}
