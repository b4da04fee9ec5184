import type { CycleCounters, JobState, Quarantine } from '../state/rows.js'
import type { CycleReport } from './job.js'

/**
 * What an operator should hear of: one at the end of each cycle, when a job enters or leaves quarantine, when the
 * reason of its quarantine changes, and when it is disabled. Its members are those of a log record of OpenTelemetry.
 */
export interface JobEvent {
  /** ISO 8601. */
  readonly timestamp: string
  readonly severityText: 'INFO' | 'WARN' | 'ERROR'
  readonly eventName: `attrflow.job.${'cycle' | 'quarantined' | 'released' | 'disabled'}`
  /** For people. */
  readonly body: string
  readonly attributes: Readonly<Record<string, string | number>>
}

/** Outcomes of objects under their names in attributes, without those that are 0. */
const outcomes = (counters: CycleCounters): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(counters).flatMap(([name, count]) =>
      count === 0 ? [] : [[`attrflow.cycle.${name}`, count as number]],
    ),
  )

/**
 * The events of a cycle.
 * @param before the quarantine before the cycle
 * @param state of the job after it
 */
export const eventsOf = (
  before: Quarantine | null,
  state: JobState,
  { counters, cycle, kind, failure, stopped }: CycleReport,
  now: number,
): readonly JobEvent[] => {
  const { id, quarantine, status } = state
  const job = { 'attrflow.job.id': id, 'attrflow.cycle.number': cycle }
  const event = (
    eventName: JobEvent['eventName'],
    severityText: JobEvent['severityText'],
    body: string,
    attributes: JobEvent['attributes'] = {},
  ): JobEvent => ({
    timestamp: new Date(now).toISOString(),
    severityText,
    eventName,
    body,
    attributes: { ...job, ...attributes },
  })
  const events: JobEvent[] = [
    event(
      'attrflow.job.cycle',
      failure !== null || counters.failure > 0 ? 'WARN' : 'INFO',
      failure === null
        ? `cycle ${cycle} ${stopped ? 'was stopped' : 'ended'}`
        : `cycle ${cycle} ended early: ${failure.message}`,
      {
        'attrflow.cycle.kind': kind,
        ...(state.cycle === null ? {} : { 'attrflow.cycle.milliseconds': now - state.cycle.startedAt }),
        ...outcomes(counters),
        ...(failure === null ? {} : { 'error.type': failure.code }),
      },
    ),
  ]
  if (quarantine !== null && quarantine.reason !== before?.reason)
    events.push(
      event('attrflow.job.quarantined', 'ERROR', quarantine.message, {
        'attrflow.quarantine.reason': quarantine.reason,
        'error.type': quarantine.code,
      }),
    )
  if (quarantine === null && before !== null)
    events.push(
      event('attrflow.job.released', 'INFO', 'the job left its quarantine', {
        'attrflow.quarantine.reason': before.reason,
      }),
    )
  if (status === 'disabled')
    events.push(
      event('attrflow.job.disabled', 'ERROR', 'the job was in quarantine for four weeks, and is disabled'),
    )
  return events
}
