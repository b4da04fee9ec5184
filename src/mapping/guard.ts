import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { Misuse } from '../values/misuse.js'

/** The innermost place in the program, from a stack trace; without folders, which could reveal the user's. */
const placeOf = (thrown: unknown): string => {
  const stack = thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack : ''
  const place = /^\s+at .*?([\w.-]+:\d+:\d+)\)?$/m.exec(stack)?.[1]
  return place ?? 'an unknown place'
}

/** The kind of the thrown value. Its message may quote values, so it is omitted. */
const kindOfThrown = (thrown: unknown): string =>
  thrown instanceof Error && /^[A-Z]\w{0,40}$/.test(thrown.name) ? thrown.name : `a ${typeof thrown}`

/**
 * The error of an object for an exception during its evaluation or writing. No object ends a run: an
 * unexpected exception becomes an error of that object, with the place in the program and without values.
 * @throws the exception, if it is a mistake of the calling program
 */
export const objectFault = (thrown: unknown): Diagnostic => {
  if (thrown instanceof Misuse) throw thrown
  const span = { start: 0, end: 0 }
  if (thrown instanceof RangeError && /call stack/i.test(thrown.message))
    return diagnostic('AF5041', span, {})
  return diagnostic('AF5040', span, { kind: kindOfThrown(thrown), place: placeOf(thrown) })
}
