import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codegen } from '../../src/codegen.js'
import { mapObject } from '../../src/mapping/index.js'
import { mappedSchema, objectToMap, requestToMap, testSettings } from './arbitraries.js'
import { mapPlainly, toldBy } from './reference.js'
import { compiledFrom } from './schemas.js'

test('compiled mappings do what the plain rules say, by closures and by generated code', () => {
  fc.assert(
    fc.property(
      mappedSchema,
      fc.array(fc.tuple(objectToMap, requestToMap), { minLength: 1, maxLength: 6 }),
      (text, objects) => {
        const closures = compiledFrom(text, { settings: testSettings })
        const generated = compiledFrom(text, { settings: testSettings, backend: codegen })
        for (const [object, asked] of objects) {
          const expected = mapPlainly(closures, object, asked)
          expect(toldBy(mapObject(closures, object, asked))).toEqual(expected)
          expect(toldBy(mapObject(generated, object, asked))).toEqual(expected)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('an explanation is made when it is asked for, with the verdict that was given', () => {
  fc.assert(
    fc.property(mappedSchema, objectToMap, (text, object) => {
      const { scope } = mapObject(compiledFrom(text), object)
      if (scope.inScope !== undefined) expect(scope.explain().verdict).toBe(scope.inScope)
    }),
    { numRuns: 100 },
  )
})
