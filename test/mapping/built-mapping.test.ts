import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateMappingModule } from '../../src/codegen.js'
import {
  type CompiledObjectMapping,
  type MappedObject,
  type MappingPlan,
  type MapRequest,
  mapObject,
  mapObjectsUnique,
  mappedObjectJson,
  mappedTextWriter,
} from '../../src/mapping/index.js'
import { seededRandom } from '../../src/values/random.js'
import type { SourceRecord } from '../../src/values/record.js'
import { evaluateModule } from '../plan/codegen/load.js'
import { exampleObjects, exampleSchema } from '../plan/codegen/mapping-of.js'
import { mappedSchema, objectToMap, requestToMap, testSettings } from './arbitraries.js'
import { compiledFrom, mapping, scimSchema } from './schemas.js'

/** The mapping of the module that is built from a compiled one; undefined if the mapping has errors. */
const builtFrom = (compiled: CompiledObjectMapping): MappingPlan | undefined => {
  const { module } = generateMappingModule(compiled, { decisions: true })
  return module && evaluateModule(module.code).mapping
}

const built = (compiled: CompiledObjectMapping): MappingPlan => builtFrom(compiled)!

/** Everything that a mapped object tells, as data. */
const told = (plan: MappingPlan, mapped: MappedObject): unknown => ({
  json: mappedObjectJson(plan, mapped),
  text: mappedTextWriter(plan)(mapped),
  keys: mapped.matchKeys,
  scope: mapped.scope.inScope,
  explained: mapped.scope.explain(),
  target: mapped.target,
})

const expectSame = (
  compiled: CompiledObjectMapping,
  plan: MappingPlan,
  object: SourceRecord,
  request: MapRequest = {},
): void => {
  const asked = (): MapRequest => ({ ...request, context: { now: 0, random: seededRandom(1) } })
  const expected = told(compiled, mapObject(compiled, object, asked()))
  expect(told(plan, mapObject(plan, object, asked()))).toEqual(expected)
}

describe('the mapping of a built module', () => {
  it('decides about every object as the compiled mapping does', () => {
    let modules = 0
    fc.assert(
      fc.property(
        mappedSchema,
        fc.array(fc.tuple(objectToMap, requestToMap), { minLength: 1, maxLength: 6 }),
        (schema, objects) => {
          const compiled = compiledFrom(schema, { settings: testSettings })
          const plan = builtFrom(compiled)
          if (plan === undefined) return
          modules++
          for (const [object, request] of objects) expectSame(compiled, plan, object, request)
        },
      ),
      { numRuns: 150 },
    )
    expect(modules).toBeGreaterThan(30)
  })

  it.each(['entra-to-scim', 'workday-to-ad'])('decides about the objects of the example %s', (name) => {
    const objectMapping = name === 'workday-to-ad' ? undefined : 'User'
    const compiled = compiledFrom(JSON.parse(exampleSchema(name)), {}, objectMapping)
    const plan = built(compiled)
    const objects = exampleObjects(name === 'workday-to-ad' ? 'workers' : 'users')
    for (const object of objects) {
      expectSame(compiled, plan, object)
      expectSame(compiled, plan, object, { operation: 'update' })
      expectSame(compiled, plan, object, { linked: new Map(), source: 'disabled' })
    }
    expect(objects.length).toBeGreaterThan(5)
  })

  it('asks for unique values of an attribute once, and only if the attribute flows', async () => {
    const schema = scimSchema([
      mapping('userName', 'SelectUniqueValue(Append([a], "1"), Append([a], "2"))', { matchingPriority: 1 }),
      mapping('alias', 'SelectUniqueValue([a], Append([a], "x"))', { flowType: 'ObjectAddOnly' }),
      mapping('displayName', 'ToUpper([a], )'),
    ])
    const compiled = compiledFrom(schema)
    const asked = (plan: MappingPlan, operation: 'create' | 'update'): readonly string[] => {
      const asks: string[] = []
      const isTaken: MapRequest['isTaken'] = ({ attribute, value }) => {
        asks.push(`${attribute}: ${value}`)
        return value === 'ada1'
      }
      mapObject(
        plan,
        { a: 'ada' },
        { operation, isTaken, ...(operation === 'update' ? { linked: new Map() } : {}) },
      )
      return asks
    }
    const plan = built(compiled)
    for (const operation of ['create', 'update'] as const)
      expect(asked(plan, operation)).toEqual(asked(compiled, operation))
    expect(asked(plan, 'create')).toEqual(['userName: ada1', 'userName: ada2', 'alias: ada'])
    expect(asked(plan, 'update')).toEqual(['userName: ada1', 'userName: ada2'])
    const [first, second] = await mapObjectsUnique(plan, [{ a: 'ada' }, { a: 'ada' }], async () => [])
    expect(mappedObjectJson(plan, first!).attributes).toMatchObject({ userName: 'ada1', alias: 'ada' })
    expect(mappedObjectJson(plan, second!).attributes).toMatchObject({ userName: 'ada2', alias: 'adax' })
  })

  it('keeps the attributes that its filters and expressions may read', () => {
    const clause = { sourceOperandName: 'city', operatorName: 'EQUALS', targetOperand: { values: ['Ulm'] } }
    const schema = scimSchema([mapping('userName', '[a]')], {
      mapping: { scope: { groups: [{ name: 'Ulm', clauses: [clause] }] } },
    })
    const compiled = compiledFrom(schema, { attributes: ['a', 'city'] })
    const plan = built(compiled)
    expect(plan.sourceAttributes).toEqual(compiled.sourceAttributes)
    expectSame(compiled, plan, { a: 'x', city: 'Ulm' })
    expectSame(compiled, plan, { a: 'x', city: 'Bonn' })
  })

  it('is written only if asked for', () => {
    const compiled = compiledFrom(scimSchema([mapping('userName', '[a]')]))
    const { code, declarations } = generateMappingModule(compiled).module!
    expect(code).not.toContain('attrflow/decisions')
    expect(declarations).not.toContain('attrflow/decisions')
    const withDecisions = generateMappingModule(compiled, { decisions: true }).module!
    expect(withDecisions.code).toContain('import { builtMapping } from "attrflow/decisions"')
    expect(withDecisions.declarations).toContain('export declare const mapping: TypedMappingPlan<Source>')
  })

  it('contains no expression tree, no metadata and nothing else of the schema', () => {
    const secret = { key: 'note', value: 'not for the module' }
    const schema = scimSchema([mapping('userName', '[a]')], { mapping: { metadata: [secret] } })
    const { code } = generateMappingModule(compiledFrom(schema), { decisions: true }).module!
    expect(code).not.toContain(secret.value)
  })
})
