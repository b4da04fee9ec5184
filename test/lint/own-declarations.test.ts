import { describe, expect, test } from 'vitest'
import { createEnvironment } from '../../src/check/environment.js'
import { analyzeExpression } from '../../src/expression/compile.js'
import { defineFunction } from '../../src/functions/index.js'
import { standardLibrary } from '../../src/functions/standard.js'
import { lintExpression } from '../../src/lint/index.js'

/** A function of one's own under the name of one of the language, which does something else. */
const ToLower = defineFunction({
  name: 'ToLower',
  parameters: { text: 'String' },
  returns: 'String',
  evaluate: (text) => `${text}-X`,
})

const codes = (text: string, library = standardLibrary): readonly string[] => {
  const environment = createEnvironment(library)
  return lintExpression(analyzeExpression(text, environment), environment).map(({ code }) => code)
}

describe('a library that replaces a function', () => {
  test.each([
    ['Switch(ToLower([country]), "Other", "SE", "Sweden")', 'AF9206'],
    ['IIF(ToLower([mail]) = "A", "x", "y")', 'AF9233'],
  ])('lint of %s says nothing about the one that was replaced', (text, code) => {
    expect(codes(text)).toContain(code)
    expect(codes(text, standardLibrary.with(ToLower))).not.toContain(code)
  })

  test('rules about a function hold for the one of the language alone', () => {
    const Now = defineFunction({ name: 'Now', parameters: {}, returns: 'String', evaluate: () => 'x' })
    expect(codes('Join("", [a], Now())')).toContain('AF9223')
    expect(codes('Join("", [a], Now())', standardLibrary.with(Now))).not.toContain('AF9223')
  })
})
