import { describe, expect, it } from 'vitest'
import { type ProvisioningResult, provisioningResult } from '../../src/graph/index.js'
import { compileMapping, type MapRequest, mapObject } from '../../src/mapping/index.js'
import type { SourceRecord } from '../../src/values/record.js'
import type { Value } from '../../src/values/value.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'

const inScope = { sourceOperandName: 'left', operatorName: 'IS NULL', targetOperand: { values: [] } }

const mapping = (() => {
  const schema = schemaOf(
    [
      { target: 'userName', expression: '[upn]' },
      { target: 'title', expression: 'DateFromNum([level])' },
      { target: 'roles', expression: '[roles]' },
      { target: 'active', expression: 'Not([IsSoftDeleted])' },
    ],
    {
      object: 'User',
      source: [{ name: 'upn' }, { name: 'level' }, { name: 'left' }, { name: 'roles', multivalued: true }],
      scope: { groups: [{ name: 'here', clauses: [inScope] }] },
    },
  ) as { synchronizationRules: { objectMappings: { attributeMappings: { matchingPriority: number }[] }[] }[] }
  schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings[0]!.matchingPriority = 1
  return compileMapping(schema as never)
})()

const time = '2026-01-01T00:00:00Z'
const provision = (record: SourceRecord, request: MapRequest = {}): ProvisioningResult =>
  provisioningResult(mapping, record, mapObject(mapping, record, request), time)

const stepsOf = ({ value }: ProvisioningResult): readonly string[] =>
  value.provisioningSteps.map(({ name, status }) => `${name} ${status}`)

const ada: SourceRecord = { id: '1', upn: 'ada@x', level: '5', roles: ['a', 'b'] }
const target = (values: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> =>
  new Map(Object.entries(values))

describe('the result of provisioning an object, in the form of Graph', () => {
  it('of a new object: added, with its values as texts', () => {
    const result = provision(ada)
    expect(result.key).toEqual({ result: 'Success', details: { errorCode: null, errorMessage: null } })
    expect(result.value.action).toBe('Create')
    expect(stepsOf(result)).toEqual([
      'EntryImport Success',
      'EntrySynchronizationScoping Success',
      'EntrySynchronizationAdd Success',
      'EntryExportAdd Success',
    ])
    expect(result.value.modifiedProperties).toContainEqual({
      displayName: 'roles',
      oldValue: null,
      newValue: 'a;b',
    })
    expect(result.value.provisioningSteps.map(({ timestamp }) => timestamp)).toEqual(Array(4).fill(time))
  })

  it('of one that is found: updated, with the old value beside the new one', () => {
    const result = provision(ada, { findTargets: () => [target({ userName: 'ADA@x', roles: ['a'] })] })
    expect(result.value.action).toBe('Update')
    expect(stepsOf(result)).toContain('EntryImport Success')
    expect(result.value.provisioningSteps[2]!.description).toContain('userName')
    expect(result.value.modifiedProperties).toContainEqual({
      displayName: 'roles',
      oldValue: 'a',
      newValue: 'a;b',
    })
  })

  it('of one that is linked: found by its link', () => {
    const { value } = provision(ada, { linked: target({ userName: 'ada@x' }) })
    expect(value.provisioningSteps[2]!.description).toMatch(/by its link$/)
  })

  it('of one out of scope: skipped with the reason, or disabled where it is linked', () => {
    const gone = { ...ada, left: '2025' }
    const skipped = provision(gone)
    expect(skipped.key.result).toBe('Skipped')
    expect(skipped.value.action).toBe('Other')
    expect(stepsOf(skipped).at(-1)).toBe('EntrySynchronizationSkip Skipped')
    expect(skipped.value.provisioningSteps[1]!.details).toEqual({
      IsInProvisioningScope: 'False',
      ScopeEvaluationResult: '{"here":"False"}',
    })
    const disabled = provision(gone, { linked: target({ userName: 'ada@x' }) })
    expect(disabled.value.action).toBe('Disable')
    expect(stepsOf(disabled).at(-1)).toBe('EntryExportUpdate Success')
  })

  it('of one that is deleted at the source: deleted', () => {
    const { value } = provision(ada, { linked: target({ userName: 'ada@x' }), source: 'hardDeleted' })
    expect(value.action).toBe('Delete')
    expect(value.provisioningSteps.at(-1)!.name).toBe('EntryExportDelete')
  })

  it('of one without a matching value: skipped at the import, and nothing follows', () => {
    const { key, value } = provision({ id: '2' })
    expect(key).toMatchObject({ result: 'Skipped', details: { errorCode: 'ImportSkipped' } })
    expect(value.provisioningSteps.map(({ name, status }) => [name, status])).toEqual([
      ['EntryImport', 'Skipped'],
    ])
  })

  it('of one that fails: the step that would have written it fails with the message', () => {
    const broken = { ...ada, level: 'five' }
    for (const [request, step] of [
      [{}, 'EntryExportAdd'],
      [{ linked: target({ userName: 'ada@x' }) }, 'EntryExportUpdate'],
    ] as const) {
      const { key, value } = provision(broken, request)
      expect(key.result).toBe('Failure')
      expect(key.details.errorMessage).toMatch(/^title: /)
      expect(value.statusInfo).toMatchObject({ status: 'Failure', errorCategory: 'Failure' })
      expect(value.modifiedProperties).toEqual([])
      expect(value.provisioningSteps.at(-1)).toMatchObject({ name: step, status: 'Failure' })
    }
  })
})
