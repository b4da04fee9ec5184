import { raise } from '../../values/fault.js'

/** The longest text a function builds. Nested calls could otherwise grow a text exponentially. */
export const TEXT_LIMIT = 1_048_576

/**
 * The limit of a short text: several of them, changed by functions of the language, stay far below
 * `TEXT_LIMIT`.
 */
export const SHORT_TEXT = 4_096

/** The maximum total length of the texts in a list that a call builds value by value. */
export const LIST_TEXT_LIMIT = 67_108_864

/** The maximum number of values that a call puts into a list. */
export const LIST_LENGTH_LIMIT = 100_000

/** The text itself if it is within the limit; evaluation error AF5012 otherwise. */
export const bounded = (text: string): string => (text.length <= TEXT_LIMIT ? text : tooLong())

/** Raises the evaluation error for a text over the limit. */
export const tooLong = (): never => raise('AF5012', { limit: `${TEXT_LIMIT} characters`, what: 'a text' })

/** Raises the evaluation error for a list with too many values. */
export const tooManyValues = (): never =>
  raise('AF5012', { limit: `${LIST_LENGTH_LIMIT} values`, what: 'a list' })

/** Raises the evaluation error for a list whose texts together exceed the limit. */
export const listTooLong = (): never =>
  raise('AF5012', { limit: `${LIST_TEXT_LIMIT} characters`, what: 'the values of a list' })
