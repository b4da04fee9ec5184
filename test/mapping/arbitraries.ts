import fc from 'fast-check'
import type { MapRequest } from '../../src/mapping/index.js'
import type { Value } from '../../src/values/value.js'
import { mapping, scimSchema } from './schemas.js'

const names = ['a', 'b', 'list', 'flag'] as const
const value = fc.constantFrom<unknown>(
  null,
  '',
  'x',
  'X',
  '7',
  'Sales',
  true,
  false,
  7,
  [],
  ['x'],
  ['x', 'y'],
)
/** An object of the source. */
export const objectToMap = fc.dictionary(
  fc.constantFrom(...names, 'accountEnabled', 'IsSoftDeleted', 'userPrincipalName'),
  value,
  { maxKeys: 6 },
)
const expression = fc.constantFrom(
  '[a]',
  '[b]',
  '[list]',
  '[userPrincipalName]',
  '"fixed"',
  'ToUpper([a], "")',
  'Join("-", [a], [b])',
  'Not([IsSoftDeleted])',
  'CBool([flag])',
  'IIF([a]="x", IgnoreAttributeFlow, [b])',
  'IIF([a]="X", IgnoreObjectFlow, ToUpper([a], ""))',
  'Switch([b], [a], "x", "one", "7", "two")',
  'Nothing([a]',
  null,
)
const flowType = fc.constantFrom(
  'Always',
  'ObjectAddOnly',
  'MultiValueAddOnly',
  'ValueAddOnly',
  'AttributeAddOnly',
)
const attribute = fc.record({
  expression,
  defaultValue: fc.constantFrom(null, '', 'default'),
  flowType,
  flowBehavior: fc.constantFrom('FlowWhenChanged', 'FlowAlways'),
  matchingPriority: fc.constantFrom(0, 0, 0, 1, 2),
  definition: fc.option(
    fc.record({
      multivalued: fc.boolean(),
      required: fc.boolean(),
      type: fc.constantFrom('String', 'Integer', 'Boolean'),
      defaultValue: fc.constantFrom(null, 'of target'),
      metadata: fc.constant([]),
    }),
  ),
})
const clause = fc.record({
  sourceOperandName: fc.constantFrom(...names),
  operatorName: fc.constantFrom('EQUALS', 'NOT EQUALS', 'IS NULL', 'IS NOT NULL'),
  operand: fc.constantFrom('x', '7', 'Sales'),
})
const groups = fc.array(
  fc.array(clause, { minLength: 1, maxLength: 2 }).map((clauses) => ({
    name: 'group',
    clauses: clauses.map(({ operand, ...rest }) => ({
      ...rest,
      targetOperand: rest.operatorName.includes('NULL') ? null : { values: [operand] },
    })),
  })),
  { maxLength: 2 },
)
/** A schema with one object mapping of every kind of attribute mapping and filter. */
export const mappedSchema = fc
  .record({
    attributes: fc.array(attribute, { minLength: 1, maxLength: 6 }),
    scope: fc.record({ groups, inputFilterGroups: groups, categoryFilterGroups: groups }),
    flowTypes: fc.constantFrom('Add,Update,Delete', 'Add', 'Update', 'Delete,Update'),
  })
  .map(({ attributes, scope, flowTypes }) =>
    scimSchema(
      attributes.map(({ expression: text, definition: _, ...rest }, index) =>
        mapping(`target${index}`, text, rest),
      ),
      {
        mapping: { scope, flowTypes },
        source: names.map((name) => ({ name, flowNullValues: true })),
        target: attributes.flatMap(({ definition }, index) =>
          definition === null ? [] : [{ name: `target${index}`, ...definition }],
        ),
      },
    ),
  )
/** Some attributes are cleared where their sources are absent. */
export const testSettings = { flowNullValues: ['target0', 'target2'] }
const target = fc
  .dictionary(fc.constantFrom('target0', 'target1', 'target2', 'target3'), value)
  .map((values) => new Map(Object.entries(values) as [string, Value][]))
/** What the caller knows about the object. */
export const requestToMap: fc.Arbitrary<MapRequest> = fc
  .record(
    {
      operation: fc.constantFrom('create' as const, 'update' as const),
      linked: target,
      found: fc.array(target, { maxLength: 1 }),
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
  .map(({ found, ...rest }) => (found === undefined ? rest : { ...rest, findTargets: () => found }))
