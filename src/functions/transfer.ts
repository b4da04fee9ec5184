import { DotnetFailure } from '../dotnet/failure.js'
import { cachedRegex, type Regex } from '../dotnet/regex/regex.js'
import { LIST } from '../values/static-type.js'
import { alwaysHasText, type Domain, type TextFacts } from './domain.js'

/** What is known about an argument before anything is evaluated. */
export interface ArgumentFacts {
  readonly domain: Domain
  /** Its text, if it is a literal. */
  readonly text: string | undefined
  /** Its integer, if it is a literal number or its text. */
  readonly integer: number | undefined
}

/** The arguments of a call by declared position; undefined for one left out. */
export type KnownArguments = readonly (ArgumentFacts | undefined)[]

/**
 * Derives facts about a function's result from facts about its arguments; facts that it omits are unknown.
 */
export type Transfer = (args: KnownArguments) => Partial<Domain>

/** The first argument or a part of it: no longer than it, and of the same characters. */
export const partOfFirst = ([source]: KnownArguments): Partial<TextFacts> => {
  if (source === undefined) return {}
  const { maxLength, ascii, lower, upper } = source.domain
  return { maxLength, ascii, lower, upper }
}

/** A part of the first argument, at most as long as an integer argument says. */
export const partOfLength =
  (position: number): Transfer =>
  (args) => {
    const part = partOfFirst(args)
    const length = args[position]?.integer
    const most = part.maxLength ?? Number.POSITIVE_INFINITY
    return { ...part, maxLength: length === undefined || length < 0 ? most : Math.min(most, length) }
  }

/** The text form of the first argument. */
export const textOfFirst: Transfer = (args) => ({ ...partOfFirst(args), texts: args[0]?.domain.texts })

/** The first argument in upper or lower case; known only for the invariant culture. */
export const cased =
  (direction: 'lower' | 'upper'): Transfer =>
  ([source, culture]) => ({
    maxLength: source?.domain.maxLength ?? Number.POSITIVE_INFINITY,
    [direction]: culture === undefined,
    mayBeEmpty: source?.domain.mayBeEmpty ?? true,
  })

/** The texts of some parts, joined with a separator. */
export const concatenated = (
  parts: readonly (Domain | undefined)[],
  separator: Domain | undefined,
): Partial<Domain> => {
  const given = parts.filter((part) => part !== undefined)
  const gaps = separator === undefined || given.length < 2 ? [] : given.slice(1).map(() => separator)
  const ascii = [...given, ...gaps].every((part) => part.ascii)
  const mayBeEmpty = !given.some(alwaysHasText)
  // A list can contribute any number of elements.
  if (given.some(({ kinds }) => (kinds & LIST) !== 0))
    return { ascii: ascii && separator?.ascii !== false, mayBeEmpty }
  const maxLength = [...given, ...gaps].reduce((sum, part) => sum + part.maxLength, 0)
  return { maxLength, ascii, mayBeEmpty }
}

/** Two texts joined; each element of a list is joined with the other argument. */
export const appended: Transfer = ([first, second]) => {
  const [a, b] = [first?.domain, second?.domain]
  const isList = [a, b].some((part) => part !== undefined && (part.kinds & LIST) !== 0)
  const { maxLength = Number.POSITIVE_INFINITY, ...rest } = concatenated([a, b], undefined)
  return isList ? { maxLength: (a?.maxLength ?? 0) + (b?.maxLength ?? 0), ...rest } : { maxLength, ...rest }
}

/** The regular expression of a pattern; undefined if it is invalid, which the checker reports. */
export const regexOf = (pattern: string): Regex | undefined => {
  try {
    return cachedRegex(pattern)
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return undefined
  }
}
