import type { FunctionDefinition, FunctionExample } from '../functions/define.js'
import { documented } from '../functions/documentation.js'
import type { FunctionLibrary } from '../functions/library.js'
import { standardLibrary } from '../functions/standard.js'
import { createContext } from '../values/context.js'
import { requireMade } from '../values/misuse.js'
import type { Outcome } from '../values/outcome.js'
import { seededRandom } from '../values/random.js'
import { resolveSettings } from '../values/resolve-settings.js'

import { compileExpression } from './compile.js'
import { outcomeMembers } from './outcome-json.js'

/** The expected outcome of an example. */
type StatedOutcome = Pick<FunctionExample, 'result' | 'error' | 'marker' | 'pattern'>

/** An example whose actual outcome differs from the expected one. */
export interface ExampleFailure {
  readonly expression: string
  readonly input: Readonly<Record<string, unknown>>
  readonly expected: StatedOutcome
  readonly found: StatedOutcome
  /** The exception of the function, if it threw one. */
  readonly cause?: unknown
}

const expectedOf = ({ error, marker, pattern, result = null }: FunctionExample): StatedOutcome => {
  if (error !== undefined) return { error }
  if (marker !== undefined) return { marker }
  return pattern === undefined ? { result } : { pattern }
}

const foundOf = (outcome: Outcome, { pattern }: FunctionExample): StatedOutcome => {
  switch (outcome.kind) {
    case 'error': {
      const [first] = outcome.diagnostics
      return first === undefined ? {} : { error: first.code }
    }
    case 'ignoreAttribute':
    case 'ignoreObject':
      return { marker: outcome.kind }
    case 'null':
      return { result: null }
    case 'value': {
      const { value, text } = outcomeMembers(outcome)
      const fits = pattern !== undefined && new RegExp(pattern).test(String(text))
      return fits ? { pattern } : { result: value }
    }
  }
}

/** Whether two JSON values are equal; the order of members does not matter. */
const sameJson = (left: unknown, right: unknown): boolean => {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return Object.is(left, right)
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const [names, others] = [Object.keys(left), Object.keys(right)]
  const member = (object: object, name: string): unknown => (object as Record<string, unknown>)[name]
  return (
    names.length === others.length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(member(left, name), member(right, name)))
  )
}

/**
 * Runs the examples of a function's declaration; for the tests of functions of your own.
 *
 * @param library what the examples may call besides the function. Default: the functions of the language
 * @returns the examples whose result is not the one they state; empty if all hold
 * @throws {TypeError} if the declaration has no examples, for then nothing would be checked
 * @example
 * test('Initials', () => expect(checkFunction(initials)).toEqual([]))
 */
export const checkFunction = (
  definition: FunctionDefinition,
  library: FunctionLibrary = standardLibrary,
): readonly ExampleFailure[] => {
  requireMade(definition, 'parameters', 'a function made by defineFunction')
  const { examples } = documented(definition)
  if (examples.length === 0) throw new TypeError(`${definition.name} has no examples to check`)
  const extended = library.with(definition)
  return examples.flatMap((example) => {
    const { expression, input = {}, now, taken } = example
    const settings = resolveSettings(example.settings)
    const context = createContext(
      {
        random: seededRandom(7),
        ...(now === undefined ? {} : { now }),
        ...(taken === undefined ? {} : { isTaken: (candidate: string) => taken.includes(candidate) }),
      },
      settings,
    )
    const outcome = compileExpression(expression, { settings, library: extended }).evaluate(input, context)
    const [expected, found] = [expectedOf(example), foundOf(outcome, example)]
    if (sameJson(expected, found)) return []
    const cause = outcome.kind === 'error' ? outcome.cause : undefined
    return [{ expression, input, expected, found, ...(cause === undefined ? {} : { cause }) }]
  })
}
