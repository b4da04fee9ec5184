import type { ObjectFlowType } from '../schema/enums.js'
import type { ObjectReason } from './reasons.js'

/** The state of an object in the source. */
export type SourceState = 'active' | 'disabled' | 'softDeleted' | 'unassigned' | 'hardDeleted'

/** The states on which the decision about an object depends. */
export interface ProvisioningState {
  /** The state of the object in the target: unknown, linked or matched, or no longer managed. */
  readonly target: 'none' | 'linked' | 'unmanaged'
  /** Whether it passes `groups`. */
  readonly inScope: boolean
  readonly source: SourceState
  /** The operations that the object mapping allows. */
  readonly flowTypes: readonly ObjectFlowType[]
  /** Whether some attribute mapping reads IsSoftDeleted. */
  readonly mapsSoftDeleted: boolean
  /**
   * Whether the target is Active Directory, which disables objects that leave the scope automatically
   * (semantics 38).
   */
  readonly disablesByItself: boolean
  /** Whether the target can disable an object; otherwise it is deleted. */
  readonly supportsSoftDelete: boolean
  /** The job's SkipOutOfScopeDeletions secret. */
  readonly skipOutOfScopeDeletions: boolean
}

/** The action for an object, before its attributes are evaluated. */
export interface ProvisioningDecision {
  readonly action: 'create' | 'update' | 'disable' | 'delete' | 'skip'
  readonly reason: ObjectReason
}

const decision = (action: ProvisioningDecision['action'], reason: ObjectReason): ProvisioningDecision => ({
  action,
  reason,
})

/** The service's decision table: a pure function of the states, with one line for each row. */
export const decideProvisioning = (state: ProvisioningState): ProvisioningDecision => {
  const { target, inScope, source, flowTypes } = state
  const may = (flowType: ObjectFlowType): boolean => flowTypes.includes(flowType)
  if (target === 'none') {
    if (source === 'unassigned' || !inScope) return decision('skip', 'NotEffectivelyEntitled')
    if (source !== 'active') return decision('skip', 'InactiveNeverProvisioned')
    return may('Add') ? decision('create', 'NewInScope') : decision('skip', 'CreateDisabled')
  }
  if (source === 'hardDeleted') {
    if (target === 'unmanaged') return decision('skip', 'NoLongerManaged')
    return may('Delete') ? decision('delete', 'SourceDeleted') : decision('skip', 'DeleteDisabled')
  }
  if (inScope && source === 'active') {
    return may('Update') ? decision('update', 'Matched') : decision('skip', 'UpdateDisabled')
  }
  if (target === 'unmanaged') return decision('skip', 'NoLongerManaged')
  const leftScope = !inScope || source === 'unassigned'
  if (leftScope && state.skipOutOfScopeDeletions) return decision('skip', 'SkipOutOfScopeDeletions')
  const reason = leftScope ? 'OutOfScope' : 'SourceInactive'
  if (!state.supportsSoftDelete)
    return may('Delete') ? decision('delete', reason) : decision('skip', 'DeleteDisabled')
  if (!may('Update')) return decision('skip', 'UpdateDisabled')
  // Still entitled and readable: its attributes flow, even if none of them disables it.
  if (!state.mapsSoftDeleted && !leftScope && source === 'disabled') return decision('update', 'Matched')
  if (!state.mapsSoftDeleted && leftScope && state.disablesByItself) return decision('disable', reason)
  return state.mapsSoftDeleted ? decision('disable', reason) : decision('skip', 'SoftDeleteNotMapped')
}
