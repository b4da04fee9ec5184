import { describe, expect, it } from 'vitest'
import { catalogue, type DiagnosticCode } from '../../src/diagnostics/catalogue.js'
import { formatMessage } from '../../src/diagnostics/define.js'
import { diagnosticExamples } from '../../src/diagnostics/examples.js'
import { syntaxDiagnostics } from '../../src/diagnostics/syntax.js'
import { parseExpression } from '../../src/syntax/parser.js'

const codes = Object.keys(catalogue) as DiagnosticCode[]

describe('the catalogue', () => {
  it.each(codes)('%s has a code of a band, and sentences', (code) => {
    const { severity, message, help } = catalogue[code]
    expect(code).toMatch(/^AF[123459]\d{3}$/)
    expect(['error', 'warning', 'info']).toContain(severity)
    expect(message).toMatch(/\S.*[.}]$/)
    expect(help).toMatch(/^\S.*[.)]$/)
  })

  it('fills placeholders by own names only', () => {
    expect(formatMessage('{a} {constructor} {b}', { a: 1, b: 'x{a}' })).toBe('1 {constructor} x{a}')
  })

  it.each(Object.keys(syntaxDiagnostics) as DiagnosticCode[])(
    '%s is raised by its example, alone',
    (code) => {
      const { diagnostics } = parseExpression(diagnosticExamples[code])
      expect(diagnostics.map((d) => d.code)).toEqual([code])
      expect(diagnostics[0]!.message).not.toMatch(/\{\w+\}/)
    },
  )

  it('AF3007 is raised by 10,001 characters, and not by 10,000', () => {
    const text = (length: number) => `"${'x'.repeat(length - 2)}"`
    expect(parseExpression(text(10_000)).diagnostics).toEqual([])
    const { diagnostics, expression } = parseExpression(text(10_001))
    expect(diagnostics.map((d) => d.code)).toEqual(['AF3007'])
    expect(diagnostics[0]!.span).toEqual({ start: 10_000, end: 10_001 })
    expect(expression.type).toBe('StringLiteral')
  })
})
