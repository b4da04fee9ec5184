import { describe, expect, it } from 'vitest'
import type { FunctionDefinition, FunctionExample } from '../../src/functions/define.js'
import { compileExpression, outcomeMembers, standardLibrary } from '../../src/index.js'
import { seededRandom } from '../../src/values/random.js'

const functions = standardLibrary.all()

const evaluateExample = (example: FunctionExample) => {
  const { expression, input = {}, now, taken, settings } = example
  const compiled = compileExpression(expression, settings === undefined ? {} : { settings })
  const outcome = compiled.evaluate(input, {
    random: seededRandom(7),
    ...(now === undefined ? {} : { now }),
    ...(taken === undefined ? {} : { isTaken: (candidate: string) => taken.includes(candidate) }),
  })
  return { compiled, outcome }
}

const checkExample = (example: FunctionExample): void => {
  const { compiled, outcome } = evaluateExample(example)
  const compileErrors = compiled.diagnostics.filter(({ severity }) => severity === 'error')
  expect(compileErrors).toEqual([])
  if (example.error !== undefined) {
    expect(outcome.kind === 'error' ? outcome.diagnostics.map(({ code }) => code) : outcome).toEqual([
      example.error,
    ])
  } else if (example.marker !== undefined) {
    expect(outcome).toEqual({ kind: example.marker })
  } else if (example.pattern !== undefined) {
    expect(outcomeMembers(outcome).text).toMatch(new RegExp(example.pattern))
  } else if (example.result === null) {
    expect(outcome).toEqual({ kind: 'null' })
  } else {
    expect(outcome.kind === 'error' ? outcome.diagnostics : outcomeMembers(outcome).value).toEqual(
      example.result,
    )
  }
}

describe.each(functions.map((definition) => [definition.name, definition] as const))(
  'the examples of %s',
  (_name, definition: FunctionDefinition) => {
    it.each(definition.examples.map((example, index) => [index, example] as const))(
      'number %i',
      (_index, example) => checkExample(example),
    )

    it('use the function', () => {
      expect(definition.examples.length).toBeGreaterThan(0)
      for (const { expression } of definition.examples) expect(expression).toContain(`${definition.name}(`)
    })

    it('raise only errors that the declaration names', () => {
      for (const { error } of definition.examples) if (error) expect(definition.errors).toContain(error)
    })
  },
)
