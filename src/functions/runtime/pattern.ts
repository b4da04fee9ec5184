import { DotnetFailure } from '../../dotnet/failure.js'
import { cachedRegex, type Regex, type Replacement } from '../../dotnet/regex/regex.js'
import { raise } from '../../values/fault.js'
import type { Limits } from '../../values/settings.js'
import { display } from '../../values/text.js'
import { bounded, TEXT_LIMIT, tooLong } from './limits.js'
import { memoized } from './memo.js'

interface CompiledPattern {
  readonly regex: Regex
  readonly replacementOf: (text: string) => Replacement
}

const patternsOf = memoized((steps) =>
  memoized((pattern): CompiledPattern => {
    const regex = cachedRegex(pattern, Number(steps))
    return { regex, replacementOf: memoized((text) => regex.compileReplacement(text)) }
  }),
)

/**
 * Runs a compiled pattern. A pattern that .NET rejects is evaluation error AF5009, a refused one AF5014, and
 * exceeding the step budget AF5010.
 */
const withPattern = <Result>(
  pattern: string,
  { regexSteps }: Limits,
  run: (compiled: CompiledPattern) => Result,
): Result => {
  try {
    return run(patternsOf(String(regexSteps))(pattern))
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    const shown = display(pattern)
    switch (thrown.kind) {
      case 'budget':
        return raise('AF5010', { pattern: shown, budget: regexSteps })
      case 'unsupported':
        return raise('AF5014', { pattern: shown, reason: thrown.message })
      default:
        return raise('AF5009', { pattern: shown, reason: thrown.message })
    }
  }
}

const literalLength = ({ parts }: Replacement): number =>
  parts.reduce((sum, part) => sum + (part.type === 'literal' ? part.text.length : 0), 0)

const referenceCount = ({ parts }: Replacement): number =>
  parts.reduce((sum, part) => sum + (part.type === 'literal' ? 0 : 1), 0)

/** Raises the evaluation error if the result, by the matches found, could be too long. */
const limitResult = (regex: Regex, text: string, replacement: Replacement): void => {
  const literals = literalLength(replacement)
  const whole = replacement.parts.some(({ type }) => type !== 'literal' && type !== 'group')
  const references = referenceCount(replacement)
  let length = text.length
  for (const spans of regex.matches(text)) {
    const longest = whole
      ? text.length
      : spans.reduce((most, span) => (span === null ? most : Math.max(most, span.end - span.start)), 0)
    length += literals + references * longest
    if (length > TEXT_LIMIT) tooLong()
    // A reference to an empty group costs time, although it adds nothing.
    regex.spend(references)
  }
}

/** Replaces every match by a text in .NET's replacement language. */
export const replaceMatches = (
  text: string,
  pattern: string,
  replacementText: string,
  limits: Limits,
): string =>
  withPattern(pattern, limits, ({ regex, replacementOf }) => {
    const replacement = replacementOf(replacementText)
    // There is at most one match at each position. They are counted only if that could exceed the limit.
    const mostEach = replacementText.length + referenceCount(replacement) * text.length
    const couldGrow = text.length + (text.length + 1) * mostEach > TEXT_LIMIT
    if (couldGrow) limitResult(regex, text, replacement)
    return regex.replace(text, replacement)
  })

/** Replaces the text that a group captured, in every match, by a literal text. */
export const replaceGroup = (
  text: string,
  pattern: string,
  groupName: string,
  literal: string,
  limits: Limits,
): string =>
  withPattern(pattern, limits, ({ regex }) => {
    const couldGrow = text.length + (text.length + 1) * literal.length > TEXT_LIMIT
    if (couldGrow) {
      let length = text.length
      for (const _ of regex.matches(text)) {
        length += literal.length
        if (length > TEXT_LIMIT) tooLong()
      }
    }
    return bounded(regex.replaceGroup(text, groupName, literal))
  })

/** The text that a group captured in the first match; null if there is no match or no such group. */
export const extractGroup = (
  text: string,
  pattern: string,
  groupName: string,
  limits: Limits,
): string | null => withPattern(pattern, limits, ({ regex }) => regex.extractGroup(text, groupName))
