import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { JsonValue, LogRow } from '../state/rows.js'

/** What a log record tells of an object. */
export interface Recorded {
  readonly mapping: string
  readonly sourceId: string
  readonly targetId?: string | undefined
  readonly action: 'create' | 'update' | 'disable' | 'delete' | 'stagedDelete' | 'other'
  readonly status: 'success' | 'failure' | 'skipped' | 'warning'
  readonly errorCode: string | null
  readonly reason: string
  /** Names of the attributes written, with the values before and after; redacted ones are hidden. */
  readonly modified: readonly {
    readonly displayName: string
    readonly oldValue: string | null
    readonly newValue: string | null
  }[]
}

/** One row of the log in the form of Graph's `provisioningObjectSummary`. */
export const logRow = (
  recorded: Recorded,
  compiled: CompiledObjectMapping,
  cycle: {
    readonly number: number
    readonly id: string
    readonly jobId: string
    readonly at: number
    readonly uuid: string
  },
): LogRow => {
  const { rule, objectMapping } = compiled
  const { action, status, errorCode, reason } = recorded
  const summary = {
    id: cycle.uuid,
    activityDateTime: new Date(cycle.at).toISOString(),
    jobId: cycle.jobId,
    cycleId: cycle.id,
    changeId: cycle.uuid,
    provisioningAction: action,
    sourceSystem: { displayName: rule.sourceDirectoryName },
    targetSystem: { displayName: rule.targetDirectoryName },
    sourceIdentity: { id: recorded.sourceId, identityType: objectMapping.sourceObjectName },
    targetIdentity: { id: recorded.targetId ?? '', identityType: objectMapping.targetObjectName },
    modifiedProperties: recorded.modified,
    provisioningStatusInfo: {
      status,
      errorInformation:
        errorCode === null
          ? null
          : { errorCode, reason, errorCategory: status === 'failure' ? 'failure' : 'success' },
    },
  }
  return {
    cycle: cycle.number,
    mapping: recorded.mapping,
    sourceId: recorded.sourceId,
    at: cycle.at,
    action,
    status,
    errorCode,
    summary: summary as unknown as JsonValue,
  }
}
