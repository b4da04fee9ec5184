import { valueJson } from '../../expression/outcome-json.js'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { FindTargets } from '../../mapping/find-targets.js'
import { identifyingAttributes, identityOf } from '../../mapping/identity.js'
import { mapObject } from '../../mapping/map-object.js'
import type { MappedObject, MapRequest } from '../../mapping/mapped-object.js'
import { contextFrom } from '../../values/context.js'
import type { SourceRecord } from '../../values/record.js'
import { REDACTED } from '../../values/redacted.js'
import type { Value } from '../../values/value.js'

/** The meanings of the tags. */
export const effectTags = {
  deleted: 'are deleted with NEW and were not with OLD',
  disabled: 'are disabled with NEW and were not with OLD',
  leavesScope: 'leave the scope',
  failed: 'fail with NEW and did not with OLD',
  matchingKeyChanged: 'are matched by another value',
  renamed: 'get another name',
  created: 'are created with NEW and were not with OLD',
  entersScope: 'enter the scope',
  repaired: 'failed with OLD and do not with NEW',
  changed: 'get other values',
} as const

/** The effect of a change on one object, as a keyword. */
export type EffectTag = keyof typeof effectTags

/** A pair of values that occurs. */
export interface ValuePair {
  readonly before: unknown
  readonly after: unknown
  readonly count: number
  /** Some objects, by their identifiers or lines. */
  readonly samples: readonly string[]
}

/** The effect of a change on one target attribute. */
export interface AttributeEffect {
  readonly attribute: string
  /** How many objects get another value, among those that both sides keep. */
  readonly changed: number
  readonly toNull: number
  readonly fromNull: number
  /** The most frequent pairs. */
  readonly pairs: readonly ValuePair[]
  /**
   * By how much the counts of pairs may be too low, because only a limited number of different pairs is
   * stored.
   */
  readonly missed: number
}

/** The objects with one tag. */
export interface TaggedObjects {
  readonly count: number
  /** Their identifiers or lines, up to the limit. */
  readonly objects: readonly string[]
}

/** The effect of a change of a mapping on a population. */
export interface MappingEffect {
  readonly objects: number
  /** How many objects have a different result. */
  readonly affected: number
  readonly attributes: readonly AttributeEffect[]
  readonly tags: Readonly<Partial<Record<EffectTag, TaggedObjects>>>
}

/** The effect of a change on one object. */
export interface ObjectEffect {
  /** Its identifier or line. */
  readonly id: string
  readonly tags: readonly EffectTag[]
  readonly before: MappedObject
  readonly after: MappedObject
}

/** The options for gathering an effect. */
export interface EffectOptions {
  /**
   * The request for each object on both sides, such as the look-up of the target. Without a clock in its
   * context, the time at which the gathering began.
   */
  readonly request?: MapRequest
  /** The search of the target with OLD and with NEW, which may map different attributes. */
  readonly findTargets?: readonly [FindTargets, FindTargets]
  /** How many objects are listed for each tag. Default: all. */
  readonly listed?: number
}

const SAMPLES = 3
const PAIRS = 5
/** The most different pairs stored for an attribute. */
const MOST_PAIRS = 1000

interface Counts {
  changed: number
  toNull: number
  fromNull: number
  missed: number
  readonly pairs: Map<string, { before: unknown; after: unknown; count: number; samples: string[] }>
}

/** The values of one object with OLD and with NEW. */
type ValueChange = readonly [attribute: string, before: Value, after: Value]

/** Attributes by which a target identifies an object; for groups of a SCIM target the display name. */
const isName = (attribute: string, compiled: CompiledObjectMapping): boolean =>
  /^(?:userName|userPrincipalName|sAMAccountName|cn|parentDistinguishedName)$/i.test(attribute) ||
  (attribute === 'displayName' && /group$/i.test(compiled.objectMapping.targetObjectName))

/** The tags of objects with another outcome, by that with NEW. */
const turned: Readonly<Partial<Record<MappedObject['outcome'], EffectTag>>> = {
  create: 'created',
  disable: 'disabled',
  delete: 'deleted',
  error: 'failed',
}

const tagsOf = (before: MappedObject, after: MappedObject): EffectTag[] => {
  const tags: EffectTag[] = []
  if (before.outcome !== after.outcome) {
    const tag = turned[after.outcome]
    if (tag !== undefined) tags.push(tag)
    if (before.outcome === 'error') tags.push('repaired')
  }
  const [was, is] = [before.scope.inScope, after.scope.inScope]
  if (was !== true && is === true) tags.push('entersScope')
  if (was === true && is === false) tags.push('leavesScope')
  return tags
}

const textOf = (value: Value): string => JSON.stringify(valueJson(value))

const differ = (before: Value, after: Value): boolean => before !== after && textOf(before) !== textOf(after)

/**
 * Everything that determines the matching keys of all objects: if it is equal on both sides, no object has
 * other keys.
 */
const matchingOf = ({ matching, attributes, settings }: CompiledObjectMapping): string =>
  JSON.stringify([
    settings,
    matching
      .flatMap((index) => attributes[index] ?? [])
      .map(({ expression, mapping }) => [mapping.targetAttributeName, mapping.matchingPriority, expression]),
  ])

const keysOf = ({ matchKeys }: MappedObject): string =>
  JSON.stringify(matchKeys.map(({ targetAttribute, value }) => [targetAttribute, valueJson(value)]))

/** Whether the target has the object afterwards, with the values of the mapping. */
const keeps = ({ outcome, reason }: MappedObject): boolean =>
  outcome === 'create' || outcome === 'update' || reason === 'RedundantExport'

/** The value of an attribute afterwards; null if there is none or it is unknown. */
const valueAfterwards = ({ attributes, target, matchedBy }: MappedObject, index: number): Value => {
  const one = attributes[index]
  if (one === undefined) return null
  const { attribute, decision } = one
  if (decision.flows) return decision.value
  // The target has the value by which it was found.
  if (decision.reason === 'matched') return matchedBy?.value ?? null
  return decision.reason === 'unchanged' ? (target?.get(attribute.mapping.targetAttributeName) ?? null) : null
}

/** The index of each target attribute on both sides; -1 if a side does not have it. */
const placesOf = (
  before: CompiledObjectMapping,
  after: CompiledObjectMapping,
): readonly (readonly [string, number, number])[] => {
  const [old, now] = [before, after].map(({ attributes }) =>
    attributes.map(({ mapping }) => mapping.targetAttributeName),
  ) as [string[], string[]]
  return [...new Set([...old, ...now])].map((name) => [name, old.lastIndexOf(name), now.lastIndexOf(name)])
}

/** Gathers, object by object, how the results differ between OLD and NEW. */
export class EffectGatherer {
  readonly #old: CompiledObjectMapping
  readonly #new: CompiledObjectMapping
  readonly #requests: readonly MapRequest[]
  readonly #listed: number
  readonly #names: readonly string[]
  readonly #places: readonly (readonly [string, number, number])[]
  readonly #redacted: ReadonlySet<string>
  readonly #sameKeys: boolean
  readonly #attributes = new Map<string, Counts>()
  readonly #tags = new Map<EffectTag, { count: number; objects: string[] }>()
  #objects = 0
  #affected = 0

  constructor(
    before: CompiledObjectMapping,
    after: CompiledObjectMapping,
    { request = {}, findTargets, listed = Number.POSITIVE_INFINITY }: EffectOptions = {},
  ) {
    const now = Date.now()
    this.#old = before
    this.#new = after
    // The same clock, and random values of zeros only, so that no object differs by chance.
    this.#requests = [before, after].map(({ settings }, side) => ({
      ...request,
      ...(findTargets === undefined ? {} : { findTargets: findTargets[side] as FindTargets }),
      context: contextFrom({ now, random: { fill: (bytes) => bytes.fill(0) }, ...request.context }, settings),
    }))
    this.#listed = listed
    this.#names = identifyingAttributes(after)
    this.#places = placesOf(before, after)
    this.#sameKeys = matchingOf(before) === matchingOf(after)
    this.#redacted = new Set(
      [...before.attributes, ...after.attributes]
        .filter(({ redacted }) => redacted)
        .map(({ mapping }) => mapping.targetAttributeName),
    )
  }

  /** Maps an object with both sides and counts the differences; undefined if there are none. */
  add(record: SourceRecord, line: number): ObjectEffect | undefined {
    this.#objects++
    const [old, now] = this.#requests
    const before = mapObject(this.#old, record, old)
    const after = mapObject(this.#new, record, now)
    const tags = tagsOf(before, after)
    if (!this.#sameKeys && keysOf(before) !== keysOf(after)) tags.push('matchingKeyChanged')
    // If one side does not keep an object, the difference is its outcome, not its values.
    const changes = keeps(before) && keeps(after) ? this.#changesOf(before, after) : []
    if (changes.length > 0) tags.push('changed')
    if (changes.some(([name, old]) => old !== null && isName(name, this.#new))) tags.push('renamed')
    if (tags.length === 0 && before.outcome === after.outcome) return undefined
    this.#affected++
    const id = identityOf(this.#names, record) ?? `line ${line}`
    for (const change of changes) this.#count(change, id)
    for (const tag of tags) {
      const entry = this.#tags.get(tag) ?? { count: 0, objects: [] }
      this.#tags.set(tag, entry)
      entry.count++
      if (entry.objects.length < this.#listed) entry.objects.push(id)
    }
    return { id, tags, before, after }
  }

  #changesOf(before: MappedObject, after: MappedObject): readonly ValueChange[] {
    const changes: ValueChange[] = []
    for (const [name, from, to] of this.#places) {
      const [old, now] = [valueAfterwards(before, from), valueAfterwards(after, to)]
      if (differ(old, now)) changes.push([name, old, now])
    }
    return changes
  }

  #count([name, before, after]: ValueChange, id: string): void {
    const counts: Counts = this.#attributes.get(name) ?? {
      changed: 0,
      toNull: 0,
      fromNull: 0,
      missed: 0,
      pairs: new Map(),
    }
    this.#attributes.set(name, counts)
    counts.changed++
    if (after === null) counts.toNull++
    if (before === null) counts.fromNull++
    const { pairs } = counts
    const hidden = this.#redacted.has(name)
    const key = hidden ? '' : `${textOf(before)} ${textOf(after)}`
    let pair = pairs.get(key)
    if (pair === undefined) {
      if (pairs.size >= MOST_PAIRS) {
        // Subtract one from all counts (Misra and Gries): rare pairs are dropped, and frequent ones remain.
        counts.missed++
        for (const [other, one] of pairs) if (--one.count === 0) pairs.delete(other)
        return
      }
      const [old, now] = hidden ? [REDACTED, REDACTED] : [valueJson(before), valueJson(after)]
      pair = { before: old, after: now, count: 0, samples: [] }
      pairs.set(key, pair)
    }
    pair.count++
    if (pair.samples.length < SAMPLES) pair.samples.push(id)
  }

  /** The effect gathered so far. */
  effect(): MappingEffect {
    return {
      objects: this.#objects,
      affected: this.#affected,
      attributes: [...this.#attributes]
        .map(([attribute, { pairs, ...counts }]) => ({
          attribute,
          ...counts,
          pairs: [...pairs.values()].sort((a, b) => b.count - a.count).slice(0, PAIRS),
        }))
        .sort((a, b) => b.changed - a.changed),
      tags: Object.fromEntries(this.#tags),
    }
  }
}
