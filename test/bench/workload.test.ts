import { describe, expect, it } from 'vitest'
import { mapFullCarefully } from '../../bench/baseline/careful.js'
import {
  attributes,
  foldedByDecomposition,
  mapFilter,
  mapFull,
  mapSimple,
  withoutDiacritics,
} from '../../bench/baseline/hand.js'
import { compileWorkload } from '../../bench/workload/compile.js'
import { filterOnly, full, mappings, simple, type WorkloadMapping } from '../../bench/workload/mapping.js'
import { generateUsers, type User } from '../../bench/workload/users.js'
import { codegen } from '../../src/codegen.js'
import { optimise } from '../../src/ir/passes/index.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { createContext } from '../../src/values/context.js'
import { evaluate } from '../oracle/evaluate.js'
import { runForRow } from '../support/plan-row.js'

const users = generateUsers(2000)
const context = createContext({ now: '2024-05-06T07:08:09Z' })

const baselines: readonly (readonly [WorkloadMapping, (user: User) => object | null])[] = [
  [full, mapFull],
  [full, mapFullCarefully],
  [simple, mapSimple],
  [filterOnly, mapFilter],
]

const record = (user: User): Record<string, unknown> => ({ ...user })

describe('the users of the benchmarks', () => {
  it('are the same in every run, and others for another seed', () => {
    expect(generateUsers(50)).toEqual(users.slice(0, 50))
    expect(generateUsers(50, 21)).not.toEqual(users.slice(0, 50))
  })

  it('have 21 attributes in about 670 bytes', () => {
    expect(Object.keys(users[0]!)).toHaveLength(21)
    const size = users.reduce((sum, user) => sum + Buffer.byteLength(JSON.stringify(user)), 0) / users.length
    expect(size).toBeGreaterThan(650)
    expect(size).toBeLessThan(695)
  })

  it('have a diacritic in 18 % of their names, and nulls where nulls are', () => {
    const share = (has: (user: User) => boolean): number => users.filter(has).length / users.length
    expect(share(({ givenName, surname }) => /[^\0-\x7f]/.test(givenName + surname))).toBeCloseTo(0.18, 1)
    for (const name of ['mail', 'telephoneNumber', 'employeeId', 'manager'] as const) {
      expect(share((user) => user[name] === null)).toBeGreaterThan(0.05)
    }
    expect(share((user) => user.hireDate.includes('+'))).toBeGreaterThan(0.2)
  })
})

describe('the baseline', () => {
  it('has the mapping with its 22 attributes and 2 groups of 3 clauses', () => {
    expect(Object.keys(full.attributes)).toHaveLength(22)
    expect(Object.keys(attributes)).toEqual(Object.keys(full.attributes))
    expect(full.groups.map((clauses) => clauses.length)).toEqual([3, 3])
    expect(Object.keys(simple.attributes)).toHaveLength(8)
  })

  it('leaves about half of the users out of scope', () => {
    const inScope = users.filter((user) => mapFull(user) !== null).length / users.length
    expect(inScope).toBeGreaterThan(0.45)
    expect(inScope).toBeLessThan(0.55)
  })

  it.each(Object.entries(full.attributes))('computes %s as the language says', (target, text) => {
    const { expression, diagnostics } = parseExpression(text)
    expect(diagnostics).toEqual([])
    for (const user of users) {
      const expected = evaluate(expression, record(user), context)
      const value = attributes[target]!(user)
      expect(value === null ? { kind: 'null' } : { kind: 'value', value }).toEqual(expected)
    }
  })

  it.each(baselines)('maps as closures and generated code do: $name', (mapping, map) => {
    const { plan, unit } = compileWorkload(mapping)
    const generated = codegen(optimise(unit))
    const unoptimised = codegen(unit)
    expect(users.length).toBeGreaterThan(0)
    for (const user of users) {
      const expected = map(user)
      for (const one of [plan, generated, unoptimised])
        expect(runForRow(one, record(user), context)).toEqual(expected)
    }
    expect(Object.keys(map(users.find((user) => map(user) !== null)!)!)).toEqual(
      Object.keys(mapping.attributes),
    )
  })

  it('covers every mapping of the workload', () => {
    expect(new Set(baselines.map(([mapping]) => mapping))).toEqual(new Set(mappings))
  })

  it('folds diacritics with its table as by decomposition', () => {
    for (const { givenName, surname } of users) {
      const name = `${givenName} ${surname}`
      expect(withoutDiacritics(name)).toBe(foldedByDecomposition(name))
    }
    expect(withoutDiacritics('Nguyễn Øst')).toBe('Nguyen OEst')
  })
})
