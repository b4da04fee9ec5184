import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compileMapping } from '../../src/mapping/index.js'
import { EffectGatherer, generateObjects, mutantsOf, searchCounterexample } from '../../src/verify/index.js'

it.each([
  ['entra-to-scim', 10_000],
  ['workday-to-ad', 1500],
] as const)(
  'a difference is found of every mutant of %s that any of many random objects distinguishes',
  (name, count) => {
    const old = compileMapping(readFileSync(`docs/examples/${name}.schema.json`))
    const objects = [...generateObjects(old, { count, seed: 99 })]
    for (const { schema, what, where } of mutantsOf(old)) {
      const now = compileMapping(schema)
      const random = new EffectGatherer(old, now)
      for (const [index, object] of objects.entries()) random.add(object, index + 1)
      if (random.effect().affected === 0) continue
      const { counterexample } = searchCounterexample(old, now, {
        instrumented: {
          before: ({ instrument }) => compileMapping(old.schema, { instrument }),
          after: ({ instrument }) => compileMapping(schema, { instrument }),
        },
      })
      expect([where, what, counterexample]).not.toContain(undefined)
    }
  },
  300_000,
)
