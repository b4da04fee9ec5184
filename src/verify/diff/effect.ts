import { valueJson } from '../../expression/outcome-json.js'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import { identifyingAttributes, identityOf } from '../../mapping/identity.js'
import { mapObject } from '../../mapping/map-object.js'
import type { MappedObject, MapRequest } from '../../mapping/mapped-object.js'
import { flowingValues } from '../../mapping/scim-request.js'
import type { SourceRecord } from '../../values/record.js'
import { REDACTED } from '../../values/redacted.js'
import type { Value } from '../../values/value.js'

/** What a change does to one object, in a word. */
export type EffectTag =
  | 'created'
  | 'disabled'
  | 'deleted'
  | 'failed'
  | 'repaired'
  | 'entersScope'
  | 'leavesScope'
  | 'matchingKeyChanged'
  | 'changed'

/** What the tags say. */
export const effectTags: Readonly<Record<EffectTag, string>> = {
  deleted: 'are deleted with NEW and were not with OLD',
  disabled: 'are disabled with NEW and were not with OLD',
  leavesScope: 'leave the scope',
  failed: 'fail with NEW and did not with OLD',
  matchingKeyChanged: 'are matched by another value',
  created: 'are created with NEW and were not with OLD',
  entersScope: 'enter the scope',
  repaired: 'failed with OLD and do not with NEW',
  changed: 'get other values',
}

/** A pair of values that occurs. */
export interface ValuePair {
  readonly before: unknown
  readonly after: unknown
  readonly count: number
  /** Some objects, by their identifiers or lines. */
  readonly samples: readonly string[]
}

/** What a change does to one target attribute. */
export interface AttributeEffect {
  readonly attribute: string
  /** How many objects get another value, of those that both sides write. */
  readonly changed: number
  readonly toNull: number
  readonly fromNull: number
  /** The most frequent pairs. */
  readonly pairs: readonly ValuePair[]
}

/** What a change of a mapping does to a population. */
export interface MappingEffect {
  readonly objects: number
  /** How many objects get anything else than before. */
  readonly affected: number
  readonly attributes: readonly AttributeEffect[]
  readonly tags: Readonly<
    Partial<Record<EffectTag, { readonly count: number; readonly objects: readonly string[] }>>
  >
}

/** How an effect is gathered. */
export interface EffectOptions {
  /** What both sides are told of each object, such as the look-up of the target. */
  readonly request?: MapRequest
  /** How many objects are named for each tag. Default: all. */
  readonly listed?: number
}

const SAMPLES = 3
const PAIRS = 5
/** Pairs beyond this number of different ones are counted, and not remembered. */
const MOST_PAIRS = 1000

interface Counts {
  changed: number
  toNull: number
  fromNull: number
  readonly pairs: Map<string, { before: unknown; after: unknown; count: number; samples: string[] }>
}

const tagsOf = (before: MappedObject, after: MappedObject): readonly EffectTag[] => {
  const tags: EffectTag[] = []
  const turned = (outcome: MappedObject['outcome']): boolean =>
    after.outcome === outcome && before.outcome !== outcome
  if (turned('create')) tags.push('created')
  if (turned('disable')) tags.push('disabled')
  if (turned('delete')) tags.push('deleted')
  if (turned('error')) tags.push('failed')
  if (before.outcome === 'error' && after.outcome !== 'error') tags.push('repaired')
  if (before.scope.inScope !== true && after.scope.inScope === true) tags.push('entersScope')
  if (before.scope.inScope === true && after.scope.inScope === false) tags.push('leavesScope')
  const keys = ({ matchKeys }: MappedObject): string =>
    JSON.stringify(matchKeys.map(({ targetAttribute, value }) => [targetAttribute, valueJson(value)]))
  if (keys(before) !== keys(after)) tags.push('matchingKeyChanged')
  return tags
}

const writes = ({ outcome }: MappedObject): boolean => outcome === 'create' || outcome === 'update'

/** Gathers, object by object, what becomes different when NEW takes the place of OLD. */
export class EffectGatherer {
  readonly #old: CompiledObjectMapping
  readonly #new: CompiledObjectMapping
  readonly #request: MapRequest
  readonly #listed: number
  readonly #names: readonly string[]
  readonly #redacted: ReadonlySet<string>
  readonly #attributes = new Map<string, Counts>()
  readonly #tags = new Map<EffectTag, { count: number; objects: string[] }>()
  #objects = 0
  #affected = 0

  constructor(before: CompiledObjectMapping, after: CompiledObjectMapping, options: EffectOptions = {}) {
    this.#old = before
    this.#new = after
    this.#request = options.request ?? {}
    this.#listed = options.listed ?? Number.POSITIVE_INFINITY
    this.#names = identifyingAttributes(after)
    this.#redacted = new Set(
      [...before.attributes, ...after.attributes]
        .filter(({ redacted }) => redacted)
        .map(({ mapping }) => mapping.targetAttributeName),
    )
  }

  /** Maps an object both ways and counts what differs. */
  add(record: SourceRecord, line: number): void {
    this.#objects++
    const before = mapObject(this.#old, record, this.#request)
    const after = mapObject(this.#new, record, this.#request)
    const id = identityOf(this.#names, record) ?? `line ${line}`
    const tags = [...tagsOf(before, after)]
    // An object that one side does not write gets no other values, but another outcome.
    if (
      writes(before) &&
      writes(after) &&
      this.#compareValues(flowingValues(before), flowingValues(after), id)
    )
      tags.push('changed')
    if (tags.length > 0 || before.outcome !== after.outcome) this.#affected++
    for (const tag of tags) {
      const entry = this.#tags.get(tag) ?? { count: 0, objects: [] }
      entry.count++
      if (entry.objects.length < this.#listed) entry.objects.push(id)
      this.#tags.set(tag, entry)
    }
  }

  #compareValues(before: ReadonlyMap<string, Value>, after: ReadonlyMap<string, Value>, id: string): boolean {
    let differs = false
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(name), after.get(name)].map((value) =>
        value === undefined ? null : valueJson(value),
      )
      const [oldText, nowText] = [JSON.stringify(old), JSON.stringify(now)]
      if (oldText === nowText) continue
      differs = true
      const counts = this.#attributes.get(name) ?? { changed: 0, toNull: 0, fromNull: 0, pairs: new Map() }
      this.#attributes.set(name, counts)
      counts.changed++
      if (now === null) counts.toNull++
      if (old === null) counts.fromNull++
      this.#countPair(counts, name, [old, now], `${oldText} ${nowText}`, id)
    }
    return differs
  }

  #countPair(
    { pairs }: Counts,
    name: string,
    [before, after]: readonly unknown[],
    key: string,
    id: string,
  ): void {
    const hidden = this.#redacted.has(name)
    const place = hidden ? '' : key
    let pair = pairs.get(place)
    if (pair === undefined) {
      if (pairs.size >= MOST_PAIRS) return
      pair = { before: hidden ? REDACTED : before, after: hidden ? REDACTED : after, count: 0, samples: [] }
      pairs.set(place, pair)
    }
    pair.count++
    if (pair.samples.length < SAMPLES) pair.samples.push(id)
  }

  /** What was gathered so far. */
  effect(): MappingEffect {
    return {
      objects: this.#objects,
      affected: this.#affected,
      attributes: [...this.#attributes]
        .map(([attribute, { changed, toNull, fromNull, pairs }]) => ({
          attribute,
          changed,
          toNull,
          fromNull,
          pairs: [...pairs.values()].sort((a, b) => b.count - a.count).slice(0, PAIRS),
        }))
        .sort((a, b) => b.changed - a.changed),
      tags: Object.fromEntries(this.#tags),
    }
  }
}
