import type { Answer } from '../connect/answer.js'
import type { JobState } from '../state/rows.js'
import type { StateTransaction } from '../state/store.js'
import {
  brokenBy,
  CycleBroken,
  type CycleContext,
  contextOf,
  isStopped,
  mappingOf,
  noCounters,
} from './context.js'
import { deprovision } from './deprovision.js'
import { digestOf } from './digest.js'
import { isOver, quarantineAfter } from './failures.js'
import type { CycleReport, CycleWorld, JobDefinition, LeftOut } from './job.js'
import { leftOutOf, leftOutText } from './left-out.js'
import { record } from './log-record.js'
import { readChanges, retryFailed } from './read.js'
import { recoverRequests } from './recover.js'
import { ask } from './requests.js'
import { writeReferences } from './write-references.js'

/**
 * Runs one cycle of a job: takes the job over, resolves requests that a crash left open, then settles
 * objects, references, and removals last, so that the accidental-deletion threshold is checked before the
 * first removal. Never rejects because of a server's answer; rejects if the state store fails.
 */
export const runCycle = async (job: JobDefinition, world: CycleWorld): Promise<CycleReport> => {
  const context = await beginCycle(job, world)
  const watermarks: Record<string, string> = { ...context.state.watermarks }
  let broken: CycleBroken | undefined
  try {
    await probe(context)
    await recoverRequests(context)
    for (const mapping of job.mappings) {
      if (isStopped(context)) break
      const watermark = await readChanges(context, mapping)
      if (watermark !== undefined) watermarks[mapping.key] = watermark
    }
    if (!isStopped(context)) await retryFailed(context)
    if (!isStopped(context)) await writeReferences(context)
    if (!isStopped(context)) await deprovision(context)
  } catch (error) {
    if (!(error instanceof CycleBroken)) throw error
    broken = error
  }
  return endCycle(context, watermarks, broken)
}

/**
 * Takes the job over, and decides whether every object must be processed again.
 * @param also runs in the same transaction; if it throws, the job does not change
 */
export const beginCycle = async (
  job: JobDefinition,
  world: CycleWorld,
  also?: (tx: StateTransaction, taken: JobState, old: JobState | undefined) => Promise<void>,
): Promise<CycleContext> => {
  const { store, uuid, now, target } = world
  const leftOut = leftOutOf(job.mappings, target.abilities)
  const refused = leftOut.flatMap((one) => (one.refused.length === 0 ? [] : [[one.mapping, one.refused]]))
  const mappingHash = digestOf([
    job.mappings.map(({ key, compiled: { objectMapping, settings } }) => [key, objectMapping, settings]),
    job.skipOutOfScopeDeletions ?? false,
    // If the target refuses fewer attributes than before, the others must be sent.
    ...(refused.length === 0 ? [] : [refused]),
  ])
  const id = uuid()
  const cycleId = uuid()
  const state = await store.transaction(async (tx) => {
    const old = await tx.get('job', 'job')
    const changed = old === undefined || old.mappingHash !== mappingHash
    const last = old?.cycle ?? null
    const initial = changed || (last !== null && last.finishedAt === null && last.kind === 'initial')
    const taken: JobState = {
      key: 'job',
      id: old?.id ?? id,
      epoch: (old?.epoch ?? 0) + 1,
      generation: (old?.generation ?? 0) + (changed ? 1 : 0),
      mappingHash,
      watermarks: changed ? {} : old.watermarks,
      status: 'active',
      quarantine: old?.quarantine ?? null,
      forceDeletes: old?.forceDeletes ?? false,
      cycle: {
        number: (last?.number ?? 0) + 1,
        id: cycleId,
        kind: initial ? 'initial' : 'incremental',
        startedAt: now(),
        finishedAt: null,
        counters: noCounters,
      },
      steadySince: old?.steadySince ?? null,
      lastSuccess: old?.lastSuccess ?? null,
    }
    await tx.put('job', taken)
    await also?.(tx, taken, old)
    if (initial && job.only === undefined)
      await recordLeftOutAttributes(tx, contextOf(job, world, taken), leftOut)
    return taken
  })
  return contextOf(job, world, state)
}

/**
 * Writes a log record for each mapping with attributes that the target refuses or does not store. It concerns
 * no object.
 */
const recordLeftOutAttributes = async (
  tx: StateTransaction,
  context: CycleContext,
  leftOut: readonly LeftOut[],
): Promise<void> => {
  for (const one of leftOut) {
    const mapping = mappingOf(context, one.mapping)
    if (mapping === undefined) continue
    await record(tx, context, mapping, {
      sourceId: '',
      action: 'other',
      status: 'warning',
      errorCode: 'SchemaAttributeNotFound',
      reason: leftOutText(one),
    })
  }
}

/**
 * The reads at the start of a cycle: the source must answer, and a search of the target for a value that no
 * object has must find nothing.
 */
export const probe = async (context: CycleContext): Promise<void> => {
  const { source, target, uuid, signal, job } = context
  const need = async (question: () => Promise<Answer<void>>): Promise<void> => {
    const answer = await ask(context, question)
    if (answer.outcome === 'done') return
    // A refusal will be repeated the next time; after a mere failure the next cycle tries again.
    throw answer.outcome === 'retry'
      ? brokenBy(answer)
      : new CycleBroken(answer.code, answer.reason, 'EncounteredQuarantineException')
  }
  await need(() => source.probe(signal))
  for (const { compiled } of job.mappings.slice(0, 1)) {
    const matching = compiled.attributes[compiled.matching[0] ?? 0]
    if (matching === undefined) return
    const key = { attribute: matching.mapping.targetAttributeName, value: uuid() }
    await need(() => target.probe(compiled.objectMapping.targetObjectName, key, signal))
  }
}

/** Records the end of a cycle, unless another run has taken over the job. */
export const endCycle = async (
  context: CycleContext,
  watermarks: JobState['watermarks'],
  broken: CycleBroken | undefined,
): Promise<CycleReport> => {
  const { store, now, state, cycle, job } = context
  const counters = { ...context.counters }
  const stopped = isStopped(context)
  const quarantine =
    broken?.quarantine === undefined
      ? broken === undefined
        ? null
        : state.quarantine
      : quarantineAfter(
          state.quarantine,
          { reason: broken.quarantine, code: broken.code, message: broken.message },
          now(),
        )
  const complete = broken === undefined && !stopped
  const steady =
    complete &&
    counters.objects === counters.unchanged + counters.skip &&
    counters.references + counters.referenceFailure === 0
  // A few objects on demand say nothing about the job.
  const kept = job.only === undefined ? quarantine : state.quarantine
  const next: JobState = {
    ...state,
    cycle: { ...cycle, counters, finishedAt: complete ? now() : null },
    quarantine: kept,
    status: kept === null ? 'active' : isOver(kept, now()) ? 'disabled' : 'quarantine',
    ...(job.only === undefined
      ? {
          watermarks,
          forceDeletes: complete ? false : state.forceDeletes,
          steadySince: steady ? (state.steadySince ?? now()) : complete ? null : state.steadySince,
          lastSuccess: complete ? now() : state.lastSuccess,
        }
      : {}),
  }
  await store.transaction(async (tx) => {
    const owner = await tx.get('job', 'job')
    // A run that has lost the job leaves its state to the run that took it over.
    if (owner?.epoch === state.epoch) await tx.put('job', next)
  })
  return {
    cycle: cycle.number,
    kind: cycle.kind,
    counters,
    leftOut: leftOutOf(context.job.mappings, context.target.abilities),
    quarantine,
    failure:
      broken === undefined || broken.quarantine !== undefined
        ? null
        : { code: broken.code, message: broken.message },
    stopped,
  }
}
