import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { applyFixes } from '../../src/diagnostics/fix.js'
import { renderFrame } from '../../src/diagnostics/frame.js'
import { analyzeExpression, environmentOf } from '../../src/expression/compile.js'
import {
  badExample,
  lintExpression,
  lintSchema,
  type RuleExample,
  ruleDocumentation,
  rules,
} from '../../src/lint/index.js'
import { readSchema } from '../../src/schema/index.js'
import { exampleSchema } from './example-schema.js'

interface Linted {
  readonly text: string
  readonly found: readonly Diagnostic[]
}

const lint = (example: RuleExample): Linted => {
  if (typeof example === 'string') {
    const environment = environmentOf()
    const analyzed = analyzeExpression(example, environment)
    expect(analyzed.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    return { text: example, found: lintExpression(analyzed, environment) }
  }
  const text = exampleSchema(example)
  const { schema, diagnostics } = readSchema(text)
  expect(diagnostics).toEqual([])
  return { text, found: lintSchema(schema!) }
}

const render = ({ text, found }: Linted): string =>
  found.length === 0 ? 'nothing' : found.map((d) => renderFrame(d, text)).join('\n\n')

const codes = ({ found }: Linted): readonly string[] => found.map(({ code }) => code)

describe('every rule', () => {
  it('has an id and a code of its own', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length)
    expect(rules.length).toBeGreaterThan(50)
    expect(rules.map(({ code }) => code).sort()).toEqual(Object.keys(ruleDocumentation).sort())
  })

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s finds what is bad', (id, rule) => {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/)
    expect(ruleDocumentation[rule.code].rationale).toMatch(/^\S.*\.$/)
    const linted = lint(badExample(rule))
    expect(codes(linted)).toContain(rule.code)
    for (const d of linted.found) expect(d.message).not.toMatch(/(?<!\$)\{\w+\}/)
    expect(render(linted)).toMatchSnapshot()
  })

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s is content with what is good', (_id, rule) => {
    const linted = lint(ruleDocumentation[rule.code].good)
    expect(codes(linted)).not.toContain(rule.code)
    expect(render(linted)).toMatchSnapshot()
  })
})

describe('date-from-zero', () => {
  it.each(['DateFromNum(0)', 'DateFromNum("0")', 'DateFromNum(IIF([a] = "x", "0", "1"))'])(
    'finds the constant in %s',
    (text) => {
      expect(codes(lint(text))).toContain('AF9246')
    },
  )

  it.each(['DateFromNum(1)', 'DateFromNum(CStr([a]))', 'Switch([a], DateFromNum([a]), "0", "")'])(
    'is silent about %s',
    (text) => {
      expect(codes(lint(text))).not.toContain('AF9246')
    },
  )
})

/** Applies the fixes of a rule to its example, and checks that nothing more is found by it. */
const fixed = (id: string): string => {
  const rule = rules.find((one) => one.id === id)!
  const { text, found } = lint(badExample(rule))
  const fixes = found.filter(({ code }) => code === rule.code).flatMap((d) => d.fixes ?? [])
  expect(fixes.length).toBeGreaterThan(0)
  const after = applyFixes(text, fixes)
  const environment = environmentOf()
  const again = lintExpression(analyzeExpression(after, environment), environment)
  expect(again.map(({ code }) => code)).not.toContain(rule.code)
  return after
}

describe('fixes', () => {
  it.each([
    ['join-separator', 'Join("", [givenName], " ", [surname])'],
    ['duplicate-key', 'Switch([country], "Other", "SE", "Sweden")'],
    ['key-blanks', 'Switch([country], "Other", "SE", "Sweden")'],
    ['unknown-group', 'Replace([mail], , "(?<domain>@.*)", "domain", "", , )'],
    ['format-blanks', 'FormatDateTime([hireDate], , "yyyy-MM-dd", "dd.MM.yyyy")'],
    ['html-entity', 'Join(" & ", [givenName], [surname])'],
    ['no-break-space', 'Join(" ", [givenName], [surname])'],
    ['quoted-attribute', 'Join(" ", [givenName], [surname])'],
  ])('%s', (id, after) => {
    expect(fixed(id)).toBe(after)
  })

  it('puts the separator of Connect Sync first', () => {
    const environment = environmentOf()
    const text = 'Join([proxyAddresses], "; ")'
    const [found] = lintExpression(analyzeExpression(text, environment), environment)
    expect(applyFixes(text, found!.fixes!)).toBe('Join("; ", [proxyAddresses])')
  })
})
