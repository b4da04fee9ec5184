import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/compile.js'
import type { Verdict } from '../../src/filter/explain.js'
import { filterOperators } from '../../src/filter/operators.js'
import { filterSetNames } from '../../src/filter/resolve.js'
import type { Filter, FilterClause, FilterGroup } from '../../src/schema/model.js'
import type { SourceRecord } from '../../src/values/record.js'
import type { SettingsInput } from '../../src/values/settings.js'
import {
  anyClauses,
  clause,
  clauses,
  filterOf,
  filters,
  group,
  groups,
  inputFilterOf,
  records,
  values,
} from './filters.js'

const verdict = (filter: Filter, record: SourceRecord, settings: SettingsInput = {}): Verdict =>
  compileFilter(filter, { settings }).evaluate(record).verdict

const all = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes(false) ? false : verdicts.includes('error') ? 'error' : true
const any = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes(true) ? true : verdicts.includes('error') ? 'error' : false
const not = (v: Verdict): Verdict => (v === 'error' ? v : !v)

const ofClause = (c: FilterClause, record: SourceRecord): Verdict => verdict(filterOf(group('g', c)), record)
const ofGroup = (g: FilterGroup, record: SourceRecord): Verdict => verdict(filterOf(g), record)

describe('the laws of filters', () => {
  it('a group is all of its clauses', () => {
    fc.assert(
      fc.property(fc.array(anyClauses, { maxLength: 4 }), records, (list, record) => {
        expect(verdict(filterOf(group('g', ...list)), record)).toBe(all(list.map((c) => ofClause(c, record))))
      }),
    )
  })

  it('a set is any of its groups', () => {
    fc.assert(
      fc.property(fc.array(groups, { minLength: 1, maxLength: 4 }), records, (list, record) => {
        expect(verdict(filterOf(...list), record)).toBe(any(list.map((g) => ofGroup(g, record))))
      }),
    )
  })

  it('a filter is all of its sets, and only those with groups count', () => {
    fc.assert(
      fc.property(filters, records, (filter, record) => {
        const { verdict: found, sets } = compileFilter(filter).evaluate(record)
        expect(found).toBe(all(Object.values(sets)))
        for (const name of filterSetNames) expect(name in sets).toBe(filter[name].length > 0)
      }),
    )
  })

  it('order never matters, not even where clauses fail', () => {
    const shuffledGroups = (list: readonly FilterGroup[]): fc.Arbitrary<FilterGroup[]> =>
      fc
        .tuple(
          ...list.map((g) =>
            fc
              .shuffledSubarray([...g.clauses], { minLength: g.clauses.length })
              .map((shuffled) => group(g.name, ...shuffled)),
          ),
        )
        .chain((inner) => fc.shuffledSubarray(inner as FilterGroup[], { minLength: inner.length }))
    const pairs = fc
      .array(groups, { minLength: 1, maxLength: 4 })
      .chain((list) => fc.tuple(fc.constant(list), shuffledGroups(list)))
    let failed = 0
    fc.assert(
      fc.property(pairs, records, ([list, shuffled], record) => {
        const before = verdict(filterOf(...list), record)
        if (before === 'error') failed++
        expect(verdict(filterOf(...shuffled), record)).toBe(before)
      }),
      { numRuns: 300 },
    )
    expect(failed).toBeGreaterThan(0)
  })

  it('repeating a clause or group changes nothing', () => {
    fc.assert(
      fc.property(groups, records, (g, record) => {
        const once = ofGroup(g, record)
        expect(verdict(filterOf(g, g), record)).toBe(once)
        expect(ofGroup(group('g', ...g.clauses, ...g.clauses), record)).toBe(once)
      }),
    )
  })

  const pairs = filterOperators.flatMap((negative) =>
    negative.negates === undefined ? [] : [[negative.name, negative.negates] as const],
  )

  it('every negative operator is paired', () => {
    expect(pairs.map(([negative]) => negative).sort()).toEqual(
      ['!&', 'IS FALSE', 'IS NOT NULL', 'NOT EQUALS', 'NOT REGEX MATCH'].sort(),
    )
  })

  it.each(pairs)('under the complement policy, %s is the complement of %s', (negative, positive) => {
    const operands = clauses
      .filter((c) => c.operatorName === positive)
      .map((c) => c.targetOperand?.values ?? [])
    fc.assert(
      fc.property(operands, values, (list, value) => {
        const [no, yes] = [negative, positive].map((operator) =>
          verdict(inputFilterOf(group('g', clause('x', operator, ...list))), { x: value }),
        )
        expect(no).toBe(not(yes!))
      }),
      { numRuns: 200 },
    )
  })

  it('under the documented policy, nothing but IS NULL holds for null, the empty text or an empty list', () => {
    fc.assert(
      fc.property(clauses, fc.constantFrom(null, '', [], ['']), (c, missing) => {
        const found = verdict(filterOf(group('g', c)), { [c.sourceOperandName]: missing })
        expect(found).toBe(c.operatorName === 'IS NULL')
      }),
      { numRuns: 300 },
    )
  })

  it('where a value is present, the policies differ for IS FALSE alone', () => {
    const present = values.filter((v) => v !== null && v !== '' && !Array.isArray(v))
    fc.assert(
      fc.property(clauses, present, (c, value) => {
        fc.pre(c.operatorName !== 'IS FALSE')
        const record = { [c.sourceOperandName]: value }
        expect(verdict(inputFilterOf(group('g', c)), record)).toBe(verdict(filterOf(group('g', c)), record))
      }),
      { numRuns: 300 },
    )
  })
})

describe('the explanation', () => {
  it('agrees with the lowered filter, set by set', () => {
    fc.assert(
      fc.property(
        filters,
        records,
        fc.constantFrom('byOperator' as const, 'any' as const, 'all' as const),
        (filter, record, multivaluedComparison) => {
          const compiled = compileFilter(filter, { settings: { multivaluedComparison } })
          const result = compiled.evaluate(record)
          const explanation = compiled.explain(record)
          expect(explanation.verdict).toBe(result.verdict)
          const sets = Object.fromEntries(
            Object.entries(explanation.sets).map(([name, set]) => [name, set.verdict]),
          )
          expect(sets).toEqual(result.sets)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('names a part with the verdict it decides', () => {
    fc.assert(
      fc.property(filters, records, (filter, record) => {
        const { verdict: found, decidedBy, sets, sentence } = compileFilter(filter).explain(record)
        expect(decidedBy?.verdict ?? true).toBe(found)
        if (decidedBy !== undefined) expect(sentence).toBe(decidedBy.sentence)
        for (const set of Object.values(sets)) {
          expect(set.verdict).toBe(any(set.groups.map((g) => g.verdict)))
          for (const g of set.groups) {
            expect(g.verdict).toBe(all(g.clauses.map((c) => c.verdict)))
            for (const c of g.clauses) {
              expect(c.reason).not.toBe('')
              expect(c.diagnostic !== undefined).toBe(c.verdict === 'error')
            }
          }
        }
      }),
    )
  })
})
