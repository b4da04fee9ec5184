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
  /** If a cycle has this many disables and deletes or more, none is carried out. Default 500. */
  readonly deleteThreshold?: number
  /** Do not disable or delete objects that leave the scope. Default false. */
  readonly skipOutOfScopeDeletions?: boolean
  /** On demand: settle only these objects of the source. Default: all. */
  readonly only?: ReadonlySet<string>
  /** On demand: add only these members of a group, and remove none. Default: update all members. */
  readonly members?: ReadonlySet<string>
}

/** What a cycle needs from its environment. */
export interface CycleWorld {
  readonly store: StateStore
  readonly source: Source
  readonly target: Target
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly uuid: () => string
  readonly signal?: AbortSignal
  /** Waits until the rate limit allows one more request to the target. Default: does not wait. */
  readonly admit?: () => Promise<void>
  /**
   * Processes objects with the same matching value one after the other. Default: within this cycle and
   * process.
   */
  readonly matching?: Exclusion
  /**
   * Called after each group of objects.
   * @param share which part of the source was read, from 0 to 1; undefined if that is not known
   */
  readonly progress?: (counters: CycleCounters, share: number | undefined) => void
}

/** Attributes of a mapping that the target refuses or does not store. */
export interface LeftOut {
  /** Key of the mapping. */
  readonly mapping: string
  /** Target attributes that are left out of requests, because the target refuses them. */
  readonly refused: readonly string[]
  /** Target attributes that are sent, although the target does not store them. */
  readonly dropped: readonly string[]
}

/** The result of a cycle. */
export interface CycleReport {
  readonly cycle: number
  readonly kind: 'initial' | 'incremental'
  readonly counters: CycleCounters
  /** Attributes of the mappings that the target refuses or does not store. */
  readonly leftOut: readonly LeftOut[]
  /** Why the job is in quarantine; null if it is not. */
  readonly quarantine: Quarantine | null
  /**
   * Why the cycle ended early although the job is not in quarantine; the next cycle continues. Null if it did
   * not.
   */
  readonly failure: { readonly code: string; readonly message: string } | null
  /** Whether the cycle was stopped early; the next cycle continues. */
  readonly stopped: boolean
}
