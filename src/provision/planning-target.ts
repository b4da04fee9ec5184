import { type Answer, done } from '../connect/answer.js'
import type { MemberChange, Misfit, Target, TargetChange, TargetEntry } from '../connect/target.js'
import type { TargetObject } from '../mapping/mapped-object.js'
import type { Value } from '../values/value.js'

/** A request that a cycle would send. */
export type PlannedRequest =
  | {
      readonly type: 'create'
      readonly kind: string
      readonly id: string
      readonly values: ReadonlyMap<string, Value>
    }
  | { readonly type: 'update'; readonly kind: string; readonly id: string; readonly change: TargetChange }
  | { readonly type: 'delete'; readonly kind: string; readonly id: string }
  | { readonly type: 'members'; readonly kind: string; readonly id: string; readonly change: MemberChange }

/** The prefix of identifiers of objects that do not exist yet. */
export const PLANNED = 'planned:'

/**
 * A target that is read and never written: requests that would write are collected, and count as successful.
 */
export class PlanningTarget implements Target {
  readonly name: string
  readonly abilities: Target['abilities']
  readonly requests: PlannedRequest[] = []
  readonly #target: Target

  constructor(target: Target) {
    this.#target = target
    this.name = target.name
    // One after the other, so that the same state gives the same plan.
    this.abilities = { ...target.abilities, concurrency: 1 }
  }

  probe(...args: Parameters<Target['probe']>): Promise<Answer<void>> {
    return this.#target.probe(...args)
  }

  find(...args: Parameters<Target['find']>): Promise<Answer<readonly TargetEntry[]>> {
    return this.#target.find(...args)
  }

  read(...args: Parameters<Target['read']>): Promise<Answer<TargetEntry>> {
    return this.#target.read(...args)
  }

  readMembers(...args: Parameters<Target['readMembers']>): Promise<Answer<readonly string[]>> {
    return this.#target.readMembers(...args)
  }

  list(...args: Parameters<Target['list']>): ReturnType<Target['list']> {
    return this.#target.list(...args)
  }

  misfits(kind: string, values: ReadonlyMap<string, Value>): readonly Misfit[] {
    return this.#target.misfits?.(kind, values) ?? []
  }

  async create(kind: string, values: ReadonlyMap<string, Value>): Promise<Answer<TargetEntry>> {
    const id = `${PLANNED}${this.requests.length + 1}`
    this.requests.push({ type: 'create', kind, id, values })
    return done({ id, values })
  }

  async update(kind: string, id: string, change: TargetChange): Promise<Answer<TargetObject | undefined>> {
    this.requests.push({ type: 'update', kind, id, change })
    return done(undefined)
  }

  async remove(kind: string, id: string): Promise<Answer<void>> {
    this.requests.push({ type: 'delete', kind, id })
    return done(undefined)
  }

  async changeMembers(kind: string, id: string, change: MemberChange): Promise<Answer<void>> {
    this.requests.push({ type: 'members', kind, id, change })
    return done(undefined)
  }

  async close(): Promise<void> {}
}
