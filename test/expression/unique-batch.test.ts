import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateUnique, type UniqueLookup } from '../../src/batch.js'
import {
  type CompiledExpression,
  compileExpression,
  type SourceRecord,
  seededRandom,
} from '../../src/index.js'
import { mapObjectsUnique } from '../../src/mapping/index.js'
import { compiledFrom, mapping, scimSchema } from '../mapping/schemas.js'

const aliases = compileExpression(
  'SelectUniqueValue([first], Append([first], [second]), Append([second], [first]), "last")',
)

/** A look-up over a fixed set, which keeps what it was asked. */
const directory = (
  ...taken: readonly string[]
): {
  readonly asked: (readonly string[])[]
  readonly areTaken: UniqueLookup
} => {
  const asked: (readonly string[])[] = []
  return {
    asked,
    areTaken: async (candidates) => {
      const values = candidates.map(({ value }) => value)
      asked.push(values)
      return new Set(values.filter((value) => taken.includes(value)))
    },
  }
}

const valuesOf = async (
  compiled: CompiledExpression,
  records: readonly SourceRecord[],
  areTaken: UniqueLookup,
): Promise<unknown[]> =>
  (await evaluateUnique(compiled, records, areTaken)).map((one) =>
    one.kind === 'value' ? one.value : one.kind,
  )

describe('evaluateUnique', () => {
  it('asks once for the first candidates, and no more when they are free', async () => {
    const { asked, areTaken } = directory()
    const records = [
      { first: 'ada', second: 'b' },
      { first: 'kai', second: 'c' },
    ]
    expect(await valuesOf(aliases, records, areTaken)).toEqual(['ada', 'kai'])
    expect(asked).toEqual([['ada', 'kai']])
  })

  it('asks a second time for everything that records without a value may need', async () => {
    const { asked, areTaken } = directory('ada', 'adab')
    const records = [
      { first: 'ada', second: 'b' },
      { first: 'kai', second: 'c' },
    ]
    expect(await valuesOf(aliases, records, areTaken)).toEqual(['bada', 'kai'])
    expect(asked).toEqual([
      ['ada', 'kai'],
      ['adab', 'bada', 'last'],
    ])
  })

  it('gives a value to the first of the records that want it, even when that one finds out last', async () => {
    const { asked, areTaken } = directory('ada', 'adakai')
    const records = [
      { first: 'ada', second: 'kai' },
      { first: 'kaiada', second: 'x' },
      { first: 'KAIADA', second: 'y' },
    ]
    expect(await valuesOf(aliases, records, areTaken)).toEqual(['kaiada', 'kaiadax', 'KAIADAy'])
    expect(asked.length).toBe(2)
  })

  it('fails a record when the ones before it and the target have all its candidates', async () => {
    const { areTaken } = directory('ada', 'adab', 'bada')
    const twice = [
      { first: 'ada', second: 'b' },
      { first: 'ada', second: 'b' },
    ]
    const [one, two] = await evaluateUnique(aliases, twice, areTaken)
    expect(one).toEqual({ kind: 'value', value: 'last' })
    expect(two).toMatchObject({ kind: 'error', diagnostics: [{ code: 'AF5006' }] })
  })

  it('asks nothing without records, without candidates and without SelectUniqueValue', async () => {
    const { asked, areTaken } = directory()
    expect(await evaluateUnique(aliases, [], areTaken)).toEqual([])
    const none = compileExpression('SelectUniqueValue([first], [second])')
    expect(await valuesOf(none, [{ first: null, second: '' }], areTaken)).toEqual(['null'])
    expect(await valuesOf(compileExpression('[first]'), [{ first: 'ada' }], areTaken)).toEqual(['ada'])
    expect(asked).toEqual([])
  })

  it('takes the word of the look-up in the context before it asks', async () => {
    const { asked, areTaken } = directory()
    const isTaken = (candidate: string): boolean => candidate === 'ada'
    const outcomes = await evaluateUnique(aliases, [{ first: 'ada', second: 'b' }], areTaken, { isTaken })
    expect(outcomes).toEqual([{ kind: 'value', value: 'adab' }])
    expect(asked).toEqual([['adab']])
  })

  it('keeps random candidates and the clock between the questions', async () => {
    const compiled = compileExpression(
      'SelectUniqueValue([first], RandomString(8, 0, 0, 0, 8), Append(RandomString(8, 0, 0, 0, 8), Now()))',
    )
    const { asked, areTaken } = directory('ada')
    const records = [{ first: 'ada' }, { first: 'ada' }]
    for (const context of [{}, { random: seededRandom(7) }]) {
      asked.length = 0
      const outcomes = await evaluateUnique(compiled, records, areTaken, context)
      expect(asked.length).toBe(2)
      const texts = outcomes.map((one) => (one.kind === 'value' ? one.value : one.kind))
      expect(new Set(texts).size).toBe(2)
      for (const text of texts) {
        expect(text).toMatch(/^[a-z]{8}$/)
        expect(asked[1]).toContain(text)
      }
    }
  })

  it('is rejected when the look-up is', async () => {
    const failing = evaluateUnique(aliases, [{ first: 'a', second: 'b' }], () =>
      Promise.reject(new Error('the directory is away')),
    )
    await expect(failing).rejects.toThrow('the directory is away')
  })

  it('gives what evaluation one after the other gives, with at most two questions, each text once', async () => {
    const names = fc.constantFrom('a', 'b', 'ab', 'ba', 'c', 'last', '', null)
    const records = fc.array(fc.record({ first: names, second: names }), { maxLength: 8 })
    const taken = fc.uniqueArray(fc.constantFrom('a', 'b', 'ab', 'ba', 'aab', 'bc', 'last'))
    await fc.assert(
      fc.asyncProperty(records, taken, async (objects, present) => {
        const { asked, areTaken } = directory(...present)
        const outcomes = await evaluateUnique(aliases, objects, areTaken)
        const gone = new Set<string>(present)
        const expected = objects.map((record) => {
          const outcome = aliases.evaluate(record, { isTaken: (candidate) => gone.has(candidate) })
          if (outcome.kind === 'value') gone.add(String(outcome.value))
          return outcome
        })
        expect(outcomes).toEqual(expected)
        expect(asked.length).toBeLessThanOrEqual(2)
        expect(new Set(asked.flat()).size).toBe(asked.flat().length)
      }),
      { numRuns: 500 },
    )
  })
})

describe('mapObjectsUnique', () => {
  const compiled = compiledFrom(
    scimSchema([
      mapping('userName', 'SelectUniqueValue([alias], Append([alias], "2"), Append([alias], "3"))'),
      mapping('nickName', 'SelectUniqueValue([alias], Append([alias], "2"), Append([alias], "3"))'),
      mapping('title', 'IIF([fails] = "yes", Error("no"), [title])'),
    ]),
  )

  const flows = (object: { attributes: readonly { decision: object }[] } | undefined): unknown[] =>
    (object?.attributes ?? []).map(({ decision }) => ('value' in decision ? decision.value : null))

  it('gives later objects what earlier ones leave, and lets a failed object claim nothing', async () => {
    const { asked, areTaken } = directory('ada')
    const records = [
      { alias: 'ada', fails: 'yes' },
      { alias: 'ada' },
      { alias: 'ada', title: 'Dr.' },
      { alias: 'kai' },
    ]
    const mapped = await mapObjectsUnique(compiled, records, areTaken)
    expect(mapped.map(({ outcome }) => outcome)).toEqual(['error', 'create', 'create', 'create'])
    expect(mapped.slice(1).map((one) => flows(one).slice(0, 2))).toEqual([
      ['ada2', 'ada2'],
      ['ada3', 'ada3'],
      ['kai', 'kai'],
    ])
    expect(asked.length).toBe(2)
  })

  it('tells the look-up which attribute of which object asks', async () => {
    const asked: unknown[] = []
    const record = { alias: 'ada' }
    const [mapped] = await mapObjectsUnique(compiled, [record], async (candidates) => {
      asked.push(...candidates)
      return candidates.filter(({ attribute, value }) => attribute === 'userName' && value === 'ada')
    })
    expect(asked).toContainEqual({ value: 'ada', attribute: 'userName', record })
    expect(asked).toContainEqual({ value: 'ada', attribute: 'nickName', record })
    expect(flows(mapped).slice(0, 2)).toEqual(['ada2', 'ada'])
  })

  it('passes on what is known of each object', async () => {
    const { areTaken } = directory()
    const mapped = await mapObjectsUnique(compiled, [{ alias: 'ada' }, { alias: 'ada' }], areTaken, {
      requestFor: (_record, index) => ({ operation: index === 0 ? 'update' : 'create' }),
    })
    expect(mapped.map(({ outcome }) => outcome)).toEqual(['update', 'create'])
  })
})
