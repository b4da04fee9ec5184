import { describe, expect, it } from 'vitest'
import { catalogue, type DiagnosticCode } from '../../src/diagnostics/catalogue.js'
import { diagnosticExamples } from '../../src/diagnostics/examples.js'
import { type CompileOptions, compileExpression } from '../../src/expression/compile.js'
import { defineFunction, standardLibrary } from '../../src/index.js'
import type { ContextInput } from '../../src/values/context.js'
import type { Outcome } from '../../src/values/outcome.js'
import { scopeOf } from '../support/attribute-scope.js'

/** What the example of a row needs besides its text; `text` stands for an example that is too long to print. */
interface Surroundings {
  readonly text?: string
  readonly record?: Record<string, unknown>
  readonly context?: ContextInput
  readonly options?: CompileOptions
}

const oneAttribute = scopeOf([{ name: 'givenName', type: 'String', multivalued: false, required: false }])

const failing = defineFunction({
  name: 'Office',
  parameters: { code: 'String' },
  returns: 'String',
  evaluate: (code): string => {
    throw new Error(`there is no office ${code}`)
  },
})

const surroundings: Partial<Record<DiagnosticCode, Surroundings>> = {
  AF2004: { options: { attributes: oneAttribute } },
  AF3007: { text: `"${'x'.repeat(10_000)}"` },
  AF3011: { text: `${'ToLower('.repeat(201)}[a]${')'.repeat(201)}` },
  AF5003: { record: { proxyAddresses: ['a', 'b'] } },
  AF5006: { context: { isTaken: () => true } },
  AF5007: { record: { netid: '1' } },
  AF5008: { record: { manager: { id: '1' } } },
  AF5009: { record: { mail: 'a', pattern: '(' } },
  AF5010: { record: { text: `${'a'.repeat(60)}!` }, options: { settings: { limits: { regexSteps: 1000 } } } },
  AF5011: { record: { appRoleAssignments: ['a', 'b'] } },
  AF5012: { record: { long: 'x'.repeat(600_000) } },
  AF5013: { record: { interval: 'fortnight', hireDate: '2024-02-29' } },
  AF5015: { record: { code: 'B7' }, options: { library: standardLibrary.with(failing) } },
  AF5014: { record: { mail: 'a', pattern: '(?(?=a)b)' } },
}

/** AF502x and AF503x are raised by filters and mappings, whose tests they belong to. */
const codesOf = (band: RegExp): DiagnosticCode[] =>
  (Object.keys(catalogue) as DiagnosticCode[]).filter((code) => band.test(code))

const run = (code: DiagnosticCode): { atCompile: readonly string[]; outcome: Outcome } => {
  const { text = diagnosticExamples[code], record = {}, context, options } = surroundings[code] ?? {}
  const compiled = compileExpression(text, options)
  const atCompile = compiled.diagnostics.map((d) => d.code)
  return { atCompile, outcome: compiled.evaluate(record, context) }
}

describe('the example of a row', () => {
  it.each(codesOf(/^AF[23]/))('%s is raised by checking it, alone', (code) => {
    expect(run(code).atCompile).toEqual([code])
  })

  it.each(codesOf(/^AF50[01]/))('%s is raised by evaluating it', (code) => {
    const { atCompile, outcome } = run(code)
    expect(atCompile.filter((found) => found !== 'AF2007')).toEqual([])
    if (outcome.kind !== 'error') throw new TypeError(`the outcome is ${outcome.kind}`)
    expect(outcome.diagnostics.map((d) => d.code)).toEqual([code])
    const [{ message, calls }] = outcome.diagnostics as [(typeof outcome.diagnostics)[number]]
    expect(message).not.toMatch(/\{\w+\}/)
    expect(calls).toBeDefined()
  })
})
