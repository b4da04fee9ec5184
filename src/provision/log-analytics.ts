import type { ObjectSummary } from './log-record.js'

/**
 * A record as a row of the Log Analytics table AADProvisioningLogs; some columns are not filled. Nested parts
 * are JSON texts.
 */
export interface LogAnalyticsRow {
  readonly TimeGenerated: string
  readonly JobId: string
  readonly CycleId: string
  readonly ChangeId: string
  readonly Action: string
  /** The status of the record. */
  readonly ResultType: string
  /** The error code; empty for a success. */
  readonly ResultSignature: string
  readonly ResultDescription: string
  readonly SourceIdentity: string
  readonly TargetIdentity: string
  readonly SourceSystem: string
  readonly TargetSystem: string
  readonly ModifiedProperties: string
  readonly ProvisioningSteps: string
}

/** A record of the log in the form that Azure Monitor exports. */
export const logAnalyticsRow = (summary: ObjectSummary): LogAnalyticsRow => {
  const { status, errorInformation } = summary.provisioningStatusInfo
  return {
    TimeGenerated: summary.activityDateTime,
    JobId: summary.jobId,
    CycleId: summary.cycleId,
    ChangeId: summary.changeId,
    Action: summary.provisioningAction,
    ResultType: status,
    ResultSignature: errorInformation?.errorCode ?? '',
    ResultDescription: errorInformation?.reason ?? '',
    SourceIdentity: JSON.stringify(summary.sourceIdentity),
    TargetIdentity: JSON.stringify(summary.targetIdentity),
    SourceSystem: JSON.stringify(summary.sourceSystem),
    TargetSystem: JSON.stringify(summary.targetSystem),
    ModifiedProperties: JSON.stringify(summary.modifiedProperties),
    ProvisioningSteps: JSON.stringify(summary.provisioningSteps),
  }
}
