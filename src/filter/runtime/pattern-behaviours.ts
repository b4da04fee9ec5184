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

/** Raises AF5021 for a search that exceeded its budget; rethrows anything else. */
const searchFailed = (thrown: unknown, value: Value, regex: Regex, clause: string): never => {
  if (!(thrown instanceof DotnetFailure)) throw thrown
  return raise('AF5021', { clause, value: display(value), budget: regex.stepBudget })
}

const matches = (value: Value, regex: Regex, clause: string): boolean => {
  const text = textIn(value, clause)
  try {
    return regex.isMatch(text)
  } catch (thrown) {
    return searchFailed(thrown, value, regex, clause)
  }
}

export const regexMatch: OperatorBehaviour<Regex> = {
  polarity: 'positive',
  prepare: asRegex,
  test: matches,
  textTest: (regex, clause) => {
    const test = regex.tester()
    return (text) => {
      try {
        return test(text)
      } catch (thrown) {
        return searchFailed(thrown, text, regex, clause)
      }
    }
  },
}

export const notRegexMatch: OperatorBehaviour<Regex> = { ...regexMatch, polarity: 'negative' }

/** The behaviours that need the regular expression engine, by the Graph names of their operators. */
export const patternBehaviours: ReadonlyMap<string, OperatorBehaviour> = new Map<string, OperatorBehaviour>([
  ['REGEX MATCH', regexMatch],
  ['NOT REGEX MATCH', notRegexMatch],
])
