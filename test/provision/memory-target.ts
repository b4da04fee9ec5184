import { type Answer, done, type Failure } from '../../src/connect/answer.js'
import type {
  MemberChange,
  Target,
  TargetAbilities,
  TargetChange,
  TargetEntry,
  TargetKey,
} from '../../src/connect/target.js'
import type { TargetObject } from '../../src/mapping/mapped-object.js'
import type { Value } from '../../src/values/value.js'

/** A request that writes, as the target received it. */
export interface Write {
  readonly method: 'create' | 'update' | 'remove' | 'members'
  readonly kind: string
  readonly id: string
  readonly values?: Readonly<Record<string, Value>>
  readonly members?: MemberChange
}

/** A target in memory. It creates what it is told to create, also twice, and remembers every request that writes. */
export class MemoryTarget implements Target {
  readonly name = 'memory'
  abilities: TargetAbilities = { membersPerRequest: 2, requestTimeout: 1000, concurrency: 4 }
  readonly objects = new Map<string, Map<string, Value>>()
  readonly members = new Map<string, Set<string>>()
  readonly writes: Write[] = []
  /** The requests that were carried out. */
  readonly effects: Write[] = []
  searches = 0
  /** Attributes that are accepted and not kept. */
  drops: readonly string[] = []
  /** Answers a request instead of carrying it out. */
  before: ((write: Write) => Failure | undefined) | undefined
  /** Answers a request that was carried out. */
  after: ((write: Write) => Failure | undefined) | undefined
  #next = 1

  /** Changes some of what the target can do. */
  can(abilities: Partial<TargetAbilities>): void {
    this.abilities = { ...this.abilities, ...abilities }
  }

  async probe(): Promise<Answer<void>> {
    return done(undefined)
  }

  async find(_kind: string, { attribute, value }: TargetKey): Promise<Answer<readonly TargetEntry[]>> {
    this.searches++
    await Promise.resolve()
    const same = (other: Value | undefined): boolean =>
      String(other).toLowerCase() === String(value).toLowerCase()
    return done(
      [...this.objects]
        .filter(([, values]) => same(values.get(attribute)))
        .map(([id, values]) => ({ id, values: new Map(values) })),
    )
  }

  async read(_kind: string, id: string): Promise<Answer<TargetEntry>> {
    const values = this.objects.get(id)
    return values === undefined
      ? { outcome: 'gone', code: 'InvalidAnchor', reason: 'no such object' }
      : done({ id, values: new Map(values) })
  }

  async readMembers(_kind: string, id: string): Promise<Answer<readonly string[]>> {
    return done([...(this.members.get(id) ?? [])])
  }

  async *list(): AsyncGenerator<Answer<readonly TargetEntry[]>> {
    yield done([...this.objects].map(([id, values]) => ({ id, values })))
  }

  async create(kind: string, values: ReadonlyMap<string, Value>): Promise<Answer<TargetEntry>> {
    const id = `t${this.#next++}`
    return this.#write({ method: 'create', kind, id, values: Object.fromEntries(values) }, () => {
      this.objects.set(id, this.#kept(values))
      return { id, values: this.#kept(values) }
    })
  }

  async update(
    kind: string,
    id: string,
    { values }: TargetChange,
  ): Promise<Answer<TargetObject | undefined>> {
    return this.#write({ method: 'update', kind, id, values: Object.fromEntries(values) }, () => {
      const object = this.objects.get(id)!
      for (const [name, value] of this.#kept(values)) object.set(name, value)
      return new Map(object)
    })
  }

  async remove(kind: string, id: string): Promise<Answer<void>> {
    return this.#write({ method: 'remove', kind, id }, () => void this.objects.delete(id))
  }

  async changeMembers(kind: string, id: string, members: MemberChange): Promise<Answer<void>> {
    return this.#write({ method: 'members', kind, id, members }, () => {
      const has = this.members.get(id) ?? new Set<string>()
      this.members.set(id, has)
      for (const one of members.add) has.add(one)
      for (const one of members.remove) has.delete(one)
    })
  }

  async close(): Promise<void> {}

  #kept(values: ReadonlyMap<string, Value>): Map<string, Value> {
    return new Map([...values].filter(([name]) => !this.drops.includes(name)))
  }

  async #write<T>(write: Write, carryOut: () => T): Promise<Answer<T>> {
    this.writes.push(write)
    await Promise.resolve()
    const refused = this.before?.(write)
    if (refused !== undefined) return refused
    if (write.method !== 'create' && !this.objects.has(write.id))
      return { outcome: 'gone', code: 'InvalidAnchor', reason: 'no such object' }
    const value = carryOut()
    this.effects.push(write)
    return this.after?.(write) ?? done(value)
  }

  /** Objects by their userName, or by their identifier where they have none. */
  named(): Readonly<Record<string, Readonly<Record<string, Value>>>> {
    return Object.fromEntries(
      [...this.objects].map(([id, values]) => [
        String(values.get('userName') ?? id),
        Object.fromEntries(values),
      ]),
    )
  }
}

export const unknown: Failure = { outcome: 'unknown', code: 'InternalServerError', reason: 'answered 500' }
export const refused: Failure = {
  outcome: 'refused',
  code: 'WebExceptionProtocolError',
  reason: 'answered 400',
}
export const retry = (after?: number): Failure => ({
  outcome: 'retry',
  code: 'TooManyRequests',
  reason: 'too many requests',
  ...(after === undefined ? {} : { after }),
})
