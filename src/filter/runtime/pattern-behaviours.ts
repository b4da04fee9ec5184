import { DotnetFailure } from '../../dotnet/failure.js'
import { cachedRegex, type Regex } from '../../dotnet/regex/regex.js'
import { raise } from '../../values/fault.js'
import { display } from '../../values/text.js'
import type { Value } from '../../values/value.js'
import type { OperatorBehaviour, Prepared } from './behaviour.js'
import { textIn } from './behaviours.js'

const asRegex = (pattern: string, { regexSteps }: { readonly regexSteps: number }): Prepared<Regex> => {
  try {
    return { operand: cachedRegex(pattern, regexSteps) }
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return { problem: { code: thrown.kind === 'unsupported' ? 'AF3010' : 'AF3009', reason: thrown.message } }
  }
}

/** @param text the text of the value, if it is known */
const matches = (
  value: Value,
  regex: Regex,
  clause: string,
  text: string = textIn(value, clause),
): boolean => {
  try {
    return regex.isMatch(text)
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return raise('AF5021', { clause, value: display(value), budget: regex.stepBudget })
  }
}

export const regexMatch: OperatorBehaviour<Regex> = {
  polarity: 'positive',
  prepare: asRegex,
  test: matches,
  textTest: (regex, clause) => (text) => matches(text, regex, clause, text),
}

export const notRegexMatch: OperatorBehaviour<Regex> = { ...regexMatch, polarity: 'negative' }

/** The behaviours that need the regular expression engine, by the Graph names of their operators. */
export const patternBehaviours: ReadonlyMap<string, OperatorBehaviour> = new Map<string, OperatorBehaviour>([
  ['REGEX MATCH', regexMatch],
  ['NOT REGEX MATCH', notRegexMatch],
])
