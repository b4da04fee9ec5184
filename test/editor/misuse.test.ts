import { expect, it } from 'vitest'
import { completeExpression, hoverExpression, quickFixes, signatureHelp } from '../../src/editor/index.js'
import { environmentOf } from '../../src/index.js'
import { diagnoseExpression, fixExpression } from '../../src/lint/index.js'

it.each<[string, (given: never) => unknown]>([
  ['completeExpression', (context) => completeExpression('ToL', 3, context)],
  ['hoverExpression', (context) => hoverExpression('ToLower([a])', 2, context)],
  ['signatureHelp', (context) => signatureHelp('ToLower([a])', 9, context)],
  ['diagnoseExpression', (environment) => diagnoseExpression('[a]', environment)],
  ['fixExpression', (environment) => fixExpression('[a]', environment)],
])('%s says what is missing', (_name, call) => {
  for (const given of [undefined, null, {}, { environment: {} }, 'x'])
    expect(() => call(given as never)).toThrow(/environmentOf\(\)/)
})

it('takes what the messages say', () => {
  expect(completeExpression('ToL', 3, { environment: environmentOf() }).length).toBeGreaterThan(0)
  expect(() => quickFixes('[a]', { start: 0, end: 3 }, undefined as never)).toThrow(
    'diagnostics takes a list',
  )
})
