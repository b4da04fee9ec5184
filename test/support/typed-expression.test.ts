import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { compileExpression } from '../../src/expression/compile.js'
import { standardLibrary } from '../../src/functions/index.js'
import { arbitraryRecord } from './arbitrary-value.js'
import { arbitraryTypedExpression, arbitraryUntypedExpression } from './typed-expression.js'

const seed = 20240229
const texts = fc.sample(arbitraryTypedExpression, { numRuns: 1500, seed })
const records = fc.sample(arbitraryRecord, { numRuns: 50, seed })

describe('generated expressions', () => {
  it('call every function', () => {
    const all = [...texts, ...fc.sample(arbitraryUntypedExpression, { numRuns: 500, seed })].join('\n')
    const missing = standardLibrary.all().filter(({ name }) => !all.includes(`${name}(`))
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  it('come to every kind of outcome, most to a value', () => {
    const counts = { value: 0, null: 0, ignoreAttribute: 0, ignoreObject: 0, error: 0 }
    const codes = new Set<string>()
    texts.forEach((text, index) => {
      const compiled = compileExpression(text, {
        settings: { defaultDomain: 'example.org', placeholders: { Domain: 'example.org' } },
      })
      if (hasErrors(compiled.diagnostics)) return
      const outcome = compiled.evaluate(records[index % records.length]!)
      counts[outcome.kind]++
      if (outcome.kind === 'error') for (const { code } of outcome.diagnostics) codes.add(code)
    })
    const total = Object.values(counts).reduce((sum, count) => sum + count)
    expect(total).toBeGreaterThan(texts.length * 0.8)
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0)
    expect(counts.value + counts.null).toBeGreaterThan(total * 0.5)
    expect([...codes]).toEqual(
      expect.arrayContaining(['AF5001', 'AF5002', 'AF5003', 'AF5004', 'AF5005', 'AF5008']),
    )
  })
})
