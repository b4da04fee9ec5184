import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { mapObject } from '../mapping/map-object.js'
import type { MapRequest } from '../mapping/mapped-object.js'
import { requireMapping } from '../mapping/mapping-plan.js'
import { requireMade } from '../values/misuse.js'
import { type AskedByScope, askedByScope } from './scope-values.js'
import {
  awkward,
  awkwardDates,
  type Choose,
  familyNames,
  givenNames,
  isOfLeavers,
  ordinaryValue,
  type Person,
  type SourceValues,
  sourceValues,
} from './source-values.js'

/** The options for generating objects. */
export interface GenerateOptions {
  readonly count: number
  /** The same seed generates the same objects. */
  readonly seed: number
}

/** An object in the making, without a prototype: an attribute may be called `__proto__`. */
type Draft = Record<string, unknown>

/** A small repeatable generator (mulberry32); not for secrets. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** How many objects are meant to be in scope. */
const IN_SCOPE = 0.85
/** How many objects have texts that break careless expressions, after the first ones, which all do. */
const AWKWARD = 0.03
/** How many values are missing. */
const MISSING = 0.1
const MISSING_OF_LEAVERS = 0.9

/** A fixed clock, so that the same objects are generated on every day. */
const request: MapRequest = { context: { now: '2026-01-15T08:00:00Z' } }

/** Finds values with which the expressions of a mapping do not fail, and learns from those that did. */
class Mending {
  readonly #compiled: CompiledObjectMapping
  readonly #values: ReadonlyMap<string, SourceValues>
  readonly #good = new Map<string, unknown[]>()
  readonly #refused = new Map<string, number>()

  constructor(compiled: CompiledObjectMapping, attributes: readonly SourceValues[]) {
    this.#compiled = compiled
    this.#values = new Map(attributes.map((one) => [one.name, one]))
  }

  /** The values to take for an attribute, if most others fail. */
  insteadFor(name: string): readonly unknown[] | undefined {
    return (this.#refused.get(name) ?? 0) < 5 ? undefined : this.#good.get(name)
  }

  /** The names of the attributes that failing expressions read, and how many expressions fail. */
  #failing(object: Draft): { readonly count: number; readonly names: readonly string[] } {
    const { outcome, attributes } = mapObject(this.#compiled, object, request)
    if (outcome !== 'error') return { count: 0, names: [] }
    const failed = attributes.filter(({ decision }) => !decision.flows && decision.reason === 'failed')
    const names = failed.flatMap(({ attribute }) => attribute.reads)
    return { count: failed.length, names: [...new Set(names)] }
  }

  /** Other values for the attributes that make expressions fail: those of another object, or any that work. */
  mend(object: Draft, other?: Readonly<Draft>): void {
    let { count, names } = this.#failing(object)
    for (const name of names) {
      const values = this.#values.get(name)
      if (values === undefined || count === 0) continue
      const before = object[name]
      const tried =
        other === undefined ? [...(this.#good.get(name) ?? []), ...fallbacks(values)] : [other[name]]
      for (const value of tried) {
        put(object, name, value)
        const left = this.#failing(object).count
        if (left < count) {
          count = left
          if (other === undefined) this.#learn(name, value)
          break
        }
        put(object, name, before)
      }
    }
  }

  #learn(name: string, value: unknown): void {
    this.#refused.set(name, (this.#refused.get(name) ?? 0) + 1)
    const good = this.#good.get(name) ?? []
    this.#good.set(name, good)
    if (value !== undefined && good.length < 20 && !good.includes(value)) good.push(value)
  }
}

const put = (object: Draft, name: string, value: unknown): void => {
  if (value === undefined) delete object[name]
  else object[name] = value
}

/** Values that suit many expressions, the more likely ones first. */
const fallbacks = ({ dates, formed, constants, multivalued }: SourceValues): readonly unknown[] => {
  const values = [
    ...dates,
    ...formed,
    ...constants,
    '2026-01-15',
    '2026-01-15T08:00:00Z',
    '1',
    'True',
    'a/b',
    'a b',
  ]
  return [...values.map((value) => (multivalued ? [value] : value)), undefined]
}

/** Gives an object values that its scope accepts: ordinary ones where it accepts them. */
const moveIntoScope = (
  object: Draft,
  asked: AskedByScope,
  pick: Choose,
  ordinary: (name: string) => unknown,
): void => {
  for (const groups of asked) {
    for (const { name, accepts, values } of pick(groups) ?? []) {
      if (accepts(object[name])) continue
      const value = ordinary(name)
      put(object, name, accepts(value) ? value : pick(values))
    }
  }
}

/** Gives an object a value that a group of its scope refuses; another group may accept the object. */
const moveOutOfScope = (object: Draft, asked: AskedByScope, pick: Choose): void => {
  const refusing = pick(asked.flat(2).filter(({ refused }) => refused.length > 0))
  if (refusing !== undefined) put(object, refusing.name, pick(refusing.refused))
}

/**
 * Generates source objects of a mapping: for every attribute that it reads, values of its type and in the form
 * in which the expressions read it, international names, the constants that expressions and filters compare
 * with, and missing values. Most objects are in scope, and expressions fail for few of them. The first objects
 * have edge cases. The same seed generates the same objects.
 */
export const generateObjects = function* (
  compiled: CompiledObjectMapping,
  options: GenerateOptions,
): Generator<Readonly<Record<string, unknown>>> {
  requireMapping(compiled)
  requireMade(options, 'count', '{ count, seed }')
  const { count, seed } = options
  const next = numbersFrom(seed)
  const pick: Choose = (items) => items[Math.floor(next() * items.length)]
  const attributes = sourceValues(compiled)
  const asked = askedByScope(compiled)
  const inScope = new Set(asked.flat(2).map(({ name }) => name))
  const mending = new Mending(compiled, attributes)
  for (let index = 0; index < count; index++) {
    const person: Person = { given: pick(givenNames) ?? '', family: pick(familyNames) ?? '', index }
    const object: Draft = Object.create(null)
    const ordinary = (attribute: SourceValues): unknown => {
      const value = ordinaryValue(attribute, person, pick)
      return attribute.multivalued && !Array.isArray(value)
        ? severalOf(attribute, value, person, pick)
        : value
    }
    for (const attribute of attributes) {
      const { name, needed } = attribute
      if (!needed && next() < (isOfLeavers(name) ? MISSING_OF_LEAVERS : MISSING)) continue
      const instead = mending.insteadFor(name)
      put(object, name, instead === undefined ? ordinary(attribute) : pick([...instead, undefined]))
    }
    if (compiled.ends.sourceIsEntra && !Object.hasOwn(object, 'accountEnabled') && next() < 0.05)
      object.accountEnabled = false
    if (next() >= IN_SCOPE) moveOutOfScope(object, asked, pick)
    else
      moveIntoScope(object, asked, pick, (name) => {
        const attribute = attributes.find((one) => one.name === name)
        return attribute && ordinary(attribute)
      })
    mending.mend(object)
    const isFirst = index < awkward.length
    if (isFirst || next() < AWKWARD) {
      const before: Draft = Object.assign(Object.create(null), object)
      for (const { name, kind, matching, dates, multivalued } of attributes) {
        if (kind === 'Boolean' || kind === 'Integer' || matching || inScope.has(name) || next() < 0.5)
          continue
        const value = pick(dates.length > 0 || kind === 'DateTime' ? awkwardDates : awkward)
        object[name] = multivalued ? [value] : value
      }
      // An expression that fails hides the others, so only some objects keep the values that make it fail.
      if (index % 6 !== 0) mending.mend(object, before)
    }
    yield Object.fromEntries(Object.entries(object))
  }
}

/** One to three values. */
const severalOf = (
  attribute: SourceValues,
  value: unknown,
  person: Person,
  pick: Choose,
): readonly unknown[] => [
  ...new Set([
    value,
    ...Array.from({ length: pick([0, 0, 1, 2]) ?? 0 }, (_, more) =>
      ordinaryValue(attribute, { ...person, index: person.index + more + 1 }, pick),
    ).flat(),
  ]),
]
