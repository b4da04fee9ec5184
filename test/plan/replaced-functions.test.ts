import { describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/expression/compile.js'
import { defineFunction, type FunctionBody } from '../../src/functions/define.js'
import { standardLibrary } from '../../src/functions/standard.js'

const mine: FunctionBody = (...args) => `mine(${args.join('|')})`
const replaced = [
  ...['Append', 'CStr', 'Item', 'Join', 'Left', 'Mid', 'NormalizeDiacritics', 'Not', 'Replace'],
  ...['Split', 'StripSpaces', 'ToLower', 'ToUpper', 'Trim', 'Word', 'FormatDateTime'],
]
const library = standardLibrary.with(
  ...replaced.map((name) =>
    defineFunction({ ...standardLibrary.get(name)!, takesContext: false, evaluate: mine }),
  ),
)
const record = { a: 'Ada B', b: 'Berg' }

describe('functions that replace those of the language', () => {
  it.each([
    'Append([a], [b])',
    'CStr(Append([a], [b]))',
    'Item(Split([a], "-"), 1)',
    'Join("-", [a], [b])',
    'Join("-", [a], Join("-", [a], [b]))',
    'Left([a], 2)',
    'Mid([a], 1, 2)',
    'Replace([a], "A", , , "x", , )',
    'StripSpaces(NormalizeDiacritics([a]))',
    'ToLower(Append([a], "X"))',
    'ToLower([a])',
    'ToUpper(ToUpper([a]))',
    'Trim(Trim([a]))',
    'Word([a], 1, " ")',
    'FormatDateTime([a], , "yyyy-MM-dd", "dd")',
  ])('are what is called: %s', (text) => {
    const optimised = compileExpression(text, { library }).evaluate(record)
    expect(optimised).toEqual(compileExpression(text, { library, passes: [] }).evaluate(record))
    expect(optimised).toMatchObject({ kind: 'value', value: expect.stringContaining('mine(') })
  })
})
