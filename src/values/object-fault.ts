import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { evaluationDiagnostic } from '../diagnostics/evaluation-diagnostic.js'
import { EvaluationError } from './fault.js'
import { Misuse } from './misuse.js'

/** The innermost place in the program, from a stack trace; without folders, which could reveal the user's. */
const placeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && typeof thrown.stack === 'string'
    ? /^\s+at .*?([\w.-]+:\d+:\d+)\)?$/m.exec(thrown.stack)?.[1]
    : undefined

/** The kind of the thrown value. Its message may quote values, so it is omitted. */
const kindOfThrown = (thrown: unknown): string =>
  thrown instanceof Error && /^[A-Z]\w{0,40}$/.test(thrown.name) ? thrown.name : `a ${typeof thrown}`

const isOverflow = (thrown: unknown): boolean =>
  thrown instanceof RangeError && /call stack/i.test(thrown.message)

/** Looks at a thrown value, which may itself throw when it is looked at. */
const inspect = <Found>(look: (thrown: unknown) => Found, thrown: unknown): Found | undefined => {
  try {
    return look(thrown)
  } catch {
    return undefined
  }
}

/** Whether a thrown value is of a class. It may be a revoked proxy, whose class cannot be read. */
export const isThrown = (thrown: unknown, type: abstract new (...args: never) => unknown): boolean =>
  inspect((one) => one instanceof type, thrown) === true

/**
 * The error of an object for an exception during its evaluation or writing. No object ends a run: an
 * unexpected exception becomes an error of that object, with the place in the program and without values.
 * @throws the exception, if it is a mistake of the calling program
 */
export const objectFault = (thrown: unknown): Diagnostic => {
  if (isThrown(thrown, Misuse)) throw thrown
  const span = { start: 0, end: 0 }
  if (inspect(isOverflow, thrown)) return evaluationDiagnostic('AF5041', span, {}, {}, undefined)
  const kind = inspect(kindOfThrown, thrown) ?? 'a value'
  const place = inspect(placeOf, thrown) ?? 'an unknown place'
  return evaluationDiagnostic('AF5040', span, { kind, place }, {}, undefined)
}

/** The result for an object whose evaluation threw: see {@link objectFault}. */
export const failedObject = (thrown: unknown): EvaluationError => new EvaluationError([objectFault(thrown)])
