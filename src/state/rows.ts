/**
 * The rows that a job remembers. Times are epoch milliseconds of the job's clock; every row is JSON.
 * `mapping` names the object mapping a row belongs to, as `SOURCE->TARGET` by the names of its objects.
 */

/** A value as it is remembered: JSON, with integers beyond 2^53 and DateTimes as their texts. */
export type JsonValue =
  | null
  | string
  | number
  | boolean
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

/** What was last sent for one target attribute. */
export interface AttributePrint {
  /** The value sent; for a redacted attribute its digest, as `{"digest": "…"}`. Null when it was cleared. */
  readonly sent: JsonValue
  /**
   * What the target showed after that. Absent until the target has shown it. A target that drops or rewrites a
   * value shows something else than was sent; as long as it shows the same, nothing has changed there.
   */
  readonly seen?: JsonValue
}

/** What was last sent, by target attribute. */
export type Print = Readonly<Record<string, AttributePrint>>

/** The link of an object of the source to its object of the target. It survives a restart. */
export interface Link {
  readonly mapping: string
  readonly sourceId: string
  /** The identifier that the target gave the object, by which it is read and written from then on. */
  readonly targetId: string
  /** False after it was disabled because it was unassigned or left the scope: nothing more is sent for it. */
  readonly managed: boolean
  /** Whether the last thing written was a disable. */
  readonly disabled: boolean
  readonly print: Print
  readonly linkedAt: number
}

/** One member of a group that the target was told of. */
export interface Member {
  readonly mapping: string
  readonly sourceId: string
  /** The target attribute that holds the members. */
  readonly attribute: string
  /** The identifier of the member in the target. */
  readonly memberId: string
}

/** What a request is about to do. */
export type IntentAction = 'create' | 'update' | 'disable' | 'delete' | 'references' | 'members'

/**
 * A request that is about to be sent, or was sent and whose outcome is not recorded yet. It is written before the
 * request and removed with the record of its outcome. One that a crash left is resolved by looking at the target.
 */
export interface Intent {
  readonly mapping: string
  readonly sourceId: string
  readonly action: IntentAction
  /** The run that wrote it; see `JobState.epoch`. */
  readonly epoch: number
  /** When the request may have been sent; it may be under way for the time-out of a request after that. */
  readonly at: number
  /** Undefined for a create. */
  readonly targetId?: string
  /** Whether the object is managed after it; see `Link.managed`. */
  readonly managed: boolean
  /** What a create is found by. */
  readonly matchKeys?: readonly { readonly attribute: string; readonly value: JsonValue }[]
  /** The values sent, by target attribute; null clears. Redacted ones as digests. */
  readonly values?: Readonly<Record<string, JsonValue>>
  /** For `members`: the identifiers in the target. */
  readonly members?: {
    readonly attribute: string
    readonly add: readonly string[]
    readonly remove: readonly string[]
  }
  /** Why it is sent, for the log. */
  readonly reason: string
}

/** What was last read of an object of the source. */
export interface Staged {
  readonly mapping: string
  readonly sourceId: string
  /** Fingerprint of the object when it was last settled. */
  readonly hash: string
  /** The generation of the job it was settled in; an older one must be looked at again. */
  readonly generation: number
  /** The state of the source object when it was last settled: `active`, or why it is gone. */
  readonly state: string
  /** The last cycle that read it; where a source always gives everything, one that was not read is missing. */
  readonly seen: number
  /** The whole object, kept for sources that tell only what changed of an object. */
  readonly record?: JsonValue
}

/** Work that waits for a later phase of a cycle. */
export interface Pending {
  readonly phase: 'references' | 'deprovision'
  readonly mapping: string
  readonly sourceId: string
  /** References: the identifiers in the source that each target attribute refers to. */
  readonly references?: Readonly<Record<string, readonly string[]>>
  /** Deprovisioning: what is to be done, and why. */
  readonly action?: 'disable' | 'delete'
  readonly reason?: string
  /** The state of the source object that asks for it. */
  readonly source?: string
  /** The source object, to map it once more. Absent for one that is gone for good. */
  readonly record?: JsonValue
  readonly at: number
}

/** An object that failed, and when it is tried again. */
export interface Escrow {
  readonly mapping: string
  readonly sourceId: string
  /** The object of the source, so that it can be tried without reading the source. Absent: it was removed. */
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

/** One log record: what became of one object in one cycle. `summary` is in the form of Graph. */
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

/** Numbers of a cycle. `objects` is the sum of those up to `waiting`; each object is counted in one of them. */
export interface CycleCounters {
  /** Objects that the cycle read or took up again. */
  readonly objects: number
  readonly create: number
  readonly update: number
  readonly disable: number
  readonly delete: number
  /** Staged deletions and disables that the accidental-deletion threshold held back. */
  readonly staged: number
  readonly skip: number
  /** Objects that failed otherwise than by a reference. */
  readonly failure: number
  /** Objects that were read and had not changed; they have no record. */
  readonly unchanged: number
  /** Objects that failed earlier, have not changed, and are not due to be tried again; they have no record. */
  readonly waiting: number
  /** Requests that wrote references or members. */
  readonly references: number
  /** References that could not be resolved or written. */
  readonly referenceFailure: number
  /** Requests of earlier cycles whose outcome was unknown, and which are found to have taken effect. */
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
  /** How often it was tried since. */
  readonly attempts: number
  readonly nextAttempt: number
}

/** A cycle that has begun. */
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
  /** Raised when a run takes the job over. A run that finds another epoch than its own has lost it and stops. */
  readonly epoch: number
  /** Raised when every object must be looked at again: a restart, or a mapping or filter that changed. */
  readonly generation: number
  /** Fingerprint of the mappings, filters and settings that the generation runs with. */
  readonly mappingHash: string
  /** What each mapping's source is read from next, by mapping; absent: from the beginning. */
  readonly watermarks: Readonly<Record<string, string>>
  readonly status: 'active' | 'paused' | 'quarantine' | 'disabled'
  readonly quarantine: Quarantine | null
  /** Whether staged deletions may be carried out although they reach the threshold. */
  readonly forceDeletes: boolean
  /** The cycle under way, or the last one. */
  readonly cycle: CycleState | null
  /** The end of the first of the latest cycles that wrote nothing and failed nowhere; null after one that did. */
  readonly steadySince: number | null
  /** The end of the last complete cycle. */
  readonly lastSuccess: number | null
}

/** The phases of a cycle that several processes share, in their order. */
export type Phase = 'read' | 'objects' | 'references' | 'deprovision' | 'end'

/** A cycle that several processes share: one row, since a job has one cycle at a time. */
export interface SharedCycle {
  readonly key: 'cycle'
  /** The epoch of the job that belongs to it; a job with another one has been taken over. */
  readonly epoch: number
  /** Undefined when the cycle has ended. */
  readonly phase: Phase | undefined
  /** How many chains of the phase have not ended. The one that ends last begins the next phase. */
  readonly remaining: number
  /** Where each mapping's source is read from next, once the cycle is complete. */
  readonly watermarks: Readonly<Record<string, string>>
  /** What becomes of objects that were not read, by mapping; absent: nothing. */
  readonly unseen: Readonly<Record<string, string>>
  /** Whether the accidental-deletion threshold holds removals back. */
  readonly held: boolean
  /** Why the cycle breaks off; null if it does not. */
  readonly broken: { readonly code: string; readonly message: string; readonly quarantine?: string } | null
  readonly beganAt: number
}

/**
 * The work of one phase in one partition, done in chunks one after the other: `read` and `end` have one chain, the other
 * phases one for each partition.
 */
export interface Chain {
  readonly chain: number
  readonly epoch: number
  readonly phase: Phase
  /** The number of the next chunk. A task for another one is out of date. */
  readonly sequence: number
  /** Raised by each process that takes a chunk on. One that finds another claim than its own has lost the chunk. */
  readonly claim: number
  /** Until when the claim holds; null when nobody works on the chunk. */
  readonly leaseUntil: number | null
  /** How far the chunks before came. */
  readonly stage: string
  readonly after: readonly (string | number)[] | null
  readonly done: boolean
  /** Numbers of the chunks that have ended, of all phases of the cycle. */
  readonly counters: CycleCounters
  /** Removals found in the partition that count towards the threshold. */
  readonly removals: number
}

/** A change of a source that was read and is not settled yet. A later change of the same object replaces it. */
export interface Work {
  readonly mapping: string
  readonly sourceId: string
  readonly change: JsonValue
}
