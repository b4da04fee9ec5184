import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMapping, flowingValues, mapObject } from '../../src/mapping/index.js'
import { readSchema, type SynchronizationSchema } from '../../src/schema/index.js'
import {
  diffMarkdown,
  EffectGatherer,
  LONGEST_COMMENT,
  type MappingEffect,
  mutantsOf,
  schemaChanges,
} from '../../src/verify/index.js'
import { compiledFrom, mapping, scimSchema } from '../mapping/schemas.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'

type Scope = { groups: { name: string; clauses: object[] }[] }

const clause = (attribute: string, value: string): object => ({
  sourceOperandName: attribute,
  operatorName: 'EQUALS',
  targetOperand: { values: [value] },
})
const scopeOf = (...clauses: object[]): Scope => ({ groups: [{ name: 'g', clauses }] })
const read = (json: unknown): SynchronizationSchema => readSchema(json).schema!

const schema = (expressions: Readonly<Record<string, string>>, scope?: Scope): SynchronizationSchema =>
  read(
    schemaOf(
      Object.entries(expressions).map(([target, expression]) => ({ target, expression })),
      scope === undefined ? {} : { scope },
    ),
  )

describe('schemaChanges', () => {
  it('finds nothing between a schema and itself laid out anew', () => {
    expect(
      schemaChanges(schema({ a: 'Join("", [x], [y])' }), schema({ a: 'Join( "" ,[x],\n[y] )' })),
    ).toEqual([])
    const [one, other] = [schema({ a: '[x]', b: '[y]' }), schema({ b: '[y]', a: '[x]' })]
    expect(schemaChanges(one, other)).toEqual([])
  })

  describe('where text and tree of an expression are others', () => {
    const withTree = (name: string, text = '[x]'): SynchronizationSchema => {
      const json = structuredClone(schemaOf([{ target: 'a', expression: '[x]' }])) as {
        synchronizationRules: { objectMappings: { attributeMappings: { source: object }[] }[] }[]
      }
      const [mapping] = json.synchronizationRules[0]!.objectMappings[0]!.attributeMappings
      mapping!.source = { type: 'Attribute', expression: text, name, parameters: [] }
      return read(json)
    }

    it('finds a change of the tree, because it is evaluated', () => {
      expect(schemaChanges(withTree('x'), withTree('x'))).toEqual([])
      expect(schemaChanges(withTree('x'), withTree('y'))).toMatchObject([
        { what: 'expression', before: '[x]', after: '[y]' },
      ])
    })

    it('finds a change of the text alone, which has no effect', () => {
      expect(schemaChanges(withTree('x'), withTree('x', '[y]'))).toMatchObject([
        { what: 'text', before: undefined, after: '[y]', reason: expect.stringContaining('no effect') },
      ])
      expect(schemaChanges(withTree('x'), withTree('x', '[ x ]'))).toEqual([])
    })
  })

  it.each([
    ['an expression', schema({ a: '[x]' }), schema({ a: '[y]' }), 'expression', 'risky'],
    ['an attribute that is new', schema({ a: '[x]' }), schema({ a: '[x]', b: '[y]' }), 'attribute', 'risky'],
    ['an attribute that is gone', schema({ a: '[x]', b: '[y]' }), schema({ a: '[x]' }), 'attribute', 'risky'],
    [
      'a group that is the first',
      schema({ a: '[x]' }),
      schema({ a: '[x]' }, scopeOf(clause('x', '1'))),
      'group',
      'breaking',
    ],
    [
      'a group that was the only one',
      schema({ a: '[x]' }, scopeOf(clause('x', '1'))),
      schema({ a: '[x]' }),
      'group',
      'risky',
    ],
    [
      'a clause that is new',
      schema({ a: '[x]' }, scopeOf(clause('x', '1'))),
      schema({ a: '[x]' }, scopeOf(clause('x', '1'), clause('y', '1'))),
      'clause',
      'breaking',
    ],
    [
      'a clause that is gone',
      schema({ a: '[x]' }, scopeOf(clause('x', '1'), clause('y', '1'))),
      schema({ a: '[x]' }, scopeOf(clause('x', '1'))),
      'clause',
      'risky',
    ],
  ])('finds %s', (_what, before, after, what, criticality) => {
    expect(schemaChanges(before, after)).toMatchObject([{ what, criticality }])
  })

  it('rates what decides whose account it is, and finds what surrounds the mappings', () => {
    const json = schemaOf([{ target: 'a', expression: '[x]' }])
    /* biome-ignore lint/suspicious/noExplicitAny: schemas are changed at will here */
    const changedBy = (change: (schema: any) => void) => {
      const other = structuredClone(json)
      change(other)
      return schemaChanges(read(json), read(other)).map(({ what, criticality }) => `${what} ${criticality}`)
    }
    const matching = { matchingPriority: 1, source: { type: 'Attribute', name: 'y', expression: '[y]' } }
    expect(
      changedBy((schema) => {
        const [mapping] = schema.synchronizationRules[0].objectMappings
        mapping.attributeMappings.push({ ...matching, targetAttributeName: 'b' })
        mapping.metadata = [{ key: 'k', value: 'v' }]
        schema.synchronizationRules[0].groupFilter = { includedGroups: ['CN=x'] }
      }),
    ).toEqual(['members breaking', 'metadata risky', 'attribute breaking'])
  })

  it('finds what changed in the definition of an attribute', () => {
    const text = readFileSync('docs/examples/entra-to-scim.schema.json', 'utf8')
    const json = JSON.parse(text)
    const { directories } = JSON.parse(text)
    const [object] = directories[0].objects
    object.attributes[0].multivalued = !object.attributes[0].multivalued
    expect(schemaChanges(read(json), read({ ...json, directories }))).toMatchObject([
      {
        path: `${directories[0].name} / ${object.name} / ${object.attributes[0].name}`,
        what: 'definition',
        after: JSON.stringify({ multivalued: object.attributes[0].multivalued }),
        criticality: 'risky',
      },
    ])
  })

  it('finds nothing when only the order of rules, mappings, groups, clauses or definitions changes', () => {
    const text = readFileSync('docs/examples/entra-to-scim.schema.json', 'utf8')
    const unordered =
      /^(?:synchronizationRules|objectMappings|attributeMappings|groups|clauses|directories|objects|attributes)$/
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const shuffled = JSON.parse(text, (name, value) =>
          unordered.test(name) && Array.isArray(value)
            ? value
                .map((one) => [numbers.next().value, one] as const)
                .sort(([a], [b]) => a - b)
                .map(([, one]) => one)
            : value,
        )
        expect(schemaChanges(read(JSON.parse(text)), read(shuffled))).toEqual([])
        expect(schemaChanges(read(shuffled), read(JSON.parse(text)))).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  it('finds something of every mutant of a mapping', () => {
    const old = compileMapping(readFileSync('docs/examples/entra-to-scim.schema.json'))
    const silent = mutantsOf(old).filter(
      ({ schema: mutant }) => schemaChanges(old.schema, mutant).length === 0,
    )
    expect(silent.map(({ where, what }) => [where, what])).toEqual([])
  })

  it('recognises a clause that was edited', () => {
    const [one, other] = ['1', '2'].map((value) => schema({ a: '[x]' }, scopeOf(clause('x', value))))
    expect(schemaChanges(one!, other!)).toMatchObject([
      {
        path: expect.stringMatching(/ \/ scope \/ g: x$/),
        what: 'clause',
        before: 'x EQUALS 1',
        after: 'x EQUALS 2',
        criticality: 'breaking',
      },
    ])
  })

  it('recognises a target attribute that was renamed', () => {
    expect(schemaChanges(schema({ a: '[x]', b: '[y]' }), schema({ b: '[y]', c: '[x]' }))).toMatchObject([
      {
        path: expect.stringMatching(/ \/ c$/),
        what: 'target',
        before: 'a',
        after: 'c',
        criticality: 'risky',
      },
    ])
  })

  it('recognises an object mapping whose ends have other names, and what else changed in it', () => {
    const json = schemaOf([
      { target: 'a', expression: '[x]' },
      { target: 'b', expression: '[y]' },
    ])
    const moved = structuredClone(json) as {
      synchronizationRules: { targetDirectoryName: string; objectMappings: Record<string, unknown>[] }[]
    }
    moved.synchronizationRules[0]!.targetDirectoryName = 'elsewhere'
    moved.synchronizationRules[0]!.objectMappings[0]!.enabled = false
    expect(schemaChanges(read(json), read(moved)).map(({ what }) => what)).toEqual(['ends', 'enabled'])
  })

  const unnamed = (...groups: readonly object[][]): SynchronizationSchema =>
    read(
      schemaOf([{ target: 'a', expression: '[x]' }], {
        scope: { groups: groups.map((clauses) => ({ name: '', clauses })) },
      }),
    )

  it('does not count the place of groups and clauses', () => {
    const [x, y, z] = ['x', 'y', 'z'].map((name) => clause(name, '1'))
    expect(schemaChanges(unnamed([x!, y!], [z!]), unnamed([z!], [y!, x!]))).toEqual([])
    // Groups are alternatives: whoever passed only this one leaves the scope.
    expect(schemaChanges(unnamed([x!], [y!]), unnamed([y!]))).toMatchObject([
      { what: 'group', before: 'x EQUALS 1', after: undefined, criticality: 'breaking' },
    ])
    expect(schemaChanges(unnamed([y!]), unnamed([x!], [y!]))).toMatchObject([
      { what: 'group', after: 'x EQUALS 1', criticality: 'risky' },
    ])
    expect(schemaChanges(unnamed([x!], [y!]), unnamed([y!], [x!, z!]))).toMatchObject([
      { what: 'clause', after: 'z EQUALS 1', criticality: 'breaking' },
    ])
  })
})

const effectOf = (
  before: SynchronizationSchema,
  after: SynchronizationSchema,
  records: readonly object[],
): MappingEffect => {
  const gatherer = new EffectGatherer(compileMapping(before), compileMapping(after))
  records.forEach((record, index) => {
    gatherer.add(record, index + 1)
  })
  return gatherer.effect()
}

describe('EffectGatherer', () => {
  it('counts values, nulls, and objects that enter or leave the scope', () => {
    const records = [
      { id: '1', x: 'a', y: 'b' },
      { id: '2', x: 'a', y: null },
      { id: '3', x: 'c', y: 'c' },
    ]
    const effect = effectOf(schema({ t: '[x]' }), schema({ t: '[y]' }), records)
    expect(effect).toMatchObject({
      objects: 3,
      affected: 2,
      attributes: [{ attribute: 't', changed: 2, toNull: 1, fromNull: 0 }],
      tags: { changed: { count: 2, objects: ['1', '2'] } },
    })
    const scoped = effectOf(schema({ t: '[x]' }), schema({ t: '[x]' }, scopeOf(clause('x', 'c'))), records)
    expect(scoped.tags).toMatchObject({ leavesScope: { count: 2, objects: ['1', '2'] } })
  })

  it('knows the value by which an object was matched', () => {
    const mapped = (first: number, second: number) =>
      compiledFrom(
        scimSchema([
          mapping('t', '[x]', { matchingPriority: first }),
          mapping('u', '[y]', { matchingPriority: second }),
        ]),
      )
    const [old, now] = [mapped(1, 0), mapped(0, 1)]
    const gatherer = new EffectGatherer(old, now, { request: { operation: 'update' } })
    expect(gatherer.add({ id: '1', x: 'a', y: 'b' }, 1)?.tags).toEqual(['matchingKeyChanged'])
    expect(gatherer.effect().attributes).toEqual([])
  })

  it('takes candidates of SelectUniqueValue that other objects of the target have, with each side', () => {
    const [old, now] = ['[y]', '[z]'].map((second) =>
      compileMapping(schema({ t: `SelectUniqueValue([x], ${second})` })),
    )
    const record = { id: '1', x: 'Taken', y: 'b', z: 'c' }
    expect(new EffectGatherer(old!, now!).add(record, 1)).toBeUndefined()
    const other = new Map([['t', 'taken']])
    const find = (attribute: string, value: unknown) =>
      attribute === 't' && value === 'Taken' ? [other] : []
    const gatherer = new EffectGatherer(old!, now!, { findTargets: [find, find] })
    expect(gatherer.add(record, 1)?.tags).toEqual(['changed'])
    expect(gatherer.effect().attributes[0]?.pairs).toMatchObject([{ before: 'b', after: 'c' }])
  })

  it('reports exactly the objects and attributes that mapping both ways finds', () => {
    const expressions = [
      '[x]',
      '[y]',
      'Join("-", [x], [y])',
      'IIF([x]="a", [y], "z")',
      'Left([x], 1)',
      'Error([y])',
    ]
    const side = fc.record({
      expressions: fc.dictionary(fc.constantFrom('t', 'u', 'v'), fc.constantFrom(...expressions), {
        minKeys: 1,
      }),
      scope: fc.option(fc.constantFrom('a', 'b').map((value) => scopeOf(clause('x', value)))),
    })
    const value = fc.option(fc.constantFrom('a', 'b', 'ab', ''))
    const record = fc.record({ x: value, y: value })
    fc.assert(
      fc.property(side, side, fc.array(record, { maxLength: 8 }), (one, other, records) => {
        const [before, after] = [one, other].map(({ expressions: of, scope }) =>
          schema(of, scope ?? undefined),
        )
        const effect = effectOf(before!, after!, records)
        const [old, now] = [compileMapping(before!), compileMapping(after!)]
        const changed = new Map<string, number>()
        let affected = 0
        for (const each of records) {
          const [a, b] = [mapObject(old, each), mapObject(now, each)]
          const names = new Set<string>()
          if (a.outcome === 'create' && b.outcome === 'create') {
            const [flows, others] = [flowingValues(a), flowingValues(b)]
            for (const name of [...flows.keys(), ...others.keys()])
              if ((flows.get(name) ?? null) !== (others.get(name) ?? null)) names.add(name)
          }
          for (const name of names) changed.set(name, (changed.get(name) ?? 0) + 1)
          if (names.size > 0 || a.outcome !== b.outcome || a.scope.inScope !== b.scope.inScope) affected++
        }
        expect(new Map(effect.attributes.map((found) => [found.attribute, found.changed]))).toEqual(changed)
        expect(effect.affected).toBe(affected)
      }),
      { numRuns: 200 },
    )
  })

  it('tells that an object gets another name, and compares with what the target has', () => {
    const records = [{ id: '1', x: 'a', y: 'b' }]
    const renamed = effectOf(schema({ userName: '[x]' }), schema({ userName: '[y]' }), records)
    expect(renamed.tags).toMatchObject({ renamed: { count: 1 } })
    const [old, now] = [schema({ t: '[x]' }), schema({ t: '[y]' })].map((one) => compileMapping(one))
    const gatherer = new EffectGatherer(old!, now!, { request: { linked: new Map([['t', 'b']]) } })
    gatherer.add(records[0]!, 1)
    expect(gatherer.effect().attributes[0]!.pairs).toMatchObject([{ before: 'a', after: 'b' }])
  })

  it('keeps the most frequent pairs among very many, and says how much it may miss', () => {
    const records = Array.from({ length: 6000 }, (_, index) => ({
      x: `x${index}`,
      y: index % 3 === 0 ? `y${index}` : 'often',
      z: index % 3 === 0 ? `x${index}` : 'before',
    }))
    const effect = effectOf(schema({ t: '[z]' }), schema({ t: '[y]' }), records)
    const { pairs, missed } = effect.attributes[0]!
    expect(pairs[0]).toMatchObject({ before: 'before', after: 'often' })
    expect(missed).toBeGreaterThan(0)
    expect(pairs[0]!.count).toBeLessThanOrEqual(4000)
    expect(pairs[0]!.count + missed).toBeGreaterThanOrEqual(4000)
  })

  it('shows no redacted value', () => {
    const effect = effectOf(schema({ t: 'Redact([x])' }), schema({ t: 'Redact([y])' }), [
      { x: 'SECRET', y: 'other' },
    ])
    expect(effect.attributes[0]).toMatchObject({ changed: 1 })
    expect(JSON.stringify(effect)).not.toContain('SECRET')
  })
})

describe('chance', () => {
  it('makes no difference: both sides have the same clock and random values', () => {
    const side = (more: Readonly<Record<string, string>> = {}) =>
      compileMapping(
        schema({
          ...more,
          id: 'Guid()',
          secret: 'RandomString(9, 2, 2, 2, 2, "O0")',
          now: 'FormatDateTime(Now(), , , "ssfff")',
        }),
      )
    const gatherer = new EffectGatherer(side(), side({ other: 'Guid()' }))
    for (let line = 1; line < 500; line++) gatherer.add({ x: line }, line)
    expect(gatherer.effect().attributes.map(({ attribute }) => attribute)).toEqual(['other'])
  })

  it('does not hide a change of the clock', () => {
    const side = (format: string) => compileMapping(schema({ at: `FormatDateTime(Now(), , , "${format}")` }))
    const gatherer = new EffectGatherer(side('yyyy'), side('yyyy-MM'), {
      request: { context: { now: '2026-01-15T08:00:00Z' } },
    })
    gatherer.add({}, 1)
    expect(gatherer.effect().attributes[0]?.pairs[0]).toMatchObject({ before: '2026', after: '2026-01' })
  })
})

describe('diffMarkdown', () => {
  it('fits into a comment, whatever there is to say, and no data are markup', () => {
    const objects = Array.from({ length: 5000 }, (_, index) => `<img src=x>|\`${'x'.repeat(100)}${index}`)
    const attributes = Array.from({ length: 2000 }, (_, index) => ({
      attribute: `a|b<b>${index}`,
      changed: 1,
      toNull: 0,
      fromNull: 0,
      missed: 0,
      pairs: [{ before: '<script>', after: '|', count: 1, samples: [] }],
    }))
    const effect: MappingEffect = {
      objects: 5000,
      affected: 5000,
      attributes,
      tags: { deleted: { count: 5000, objects } },
    }
    const text = diffMarkdown({ verdict: '5000 <b>objects</b>', exceeded: [], changes: [], effect })
    expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT)
    expect(text).toContain('do not fit')
    // Of every part the first lines are kept.
    expect(text).toContain('Objects that are deleted with NEW')
    expect(text).toMatch(/\| `a\\\|b<b>0` \|/)
    const outsideCode = text.replace(/(`+)(?!`)[\s\S]*?\1/g, '').replace(/<\/?(?:details|summary)>/g, '')
    expect(outsideCode).not.toMatch(/<[a-z]/i)
  })

  it('keeps any number of backquotes inside code', () => {
    const change = {
      path: 'p',
      what: 'expression',
      before: 'a``b<i>',
      after: '',
      criticality: 'safe',
      reason: 'r',
    } as const
    const text = diffMarkdown({ verdict: 'v', exceeded: [], changes: [change], effect: undefined })
    expect(text).toContain('| ``` a``b<i> ``` | (empty) |')
  })
})
