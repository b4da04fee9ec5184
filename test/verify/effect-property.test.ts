import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { valueJson } from '../../src/expression/outcome-json.js'
import { compileMapping, flowingValues, mapObject } from '../../src/mapping/index.js'
import { EffectGatherer, generateObjects, mutantsOf } from '../../src/verify/index.js'

const example = fileURLToPath(new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url))
const old = compileMapping(readFileSync(example))
const mutants = mutantsOf(old)

it('the effect of a change is exactly what mapping each object both ways finds', () => {
  fc.assert(
    fc.property(fc.constantFrom(...mutants), fc.nat(), ({ schema }, seed) => {
      const now = compileMapping(schema)
      const gatherer = new EffectGatherer(old, now)
      const counts = new Map<string, number>()
      const lists = { entersScope: 0, leavesScope: 0, created: 0, failed: 0 }
      for (const [index, object] of [...generateObjects(old, { count: 25, seed })].entries()) {
        gatherer.add(object, index + 1)
        const [a, b] = [mapObject(old, object), mapObject(now, object)]
        if (a.scope.inScope !== true && b.scope.inScope === true) lists.entersScope++
        if (a.scope.inScope === true && b.scope.inScope === false) lists.leavesScope++
        if (a.outcome !== 'create' && b.outcome === 'create') lists.created++
        if (a.outcome !== 'error' && b.outcome === 'error') lists.failed++
        if (a.outcome !== 'create' || b.outcome !== 'create') continue
        const [before, after] = [flowingValues(a), flowingValues(b)]
        for (const name of new Set([...before.keys(), ...after.keys()])) {
          const [one, other] = [before, after].map((values) =>
            JSON.stringify(valueJson(values.get(name) ?? null)),
          )
          if (one !== other) counts.set(name, (counts.get(name) ?? 0) + 1)
        }
      }
      const { attributes, tags } = gatherer.effect()
      expect(new Map(attributes.map(({ attribute, changed }) => [attribute, changed]))).toEqual(counts)
      for (const [tag, count] of Object.entries(lists))
        expect([tag, tags[tag as keyof typeof lists]?.count ?? 0]).toEqual([tag, count])
    }),
    { numRuns: 60 },
  )
})
