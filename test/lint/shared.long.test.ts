import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { analyzeExpression, environmentOf } from '../../src/expression/compile.js'
import { lintExpression, lintSchema, rules } from '../../src/lint/index.js'
import { checkSchema } from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/index.js'
import { exampleSchema } from './example-schema.js'
import { reviewed, reviewedInSchemas } from './reviewed.js'

interface Case {
  readonly id: string
  readonly dialect: string
  readonly expression: string
  readonly lint?: readonly string[]
}

const shared = (path: string): string => fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url))
const present = existsSync(shared('conformance/cases.json'))
const read = (path: string): readonly Case[] =>
  present ? (JSON.parse(readFileSync(shared(path), 'utf8')) as Case[]) : []
const cases = read('conformance/cases.json')
const wild = read('conformance/wild.json')

const idOf = new Map<string, string>(rules.map(({ id, code }) => [code, id]))

const analyze = ({ dialect, expression }: Case) => {
  const environment = environmentOf({ dialect: dialect === 'cloud-sync' ? 'cloud-sync' : 'provisioning' })
  const analyzed = analyzeExpression(expression, environment)
  return { analyzed, linted: lintExpression(analyzed, environment) }
}

/** What finds the faults that collected expressions are marked with: a rule of lint, or a code of the checker. */
const finders: Readonly<Record<string, string>> = {
  'depends-on-now': 'depends-on-now',
  'iif-null-test': 'iif-null-test',
  nondeterministic: 'volatile-value',
  'join-separator-is-attribute': 'join-separator',
  'replace-three-args': 'AF3005',
  'switch-key-is-not-a-literal': 'key-not-literal',
  'switch-condition-value-style': 'condition-value-switch',
  'switch-odd-arity': 'AF3004',
  'invalid-regex': 'unknown-group',
  'selectunique-not-top-level': 'AF3008',
  'switch-source-never-matches': 'partial-switch-source',
  'boolean-string-case': 'boolean-case',
  'nbsp-whitespace': 'no-break-space',
  'selectunique-on-matching-attribute': 'unique-matching',
}

describe.skipIf(!present)('documented expressions (shared material)', () => {
  it('raise no error, and exactly the warnings that were reviewed', () => {
    const warnings = new Map<string, Set<string>>()
    for (const one of cases) {
      for (const { code, severity } of analyze(one).linted) {
        expect(severity, `${one.id} ${code}`).not.toBe('error')
        const id = idOf.get(code)!
        if (severity === 'warning') warnings.set(id, (warnings.get(id) ?? new Set()).add(one.id))
      }
    }
    const found = Object.fromEntries([...warnings].map(([id, ids]) => [id, [...ids]]))
    expect(found).toEqual(Object.fromEntries(Object.entries(reviewed).map(([id, { ids }]) => [id, ids])))
  })
})

describe.skipIf(!present)('collected expressions (shared material)', () => {
  const marked = wild.flatMap((one) => (one.lint ?? []).map((tag) => [one.id, tag, one] as const))

  it('are there', () => expect(marked.length).toBeGreaterThan(15))

  it.each(marked)('%s is found as %s', (_id, tag, one) => {
    const { analyzed, linted } = analyze(one)
    const finder = finders[tag]
    expect(finder, tag).toBeDefined()
    // Only as a matching attribute is this one wrong.
    const mapped =
      finder === 'unique-matching'
        ? lintSchema(
            readSchema(exampleSchema({ expression: one.expression, target: 'cn', matchingPriority: 1 }))
              .schema!,
          )
        : []
    const all = [...analyzed.diagnostics, ...linted, ...mapped].map(({ code }) => idOf.get(code) ?? code)
    expect(all).toContain(finder)
    if (finder?.startsWith('AF')) expect(hasErrors(analyzed.diagnostics)).toBe(true)
  })
})

describe.skipIf(!present)('real schemas (shared material)', () => {
  it.each(Object.keys(reviewedInSchemas))(
    '%s raises no error, and the warnings that were reviewed',
    (file) => {
      const { schema } = readSchema(readFileSync(shared(`samples/${file}`), 'utf8'))
      const counts: Record<string, number> = {}
      for (const { code, severity } of [...checkSchema(schema!), ...lintSchema(schema!)]) {
        expect(severity).not.toBe('error')
        const id = idOf.get(code) ?? code
        if (severity === 'warning') counts[id] = (counts[id] ?? 0) + 1
      }
      const expected = reviewedInSchemas[file]!
      expect(counts).toEqual(
        Object.fromEntries(Object.entries(expected).map(([id, { count }]) => [id, count])),
      )
    },
  )
})
