import { describe, expect, it } from 'vitest'
import { analyzeExpression, environmentOf, unitOf } from '../../src/expression/compile.js'
import { optimise, passes } from '../../src/ir/passes/index.js'
import { printUnit } from '../../src/ir/print.js'
import type { Unit } from '../../src/ir/unit.js'
import { passExamples } from './pass-examples.js'

const unitFor = (text: string): Unit => {
  const environment = environmentOf()
  return unitOf(analyzeExpression(text, environment), environment)
}

describe.each(passes)('the pass $name', (pass) => {
  const examples = passExamples[pass.name] ?? []

  it('does what its examples say', () => {
    expect(examples.length).toBeGreaterThan(0)
    for (const { before, after } of examples) {
      expect(printUnit(optimise(unitFor(before), [pass]))).toBe(after)
    }
  })

  it('is done after one run', () => {
    for (const { before } of examples) {
      const once = pass.run(unitFor(before))
      expect(printUnit(pass.run(once))).toBe(printUnit(once))
    }
  })
})

describe('passes', () => {
  const printed = (text: string): string => printUnit(optimise(unitFor(text)))

  it('leave alone what fails, what is volatile, and what the clock decides', () => {
    expect(printed('Item(Split("a", ","), 2)')).toContain('Item')
    expect(printed('Join("", Guid(), Guid())')).toContain('Guid(), Guid()')
    expect(printed('CDate("2024-02-29")')).toBe('result = CDate("2024-02-29")')
    expect(printed('DateDiff("d", "2024-02-29", "2024-03-01")')).toContain('DateDiff')
  })

  it('keep an inner join before what can fail behind it', () => {
    expect(printed('Join("-", Join("-", [a], "b"), CBool([c]))')).toContain(
      'Join<joinBody>(template {[a] "-b"}, CBool([c]))',
    )
    expect(printed('Join("-", CBool([c]), Join("-", [a], "b"))')).toContain('joinBody>(CBool([c]), [a], "b")')
  })

  it('keep a marker, and the order in which it is met', () => {
    expect(printed('Append(IgnoreObjectFlow, Error("x"))')).toContain('escape(IgnoreObjectFlow)')
    expect(printed('IIF(True, IgnoreAttributeFlow, "a")')).toBe('result = IgnoreAttributeFlow')
  })
})
