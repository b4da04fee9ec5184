import type { Failure } from '../connect/answer.js'
import type { CycleCounters, CycleState, JobState } from '../state/rows.js'
import type { SourceRecord } from '../values/record.js'
import type { CycleWorld, JobDefinition, JobMapping } from './job.js'
import { type Exclusion, KeyedQueue } from './keyed-queue.js'
import { referenceAttributes } from './references.js'

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] }

/** What all phases of one cycle share. */
export interface CycleContext extends CycleWorld {
  readonly job: JobDefinition
  /** The state of the job when this cycle took it over. */
  readonly state: JobState
  readonly cycle: CycleState
  /** Increased as objects are settled; nothing else in the context changes. */
  readonly counters: Mutable<CycleCounters>
  /** Objects with the same matching value are matched and created one after the other. */
  readonly matching: Exclusion
}

/** The counters of a cycle at its start. */
export const noCounters: CycleCounters = {
  objects: 0,
  create: 0,
  update: 0,
  disable: 0,
  delete: 0,
  staged: 0,
  skip: 0,
  failure: 0,
  unchanged: 0,
  waiting: 0,
  references: 0,
  referenceFailure: 0,
  recovered: 0,
}

/** The context of the phases of a cycle, in a process that takes part in it. */
export const contextOf = (job: JobDefinition, world: CycleWorld, state: JobState): CycleContext => {
  const { cycle } = state
  if (cycle === null) throw new TypeError('the job has not begun a cycle')
  return {
    ...world,
    job,
    state,
    cycle,
    counters: { ...noCounters },
    matching: world.matching ?? new KeyedQueue(),
  }
}

/** The outcome of an object in a cycle. */
export type ObjectOutcome = Exclude<
  keyof CycleCounters,
  'objects' | 'references' | 'referenceFailure' | 'recovered'
>

/** Counts a settled object by its outcome. */
export const countObject = ({ counters }: CycleContext, outcome: ObjectOutcome): void => {
  counters.objects++
  counters[outcome]++
}

/** Whether the caller wants the cycle to end. */
export const isStopped = ({ signal }: Pick<CycleContext, 'signal'>): boolean => signal?.aborted === true

/** The mapping with this key; undefined if the job no longer has it. */
export const mappingOf = ({ job }: CycleContext, key: string): JobMapping | undefined =>
  job.mappings.find((mapping) => mapping.key === key)

/** Whether this cycle is to settle an object; on demand it settles only some. */
export const concerns = ({ job }: CycleContext, sourceId: string): boolean =>
  job.only === undefined || job.only.has(sourceId)

/** An object of the source with the attribute names that its mapping reads. */
export const shaped = (
  { source }: CycleContext,
  { compiled }: JobMapping,
  record: SourceRecord,
): SourceRecord => source.shape?.(compiled.objectMapping.sourceObjectName, record) ?? record

const found = new WeakMap<JobMapping['compiled'], ReadonlySet<string>>()

/** The target attributes of a mapping that refer to other objects. */
export const referencesOf = ({ compiled }: JobMapping): ReadonlySet<string> => {
  const known = found.get(compiled) ?? referenceAttributes(compiled)
  found.set(compiled, known)
  return known
}

/** Ends a cycle early, because every further request would fail, too. */
export class CycleBroken extends Error {
  override readonly name = 'CycleBroken'
  readonly code: string
  /** Graph's `quarantineReason` if the job is quarantined; undefined if the next cycle simply tries again. */
  readonly quarantine: string | undefined

  constructor(code: string, message: string, quarantine?: string) {
    super(message)
    this.code = code
    this.quarantine = quarantine
  }
}

/** Ends the cycle because of a failed request without which it cannot continue. */
export const brokenBy = ({ code, reason, concerns: what }: Failure): CycleBroken =>
  new CycleBroken(
    code,
    reason,
    what === undefined || what === 'object' ? undefined : 'EncounteredQuarantineException',
  )
