import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { valueJson } from '../../src/batch.js'
import { codegen } from '../../src/codegen.js'
import { compileFilter } from '../../src/filter/index.js'
import { compileExpression, type Diagnostic, standardLibrary } from '../../src/index.js'
import { mapObject } from '../../src/mapping/index.js'
import { integerParametersOf, printExpression } from '../../src/print.js'
import type { Filter } from '../../src/schema/model.js'
import type { Value } from '../../src/values/value.js'
import { filterOf } from '../filter/filters.js'
import { compiledFrom, scimSchema } from '../mapping/schemas.js'
import { where } from '../support/where.js'
import {
  type ExpressionCase,
  expressionCases,
  expressionTopics,
  type FilterCase,
  filterCases,
  type MappingCase,
  mappingCases,
} from './cases.js'

const firstError = (diagnostics: readonly Diagnostic[]): string | undefined =>
  diagnostics.find(({ severity }) => severity === 'error')?.code

/** What an answer is, in the terms in which a case states it. */
interface Answer {
  readonly expected?: unknown
  readonly outcome?: string
  readonly error?: string | undefined
  readonly pattern?: string
  readonly canonical?: string
}

const backends = [{ name: 'closures' }, { name: 'codegen', backend: codegen }] as const

const answerTo = (one: ExpressionCase, options: { readonly backend?: typeof codegen }): Answer => {
  const { expression, settings, dialect, input = {}, now, taken, pattern, canonical, warning } = one
  const compiled = compileExpression(expression, {
    ...options,
    ...(settings === undefined ? {} : { settings }),
    ...(dialect === undefined ? {} : { dialect }),
  })
  if (warning !== undefined) expect(compiled.diagnostics.map(({ code }) => code)).toContain(warning)
  if (canonical !== undefined) {
    expect(firstError(compiled.diagnostics)).toBeUndefined()
    const isIntegerParameter = integerParametersOf(standardLibrary)
    return { canonical: printExpression(compiled.expression, { isIntegerParameter }) }
  }
  const found = compiled.evaluate(input, {
    ...(now === undefined ? {} : { now }),
    ...(taken === undefined ? {} : { isTaken: (candidate: string) => taken.includes(candidate) }),
  })
  if (found.kind === 'error') return { error: firstError(found.diagnostics) }
  if (found.kind !== 'value') return { outcome: found.kind }
  const value = valueJson(found.value)
  return pattern !== undefined && new RegExp(pattern).test(String(value)) ? { pattern } : { expected: value }
}

const statedBy = ({ expected, outcome, error, pattern, canonical }: ExpressionCase): Answer => {
  if (error !== undefined) return { error }
  if (outcome !== undefined) return { outcome }
  if (canonical !== undefined) return { canonical }
  return pattern === undefined ? { expected } : { pattern }
}

describe.each(backends)('expressions with $name', (options) => {
  describe.each(expressionTopics)('%s', (topic) => {
    it.each(expressionCases(topic).map((one) => [one.id, one] as const))('%s', (_id, one) => {
      expect(answerTo(one, 'backend' in options ? { backend: options.backend } : {})).toEqual(statedBy(one))
    })
  })
})

const complete = (filter: FilterCase['filter']): Filter | null =>
  filter === null ? null : ({ ...filterOf(), ...filter } as Filter)

describe('filters', () => {
  it.each(filterCases.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const { filter, object, settings, verdict } = one
    const compiled = compileFilter(complete(filter), settings === undefined ? {} : { settings })
    expect(compiled.evaluate(object).verdict).toBe(verdict)
    expect(compiled.explain(object).verdict).toBe(verdict)
  })
})

const mapped = (one: MappingCase): Partial<MappingCase> => {
  const { mappings, sourceAttributes, targetAttributes, scope, settings, operation, current, object } = one
  const schema = scimSchema(
    mappings.map(({ expression, ...rest }) => ({
      source: expression === undefined ? null : { type: 'Function', name: '', expression },
      ...rest,
    })),
    {
      ...(sourceAttributes === undefined ? {} : { source: sourceAttributes }),
      ...(targetAttributes === undefined ? {} : { target: targetAttributes }),
      mapping: scope === undefined ? {} : { scope },
    },
  )
  const compiled = compiledFrom(schema, settings === undefined ? {} : { settings })
  const target = current === undefined ? undefined : new Map(Object.entries(current) as [string, Value][])
  const result = mapObject(compiled, object, {
    operation,
    ...(target === undefined ? {} : { findTargets: () => [target] }),
  })
  const flows: Record<string, unknown> = {}
  const held: Record<string, string> = {}
  for (const { attribute, decision } of result.attributes) {
    const name = attribute.mapping.targetAttributeName
    if (decision.flows) flows[name] = valueJson(decision.value)
    else held[name] = decision.reason
  }
  const error = firstError(result.diagnostics)
  return {
    outcome: result.outcome,
    ...(one.reason === undefined ? {} : { reason: result.reason }),
    ...(one.flows === undefined ? {} : { flows }),
    ...(one.held === undefined ? {} : { held }),
    ...(error === undefined ? {} : { error }),
  }
}

describe('mappings', () => {
  it.each(mappingCases.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const { outcome, reason, flows, held, error } = one
    expect(mapped(one)).toEqual(JSON.parse(JSON.stringify({ outcome, reason, flows, held, error })))
  })
})

const expressions = expressionTopics.flatMap((topic) => expressionCases(topic))
const all = [...expressions, ...filterCases, ...mappingCases]

describe('the suite', () => {
  it('has many cases, each under an id of its own, each stating one answer', () => {
    expect(all.length).toBeGreaterThan(500)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const one of expressions) {
      const { expected, outcome, error, pattern, canonical } = one
      const answers = [expected ?? undefined, outcome, error, pattern, canonical]
      expect(answers.filter((answer) => answer !== undefined).length, one.id).toBe(1)
    }
  })

  it('calls every function', () => {
    const called = new Set(expressions.flatMap(({ expression }) => expression.match(/\b\w+(?=\s*\()/g) ?? []))
    expect(standardLibrary.all().filter(({ name }) => !called.has(name))).toEqual([])
  })

  it('follows from every rule', () => {
    const rules = new Set(all.map(({ rule }) => rule))
    expect([...rules].filter((rule) => !/^semantics ([1-9]|[12]\d|3[0-4])$/.test(rule))).toEqual([])
    // Rule 34 is about reading schemas, which the tests of the reader cover.
    const missing = Array.from({ length: 33 }, (_, index) => `semantics ${index + 1}`)
    expect(missing.filter((rule) => !rules.has(rule))).toEqual([])
  })

  it('sets every setting of the language to something else than its default', () => {
    const set = new Set(all.flatMap(({ settings = {} }) => Object.keys(settings)))
    expect([...set].sort()).toEqual([
      'branches',
      'caseInsensitiveFunctions',
      'coalesceSkipsEmpty',
      'defaultDomain',
      'emptyDates',
      'flowNullValues',
      'hostTimeZone',
      'multivaluedComparison',
      'nullComparison',
      'nullPolicy',
      'placeholders',
      'splitTrims',
    ])
  })
})

const quoted = new URL('../../../shared/conformance/cases.json', import.meta.url)

where(existsSync(quoted), describe)('the suite beside the shared material', () => {
  it('quotes nothing: an expression with an attribute or a longer text is our own', () => {
    const plain = (text: string): string => text.replaceAll(/\s+/g, '')
    const theirs = new Set(
      (JSON.parse(readFileSync(quoted, 'utf8')) as { expression: string }[]).map((one) =>
        plain(one.expression),
      ),
    )
    const same = expressions.filter(
      ({ expression }) => /\[\w{3,}\]|"[^"]{4,}"/.test(expression) && theirs.has(plain(expression)),
    )
    expect(same.map(({ id }) => id)).toEqual([])
  })
})
