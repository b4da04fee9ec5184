import { readAttribute } from '../../values/record.js'
import { isList, kindOf, type Value } from '../../values/value.js'

/** The place of a schema attribute in a shape: `businessPhones[0]`, `manager.id`, `members[].id`. */
export type ShapePath = string

/**
 * The names and layout of the attributes in one system. Names that are the same in schema and system are not
 * listed.
 */
export interface Shape {
  readonly name: string
  /** The system, in words. */
  readonly title: string
  /** Whether an object comes from this system. */
  readonly recognise: (record: object) => boolean
  /** The places of a schema attribute, the most reliable first. */
  readonly places: (attribute: string) => readonly ShapePath[]
  /** The value of an object at a place of an attribute; null if there is none. Default: `valueAtPlace`. */
  readonly valueAt?: (record: object, attribute: string, place: ShapePath) => Value
  /** The exact place in an object, for a place that stands for several. Default: the place itself. */
  readonly exactPlace?: (record: object, attribute: string, place: ShapePath) => ShapePath | undefined
}

/** Places by attribute, the most reliable first. */
export type PlaceTable = Readonly<Record<string, readonly ShapePath[]>>

/** The places of an attribute in a table; none if it is not listed. */
export const placesIn = (table: PlaceTable, attribute: string): readonly ShapePath[] =>
  (Object.hasOwn(table, attribute) ? table[attribute] : undefined) ?? []

const has = (record: object, name: string): boolean => Object.hasOwn(record, name)

/** Whether an object has at least `least` of the members. */
export const hasSome = (record: object, names: readonly string[], least = 1): boolean =>
  names.filter((name) => has(record, name)).length >= least

interface Step {
  readonly name: string
  /** `first`: the first element of a list; `each`: every element. */
  readonly element?: 'first' | 'each'
}

const parsed = new Map<ShapePath, readonly Step[]>()

const stepsOf = (path: ShapePath): readonly Step[] => {
  let steps = parsed.get(path)
  if (steps === undefined) {
    steps = path.split('.').map((part): Step => {
      if (part.endsWith('[0]')) return { name: part.slice(0, -3), element: 'first' }
      return part.endsWith('[]') ? { name: part.slice(0, -2), element: 'each' } : { name: part }
    })
    parsed.set(path, steps)
  }
  return steps
}

const isObject = (value: Value): value is Exclude<Value, null> & object => kindOf(value) === 'object'

const valueAt = (value: Value, steps: readonly Step[], index: number): Value => {
  const step = steps[index]
  if (step === undefined) return value
  if (!isObject(value)) return null
  const found = readAttribute(value, step.name)
  if (step.element === undefined) return valueAt(found, steps, index + 1)
  const list = isList(found) ? found : found === null ? [] : [found]
  if (step.element === 'first') return valueAt(list[0] ?? null, steps, index + 1)
  const values = list.map((one) => valueAt(one, steps, index + 1)).filter((one) => one !== null)
  return values.length === 0 ? null : values
}

/** The value of an object at a place; null if there is none. */
export const valueAtPlace = (record: object, path: ShapePath): Value =>
  valueAt(record as Value, stepsOf(path), 0)

/** The attribute with which a place begins. */
export const rootOf = (path: ShapePath): string => stepsOf(path)[0]?.name ?? ''

/** The names of a place in Pascal case, as PowerShell's modules write them. */
export const pascal = (path: ShapePath): ShapePath =>
  path.replace(/(^|\.)([a-z])/g, (letters) => letters.toUpperCase())
