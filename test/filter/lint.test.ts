import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttributeInfo, AttributeScope } from '../../src/check/attribute-scope.js'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { compileFilter } from '../../src/filter/compile.js'
import { lintFilter } from '../../src/filter/lint.js'
import { isUnanchoredNumericRange } from '../../src/filter/numeric-pattern.js'
import type { Filter } from '../../src/schema/model.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'
import type { SettingsInput } from '../../src/values/settings.js'
import { scopeOf } from '../support/attribute-scope.js'
import { clause, filterOf, filters, group, inputFilterOf, records } from './filters.js'

const info = (name: string, rest: Partial<AttributeInfo> = {}): AttributeInfo => ({
  name,
  type: 'String',
  multivalued: false,
  required: true,
  ...rest,
})

const workerWith = (...infos: AttributeInfo[]): AttributeScope => scopeOf(infos, 'Worker of HR')

const lint = (
  filter: Filter,
  attributes?: AttributeScope,
  settings: SettingsInput = {},
): readonly Diagnostic[] =>
  lintFilter(filter, {
    settings: resolveSettings(settings),
    path: '$',
    ...(attributes === undefined ? {} : { attributes }),
  })

const codes = (filter: Filter, attributes?: AttributeScope, settings?: SettingsInput): string[] =>
  lint(filter, attributes, settings).map((d) => d.code)

describe('unanchored numeric ranges', () => {
  it.each([
    '([1-9][0-9])',
    '[0-9]{5}',
    '\\d+',
    '^[1-5]',
    '[1-5]$',
    '^1[0-9]|2[0-9]$',
    '(?:^[1-5])',
    '(1)([0-9])',
    '^[1-2]$|[3]',
  ])('%s is one', (pattern) => {
    expect(isUnanchoredNumericRange(pattern)).toBe(true)
    expect(codes(filterOf(group('g', clause('id', 'REGEX MATCH', pattern))))).toEqual(['AF9100'])
  })

  it.each([
    '^[1-9][0-9]$',
    '(^[1-5]$)',
    '^1$|^[2-3]$',
    '^(1[0-9]|2[0-9])$',
    '12345',
    '.*[0-9]',
    '[a-z][0-9]',
    '^SMTP:',
    '',
  ])('%s is none', (pattern) => {
    expect(isUnanchoredNumericRange(pattern)).toBe(false)
    expect(codes(filterOf(group('g', clause('id', 'REGEX MATCH', pattern))))).toEqual([])
  })

  it('gets the anchored pattern as advice', () => {
    const [found] = lint(filterOf(group('g', clause('id', 'REGEX MATCH', '([1-9][0-9])'))))
    expect(found?.hint).toBe('Write ^(?:([1-9][0-9]))$.')
    expect(isUnanchoredNumericRange('^(?:([1-9][0-9]))$')).toBe(false)
  })
})

describe('the null policy', () => {
  it.each(['NOT EQUALS', 'NOT REGEX MATCH', 'IS FALSE', '!&'])('matters to %s', (operator) => {
    const operands = operator === 'IS FALSE' ? [] : ['7']
    const [found, ...rest] = lint(filterOf(group('g', clause('x', operator, ...operands))))
    expect(rest).toEqual([])
    expect(found).toMatchObject({ code: 'AF9101', path: '$.groups[0].clauses[0]' })
    expect(found?.message).toContain('false, under the documented null policy')
    const [input] = lint(inputFilterOf(group('g', clause('x', operator, ...operands))))
    expect(input?.message).toContain('true, under the complement null policy')
  })

  it.each([
    ['EQUALS', ['7']],
    ['IS NULL', []],
    ['IS NOT NULL', []],
    ['REGEX MATCH', ['^a']],
  ])('does not matter to %s', (operator, operands) => {
    expect(codes(filterOf(group('g', clause('x', operator, ...operands))))).toEqual([])
  })

  it('does not matter where null is settled, or cannot be', () => {
    const exclusion = clause('x', 'NOT EQUALS', 'a')
    expect(codes(filterOf(group('g', exclusion, clause('x', 'IS NOT NULL'))))).toEqual([])
    expect(codes(filterOf(group('g', exclusion, clause('x', 'REGEX MATCH', '^b'))))).toEqual([])
    expect(codes(filterOf(group('g', exclusion), group('h', clause('x', 'IS NULL'))))).toEqual([])
    expect(codes(filterOf(group('g', exclusion)), workerWith(info('x')))).toEqual([])
    expect(codes(filterOf(group('g', exclusion)), workerWith(info('x', { required: false })))).toEqual([
      'AF9101',
    ])
    expect(codes(filterOf(group('g', exclusion, clause('y', 'IS NOT NULL'))))).toEqual(['AF9101'])
  })

  it('matters exactly where the two verdicts on an object without the attribute differ', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const [[first]] = [filter.groups]
        fc.pre(filter.groups.length === 1 && first!.clauses.length === 1)
        const one = { ...filterOf(), groups: filter.groups }
        const [documented, complement] = (['documented', 'complement'] as const).map(
          (groups) => compileFilter(one, { settings: { nullPolicy: { groups } } }).evaluate({}).verdict,
        )
        expect(codes(one).includes('AF9101')).toBe(documented !== complement)
      }),
    )
  })
})

describe('attributes', () => {
  it.each([
    'startDate',
    'StatusHireDate',
    'accountExpires',
    'manager',
    'userType',
    'appRoleAssignments',
    'members',
  ])('%s is not supported', (name) => {
    expect(codes(filterOf(group('g', clause(name, 'IS NOT NULL'))))).toEqual(['AF9102'])
  })

  it('of a date type are not supported', () => {
    const attributes = workerWith(info('lastSeen', { type: 'DateTime' }))
    expect(codes(filterOf(group('g', clause('lastSeen', 'IS NULL'))), attributes)).toEqual(['AF9102'])
  })

  it('must exist, in their own case', () => {
    const [found] = lint(
      filterOf(group('g', clause('Department', 'IS NULL'))),
      workerWith(info('department')),
    )
    expect(found).toMatchObject({
      code: 'AF2004',
      message: 'Worker of HR has no attribute named Department.',
      hint: 'Did you mean department?',
    })
  })

  it.each([
    ['EQUALS', ['a'], 'if it does for any of them'],
    ['NOT EQUALS', ['a'], 'if it does for all of them'],
    ['IS NULL', [], 'if there are none'],
    ['IS NOT NULL', [], 'if there is one'],
  ])('with several values say what %s makes of them', (operator, operands, condition) => {
    const attributes = workerWith(info('proxyAddresses', { multivalued: true }))
    const found = lint(filterOf(group('g', clause('proxyAddresses', operator, ...operands))), attributes)
    expect(found.map((d) => d.code)).toEqual(['AF9106'])
    expect(found[0]?.message).toContain(condition)
  })

  it('of other types compare by their text', () => {
    const attributes = workerWith(info('enabled', { type: 'Boolean' }))
    expect(codes(filterOf(group('g', clause('enabled', 'EQUALS', 'True'))), attributes)).toEqual(['AF9107'])
    expect(codes(filterOf(group('g', clause('enabled', 'IS TRUE'))), attributes)).toEqual([])
  })
})

describe('several operands', () => {
  it.each([
    ['EQUALS', 'any of them'],
    ['NOT EQUALS', 'none of them'],
  ])('%s takes them as %s', (operator, meaning) => {
    const found = lint(filterOf(group('g', clause('x', operator, 'a', 'b'))), workerWith(info('x')))
    expect(found.map((d) => d.code)).toEqual(['AF9103'])
    expect(found[0]?.message).toContain(meaning)
  })
})

describe('groups', () => {
  it.each([
    ['two values', [clause('x', 'EQUALS', 'a'), clause('x', 'EQUALS', 'b')]],
    ['null and a value', [clause('x', 'IS NULL'), clause('x', 'EQUALS', 'b')]],
    ['null and not null', [clause('x', 'IS NULL'), clause('x', 'IS NOT NULL')]],
    ['null and a pattern', [clause('x', 'REGEX MATCH', 'a'), clause('x', 'IS NULL')]],
    ['true and false', [clause('x', 'IS TRUE'), clause('x', 'IS FALSE')]],
    ['a value and its exclusion', [clause('x', 'EQUALS', 'a', 'b'), clause('x', 'NOT EQUALS', 'b', 'a')]],
    ['a value another operator rejects', [clause('x', 'EQUALS', 'abc'), clause('x', 'ENDS_WITH', 'd')]],
    ['a value that is no number', [clause('x', 'EQUALS', 'abc'), clause('x', 'Greater_Than', '1')]],
    ['a number that is too small', [clause('x', 'EQUALS', '5', '6'), clause('x', 'Greater_Than', '6')]],
    ['the empty text', [clause('x', 'EQUALS', '')]],
    ['no bits', [clause('x', '&', '0')]],
  ])('can never pass with %s', (_what, clauses) => {
    const filter = filterOf(group('g', ...clauses))
    expect(lint(filter).filter((d) => d.code === 'AF9104')).toMatchObject([{ path: '$.groups[0]' }])
  })

  it.each([
    ['different attributes', [clause('x', 'EQUALS', 'a'), clause('y', 'EQUALS', 'b')]],
    ['one of several values', [clause('x', 'EQUALS', 'a', 'b'), clause('x', 'EQUALS', 'b')]],
    ['a value and a pattern for it', [clause('x', 'EQUALS', 'ab'), clause('x', 'REGEX MATCH', '^a')]],
    ['a clause that cannot be evaluated', [clause('x', 'EQUALS', 'a'), clause('x', 'RESEMBLES', 'b')]],
  ])('may pass with %s', (_what, clauses) => {
    expect(codes(filterOf(group('g', ...clauses)))).not.toContain('AF9104')
  })

  it('may pass on different values of one attribute', () => {
    const filter = filterOf(group('g', clause('x', 'EQUALS', 'a'), clause('x', 'EQUALS', 'b')))
    expect(codes(filter, workerWith(info('x', { multivalued: true })))).not.toContain('AF9104')
    expect(compileFilter(filter).evaluate({ x: ['a', 'b'] }).verdict).toBe(true)
    const opposite = filterOf(group('g', clause('x', 'EQUALS', 'a'), clause('x', 'NOT EQUALS', 'a')))
    const many = workerWith(info('x', { multivalued: true }))
    expect(codes(opposite, many)).toContain('AF9104')
    expect(codes(opposite, many, { multivaluedComparison: 'any' })).not.toContain('AF9104')
  })

  it('always pass without clauses, and with clauses that exclude nothing', () => {
    expect(codes(filterOf(group('g')))).toEqual(['AF9105'])
    expect(codes(inputFilterOf(group('g', clause('x', 'NOT EQUALS', ''))), workerWith(info('x')))).toEqual([
      'AF9105',
    ])
    expect(codes(filterOf(group('g', clause('x', 'NOT EQUALS', ''))), workerWith(info('x')))).toEqual([])
  })

  it('pass everything together when one asks the opposite of the other', () => {
    const present = [group('g', clause('x', 'IS NULL')), group('h', clause('x', 'is_not_null'))]
    expect(codes(filterOf(...present))).toEqual(['AF9108'])
    const excluded = [group('g', clause('x', 'EQUALS', 'a')), group('h', clause('x', 'NOT EQUALS', 'a'))]
    expect(codes(inputFilterOf(...excluded), workerWith(info('x')))).toEqual(['AF9108'])
    expect(codes(filterOf(...excluded), workerWith(info('x')))).toEqual([])
  })

  it('keep what these findings promise', () => {
    let never = 0
    let always = 0
    fc.assert(
      fc.property(filters, records, (filter, record) => {
        const single = Object.values(record).every((value) => !Array.isArray(value))
        const findings = lint(filter)
        for (const set of ['groups', 'inputFilterGroups', 'categoryFilterGroups'] as const) {
          filter[set].forEach((each, index) => {
            const only = { ...filterOf(), [set]: [each] }
            const about = (code: string): boolean =>
              findings.some((d) => d.code === code && d.path === `$.${set}[${index}]`)
            const { verdict } = compileFilter(only).evaluate(record)
            if (about('AF9104') && single) {
              never++
              expect(verdict).not.toBe(true)
            }
            if (about('AF9105')) {
              always++
              expect(verdict).not.toBe(false)
            }
          })
        }
      }),
      { numRuns: 500 },
    )
    expect(never).toBeGreaterThan(0)
    expect(always).toBeGreaterThan(0)
  })
})
