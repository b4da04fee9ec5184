/**
 * The rows that a job stores. Times are epoch milliseconds of the job's clock; every row is JSON. `mapping`
 * names the object mapping a row belongs to, as `SOURCE->TARGET` by the names of its objects.
 */

/** A value as it is stored: JSON, with integers beyond 2^53 and DateTimes as texts. */
export type JsonValue =
  | null
  | string
  | number
  | boolean
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

/** What was last sent for one target attribute. */
export interface AttributePrint {
  /** The value sent; for a redacted attribute its digest, as `{"digest": "…"}`. Null if it was cleared. */
  readonly sent: JsonValue
  /**
   * What the target showed afterwards. Absent until the target has shown it. If a target drops or rewrites a
   * value, it differs from the value sent; as long as the target shows the same, nothing has changed there.
   */
  readonly seen?: JsonValue
}

/** What was last sent, by target attribute. */
export type Print = Readonly<Record<string, AttributePrint>>

/** The link of a source object to its object of the target. It survives a restart. */
export interface Link {
  readonly mapping: string
  readonly sourceId: string
  /** The identifier that the target gave the object, used to read and write it from then on. */
  readonly targetId: string
  /**
   * False after the object was disabled because it was unassigned or left the scope: nothing more is sent for
   * it.
   */
  readonly managed: boolean
  /** Whether the last write was a disable. */
  readonly disabled: boolean
  readonly print: Print
  readonly linkedAt: number
  /** Attributes of the create that are still to be written; see `TargetAbilities.afterCreate`. */
  readonly initial?: readonly string[]
}

/** One member of a group that was sent to the target. */
export interface Member {
  readonly mapping: string
  readonly sourceId: string
  /** The target attribute that contains the members. */
  readonly attribute: string
  /** The identifier of the member in the target. */
  readonly memberId: string
}

/** What a request is about to do. */
export type IntentAction = 'create' | 'update' | 'disable' | 'delete' | 'references' | 'members'

/**
 * A request that is about to be sent, or was sent without a recorded outcome. It is written before the
 * request and removed when the outcome is recorded. An intent left by a crash is resolved by looking at the
 * target.
 */
export interface Intent {
  readonly mapping: string
  readonly sourceId: string
  readonly action: IntentAction
  /** The run that wrote it; see `JobState.epoch`. */
  readonly epoch: number
  /** When the request may have been sent; it can take effect until the time-out of a request has passed. */
  readonly at: number
  /** Undefined for a create. */
  readonly targetId?: string
  /** Whether the object is managed afterwards; see `Link.managed`. */
  readonly managed: boolean
  /** The values by which a created object is found. */
  readonly matchKeys?: readonly { readonly attribute: string; readonly value: JsonValue }[]
  /** The values sent, by target attribute; null clears. Redacted ones as digests. */
  readonly values?: Readonly<Record<string, JsonValue>>
  /** For `members`: the identifiers in the target. */
  readonly members?: {
    readonly attribute: string
    readonly add: readonly string[]
    readonly remove: readonly string[]
  }
  /** For `create`: the attributes that the update after it writes. */
  readonly initial?: readonly string[]
  /** Why it is sent, for the log. */
  readonly reason: string
}

/** The last known state of a source object. */
export interface Staged {
  readonly mapping: string
  readonly sourceId: string
  /** Fingerprint of the object when it was last settled. */
  readonly hash: string
  /**
   * The generation of the job in which it was settled; if older than the current one, it must be processed
   * again.
   */
  readonly generation: number
  /** The state of the source object when it was last settled: `active`, or why it is gone. */
  readonly state: string
  /**
   * The last cycle that read it. If a source always lists everything, an object that was not read is missing.
   */
  readonly seen: number
  /** The whole object, stored for sources that send only changes of an object. */
  readonly record?: JsonValue
}

/** Work that waits for a later phase of a cycle. */
export interface Pending {
  readonly phase: 'references' | 'deprovision'
  readonly mapping: string
  readonly sourceId: string
  /** References: the source identifiers that each target attribute refers to. */
  readonly references?: Readonly<Record<string, readonly string[]>>
  /** Deprovisioning: what to do, and why. */
  readonly action?: 'disable' | 'delete'
  readonly reason?: string
  /** The state of the source object that requires it. */
  readonly source?: string
  /** The source object, to map it again. Absent if it is gone permanently. */
  readonly record?: JsonValue
  readonly at: number
}

/** An object that failed, and when it is tried again. */
export interface Escrow {
  readonly mapping: string
  readonly sourceId: string
  /** The source object, so that it can be tried without reading the source. Absent if it was removed. */
  readonly record?: JsonValue
  /** What failed: the object itself, or its deprovisioning, which its row in `pending` tries again. */
  readonly phase: 'objects' | 'deprovision'
  /** The error code of the log record. */
  readonly code: string
  readonly reason: string
  readonly firstFailure: number
  readonly lastFailure: number
  readonly attempts: number
  readonly nextAttempt: number
}

/** One log record: the outcome of one object in one cycle. `summary` has the form of Graph. */
export interface LogRow {
  readonly cycle: number
  readonly mapping: string
  readonly sourceId: string
  readonly at: number
  readonly action: string
  readonly status: string
  readonly errorCode: string | null
  readonly summary: JsonValue
}

/**
 * Counters of a cycle. `objects` is the sum of those up to `waiting`; each object is counted in one of them.
 */
export interface CycleCounters {
  /** Objects that the cycle read or tried again. */
  readonly objects: number
  readonly create: number
  readonly update: number
  readonly disable: number
  readonly delete: number
  /** Waiting deletions and disables that the accidental-deletion threshold held back. */
  readonly staged: number
  readonly skip: number
  /** Objects that failed, except because of a reference. */
  readonly failure: number
  /** Objects that were read and had not changed; they have no record. */
  readonly unchanged: number
  /** Objects that failed earlier, have not changed, and are not due for another try; they have no record. */
  readonly waiting: number
  /** Requests that wrote references or members. */
  readonly references: number
  /** References that could not be resolved or written. */
  readonly referenceFailure: number
  /** Requests of earlier cycles with an unknown outcome that turned out to have taken effect. */
  readonly recovered: number
}

/** Why a job is in quarantine, and since when. */
export interface Quarantine {
  /** Graph's `quarantineReason`. */
  readonly reason: string
  /** The error code behind it. */
  readonly code: string
  readonly message: string
  readonly since: number
  /** The number of attempts since then. */
  readonly attempts: number
  readonly nextAttempt: number
}

/** A cycle that has started. */
export interface CycleState {
  readonly number: number
  /** A UUID. */
  readonly id: string
  readonly kind: 'initial' | 'incremental'
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly counters: CycleCounters
}

/** The one row about the job itself. */
export interface JobState {
  readonly key: 'job'
  /** A UUID. */
  readonly id: string
  /**
   * Increased when a run takes over the job. A run that finds another epoch than its own has lost the job and
   * stops.
   */
  readonly epoch: number
  /** Increased when every object must be processed again: by a restart, or a change of mapping or filter. */
  readonly generation: number
  /** Fingerprint of the mappings, filters and settings of the generation. */
  readonly mappingHash: string
  /** Where reading continues in the source of each mapping; absent: at the beginning. */
  readonly watermarks: Readonly<Record<string, string>>
  readonly status: 'active' | 'paused' | 'quarantine' | 'disabled'
  readonly quarantine: Quarantine | null
  /** Whether waiting deletions may be carried out although they reach the threshold. */
  readonly forceDeletes: boolean
  /** The current cycle, or the last one. */
  readonly cycle: CycleState | null
  /**
   * The end of the first cycle in the latest series without writes and failures; null if the last cycle had
   * any.
   */
  readonly steadySince: number | null
  /** The end of the last complete cycle. */
  readonly lastSuccess: number | null
}

/** The phases of a cycle that several processes share, in order. */
export type Phase = 'read' | 'objects' | 'references' | 'deprovision' | 'end'

/** A cycle that several processes share. There is one row, because a job has one cycle at a time. */
export interface SharedCycle {
  readonly key: 'cycle'
  /** The epoch of the job for this cycle; if the job has another one, it has been taken over. */
  readonly epoch: number
  /** Undefined if the cycle has ended. */
  readonly phase: Phase | undefined
  /** How many chains of the phase have not ended. The last one to end starts the next phase. */
  readonly remaining: number
  /** Where reading continues in each mapping's source after this cycle is complete. */
  readonly watermarks: Readonly<Record<string, string>>
  /** How objects that were not read are treated, by mapping; absent: ignored. */
  readonly unseen: Readonly<Record<string, string>>
  /** Whether the accidental-deletion threshold holds back removals. */
  readonly held: boolean
  /** Why the cycle ends early; null if it does not. */
  readonly broken: { readonly code: string; readonly message: string; readonly quarantine?: string } | null
  readonly beganAt: number
}

/**
 * The work of one phase in one partition, done in consecutive chunks: `read` and `end` have one chain, the
 * other phases one for each partition.
 */
export interface Chain {
  readonly chain: number
  readonly epoch: number
  readonly phase: Phase
  /** The number of the next chunk. A task for another number is out of date. */
  readonly sequence: number
  /**
   * Increased by each process that takes a chunk. A process that finds another claim than its own has lost
   * the chunk.
   */
  readonly claim: number
  /** How long the claim is valid; null if nobody works on the chunk. */
  readonly leaseUntil: number | null
  /** The progress of the previous chunks. */
  readonly stage: string
  readonly after: readonly (string | number)[] | null
  readonly done: boolean
  /** The counters of the completed chunks, of all phases of the cycle. */
  readonly counters: CycleCounters
  /** Removals found in the partition that count towards the threshold. */
  readonly removals: number
}

/**
 * A change of a source that was read and is not yet settled. A later change of the same object replaces it.
 */
export interface Work {
  readonly mapping: string
  readonly sourceId: string
  /** A change of the source, as JSON. */
  readonly change: unknown
}
