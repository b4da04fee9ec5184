import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  decideProvisioning,
  type ProvisioningDecision,
  type ProvisioningState,
} from '../../src/mapping/deprovision.js'
import { type ObjectFlowType, objectFlowTypes } from '../../src/schema/enums.js'

const usual: ProvisioningState = {
  target: 'linked',
  inScope: true,
  source: 'active',
  flowTypes: objectFlowTypes,
  mapsSoftDeleted: true,
  supportsSoftDelete: true,
  disablesByItself: false,
  skipOutOfScopeDeletions: false,
}

const without = (...names: ObjectFlowType[]): Partial<ProvisioningState> => ({
  flowTypes: objectFlowTypes.filter((name) => !names.includes(name)),
})

type Row = readonly [string, Partial<ProvisioningState>, ProvisioningDecision['action'], string]

const rows: readonly Row[] = [
  ['in scope, active, not in the target', { target: 'none' }, 'create', 'NewInScope'],
  ['the same without Add', { target: 'none', ...without('Add') }, 'skip', 'CreateDisabled'],
  ['in scope, active, one match', {}, 'update', 'Matched'],
  ['the same without Update', without('Update'), 'skip', 'UpdateDisabled'],
  [
    'in scope, disabled, not in the target',
    { target: 'none', source: 'disabled' },
    'skip',
    'InactiveNeverProvisioned',
  ],
  [
    'in scope, soft-deleted, not in the target',
    { target: 'none', source: 'softDeleted' },
    'skip',
    'InactiveNeverProvisioned',
  ],
  ['out of scope, never linked', { target: 'none', inScope: false }, 'skip', 'NotEffectivelyEntitled'],
  ['unassigned, never linked', { target: 'none', source: 'unassigned' }, 'skip', 'NotEffectivelyEntitled'],
  ['unassigned, linked', { source: 'unassigned' }, 'disable', 'OutOfScope'],
  ['out of filter, linked', { inScope: false }, 'disable', 'OutOfScope'],
  ['disabled, linked', { source: 'disabled' }, 'disable', 'SourceInactive'],
  ['soft-deleted, linked', { source: 'softDeleted' }, 'disable', 'SourceInactive'],
  [
    'out of filter, no soft delete in the target',
    { inScope: false, supportsSoftDelete: false },
    'delete',
    'OutOfScope',
  ],
  [
    'the same without Delete',
    { inScope: false, supportsSoftDelete: false, ...without('Delete') },
    'skip',
    'DeleteDisabled',
  ],
  [
    'out of filter, nothing maps IsSoftDeleted',
    { inScope: false, mapsSoftDeleted: false },
    'skip',
    'SoftDeleteNotMapped',
  ],
  [
    'disabled, nothing maps IsSoftDeleted',
    { source: 'disabled', mapsSoftDeleted: false },
    'update',
    'Matched',
  ],
  [
    'soft-deleted, nothing maps IsSoftDeleted',
    { source: 'softDeleted', mapsSoftDeleted: false },
    'skip',
    'SoftDeleteNotMapped',
  ],
  ['out of filter without Update', { inScope: false, ...without('Update') }, 'skip', 'UpdateDisabled'],
  [
    'out of filter, out-of-scope deletions skipped',
    { inScope: false, skipOutOfScopeDeletions: true },
    'skip',
    'SkipOutOfScopeDeletions',
  ],
  [
    'unassigned, out-of-scope deletions skipped',
    { source: 'unassigned', skipOutOfScopeDeletions: true },
    'skip',
    'SkipOutOfScopeDeletions',
  ],
  [
    'disabled, out-of-scope deletions skipped',
    { source: 'disabled', skipOutOfScopeDeletions: true },
    'disable',
    'SourceInactive',
  ],
  ['hard-deleted, linked', { source: 'hardDeleted' }, 'delete', 'SourceDeleted'],
  [
    'hard-deleted, linked, without Delete',
    { source: 'hardDeleted', ...without('Delete') },
    'skip',
    'DeleteDisabled',
  ],
  [
    'unassigned earlier, later deleted',
    { target: 'unmanaged', source: 'hardDeleted' },
    'skip',
    'NoLongerManaged',
  ],
  [
    'unassigned earlier, still unassigned',
    { target: 'unmanaged', source: 'unassigned' },
    'skip',
    'NoLongerManaged',
  ],
  ['unassigned earlier, assigned again', { target: 'unmanaged' }, 'update', 'Matched'],
  ['soft-deleted, then active again', { target: 'linked', source: 'active' }, 'update', 'Matched'],
  [
    'out of scope, nothing maps IsSoftDeleted, the target is Active Directory',
    { inScope: false, mapsSoftDeleted: false, disablesByItself: true },
    'disable',
    'OutOfScope',
  ],
  [
    'the same, and the job skips out-of-scope deletions',
    { inScope: false, mapsSoftDeleted: false, disablesByItself: true, skipOutOfScopeDeletions: true },
    'skip',
    'SkipOutOfScopeDeletions',
  ],
]

describe('the decision table', () => {
  test.each(rows)('%s', (_situation, state, action, reason) => {
    expect(decideProvisioning({ ...usual, ...state })).toEqual({ action, reason })
  })

  it('holds in general', () => {
    const states = fc.record({
      target: fc.constantFrom('none', 'linked', 'unmanaged' as const),
      inScope: fc.boolean(),
      source: fc.constantFrom('active', 'disabled', 'softDeleted', 'unassigned', 'hardDeleted' as const),
      flowTypes: fc.subarray([...objectFlowTypes]),
      mapsSoftDeleted: fc.boolean(),
      supportsSoftDelete: fc.boolean(),
      disablesByItself: fc.boolean(),
      skipOutOfScopeDeletions: fc.boolean(),
    }) as fc.Arbitrary<ProvisioningState>
    fc.assert(
      fc.property(states, (state) => {
        const { action } = decideProvisioning(state)
        const needs = { create: 'Add', update: 'Update', disable: 'Update', delete: 'Delete' } as const
        if (action !== 'skip') expect(state.flowTypes).toContain(needs[action])
        if (action === 'create')
          expect(state).toMatchObject({ target: 'none', inScope: true, source: 'active' })
        if (action === 'delete' || action === 'disable') expect(state.target).toBe('linked')
        if (action === 'disable') {
          expect(state.supportsSoftDelete).toBe(true)
          // Active Directory disables what left the scope, also where no mapping tells it.
          const left = !state.inScope || state.source === 'unassigned'
          expect(state.mapsSoftDeleted || (state.disablesByItself && left)).toBe(true)
        }
        if (!state.inScope && state.skipOutOfScopeDeletions && state.source !== 'hardDeleted')
          expect(action).toBe('skip')
      }),
    )
  })
})
