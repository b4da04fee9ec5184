import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type CompiledObjectMapping, compileMapping } from '../../src/mapping/index.js'
import { sourceObjects } from '../../src/testing/index.js'
import { EffectGatherer, generateObjects, mutantsOf, searchCounterexample } from '../../src/verify/index.js'

const RANDOM = 100_000

/** Half are the objects of `attrflow generate`, half those of the arbitrary for property tests. */
const randomObjects = (mapping: CompiledObjectMapping): readonly object[] => [
  ...generateObjects(mapping, { count: RANDOM / 2, seed: 99 }),
  ...fc.sample(sourceObjects(fc, mapping), { numRuns: RANDOM / 2, seed: 99 }),
]

it.each(['entra-to-scim', 'workday-to-ad'] as const)(
  'a difference is found of every mutant of %s that any of 100,000 random objects distinguishes',
  (name) => {
    const old = compileMapping(readFileSync(`docs/examples/${name}.schema.json`))
    let objects: readonly object[] | undefined
    let found = 0
    for (const { schema, what, where } of mutantsOf(old)) {
      const now = compileMapping(schema)
      const { counterexample } = searchCounterexample(old, now, {
        instrumented: {
          before: ({ instrument }) => compileMapping(old.schema, { instrument }),
          after: ({ instrument }) => compileMapping(schema, { instrument }),
        },
      })
      if (counterexample === undefined) {
        objects ??= randomObjects(old)
        const random = new EffectGatherer(old, now)
        const distinguishing = objects.find((object) => random.add(object, 1) !== undefined)
        expect([where, what, distinguishing]).toEqual([where, what, undefined])
      } else {
        found++
        const { input, operation, taken = [] } = counterexample
        const context = { isTaken: (value: string) => taken.includes(value) }
        const again = new EffectGatherer(old, now, { request: { operation, context } })
        expect([where, what, again.add(input, 1)]).not.toContain(undefined)
      }
    }
    expect(found).toBeGreaterThan(100)
  },
  600_000,
)
