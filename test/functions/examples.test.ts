import { describe, expect, it } from 'vitest'
import { outcomeMembers } from '../../src/batch.js'
import type { FunctionExample } from '../../src/functions/define.js'
import { documented } from '../../src/functions/documentation.js'
import { compileExpression, standardLibrary } from '../../src/index.js'
import { createContext } from '../../src/values/context.js'
import type { Outcome } from '../../src/values/outcome.js'
import { seededRandom } from '../../src/values/random.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'

import { configurations } from '../plan/configurations.js'

const functions = standardLibrary.all().map(documented)

/** What an outcome is, in the terms in which an example states its result. */
const stated = (outcome: Outcome, example: FunctionExample): Partial<FunctionExample> => {
  switch (outcome.kind) {
    case 'error':
      return { error: outcome.diagnostics[0]!.code }
    case 'ignoreAttribute':
    case 'ignoreObject':
      return { marker: outcome.kind }
    case 'null':
      return { result: null }
    case 'value': {
      const { value, text } = outcomeMembers(outcome)
      const { pattern } = example
      return pattern !== undefined && new RegExp(pattern).test(String(text)) ? { pattern } : { result: value }
    }
  }
}

const expected = ({ error, marker, pattern, result }: FunctionExample): Partial<FunctionExample> => {
  if (error !== undefined) return { error }
  if (marker !== undefined) return { marker }
  return pattern === undefined ? { result } : { pattern }
}

const contextOf = ({ now, taken, settings }: FunctionExample) =>
  createContext(
    {
      random: seededRandom(7),
      ...(now === undefined ? {} : { now }),
      ...(taken === undefined ? {} : { isTaken: (candidate: string) => taken.includes(candidate) }),
    },
    resolveSettings(settings),
  )

const examples = functions.flatMap((definition) =>
  definition.examples.map((example) => [definition.name, example.expression, example] as const),
)

describe.each(configurations.map((configuration) => [configuration.name, configuration] as const))(
  'with %s',
  (_name, configuration) => {
    it.each(examples)('%s: %s', (_function, _expression, example) => {
      const evaluate = configuration.compile(example.expression, example.settings ?? {})
      const outcome = evaluate(example.input ?? {}, contextOf(example))
      expect(stated(outcome, example)).toEqual(expected(example))
    })
  },
)

describe.each(functions.map((definition) => [definition.name, definition] as const))(
  'the examples of %s',
  (name, { examples, errors }) => {
    it('compile without errors, and call the function', () => {
      expect(examples.length).toBeGreaterThan(0)
      for (const { expression, settings } of examples) {
        const { diagnostics } = compileExpression(expression, settings === undefined ? {} : { settings })
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(expression).toContain(`${name}(`)
      }
    })
    it('raise only errors that the declaration names', () => {
      const raised = examples.flatMap(({ error }) => error ?? [])
      expect(errors).toEqual(expect.arrayContaining(raised))
    })
  },
)
