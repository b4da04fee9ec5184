import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { decideFlow, type FlowOccasion, type FlowRules } from '../../src/mapping/flow.js'
import { sameValue } from '../../src/mapping/same-value.js'
import { EvaluationError } from '../../src/values/fault.js'
import { FlowMarker } from '../../src/values/marker.js'
import type { Result } from '../../src/values/outcome.js'
import type { Value } from '../../src/values/value.js'

const rules: FlowRules = {
  target: 'title',
  hasSource: true,
  defaultValue: null,
  flowType: 'Always',
  flowBehavior: 'FlowWhenChanged',
  multivalued: false,
  type: 'String',
  required: false,
  maximumLength: undefined,
  attributeDefault: null,
  clearsOnNull: false,
}
const create: FlowOccasion = { operation: 'create', matched: false, current: undefined }
const update: FlowOccasion = { operation: 'update', matched: false, current: undefined }
const has = (current: FlowOccasion['current']): FlowOccasion => ({ ...update, current })

const flows = (value: unknown, origin = 'source'): object => ({ flows: true, value, origin })
const stays = (reason: string, more: object = {}): object => ({ flows: false, reason, ...more })
const failure = new EvaluationError([])

type Row = readonly [string, Result, Partial<FlowRules>, FlowOccasion, object]

const rows: readonly Row[] = [
  ['a value on create', 'a', {}, create, flows('a')],
  ['a value on update, target unknown', 'a', {}, update, flows('a')],
  ['a changed value', 'a', {}, has('b'), flows('a')],
  ['an unchanged value', 'a', {}, has('a'), stays('unchanged')],
  ['an unchanged value with FlowAlways', 'a', { flowBehavior: 'FlowAlways' }, has('a'), flows('a')],
  ['a changed case', 'A', {}, has('a'), flows('A')],
  ['a Boolean and its text', 'True', {}, has(true), stays('unchanged')],
  ['an integer and its text', '07', { type: 'Integer' }, has(7), stays('unchanged')],
  ['the same digits as text', '07', {}, has('7'), flows('07')],
  ['null on create', null, {}, create, stays('null')],
  ['"" on create', '', {}, create, stays('empty')],
  ['null with a default on create', null, { defaultValue: 'x' }, create, flows('x', 'default')],
  ['"" with a default on create', '', { defaultValue: 'x' }, create, flows('x', 'default')],
  ['null with the default "" on create', null, { defaultValue: '' }, create, stays('null')],
  ['null with a default on update', null, { defaultValue: 'x' }, update, stays('null')],
  ['no source on create', null, { hasSource: false, defaultValue: 'x' }, create, flows('x', 'default')],
  ['no source on update', null, { hasSource: false, defaultValue: 'x' }, update, stays('noSource')],
  [
    'null, required, default of the target',
    null,
    { required: true, attributeDefault: 'y' },
    create,
    flows('y', 'attributeDefault'),
  ],
  [
    'null, required, both defaults',
    null,
    { required: true, attributeDefault: 'y', defaultValue: 'x' },
    create,
    flows('x', 'default'),
  ],
  ['null, required, no default', null, { required: true }, create, stays('null', { missing: true })],
  ['null, required, on update', null, { required: true }, update, stays('null')],
  ['null, not required, default of the target', null, { attributeDefault: 'y' }, create, stays('null')],
  ['null flow, target unknown', null, { clearsOnNull: true }, update, flows(null, 'cleared')],
  ['null flow of ""', '', { clearsOnNull: true }, has('a'), flows(null, 'cleared')],
  ['null flow, nothing to clear', null, { clearsOnNull: true }, has(null), stays('unchanged')],
  ['null flow on create', null, { clearsOnNull: true }, create, stays('null')],
  [
    'null flow beats a default on update',
    null,
    { clearsOnNull: true, defaultValue: 'x' },
    has('a'),
    flows(null, 'cleared'),
  ],
  [
    'null flow of an add-only mapping',
    null,
    { clearsOnNull: true, flowType: 'ValueAddOnly' },
    has('a'),
    stays('null'),
  ],
  [
    'ignore attribute on create',
    new FlowMarker('IgnoreAttributeFlow'),
    { defaultValue: 'x' },
    create,
    stays('ignored'),
  ],
  [
    'ignore attribute on update with null flow',
    new FlowMarker('IgnoreAttributeFlow'),
    { clearsOnNull: true },
    update,
    stays('ignored'),
  ],
  [
    'ignore a required attribute',
    new FlowMarker('IgnoreAttributeFlow'),
    { required: true, attributeDefault: 'y' },
    create,
    stays('ignored', { missing: true }),
  ],
  [
    'ignore a required attribute that the target has',
    new FlowMarker('IgnoreAttributeFlow'),
    { required: true, attributeDefault: 'y' },
    update,
    stays('ignored'),
  ],
  [
    'ignore object',
    new FlowMarker('IgnoreObjectFlow'),
    {},
    create,
    stays('ignored', { ignoresObject: true }),
  ],
  ['a failure', failure, {}, create, stays('failed', { error: failure })],
  ['ObjectAddOnly on create', 'a', { flowType: 'ObjectAddOnly' }, create, flows('a')],
  ['ObjectAddOnly on update', 'a', { flowType: 'ObjectAddOnly' }, has('b'), stays('createOnly')],
  ['a failure that cannot flow', failure, { flowType: 'ObjectAddOnly' }, update, stays('createOnly')],
  ['the matching attribute on update', 'a', {}, { ...update, matched: true }, stays('matched')],
  ['the matching attribute on create', 'a', {}, { ...create, matched: false }, flows('a')],
  ['AttributeAddOnly, empty target', 'a', { flowType: 'AttributeAddOnly' }, has(''), flows('a')],
  [
    'AttributeAddOnly, filled target',
    'a',
    { flowType: 'AttributeAddOnly' },
    has('b'),
    stays('targetHasValue'),
  ],
  ['ValueAddOnly, empty target', 'a', { flowType: 'ValueAddOnly' }, has(null), flows('a')],
  ['ValueAddOnly, filled target', 'a', { flowType: 'ValueAddOnly' }, has('b'), stays('targetHasValue')],
  [
    'MultiValueAddOnly, something new',
    ['a', 'b'],
    { flowType: 'MultiValueAddOnly', multivalued: true },
    has(['a', 'c']),
    flows(['a', 'c', 'b']),
  ],
  [
    'MultiValueAddOnly, nothing new',
    ['a'],
    { flowType: 'MultiValueAddOnly', multivalued: true },
    has(['a', 'c']),
    stays('nothingToAdd'),
  ],
  ['a list for a list', ['a', null, '', 'b'], { multivalued: true }, create, flows(['a', 'b'])],
  ['a list in another order', ['a', 'b'], { multivalued: true }, has(['b', 'a']), stays('unchanged')],
  ['a list with other repetitions', ['a', 'a'], { multivalued: true }, has(['a', 'b']), flows(['a', 'a'])],
  ['one element for a single value', ['', 'a'], {}, create, flows('a')],
  ['an empty list', [], { defaultValue: 'x' }, create, flows('x', 'default')],
]

describe('decideFlow', () => {
  test.each(rows)('%s', (_situation, result, some, occasion, expected) => {
    expect(decideFlow(result, { ...rules, ...some }, occasion)).toEqual(expected)
  })

  it('refuses several values for a single-valued target', () => {
    expect(decideFlow(['a', 'b'], rules, create)).toMatchObject({
      flows: false,
      reason: 'failed',
      error: { diagnostics: [{ code: 'AF5030', path: 'title' }] },
    })
  })
})

test('objects are compared by their members', () => {
  expect(sameValue({ a: '1', b: ['x'] }, { b: ['x'], a: '1' })).toBe(true)
  expect(sameValue({ a: '1' }, { a: '2' })).toBe(false)
  expect(sameValue([{ a: 9007199254740993n }], { a: '9007199254740993' })).toBe(true)
  expect(sameValue('{"a":"1"}', { a: '1' })).toBe(true)
})

describe('long lists', () => {
  const members = Array.from({ length: 20_000 }, (_, i) => ({ value: `id-${i}`, type: 'User' }))
  const reordered = members.toReversed().map(({ value, type }) => ({ type, value }))

  it('are compared without comparing every pair', () => {
    expect(sameValue(members, reordered)).toBe(true)
    expect(sameValue(members, [...reordered.slice(1), { value: 'other', type: 'User' }])).toBe(false)
  })

  it('agree with comparing every pair', () => {
    const leaf = fc.oneof(
      fc.constantFrom('True', 'true', 'FALSE', '7', '07', '', 'a'),
      fc.boolean(),
      fc.constantFrom(7, 7n, 0),
      fc.record({ value: fc.constantFrom('a', '7', 7), on: fc.constantFrom(true, 'true', 'True') }),
    )
    const list = fc.array(leaf, { maxLength: 5 })
    const has = (elements: readonly Value[], wanted: Value, type: 'String' | 'Integer'): boolean =>
      elements.some((element) => sameValue(element, wanted, type))
    fc.assert(
      fc.property(list, list, fc.constantFrom('String' as const, 'Integer' as const), (a, b, type) => {
        const plain =
          a.length === b.length && a.every((e) => has(b, e, type)) && b.every((e) => has(a, e, type))
        expect(sameValue(a, b, type)).toBe(plain)
      }),
    )
  })
})
