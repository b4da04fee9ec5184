import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compileMapping } from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/index.js'
import {
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
