import { describe, expect, it } from 'vitest'
import { generateMappingModule } from '../../../src/codegen.js'
import type { CompiledObjectMapping } from '../../../src/mapping/compile-object-mapping.js'
import { createContext, type EvaluationContext } from '../../../src/values/context.js'
import { runForRow } from '../../support/plan-row.js'
import { recordedRandom } from '../../support/recorded-random.js'
import { evaluateModule } from './load.js'
import { compileFirst, schemaOf } from './mapping-of.js'

const COUNT = 150

/** A mapping of more than 600 nodes: attributes that share computations, fail, draw and repeat a target. */
const mappings = Array.from({ length: COUNT }, (_, index) => {
  const kinds = [
    `Append(ToLower(Trim([a${index % 7}])), Left(ToUpper([b]), ${index % 5}))`,
    `IIF(IsPresent([a${index % 3}]), Item(Split([b], "-"), ${(index % 4) + 1}), Error("no a${index}"))`,
    'Append("id-", RandomString(4, 1, 1, 1, 0, "x"))',
    `Switch([c], ToUpper([b]), "x", Trim([a${index % 7}]), "y", [b])`,
  ]
  return { target: index % 10 === 9 ? `again${index % 20}` : `target${index}`, expression: kinds[index % 4]! }
})

const clause = { operatorName: 'NOT EQUALS', sourceOperandName: 'c', targetOperand: { values: ['out'] } }

const compile = (count: number): CompiledObjectMapping =>
  compileFirst(
    schemaOf([...mappings.slice(0, count), { target: '__proto__', expression: '[b]' }], {
      scope: { groups: [{ clauses: [clause] }] },
    }),
  )

const context = (compiled: CompiledObjectMapping): { context: EvaluationContext; draws: number[] } => {
  const { random, draws } = recordedRandom(3)
  return { context: createContext({ now: 0, random }, compiled.settings), draws }
}

const records: Record<string, unknown>[] = [
  { c: 'z' },
  { a0: ' X ', a1: 'Y', a2: '', b: 'p-q-r-s', c: 'x' },
  { a0: ['L', 'M'], a1: { id: 1 }, a2: true, b: ['p', 'q'], c: 'y' },
  { a0: 'a', a1: 'b', a2: 'c', b: 'one', c: ['list'] },
  { a0: 'a', b: 'b', c: 'out' },
]

describe.each([10, COUNT])('a mapping of %i attributes', (count) => {
  const compiled = compile(count)
  const { code } = generateMappingModule(compiled).module!

  it('is one function, or several when it is large', () => {
    expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    const parts = code.match(/^function part\d+\(/gm) ?? []
    if (count === COUNT) expect(parts.length).toBeGreaterThan(1)
    else expect(parts).toEqual([])
  })

  it('gives what closures give, with the draws in the same order', () => {
    const { map } = evaluateModule(code)
    const rows = records.map((record) => {
      const [expected, actual] = [context(compiled), context(compiled)]
      const row = map(record, actual.context)
      const reference = runForRow(compiled.plan, record, expected.context)
      expect(row).toEqual(reference)
      expect(Object.keys(row ?? {})).toEqual(Object.keys(reference ?? {}))
      expect(actual.draws).toEqual(expected.draws)
      if (row !== null) expect(actual.draws.length).toBeGreaterThan(1)
      return row
    })
    expect(rows.map((row) => row === null)).toEqual([false, false, false, false, true])
  })
})

describe('an attribute that fails', () => {
  it('leaves alone those that share a computation with it', () => {
    const compiled = compileFirst(
      schemaOf([
        {
          target: 'first',
          expression: 'Append(Item(Split([a], ","), 9), IIF(IsNullOrEmpty([b]), "x", "y"))',
        },
        { target: 'second', expression: 'IIF(IsNullOrEmpty([b]), "x", "y")' },
        { target: 'third', expression: 'Switch([c], IsNullOrEmpty([b]), Error("stop"), "y")' },
      ]),
    )
    const { map } = evaluateModule(generateMappingModule(compiled).module!.code)
    for (const record of [{}, { a: 'p', b: 'q' }, { a: ['p'], b: '', c: 'y' }, { a: {}, b: [] }])
      expect(map(record)).toEqual(runForRow(compiled.plan, record, createContext({}, compiled.settings)))
  })
})

describe('a filter of many clauses', () => {
  const clauseOf = (index: number): object => ({
    operatorName: index % 3 === 0 ? 'NOT EQUALS' : index % 3 === 1 ? 'IS NOT NULL' : 'GREATER_THAN',
    sourceOperandName: `a${index % 11}`,
    targetOperand: index % 3 === 1 ? null : { values: [String(index)] },
  })
  const scope = {
    groups: [0, 1, 2].map((group) => ({
      name: `Group ${group}`,
      clauses: Array.from({ length: 120 * group + 2 }, (_, index) => clauseOf(index * 3 + group)),
    })),
  }
  const compiled = compileFirst(schemaOf([{ target: 'b', expression: '[a1]' }], { scope }))
  const { code } = generateMappingModule(compiled).module!
  const objects = Array.from({ length: 60 }, (_, seed) =>
    Object.fromEntries(
      Array.from({ length: 11 }, (_, at) => [
        `a${at}`,
        [null, 'x', '500', '1', `${seed}`, ['1', '2'], 7][(seed * 5 + at * seed) % 7],
      ]),
    ),
  )

  it('is split into functions', () => {
    expect(code.match(/^function condition\d+\(/gm)!.length).toBeGreaterThan(2)
  })

  it('decides, and fails, as closures do', () => {
    const { map } = evaluateModule(code)
    const rows = objects.map((object) => map(object))
    expect(rows).toEqual(
      objects.map((object) => runForRow(compiled.plan, object, createContext({}, compiled.settings))),
    )
    expect(
      new Set(rows.map((row) => (row === null ? 'out' : 'b' in row ? 'in' : 'failed'))).size,
    ).toBeGreaterThan(1)
  })
})

describe('a Switch of many keys', () => {
  const keys = Array.from({ length: 60 }, (_, index) => `"key ${index % 55}"`)
  const expressions = [
    `Switch([a], "none", ${keys.map((key, index) => `${key}, "${index}"`).join(', ')})`,
    `Switch([a], [b], ${keys.map((key, index) => `${key}, ${index % 9 === 0 ? '[c]' : `"${index}"`}`).join(', ')})`,
    `Switch([a], Item([b], 9), ${keys.map((key, index) => `${key}, "${index}"`).join(', ')})`,
  ]
  const compiled = compileFirst(
    schemaOf(expressions.map((expression, index) => ({ target: `t${index}`, expression }))),
  )
  const { code } = generateMappingModule(compiled).module!

  it('is a table', () => {
    expect(code.match(/^const table\d+ = new Map\(/gm)).toHaveLength(2)
  })

  it('gives what closures give, and of equal keys the first', () => {
    const { map } = evaluateModule(code)
    const values = [
      'key 0',
      'key 4',
      'key 9',
      'key 54',
      'key 55',
      'Key 4',
      '',
      null,
      7,
      true,
      ['key 1'],
      '__proto__',
    ]
    const objects = values.map((a) => ({ a, b: ['x'], c: 'c' }))
    const rows = objects.map((object) => map(object))
    expect(rows).toEqual(
      objects.map((object) => runForRow(compiled.plan, object, createContext({}, compiled.settings))),
    )
    expect(rows[1]).toMatchObject({ t0: '4', t1: '4' })
    expect(rows[2]).toMatchObject({ t1: 'c' })
  })
})
