import { describe, expect, it } from 'vitest'
import { patchResource } from '../../src/scim/index.js'
import type { PatchForm } from '../../src/scim/patch-form.js'
import type { Value } from '../../src/values/value.js'

const MANAGER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager'
const operations = (
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, Value>>,
  form: Partial<PatchForm>,
): unknown =>
  patchResource(new Map(Object.entries(before)), new Map(Object.entries(after)), { form }).body?.Operations

describe('the form of a PATCH', () => {
  it.each<[string, Partial<PatchForm>, unknown]>([
    ['object', { manager: 'object' }, { value: '7' }],
    ['list', { manager: 'list' }, [{ value: '7' }]],
    ['text', { manager: 'text' }, '7'],
  ])('has a manager as %s', (_, form, value) => {
    expect(operations({}, { [MANAGER]: '7' }, form)).toEqual([{ op: 'Add', path: MANAGER, value }])
  })

  it('adds an element that is not there whole, and changes one that is by its path', () => {
    const mail = 'emails[type eq "work"].value'
    const primary = 'emails[type eq "work"].primary'
    const form = { absentElement: 'whole', booleans: 'json' } as const
    expect(operations({}, { [mail]: 'a@x', [primary]: true }, form)).toEqual([
      { op: 'Add', path: 'emails', value: [{ type: 'work', value: 'a@x', primary: true }] },
    ])
    expect(operations({ [mail]: 'a@x' }, { [mail]: 'b@x', [primary]: true }, form)).toEqual([
      { op: 'Replace', path: mail, value: 'b@x' },
      { op: 'Add', path: primary, value: true },
    ])
  })

  it.each<[PatchForm['clear'], unknown]>([
    ['remove', { op: 'Remove', path: 'nickName' }],
    ['null', { op: 'Replace', path: 'nickName', value: null }],
    ['empty', { op: 'Replace', path: 'nickName', value: '' }],
  ])('clears a value by %s', (clear, expected) => {
    expect(operations({ nickName: 'a' }, {}, { clear })).toEqual([expected])
  })

  it('takes each part by itself: capital operations with JSON Booleans in one replacement', () => {
    const form = { operations: 'capital', booleans: 'json', together: true } as const
    expect(operations({ active: true, title: 'a' }, { active: false, title: 'b' }, form)).toEqual([
      { op: 'Replace', value: { active: false, title: 'b' } },
    ])
  })
})
