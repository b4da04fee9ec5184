import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codegen } from '../../src/codegen.js'
import {
  compileObjectMapping,
  type MappedObject,
  type MapRequest,
  mapObject,
  type TargetObject,
} from '../../src/mapping/index.js'
import type { Value } from '../../src/values/value.js'
import { compiledFrom, mapping, scimSchema } from './schemas.js'

/** What a decision, a skip or an error can depend on, in every combination that draws make. */
const expressions = [
  '[a]',
  '[list]',
  'ToLower([a])',
  'Left([a], [b])',
  'Switch([a], "x", "1", IgnoreAttributeFlow, "2", IgnoreObjectFlow)',
  'IIF([b] = "1", [a], "")',
  'CDate([a])',
  'Not([IsSoftDeleted])',
  'Join("-", [a], [b])',
  'Unknown([a])',
  '"constant"',
  '',
]

const attribute = fc.record(
  {
    expression: fc.constantFrom(...expressions),
    flowType: fc.constantFrom(
      'Always',
      'ObjectAddOnly',
      'AttributeAddOnly',
      'MultiValueAddOnly',
      'ValueAddOnly',
    ),
    flowBehavior: fc.constantFrom('FlowWhenChanged', 'FlowAlways'),
    defaultValue: fc.constantFrom(null, '', 'default'),
    matchingPriority: fc.constantFrom(0, 0, 0, 1, 2),
  },
  { requiredKeys: ['expression', 'matchingPriority'] },
)

const clause = fc.record({
  sourceOperandName: fc.constantFrom('a', 'b'),
  operatorName: fc.constantFrom('EQUALS', 'IS NOT NULL', 'REGEX MATCH'),
  targetOperand: fc.constantFrom({ values: ['1'] }, { values: ['x'] }),
})
const groups = fc.array(
  fc.record({ name: fc.constant('g'), clauses: fc.array(clause, { maxLength: 2, minLength: 1 }) }),
  {
    maxLength: 2,
  },
)

const value = fc.constantFrom<unknown>('1', '2', 'x', 'X', '', null, 1, true, '2020-01-02', ['1', 'x'], [], {
  k: 1,
})
const record = fc.record(
  { a: value, b: value, list: value, accountEnabled: fc.boolean() },
  { requiredKeys: [] },
)

const targetObject = fc
  .dictionary(fc.constantFrom('t0', 't1', 't2', 't3'), fc.constantFrom<Value>('1', 'x', null, ['1']))
  .map((values): TargetObject => new Map(Object.entries(values)))

const request = fc.record(
  {
    operation: fc.constantFrom('create' as const, 'update' as const),
    linked: targetObject,
    found: fc.array(targetObject, { maxLength: 2 }),
    source: fc.constantFrom(
      'active' as const,
      'disabled' as const,
      'softDeleted' as const,
      'unassigned' as const,
      'hardDeleted' as const,
    ),
    unmanaged: fc.boolean(),
    skipOutOfScopeDeletions: fc.boolean(),
  },
  { requiredKeys: [] },
)

/** An object without what can be asked of it, and with what it says when asked. */
const plain = ({ scope, attributes, target, ...rest }: MappedObject): unknown => ({
  ...rest,
  inScope: scope.inScope,
  explanation: scope.explain(),
  decisions: attributes.map(({ attribute: { mapping: one }, decision }) => [
    one.targetAttributeName,
    decision,
  ]),
  target: target && [...target],
})

/** A part that two expressions share is evaluated once, and then the fault of the second has the place of its use. */
const withoutPlaces = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, member: unknown) =>
      key === 'calls' || key === 'span' ? undefined : typeof member === 'bigint' ? `${member}n` : member,
    ),
  )

describe('mapObject', () => {
  it('decides the same when a mapping is evaluated in one go as root by root, by closures and generated code', () => {
    const outcomes = new Set<string>()
    fc.assert(
      fc.property(
        fc.array(attribute, { minLength: 1, maxLength: 5 }),
        fc.record({ groups, inputFilterGroups: groups }, { requiredKeys: [] }),
        fc.array(fc.tuple(record, request), { minLength: 1, maxLength: 6 }),
        (attributes, scope, objects) => {
          const mappings = attributes.map(({ expression, ...rest }, index) =>
            mapping(`t${index}`, expression, rest),
          )
          const atOnce = compiledFrom(scimSchema(mappings, { mapping: { scope } }))
          const { schema, rule, objectMapping } = atOnce
          const generated = compileObjectMapping(schema, rule, objectMapping, { backend: codegen })
          const rootByRoot = compileObjectMapping(schema, rule, objectMapping, {
            instrument: (_node, evaluate) => evaluate,
          })
          expect(rootByRoot.atOnce).toBe(false)
          for (const [object, { found, ...asked }] of objects) {
            const all: MapRequest = {
              ...asked,
              ...(found === undefined ? {} : { findTargets: () => found }),
              context: { now: new Date('2026-01-02T03:04:05Z') },
            }
            const expected = mapObject(rootByRoot, object, all)
            const closures = plain(mapObject(atOnce, object, all))
            outcomes.add(expected.outcome)
            expect(withoutPlaces(closures)).toEqual(withoutPlaces(plain(expected)))
            expect(plain(mapObject(generated, object, all))).toEqual(closures)
          }
        },
      ),
      { numRuns: 250 },
    )
    expect([...outcomes].sort()).toEqual(['create', 'delete', 'disable', 'error', 'skip', 'update'])
  })
})
