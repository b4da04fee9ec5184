import type { Source } from '../connect/source.js'
import type { Target } from '../connect/target.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { CycleCounters, Quarantine } from '../state/rows.js'
import type { StateStore } from '../state/store.js'
import type { Exclusion } from './keyed-queue.js'

/** One object mapping of a job. */
export interface JobMapping {
  /** `SOURCE->TARGET` by the names of the objects. */
  readonly key: string
  readonly compiled: CompiledObjectMapping
}

/** What a job does. */
export interface JobDefinition {
  /** In the order in which they run: users before groups. */
  readonly mappings: readonly JobMapping[]
  /** From this number of disables and deletes in a cycle on, none is carried out. Default 500. */
  readonly deleteThreshold?: number
  /** Objects that leave the scope stay as they are. Default false. */
  readonly skipOutOfScopeDeletions?: boolean
  /** On demand: only these objects of the source are settled. Default: all. */
  readonly only?: ReadonlySet<string>
  /** On demand: only these members of a group are added, and none is removed. Default: all are brought up to date. */
  readonly members?: ReadonlySet<string>
}

/** What a cycle has of the world. */
export interface CycleWorld {
  readonly store: StateStore
  readonly source: Source
  readonly target: Target
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly uuid: () => string
  readonly signal?: AbortSignal
  /** Waits until one more request may be sent to the target, by the budget of its rate. Default: at once. */
  readonly admit?: () => Promise<void>
  /** Keeps objects with the same matching value apart from each other. Default: within this cycle and process. */
  readonly matching?: Exclusion
  /** Told after each group of objects. */
  readonly progress?: (counters: CycleCounters) => void
}

/** Attributes of a mapping that the target does not keep. */
export interface LeftOut {
  /** Key of the mapping. */
  readonly mapping: string
  /** Target attributes that are left out of requests, because the target refuses them. */
  readonly refused: readonly string[]
  /** Target attributes that are sent, although the target does not keep them. */
  readonly dropped: readonly string[]
}

/** What a cycle came to. */
export interface CycleReport {
  readonly cycle: number
  readonly kind: 'initial' | 'incremental'
  readonly counters: CycleCounters
  /** Attributes of the mappings that the target does not keep. */
  readonly leftOut: readonly LeftOut[]
  /** Why the job is in quarantine; null when it is not. */
  readonly quarantine: Quarantine | null
  /** Why the cycle broke off although the job is not in quarantine; the next cycle goes on. Null when it did not. */
  readonly failure: { readonly code: string; readonly message: string } | null
  /** Whether it was stopped before its end; the next cycle goes on. */
  readonly stopped: boolean
}
