import type { JsonForm } from '../json-form.js'

/** The members of the report of a cycle. */
export const cycleMembers: JsonForm['members'] = {
  cycle: 'The number of the cycle',
  kind: 'initial or incremental',
  counters: 'How many objects were read, created, updated, disabled, deleted, skipped, and so on',
  leftOut: 'The attributes that the target refuses or does not store',
  quarantine: 'Why the job is in quarantine, or null',
  failure: 'What ended the cycle, or null',
  stopped: 'Whether the cycle was stopped before its end',
}

/** The members of a record of the log. */
export const logMembers: JsonForm['members'] = {
  id: 'The id of the record',
  activityDateTime: 'When it happened',
  jobId: 'The id of the job',
  cycleId: 'The id of the cycle',
  changeId: 'The id of the change',
  provisioningAction: 'create, update, disable, delete, stagedDelete or other',
  sourceSystem: 'The source',
  targetSystem: 'The target',
  sourceIdentity: 'The object of the source',
  targetIdentity: 'The object of the target',
  provisioningSteps: 'The steps',
  modifiedProperties: 'The values that changed: displayName, oldValue, newValue',
  provisioningStatusInfo: 'The status, and for failures the code and the reason',
}
