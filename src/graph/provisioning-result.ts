import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { identifyingAttributes, identityOf } from '../mapping/identity.js'
import { type MappedObject, requireMapped } from '../mapping/mapped-object.js'
import { requireMapping } from '../mapping/mapping-plan.js'
import { objectReasons } from '../mapping/reasons.js'
import { redactedSources } from '../mapping/redacted-sources.js'
import { sourceStateOf, supplyAttribute } from '../mapping/source-state.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { REDACTED } from '../values/redacted.js'
import { textForm } from '../values/text.js'
import type { Value } from '../values/value.js'

/** Texts by name: all values in a provisioning step are text. */
export type StepDetails = Readonly<Record<string, string>>

/** Graph `provisioningStep`, as on-demand provisioning returns it. */
export interface ProvisioningStep {
  readonly name: string
  readonly type: 'Import' | 'Scoping' | 'Matching' | 'Export'
  readonly status: 'Success' | 'Failure' | 'Skipped'
  readonly description: string
  readonly timestamp: string
  readonly details: StepDetails
}

/** Graph `modifiedProperty`. */
export interface ModifiedProperty {
  readonly displayName: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

interface Identity {
  readonly id: string | null
  readonly type: string
  readonly displayName: string | null
  readonly details: null
}

interface System {
  readonly id: null
  readonly name: string
  readonly details: null
}

/** The result of provisioning one object on demand; in Graph's answer, `key` and `value` are JSON text. */
export interface ProvisioningResult {
  readonly key: {
    readonly result: 'Success' | 'Skipped' | 'Failure'
    readonly details: { readonly errorCode: string | null; readonly errorMessage: string | null }
  }
  readonly value: {
    readonly action: 'Create' | 'Update' | 'Disable' | 'Delete' | 'Other'
    readonly changeId: null
    readonly startTime: string
    readonly endTime: string
    readonly modifiedProperties: readonly ModifiedProperty[]
    readonly provisioningSteps: readonly ProvisioningStep[]
    readonly reportableIdentifier: string | null
    readonly statusInfo: {
      readonly status: 'Success' | 'Skipped' | 'Failure'
      readonly errorCode: string | null
      readonly reason: string | null
      readonly additionalDetails: string | null
      readonly errorCategory: string | null
      readonly recommendedAction: string | null
    }
    readonly sourceIdentity: Identity
    readonly sourceSystem: System
    readonly targetIdentity: Identity
    readonly targetSystem: System
  }
}

/** A value as one text; the values of a list are joined. */
const oneText = (value: Value): string | null => {
  const text = textForm(value)
  return Array.isArray(text) ? text.join(';') : text
}

const detailsOf = (values: Iterable<readonly [string, Value]>): StepDetails =>
  Object.fromEntries(
    [...values].flatMap(([name, value]) => {
      const text = oneText(value)
      return text === null || text === '' ? [] : [[name, text] as const]
    }),
  )

const actions = {
  create: 'Create',
  update: 'Update',
  disable: 'Disable',
  delete: 'Delete',
  skip: 'Other',
  error: 'Other',
} as const satisfies Record<MappedObject['outcome'], string>

const exportSteps = {
  create: 'EntryExportAdd',
  update: 'EntryExportUpdate',
  disable: 'EntryExportUpdate',
  delete: 'EntryExportDelete',
} as const

/** The attributes that the mapping read from an object, including computed ones, without redacted values. */
export const importedValues = (
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  mapped: MappedObject,
): ReadonlyMap<string, Value> => {
  const inactive = mapped.outcome === 'disable' || sourceStateOf(record) !== 'active'
  const hidden = redactedSources(compiled)
  return new Map(
    compiled.unit.inputs.map(({ name, supplied }): [string, Value] => {
      const value = supplied ? supplyAttribute(name, record, inactive) : readAttribute(record, name)
      return [name, value !== null && hidden.has(name) ? REDACTED : value]
    }),
  )
}

/** The verdict of each group, for the scoping step. */
const scopeResult = (mapped: MappedObject): string => {
  const { sets } = mapped.scope.explain()
  const groups = Object.values(sets).flatMap((set) => set?.groups ?? [])
  return JSON.stringify(
    Object.fromEntries(groups.map(({ title, verdict }) => [title, capital(String(verdict))])),
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * The result of one object in the form of Graph's on-demand provisioning. It is meant for display: pass the
 * object through `withoutRedacted` first.
 * @param time ISO 8601, the time of all steps
 */
export const provisioningResult = (
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  mapped: MappedObject,
  time: string,
): ProvisioningResult => {
  requireMapping(compiled)
  requireMapped(mapped)
  const { rule, objectMapping } = compiled
  const id = identityOf(identifyingAttributes(compiled), record) ?? null
  const failed = mapped.outcome === 'error'
  const status = failed ? 'Failure' : mapped.outcome === 'skip' ? 'Skipped' : 'Success'
  const message = failed
    ? mapped.diagnostics.map((d) => `${d.path === undefined ? '' : `${d.path}: `}${d.message}`).join(' ')
    : objectReasons[mapped.reason]
  const errorCode = status === 'Success' ? null : mapped.reason
  const flowing = mapped.attributes.flatMap(({ attribute, decision }) =>
    decision.flows ? [[attribute.mapping.targetAttributeName, decision.value] as const] : [],
  )
  return {
    key: { result: status, details: { errorCode, errorMessage: status === 'Success' ? null : message } },
    value: {
      action: actions[mapped.outcome],
      changeId: null,
      startTime: time,
      endTime: time,
      modifiedProperties: failed
        ? []
        : flowing.map(([displayName, value]) => ({
            displayName,
            oldValue: oneText(mapped.target?.get(displayName) ?? null),
            newValue: oneText(value),
          })),
      provisioningSteps: stepsOf(compiled, record, mapped, { time, id: id ?? '', message, flowing }),
      reportableIdentifier: id,
      statusInfo: {
        status,
        errorCode: failed ? mapped.reason : null,
        reason: failed ? message : null,
        additionalDetails: null,
        errorCategory: failed ? 'Failure' : null,
        recommendedAction: null,
      },
      sourceIdentity: { id, type: objectMapping.sourceObjectName, displayName: null, details: null },
      sourceSystem: { id: null, name: rule.sourceDirectoryName, details: null },
      targetIdentity: { id: null, type: objectMapping.targetObjectName, displayName: null, details: null },
      targetSystem: { id: null, name: rule.targetDirectoryName, details: null },
    },
  }
}

interface Telling {
  readonly time: string
  readonly id: string
  readonly message: string
  readonly flowing: readonly (readonly [string, Value])[]
}

const stepsOf = (
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  mapped: MappedObject,
  { time, id, message, flowing }: Telling,
): readonly ProvisioningStep[] => {
  const { rule, objectMapping } = compiled
  const kind = objectMapping.sourceObjectName
  const skippedAtImport = mapped.reason === 'ImportSkipped'
  const step = (
    name: string,
    type: ProvisioningStep['type'],
    description: string,
    details: StepDetails,
    status: ProvisioningStep['status'] = 'Success',
  ): ProvisioningStep => ({ name, type, status, description, timestamp: time, details })
  const imported = importedValues(compiled, record, mapped)
  const steps = [
    step(
      'EntryImport',
      'Import',
      skippedAtImport
        ? `${kind} '${id}' of ${rule.sourceDirectoryName} has no value to match by`
        : `Retrieved ${kind} '${id}' from ${rule.sourceDirectoryName}`,
      detailsOf(imported),
      skippedAtImport ? 'Skipped' : 'Success',
    ),
  ]
  if (skippedAtImport) return steps
  const { inScope } = mapped.scope
  steps.push(
    step(
      'EntrySynchronizationScoping',
      'Scoping',
      mapped.scope.explain().sentence,
      {
        IsInProvisioningScope: inScope === undefined ? 'Unknown' : capital(String(inScope)),
        ScopeEvaluationResult: scopeResult(mapped),
      },
      inScope === undefined ? 'Failure' : 'Success',
    ),
  )
  const { target, matchedBy, outcome } = mapped
  if (target !== undefined) {
    const by = matchedBy === undefined ? 'by its link' : `by ${matchedBy.query ?? matchedBy.targetAttribute}`
    steps.push(
      step('EntryImport', 'Matching', `Found in ${rule.targetDirectoryName} ${by}`, detailsOf(target)),
    )
  } else if (outcome === 'create') {
    const text = `${kind} '${id}' will be created in ${rule.targetDirectoryName}: nothing there matches it`
    steps.push(step('EntrySynchronizationAdd', 'Matching', text, detailsOf(queriesOf(mapped))))
  }
  if (outcome === 'skip') {
    const text = `No change to ${kind} '${id}' is made: ${message}`
    steps.push(step('EntrySynchronizationSkip', 'Export', text, { SkipReason: mapped.reason }, 'Skipped'))
  } else if (outcome === 'error') {
    const name = target === undefined ? exportSteps.create : exportSteps.update
    const details = { ErrorCode: mapped.reason, ErrorMessage: message }
    steps.push(step(name, 'Export', `${kind} '${id}' fails: ${message}`, details, 'Failure'))
  } else {
    const text = `${actions[outcome]} ${kind} '${id}' in ${rule.targetDirectoryName}`
    steps.push(step(exportSteps[outcome], 'Export', text, detailsOf(flowing)))
  }
  return steps
}

const queriesOf = ({ matchKeys }: MappedObject): readonly (readonly [string, string])[] =>
  matchKeys.flatMap(({ targetAttribute, query }) =>
    query === null ? [] : [[targetAttribute, query] as const],
  )
