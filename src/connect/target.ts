import type { TargetObject } from '../mapping/mapped-object.js'
import type { Value } from '../values/value.js'
import type { Answer } from './answer.js'

/** An object of a target. */
export interface TargetEntry {
  /** The identifier used to read and write it. It does not change when the object is renamed. */
  readonly id: string
  /** Its values by target attribute name, for the attributes of the object mapping. */
  readonly values: TargetObject
}

/** A value to search for. */
export interface TargetKey {
  readonly attribute: string
  readonly value: Value
}

/** The change of an object. */
export interface TargetChange {
  /** The known values in the target. */
  readonly before: TargetObject
  /** The values to write, by target attribute; null clears one. Other attributes are not changed. */
  readonly values: ReadonlyMap<string, Value>
}

/** Members to add to a group and to remove from it: identifiers of objects of the target. */
export interface MemberChange {
  readonly attribute: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** A value that cannot be sent. */
export interface Misfit {
  readonly attribute: string
  /** Why, for people; it may quote the value. */
  readonly reason: string
}

/** The abilities of a target that the engine must know. */
export interface TargetAbilities {
  /** The most members that one request may add or remove. */
  readonly membersPerRequest: number
  /**
   * Milliseconds after which a request counts as unanswered; it may still take effect within the same time
   * again.
   */
  readonly requestTimeout: number
  /** The most open requests. */
  readonly concurrency: number
  /** Target attributes that it refuses: they are left out of requests. Default: none. */
  readonly refused?: readonly string[]
  /**
   * Target attributes that it accepts but does not store: they are sent, and not expected back. Default:
   * none.
   */
  readonly dropped?: readonly string[]
  /**
   * Target attributes that are not part of a create: an update right after it writes them, such as an initial
   * password. Default: none.
   */
  readonly afterCreate?: readonly string[]
}

/**
 * A system that objects are written to. Implementations send requests and read answers, keep to the target's
 * rate, and know its deviations; they make no decisions. They never retry a request that may have taken
 * effect. `kind` is the `targetObjectName` of the object mapping, values are flat, by target attribute name.
 */
export interface Target {
  /** The name in logs and messages. */
  readonly name: string
  readonly abilities: TargetAbilities
  /**
   * The read at the start of a cycle: the credentials must be accepted, and a search for a value that no
   * object has must find nothing.
   * @param nobody a text that no object has, such as a random UUID
   */
  probe(kind: string, key: TargetKey, signal?: AbortSignal): Promise<Answer<void>>
  /** The objects with this value. If there are several, the caller decides. */
  find(kind: string, key: TargetKey, signal?: AbortSignal): Promise<Answer<readonly TargetEntry[]>>
  /**
   * The values that cannot be sent, because they do not fit the type of their attribute: they are left out, and
   * the target keeps what it has. Default: none.
   */
  misfits?(kind: string, values: ReadonlyMap<string, Value>): readonly Misfit[]
  /** One object; members of a group are not read. */
  read(kind: string, id: string, signal?: AbortSignal): Promise<Answer<TargetEntry>>
  /**
   * Creates an object. The entry contains the values that the target showed of it; none if it showed nothing.
   */
  create(kind: string, values: ReadonlyMap<string, Value>, signal?: AbortSignal): Promise<Answer<TargetEntry>>
  /**
   * Changes an object. The value is the object as the target showed it afterwards; undefined if it showed
   * nothing.
   */
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
  /** All objects of a kind, page by page, for drift; the last page may be a failure. */
  list(kind: string, signal?: AbortSignal): AsyncIterable<Answer<readonly TargetEntry[]>>
  close(): Promise<void>
}
