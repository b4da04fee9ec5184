import { DotnetFailure } from '../../dotnet/failure.js'
import { cachedRegex, type Regex } from '../../dotnet/regex/regex.js'
import type { Limits } from '../../values/settings.js'
import { bounded, TEXT_LIMIT } from './limits.js'
import { replaceGroup, replaceMatches } from './pattern.js'
import type { TextBody } from './specialised-bodies.js'

/** Specialised bodies that need the engine of regular expressions, kept apart for programs without it. */

/** The longest text for which neither the size of the result nor the budget needs checking. */
const safeLength = (regex: Regex, replacement: string): number => {
  // There is at most one match at each position, and each inserts the replacement with at most the whole text
  // for each of its references.
  const references = replacement.split('$').length - 1
  let length = 0
  for (let step = 4_096; step >= 1; step >>= 1) {
    const longer = length + step
    const most = longer + (longer + 1) * (replacement.length + references * longer)
    if (most <= TEXT_LIMIT && regex.runsNatively(longer)) length = longer
  }
  return length
}

/** Replace mode 3 with constants. */
export const patternReplacement = (pattern: string, replacement: string, limits: Limits): TextBody => {
  const regex = compiled(pattern, limits)
  if (regex === undefined) return (source) => replaceMatches(source, pattern, replacement, limits)
  const native = regex.nativeReplacer(regex.compileReplacement(replacement))
  const general = (source: string): string => replaceMatches(source, pattern, replacement, limits)
  if (native === undefined) return general
  const safe = safeLength(regex, replacement)
  return (source) => (source.length <= safe && regex.fitsNative(source) ? native(source) : general(source))
}

/** Replace mode 4 with constants: the text that a group captures is replaced by a literal text. */
export const groupReplacement = (
  pattern: string,
  groupName: string,
  literal: string,
  limits: Limits,
): TextBody => {
  const general = (source: string): string => replaceGroup(source, pattern, groupName, literal, limits)
  const regex = compiled(pattern, limits)
  if (regex === undefined) return general
  const safe = safeLength(regex, literal)
  const plain = (source: string): string =>
    source.length <= safe ? regex.replaceGroup(source, groupName, literal) : general(source)
  const tail = regex.groupTail(groupName)
  if (tail === undefined) return plain
  // `(?<Suffix>@.*)`: from the text to the end of the line.
  return (source) => {
    const start = source.indexOf(tail)
    if (start < 0) return source
    if (source.includes('\n', start + tail.length)) return plain(source)
    const kept = source.slice(0, start)
    return literal === '' ? kept : bounded(kept + literal)
  }
}

const compiled = (pattern: string, { regexSteps }: Limits): Regex | undefined => {
  try {
    return cachedRegex(pattern, regexSteps)
  } catch (thrown) {
    if (thrown instanceof DotnetFailure) return undefined
    throw thrown
  }
}
