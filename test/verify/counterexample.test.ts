import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compileMapping } from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/index.js'
import {
  type CoverageGatherer,
  EffectGatherer,
  generateObjects,
  type InstrumentedSide,
  mutantsOf,
  searchCounterexample,
} from '../../src/verify/index.js'
import { attrflow, temporaryDirectory } from '../cli/harness.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const text = readFileSync(join(examples, 'entra-to-scim.schema.json'), 'utf8')
const old = compileMapping(text)

describe('searching a counterexample', () => {
  it('finds a difference of each mutant that random objects distinguish, and it differs when evaluated', () => {
    const objects = [...generateObjects(old, { count: 40, seed: 99 })]
    let found = 0
    // A few of them: all take longer than an ordinary test should; the long test takes them.
    for (const { schema, what, where } of mutantsOf(old).filter((_, index) => index % 13 === 0)) {
      const now = compileMapping(schema)
      const random = new EffectGatherer(old, now)
      for (const [index, object] of objects.entries()) random.add(object, index + 1)
      const { counterexample } = searchCounterexample(old, now, { tries: 3000 })
      if (random.effect().affected > 0) expect([where, what, counterexample]).not.toContain(undefined)
      if (counterexample === undefined) continue
      found++
      const again = new EffectGatherer(old, now, { request: { operation: counterexample.operation } })
      again.add(counterexample.input, 1)
      expect(again.effect().affected).toBe(1)
    }
    expect(found).toBeGreaterThan(5)
  })

  it.each(['SelectUniqueValue("x", "z")', 'SelectUniqueValue("x", "y", [z])'])(
    'finds which candidates have to be taken so that %s differs',
    (expression) => {
      const [before, after] = ['SelectUniqueValue("x", "y")', expression].map((text) =>
        compileMapping(schemaOf([{ target: 't', expression: text }])),
      )
      const { counterexample } = searchCounterexample(before!, after!)
      const { input, operation, taken = [] } = counterexample!
      expect(taken).not.toEqual([])
      const request = { operation, context: { isTaken: (value: string) => taken.includes(value) } }
      expect(new EffectGatherer(before!, after!, { request }).add(input, 1)).toBeDefined()
    },
  )

  it('finds none between a mapping and itself', () => {
    expect(searchCounterexample(old, old, { tries: 100 })).toEqual({ tried: 100, unreached: [] })
  })

  it('is steered to branches that only several constants together reach', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const nested = (value: string): string =>
      names.reduceRight(
        (inner, name) => `Switch([${name}], "other", "${name}1", "x", "${name}2", "y", "${name}3", ${inner})`,
        `IIF([h] = "h7", "${value}", "")`,
      )
    const sides = ['old', 'new'].map(
      (value) => readSchema(schemaOf([{ target: 't', expression: nested(value) }])).schema!,
    )
    const [before, after] = sides.map((schema) => compileMapping(schema))
    expect(searchCounterexample(before!, after!).counterexample).toBeUndefined()
    const [old, now] = sides.map(
      (schema): InstrumentedSide =>
        (gatherer) =>
          compileMapping(schema, { instrument: gatherer.instrument }),
    )
    const { counterexample } = searchCounterexample(before!, after!, {
      instrumented: { before: old!, after: now! },
    })
    expect(counterexample?.input).toMatchObject({ a: 'a3', f: 'f3', h: 'h7' })
  })

  it.each<[string, string, string, unknown?]>([
    ['a length', '[x]', 'Left([x], 21)', { x: expect.stringMatching(/^.{22,}$/) }],
    ['a large length', 'ToUpper([x], )', 'Left(ToUpper([x], ), 1100)'],
    [
      'a letter of a culture',
      'ToLower([x], "en-US")',
      'ToLower([x], "tr-TR")',
      { x: expect.stringMatching(/^[Iİ]$/) },
    ],
    ['a letter with a mark', 'NormalizeDiacritics([x])', 'Replace([x], "ä", , , "a", , )'],
    [
      'a day',
      'IIF(DateDiff("d", Now(), CDate([x])) > 30, "a", "b")',
      'IIF(DateDiff("d", Now(), CDate([x])) >= 30, "a", "b")',
      { x: expect.stringMatching(/^2026-02-1[45]$/) },
    ],
    [
      'a date in a format',
      'FormatDateTime([x], , "dd/MM/yyyy", "yyyyMMdd")',
      'FormatDateTime([x], , "dd/MM/yyyy", "yyyyddMM")',
    ],
    [
      'an hour',
      'FormatDateTime([x], , "yyyy-MM-ddTHH:mm:ssZ", "HH")',
      'FormatDateTime([x], , "yyyy-MM-ddTHH:mm:ssZ", "hh")',
    ],
    [
      'a rare branch of a pattern',
      'Replace([x], , "^(?:abc|q[0-9]{3}z|zz+y)$", , "R", , )',
      'Replace([x], , "^(?:abc|zz+y)$", , "R", , )',
      { x: expect.stringMatching(/^q\d{3}z$/) },
    ],
    [
      'a bound of a pattern',
      'Replace([x], , "^[A-Z]{2}-[0-9]{4,6}$", , "R", , )',
      'Replace([x], , "^[A-Z]{2}-[0-9]{4,7}$", , "R", , )',
      { x: expect.stringMatching(/^[A-Z]{2}-\d{7}$/) },
    ],
    ['an element of a list', 'Item([x], 2)', 'Item([x], 3)'],
    [
      'the length of a list',
      'IIF(Count([x]) > 3, "a", "b")',
      'IIF(Count([x]) > 4, "a", "b")',
      { x: { length: 4 } },
    ],
    [
      'a branch in a branch',
      'IIF(Left([x], 3) = "abc", IIF(Mid([y], 2, 2) = "yz", "1", "2"), "3")',
      'IIF(Left([x], 3) = "abc", IIF(Mid([y], 2, 2) = "yz", "4", "2"), "3")',
    ],
    ['two attributes', 'IIF([x] = [y], "a", "b")', 'IIF(ToLower([x], ) = ToLower([y], ), "a", "b")'],
    ['null', 'IIF(IsNullOrEmpty([x]), "a", [x])', 'IIF(IsNull([x]), "a", [x])', { x: '' }],
  ])('finds a difference that only %s shows', (_, before, after, input = expect.anything()) => {
    const now = new Date('2026-01-15T08:00:00Z')
    const side = (expression: string, gatherer?: CoverageGatherer) =>
      compileMapping(schemaOf([{ target: 't', expression }]), gatherer && { instrument: gatherer.instrument })
    const { counterexample } = searchCounterexample(side(before), side(after), {
      now,
      instrumented: {
        before: (gatherer) => side(before, gatherer),
        after: (gatherer) => side(after, gatherer),
      },
    })
    expect(counterexample?.input).toMatchObject(input as object)
    const { operation } = counterexample!
    const again = new EffectGatherer(side(before), side(after), { request: { operation, context: { now } } })
    expect(again.add(counterexample!.input, 1)?.tags).not.toEqual([])
  })

  it('says at what time the sides differ, if it matters', () => {
    const side = (days: number) =>
      compileMapping(
        schemaOf([{ target: 't', expression: `IIF(DateDiff("d", Now(), CDate([x])) > ${days}, "a", "b")` }]),
      )
    const now = new Date('2026-01-15T08:00:00Z')
    const { counterexample } = searchCounterexample(side(30), side(31), { now })
    expect(counterexample?.now).toBe(now.toISOString())
  })

  it('shows the smallest input from the command line, or how far it went', async () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'old.json'), text)
    writeFileSync(join(directory, 'new.json'), text.replaceAll('Home', 'Zuhause'))
    const { out } = await attrflow(['diff', 'old.json', 'new.json', '--json'], { directory })
    const { counterexample } = JSON.parse(out).search
    expect(counterexample.input.physicalDeliveryOfficeName).toMatch(/^(?:Home|Zuhause)$/)
    expect(Object.keys(counterexample.input).length).toBeLessThan(8)
    const short = await attrflow(['diff', 'old.json', 'new.json', '--tries', '1'], { directory })
    expect(short.out).toContain('no difference was found among 1 generated objects')
    expect(short.out).toContain('not reached: ')
  })
})
