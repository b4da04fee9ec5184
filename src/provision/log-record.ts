import { valueJson } from '../expression/outcome-json.js'
import type { JsonValue, LogRow, Print } from '../state/rows.js'
import type { StateTransaction } from '../state/store.js'
import { REDACTED } from '../values/redacted.js'
import type { Value } from '../values/value.js'
import type { CycleContext } from './context.js'
import type { JobMapping } from './job.js'
import { isDigest, type Remembered, redactedNames } from './prints.js'

/** One attribute that was written, as Graph's `modifiedProperty`: values are texts. */
export interface ModifiedProperty {
  readonly displayName: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

/** What a log record says about an object. */
export interface Recorded {
  readonly sourceId: string
  readonly targetId?: string | undefined
  readonly action: 'create' | 'update' | 'disable' | 'delete' | 'stagedDelete' | 'other'
  readonly status: 'success' | 'failure' | 'skipped' | 'warning'
  /** Graph's error code; null for a success. */
  readonly errorCode: string | null
  /** Why it was done or not done, for people. */
  readonly reason: string
  readonly modified?: readonly ModifiedProperty[]
}

/** A record in the form of Graph's `provisioningObjectSummary`; some members are not filled. */
export interface ObjectSummary {
  readonly id: string
  readonly activityDateTime: string
  readonly jobId: string
  readonly cycleId: string
  readonly changeId: string
  readonly provisioningAction: Recorded['action']
  readonly sourceSystem: { readonly displayName: string }
  readonly targetSystem: { readonly displayName: string }
  readonly sourceIdentity: { readonly id: string; readonly identityType: string }
  readonly targetIdentity: { readonly id: string; readonly identityType: string }
  readonly provisioningSteps: readonly {
    readonly name: string
    readonly provisioningStepType: string
    readonly status: Recorded['status']
    readonly description: string
  }[]
  readonly modifiedProperties: readonly ModifiedProperty[]
  readonly provisioningStatusInfo: {
    readonly status: Recorded['status']
    readonly errorInformation: {
      readonly errorCode: string
      readonly reason: string
      readonly errorCategory: 'failure' | 'nonServiceFailure' | 'success'
    } | null
  }
}

const stepNames: Readonly<Record<Recorded['action'], string>> = {
  create: 'EntryExportAdd',
  update: 'EntryExportUpdate',
  disable: 'EntryExportUpdate',
  delete: 'EntryExportDelete',
  stagedDelete: 'EntryStagedDelete',
  other: 'EntrySynchronizationSkip',
}

const summaryOf = (context: CycleContext, mapping: JobMapping, recorded: Recorded): ObjectSummary => {
  const { rule, objectMapping } = mapping.compiled
  const { action, status, errorCode, reason, modified = [] } = recorded
  const id = context.uuid()
  return {
    id,
    activityDateTime: new Date(context.now()).toISOString(),
    jobId: context.state.id,
    cycleId: context.cycle.id,
    changeId: id,
    provisioningAction: action,
    sourceSystem: { displayName: rule.sourceDirectoryName },
    targetSystem: { displayName: rule.targetDirectoryName },
    sourceIdentity: { id: recorded.sourceId, identityType: objectMapping.sourceObjectName },
    targetIdentity: { id: recorded.targetId ?? '', identityType: objectMapping.targetObjectName },
    provisioningSteps: [
      {
        name: stepNames[action],
        provisioningStepType: action === 'other' ? 'processing' : 'export',
        status,
        description: reason,
      },
    ],
    modifiedProperties: modified,
    provisioningStatusInfo: {
      status,
      errorInformation:
        errorCode === null
          ? null
          : { errorCode, reason, errorCategory: status === 'failure' ? 'failure' : 'success' },
    },
  }
}

const gravity: readonly Recorded['status'][] = ['skipped', 'success', 'warning', 'failure']

const graver = (a: Recorded['status'], b: Recorded['status']): Recorded['status'] =>
  gravity.indexOf(a) >= gravity.indexOf(b) ? a : b

/** Merges the records of two phases of the cycle about one object. */
const merged = (earlier: ObjectSummary, later: ObjectSummary): ObjectSummary => {
  const [a, b] = [earlier.provisioningStatusInfo, later.provisioningStatusInfo]
  const status = graver(b.status, a.status)
  const renewed = new Set(later.modifiedProperties.map(({ displayName }) => displayName))
  const lesser = new Set<Recorded['action']>(['other', 'update'])
  return {
    ...later,
    id: earlier.id,
    changeId: earlier.changeId,
    provisioningAction:
      later.provisioningAction === 'other' ||
      (later.provisioningAction === 'update' && !lesser.has(earlier.provisioningAction))
        ? earlier.provisioningAction
        : later.provisioningAction,
    targetIdentity: later.targetIdentity.id === '' ? earlier.targetIdentity : later.targetIdentity,
    provisioningSteps: [...earlier.provisioningSteps, ...later.provisioningSteps],
    modifiedProperties: [
      ...earlier.modifiedProperties.filter(({ displayName }) => !renewed.has(displayName)),
      ...later.modifiedProperties,
    ],
    provisioningStatusInfo: {
      status,
      errorInformation: status === b.status ? b.errorInformation : a.errorInformation,
    },
  }
}

/** The summary of a row of the log. */
export const summaryIn = ({ summary }: LogRow): ObjectSummary => summary as unknown as ObjectSummary

/** Writes the record of an object. An object has one record in each cycle; later phases add to it. */
export const record = async (
  tx: StateTransaction,
  context: CycleContext,
  mapping: JobMapping,
  recorded: Recorded,
): Promise<void> => {
  const { key } = mapping
  const { sourceId } = recorded
  const earlier = await tx.get('log', context.cycle.number, key, sourceId)
  const now = summaryOf(context, mapping, recorded)
  const summary = earlier === undefined ? now : merged(summaryIn(earlier), now)
  const { status, errorInformation } = summary.provisioningStatusInfo
  await tx.put('log', {
    cycle: context.cycle.number,
    mapping: key,
    sourceId,
    at: Date.parse(summary.activityDateTime),
    action: summary.provisioningAction,
    status,
    errorCode: errorInformation?.errorCode ?? null,
    summary: summary as unknown as JsonValue,
  })
}

/** Records that values of an object are left out of its requests. */
export const recordLeftOut = async (
  tx: StateTransaction,
  context: CycleContext,
  mapping: JobMapping,
  sourceId: string,
  leftOut: string | undefined,
): Promise<void> => {
  if (leftOut === undefined) return
  const what = { action: 'other', status: 'warning', errorCode: 'EvaluationFailed', reason: leftOut } as const
  await record(tx, context, mapping, { sourceId, ...what })
}

const propertyText = (value: JsonValue): string | null =>
  value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)

/** The attributes that were written, old → new; redacted ones are hidden. */
export const modifiedProperties = (
  mapping: JobMapping,
  print: Print,
  sent: Remembered,
): readonly ModifiedProperty[] => {
  const redacted = redactedNames(mapping)
  const shownAs = (name: string, value: JsonValue = null): string | null =>
    value !== null && (redacted.has(name) || isDigest(value))
      ? REDACTED
      : propertyText(valueJson(value as Value) as JsonValue)
  return Object.entries(sent).map(([displayName, value]) => ({
    displayName,
    oldValue: shownAs(displayName, Object.hasOwn(print, displayName) ? print[displayName]?.sent : undefined),
    newValue: shownAs(displayName, value),
  }))
}
