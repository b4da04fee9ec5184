import type { CycleCounters, JobState } from '../state/rows.js'
import type { StateStore } from '../state/store.js'

/** The current state of a job, as plain data. */
export interface JobMetrics {
  /** Undefined for a job that has not run. */
  readonly state: JobState | undefined
  readonly links: number
  /** Objects that failed and are tried again. */
  readonly escrows: number
  /** Requests whose outcome is unknown. */
  readonly intents: number
  /** Disables and deletes that wait. */
  readonly removals: number
}

/** Reads the metrics of a job from its state. */
export const readMetrics = (store: StateStore): Promise<JobMetrics> =>
  store.transaction(async (tx) => ({
    state: await tx.get('job', 'job'),
    links: await tx.count('links'),
    escrows: await tx.count('escrows'),
    intents: await tx.count('intents'),
    removals: await tx.count('pending', 'deprovision'),
  }))

interface Metric {
  readonly name: string
  readonly help: string
  /** Labels, and the number. */
  readonly samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[]
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')

const metricsOf = (
  { state, links, escrows, intents, removals }: JobMetrics,
  job: string,
): readonly Metric[] => {
  const one = (value: number, more: Readonly<Record<string, string>> = {}): Metric['samples'] => [
    [{ job, ...more }, value],
  ]
  const cycle = state?.cycle ?? null
  const counters = Object.entries(cycle?.counters ?? {}) as [keyof CycleCounters, number][]
  return [
    { name: 'links', help: 'Objects of the target that the job manages.', samples: one(links) },
    { name: 'failed_objects', help: 'Objects that failed and are tried again.', samples: one(escrows) },
    { name: 'open_requests', help: 'Requests whose outcome is unknown.', samples: one(intents) },
    { name: 'waiting_removals', help: 'Disables and deletes that wait.', samples: one(removals) },
    {
      name: 'quarantine',
      help: 'Whether the job is in quarantine or disabled, by reason.',
      samples: one(state?.quarantine == null ? 0 : 1, { reason: state?.quarantine?.reason ?? '' }),
    },
    {
      name: 'cycle_number',
      help: 'The number of the last cycle.',
      samples: one(cycle?.number ?? 0, { kind: cycle?.kind ?? '' }),
    },
    {
      name: 'cycle_objects',
      help: 'The outcomes of objects in the last cycle.',
      samples: counters.map(([outcome, count]) => [{ job, outcome }, count] as const),
    },
    ...(cycle === null || cycle.finishedAt === null
      ? []
      : [
          {
            name: 'cycle_duration_seconds',
            help: 'How long the last complete cycle took.',
            samples: one((cycle.finishedAt - cycle.startedAt) / 1000),
          },
        ]),
    ...(state?.lastSuccess == null
      ? []
      : [
          {
            name: 'last_success_timestamp_seconds',
            help: 'When the last complete cycle ended.',
            samples: one(state.lastSuccess / 1000),
          },
        ]),
  ]
}

/** Metrics in the text format of Prometheus. @param job the label that distinguishes jobs */
export const prometheusText = (metrics: JobMetrics, job: string): string =>
  metricsOf(metrics, job)
    .flatMap(({ name, help, samples }) => [
      `# HELP attrflow_job_${name} ${help}`,
      `# TYPE attrflow_job_${name} gauge`,
      ...samples.map(([labels, value]) => `attrflow_job_${name}{${labelText(labels)}} ${value}`),
    ])
    .concat('')
    .join('\n')
