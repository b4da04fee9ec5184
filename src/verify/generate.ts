import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import {
  awkward,
  familyNames,
  givenNames,
  type Person,
  type Pick,
  sourceValues,
  usualValue,
} from './source-values.js'

/** The options for generating objects. */
export interface GenerateOptions {
  readonly count: number
  /** The same seed generates the same objects. */
  readonly seed: number
}

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

/**
 * Generates source objects of a mapping: for every attribute that it reads, values of the type in its
 * definition, international names, the constants that the expressions and filters compare with, missing
 * values and, in the first objects, edge cases. The same seed generates the same objects.
 */
export const generateObjects = function* (
  compiled: CompiledObjectMapping,
  { count, seed }: GenerateOptions,
): Generator<Readonly<Record<string, unknown>>> {
  const next = numbersFrom(seed)
  const pick: Pick = (items) => items[Math.floor(next() * items.length)]
  const attributes = sourceValues(compiled)
  for (let index = 0; index < count; index++) {
    const person: Person = { given: pick(givenNames) ?? '', family: pick(familyNames) ?? '', index }
    // Edge cases come first, so that a short population also has them.
    const odd = index < awkward.length ? 0.5 : 0.06
    const members = new Map<string, unknown>()
    for (const { name, kind, multivalued, needed, matching, constants } of attributes) {
      if (!needed && next() < 0.12) continue
      let value: unknown = usualValue(name, person, pick)
      if (kind === 'Boolean') value = next() < 0.8
      else if (kind === 'Integer') value = Math.floor(next() * 1000)
      else if (constants.length > 0 && !matching && next() < 0.5) value = pick(constants)
      else if (!matching && next() < odd) value = pick(awkward)
      value ??= `${name}-${Math.floor(next() * 20)}`
      members.set(name, multivalued && !Array.isArray(value) ? [value] : value)
    }
    if (!members.has('accountEnabled') && next() < 0.1) members.set('accountEnabled', false)
    yield Object.fromEntries(members)
  }
}
