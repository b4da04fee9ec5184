import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { requireMapping } from '../mapping/mapping-plan.js'
import { requireMade } from '../values/misuse.js'
import {
  awkward,
  awkwardDates,
  familyNames,
  givenNames,
  ordinaryValue,
  type Person,
  type SourceValues,
  sourceValues,
} from '../verify/source-values.js'

/** The module fast-check. It is passed in, so that the caller chooses its version. */
export interface FastCheck {
  readonly object: (...constraints: never[]) => unknown
}

interface Arbitrary<T> {
  map<U>(change: (value: T) => U): Arbitrary<U>
}

/** The part of fast-check that is used. */
interface Drawing {
  boolean(): Arbitrary<boolean>
  nat(constraints: { readonly max: number }): Arbitrary<number>
  string(constraints: { readonly unit: 'grapheme'; readonly maxLength: number }): Arbitrary<string>
  constantFrom<T>(...values: readonly T[]): Arbitrary<T>
  oneof<T>(...choices: readonly { readonly arbitrary: Arbitrary<T>; readonly weight: number }[]): Arbitrary<T>
  array<T>(of: Arbitrary<T>, constraints: { readonly maxLength: number }): Arbitrary<readonly T[]>
  tuple<A, B>(a: Arbitrary<A>, b: Arbitrary<B>): Arbitrary<readonly [A, B]>
  record<T>(
    of: Readonly<Record<string, Arbitrary<T>>>,
    constraints?: { readonly requiredKeys: readonly string[] },
  ): Arbitrary<Readonly<Record<string, T>>>
}

/** A value for the person that an object represents. */
type ValueFor = (person: Person) => unknown

const one =
  (value: unknown): ValueFor =>
  () =>
    value

/** The values of an attribute, the simplest first: fast-check shrinks towards them. */
const valuesOf = (draw: Drawing, attribute: SourceValues): Arbitrary<ValueFor> => {
  const { kind, multivalued, matching, constants, dates, formed } = attribute
  if (kind === 'Boolean') return draw.boolean().map(one)
  if (kind === 'Integer') return draw.nat({ max: 999 }).map(one)
  const usual = draw.nat({ max: 19 }).map((number): ValueFor => {
    const pick = <T>(items: readonly T[]): T | undefined => items[number % items.length]
    return (person) => ordinaryValue(attribute, person, pick)
  })
  const known = [...constants, ...formed]
  const odd = dates.length > 0 || kind === 'DateTime' ? awkwardDates : awkward
  const single = matching
    ? usual
    : draw.oneof(
        { arbitrary: usual, weight: 6 },
        ...(known.length === 0 ? [] : [{ arbitrary: draw.constantFrom(...known).map(one), weight: 6 }]),
        { arbitrary: draw.constantFrom(...odd).map(one), weight: 2 },
        { arbitrary: draw.string({ unit: 'grapheme', maxLength: 12 }).map(one), weight: 1 },
      )
  if (!multivalued) return single
  return draw.array(single, { maxLength: 3 }).map(
    (all): ValueFor =>
      (person) => {
        const values = all.map((each) => each(person))
        return values.some(Array.isArray) ? values.flat() : values
      },
  )
}

/**
 * Returns an arbitrary of fast-check that yields source objects for a mapping: for every attribute that is
 * read, values of its type, international names, the constants that expressions and filters compare with,
 * unusual texts, or no value. They shrink to objects with few attributes.
 * @param fastCheck the module fast-check, its default export or its namespace
 * @returns an arbitrary of `Record<string, unknown>`
 */
export const sourceObjects = <Fc extends FastCheck>(
  fastCheck: Fc,
  mapping: CompiledObjectMapping,
): ReturnType<Fc['object']> => {
  requireMade(fastCheck, 'record', 'fast-check, such as sourceObjects(fc, mapping)')
  requireMapping(mapping)
  const draw = fastCheck as unknown as Drawing
  const attributes = sourceValues(mapping)
  const person = draw.record<unknown>({
    given: draw.constantFrom(...givenNames),
    family: draw.constantFrom(...familyNames),
    index: draw.nat({ max: 9999 }),
  }) as Arbitrary<unknown> as Arbitrary<Person>
  const names = new Set(attributes.map(({ name }) => name))
  const fields = {
    ...Object.fromEntries(attributes.map((attribute) => [attribute.name, valuesOf(draw, attribute)])),
    ...(names.has('accountEnabled') ? {} : { accountEnabled: draw.boolean().map(one) }),
  }
  const requiredKeys = attributes.filter(({ needed }) => needed).map(({ name }) => name)
  return draw
    .tuple(person, draw.record(fields, { requiredKeys }))
    .map(([whom, values]) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value(whom)])),
    ) as ReturnType<Fc['object']>
}
