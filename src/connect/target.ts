import type { TargetObject } from '../mapping/mapped-object.js'
import type { Value } from '../values/value.js'
import type { Answer } from './answer.js'

/** An object of a target. */
export interface TargetEntry {
  /** The identifier by which it is read and written. It does not change when the object is renamed. */
  readonly id: string
  /** Its values by target attribute name, as far as the object mapping names them. */
  readonly values: TargetObject
}

/** A value by which an object is searched. */
export interface TargetKey {
  readonly attribute: string
  readonly value: Value
}

/** The change of an object. */
export interface TargetChange {
  /** What the target has, as far as it is known. */
  readonly before: TargetObject
  /** The values to be written, by target attribute; null clears one. What is not named stays. */
  readonly values: ReadonlyMap<string, Value>
}

/** Members to be added to a group and removed from it: identifiers of objects of the target. */
export interface MemberChange {
  readonly attribute: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** What a target can do, as far as the engine has to know. */
export interface TargetAbilities {
  /** The most members that one request may add or remove. */
  readonly membersPerRequest: number
  /** Milliseconds after which a request counts as unanswered; it may still take effect within as long again. */
  readonly requestTimeout: number
  /** How many requests may be under way at once. */
  readonly concurrency: number
  /** Target attributes that it refuses: they are left out of requests. Default: none. */
  readonly refused?: readonly string[]
  /** Target attributes that it takes and does not keep: they are sent, and not missed. Default: none. */
  readonly dropped?: readonly string[]
}

/**
 * A system that objects are written to. Implementations send requests and read answers, keep to the target's
 * rate, and know its quirks; they decide nothing. They retry nothing that may have taken effect. `kind` is the
 * `targetObjectName` of the object mapping, values are flat, by target attribute name.
 */
export interface Target {
  /** What it is called in logs and messages. */
  readonly name: string
  readonly abilities: TargetAbilities
  /**
   * The read at the start of a cycle: credentials hold, and a search for a value that nobody has finds nothing.
   * @param nobody a text that no object has, such as a random UUID
   */
  probe(kind: string, key: TargetKey, signal?: AbortSignal): Promise<Answer<void>>
  /** The objects with this value; several are for the caller to judge. */
  find(kind: string, key: TargetKey, signal?: AbortSignal): Promise<Answer<readonly TargetEntry[]>>
  /** One object; members of a group are not read. */
  read(kind: string, id: string, signal?: AbortSignal): Promise<Answer<TargetEntry>>
  /** Creates an object. The entry holds what the target showed of it; no values when it showed nothing. */
  create(kind: string, values: ReadonlyMap<string, Value>, signal?: AbortSignal): Promise<Answer<TargetEntry>>
  /** Changes an object. The value is what the target showed of it after that; undefined when it showed nothing. */
  update(
    kind: string,
    id: string,
    change: TargetChange,
    signal?: AbortSignal,
  ): Promise<Answer<TargetObject | undefined>>
  /** Deletes an object. */
  remove(kind: string, id: string, signal?: AbortSignal): Promise<Answer<void>>
  /** Adds and removes members of a group; at most `membersPerRequest` in all. */
  changeMembers(kind: string, id: string, change: MemberChange, signal?: AbortSignal): Promise<Answer<void>>
  /** The members a group has, as identifiers of the target; only for recovery and drift. */
  readMembers(
    kind: string,
    id: string,
    attribute: string,
    signal?: AbortSignal,
  ): Promise<Answer<readonly string[]>>
  /** All objects of a kind, a page at a time, for drift; the last page may be a failure. */
  list(kind: string, signal?: AbortSignal): AsyncIterable<Answer<readonly TargetEntry[]>>
  close(): Promise<void>
}
