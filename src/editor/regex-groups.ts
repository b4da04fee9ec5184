import { DotnetFailure } from '../dotnet/failure.js'
import { cachedRegex } from '../dotnet/regex/regex.js'
import type { FunctionDefinition } from '../functions/define.js'
import { argumentOf, literalKind, literalOf } from './expectation.js'
import type { EnclosingCall } from './position.js'

/** The groups of a pattern except the whole match, named ones first. */
export const groupNames = (pattern: string): readonly string[] => {
  const names = compiledNames(pattern) ?? writtenNames(pattern)
  const isNumber = (name: string): boolean => /^\d+$/.test(name)
  return [...names.filter((name) => !isNumber(name)), ...names.filter(isNumber)]
}

const compiledNames = (pattern: string): readonly string[] | undefined => {
  try {
    return cachedRegex(pattern).groupNames.filter((name) => name !== '0')
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return undefined
  }
}

/** An incomplete pattern has no groups yet, but their names are visible. */
const writtenNames = (pattern: string): readonly string[] => [
  ...new Set(
    [...pattern.matchAll(/\(\?(?:<(\w+)>|'(\w+)')/g)].map(([, angle, quoted = '']) => angle ?? quoted),
  ),
]

/** The literal pattern of a call to a function with a pattern. */
export const patternOf = (call: EnclosingCall, definition: FunctionDefinition): string | undefined => {
  const parameter = definition.parameters.find((one) => literalKind(one) === 'regex')
  return parameter && literalOf(argumentOf(call, definition, parameter.key))
}

/** Keys in Graph of the parameters that belong to a pattern. */
const GROUP_NAME = 'RegularExpressionGroupName'
const REPLACEMENT = 'Replacement'

/**
 * How the argument with this key refers to the groups of the call's pattern: by a bare name, or by `${name}`
 * in a text, which works only if no group is chosen.
 */
export const groupUse = (
  call: EnclosingCall,
  definition: FunctionDefinition,
  key: string,
): 'name' | 'reference' | undefined => {
  if (key === GROUP_NAME) return 'name'
  const isFree = (argumentOf(call, definition, GROUP_NAME)?.tokens.length ?? 0) === 0
  return key === REPLACEMENT && isFree ? 'reference' : undefined
}
