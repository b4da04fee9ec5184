import type { DateTime } from '../dotnet/dates/index.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { requireMapping } from '../mapping/mapping-plan.js'
import { closest } from '../text/suggest.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { textForm } from '../values/text.js'
import { isList, kindOf, type Value } from '../values/value.js'
import { type Note, note } from './notes.js'
import { odataDate } from './odata-date.js'
import { isMarkedRemoved } from './removed.js'
import { type ApiAttribute, apiShape } from './shapes/api.js'
import { shapes } from './shapes/index.js'
import { pascal, rootOf, type Shape, type ShapePath, valueAtPlace } from './shapes/shape.js'

/** A role of an application, as in `appRoles` of its service principal. */
export interface AppRole {
  readonly id: string
  readonly value?: string | null
  readonly displayName?: string | null
}

/** The options for finding the attributes of a population. */
export interface ShaperOptions {
  /** Name of the shape, or `none`. Default: recognised by the objects. */
  readonly shape?: string | undefined
  /** The attributes of the source; some have an API path. Default: none has. */
  readonly attributes?: Iterable<ApiAttribute> | undefined
  /** The roles of the application, for app role assignments that contain only role ids. */
  readonly appRoles?: readonly AppRole[] | undefined
}

/** The places of an attribute, apart from its own name. */
interface Wanted {
  readonly name: string
  readonly places: readonly ShapePath[]
  /** Whether the mapping reads it, not only the state of the object. */
  readonly read: boolean
  seen: number
}

/** The attributes for the state of an object, besides those of the mapping. */
const stateAttributes = ['accountEnabled', 'deletedDateTime', 'IsSoftDeleted']

/** The number of objects that are inspected to recognise a shape. */
const SAMPLE = 50

/**
 * The maximum number of names of a file that are kept to find similar ones, and of objects that are inspected
 * for them.
 */
const MOST_NAMES = 2000
const MOST_NAMED = 2000

/** The findings of a shaper about a population, as plain data. */
export interface ShaperState {
  /** Name of the shape. */
  readonly shape: string | undefined
  readonly records: number
  /** Attribute of the schema → place in the objects. */
  readonly renamed: readonly (readonly [string, ShapePath])[]
  /** The attributes that at least one object has. */
  readonly seen: readonly string[]
  /** Names of members in the objects. */
  readonly names: readonly string[]
  /** Name → PowerShell's replacement of its value. */
  readonly typed: readonly (readonly [string, string])[]
  /** Attributes with dates as OData 2 writes them. */
  readonly dates?: readonly string[]
  readonly rolesMissing: boolean
  /** The number of objects that only reported their removal. */
  readonly removed?: number
  /** The number of objects that were left out before they were read. */
  readonly passedOver?: number
}

/**
 * Finds the attributes that a mapping reads in the objects of a population, under the names of any known
 * system. A member of exactly the name always wins; only a reference to another object, such as a manager, is
 * replaced by its identifier. Renamed and missing attributes are reported once.
 */
export class Shaper {
  readonly #options: ShaperOptions
  readonly #shapes: readonly Shape[]
  #read: readonly string[]
  #wanted: readonly Wanted[]
  #shape: Shape | undefined
  #records = 0
  readonly #renamed = new Map<string, ShapePath>()
  readonly #names = new Set<string>()
  /** Replacements of values: name → the text. */
  readonly #typed = new Map<string, string>()
  /** Attributes with dates as OData 2 writes them. */
  readonly #dates = new Set<string>()
  #rolesMissing = false
  #removed = 0
  #passedOver = 0

  /** @param read the attributes that the mapping reads */
  constructor(read: readonly string[], options: ShaperOptions = {}) {
    this.#options = options
    this.#read = [...new Set(read)]
    // The schema's own declaration is more reliable than the names of any system.
    this.#shapes = [apiShape(options.attributes ?? []), ...shapes]
    this.#shape = this.#shapes.find(({ name }) => name === options.shape)
    this.#wanted = this.#want()
  }

  /** Adds attributes to read, before the first object. */
  alsoRead(names: readonly string[]): void {
    this.#read = [...new Set([...this.#read, ...names])]
    this.#wanted = this.#want()
  }

  /** The recognised or requested shape; undefined if there is none. */
  get shape(): { readonly name: string; readonly title: string } | undefined {
    return this.#shape
  }

  /** The attributes read by another name: attribute of the schema → place in the objects. */
  get renamed(): ReadonlyMap<string, string> {
    return this.#renamed
  }

  #want(): readonly Wanted[] {
    const wanted = (name: string, read: boolean): Wanted => ({
      name,
      places: this.#shape?.places(name) ?? [],
      read,
      seen: 0,
    })
    return [
      ...this.#read.map((name) => wanted(name, true)),
      ...stateAttributes
        .filter((name) => !this.#read.includes(name) && !this.#tellsState(name))
        .map((name) => wanted(name, false)),
    ]
  }

  /** A mapping from Active Directory reads the state from userAccountControl itself, and provisions disabled accounts. */
  #tellsState(name: string): boolean {
    return name === 'accountEnabled' && this.#read.includes('userAccountControl')
  }

  /** Leaves out an object that only reports its removal: it has no data to map. */
  leavesOut(record: SourceRecord): boolean {
    if (!isMarkedRemoved(record)) return false
    this.#removed++
    return true
  }

  /** Counts objects that are left out before they are read. */
  passOver(count: number): void {
    this.#passedOver += count
  }

  /**
   * The object with the attributes that the mapping reads, under their names; the same object if nothing is
   * added.
   */
  apply(record: SourceRecord): SourceRecord {
    this.#records++
    if (this.#shape === undefined && this.#options.shape === undefined && this.#records <= SAMPLE)
      this.#recognise(record)
    if (this.#names.size < MOST_NAMES && this.#records <= MOST_NAMED) this.#takeNames(record)
    let shaped: Record<string, unknown> | undefined
    for (const wanted of this.#wanted) {
      const own = Object.hasOwn(record, wanted.name)
      const found = own ? this.#otherForm(record, wanted) : this.#find(record, wanted, false)
      if (own || found !== undefined) wanted.seen++
      if (found === undefined) continue
      shaped ??= copyOf(record)
      shaped[wanted.name] = found
    }
    return shaped ?? record
  }

  #takeNames(record: SourceRecord): void {
    for (const [name, value] of Object.entries(record)) {
      this.#names.add(name)
      if (this.#typed.has(name)) continue
      const texts: readonly unknown[] = Array.isArray(value) ? value.slice(0, 1) : [value]
      const type = texts.find((one): one is string => typeof one === 'string' && insteadOfValue.test(one))
      if (type !== undefined) this.#typed.set(name, type.length > 120 ? `${type.slice(0, 120)}…` : type)
    }
  }

  #recognise(record: SourceRecord): void {
    const found = this.#shapes.find(({ recognise }) => recognise(record))
    if (found === undefined) return
    this.#shape = found
    const seen = new Map(this.#wanted.map((wanted) => [wanted.name, wanted.seen]))
    this.#wanted = this.#want()
    for (const wanted of this.#wanted) wanted.seen = seen.get(wanted.name) ?? 0
  }

  /** Another form of a value that the object has under the attribute's own name; undefined if there is none. */
  #otherForm(record: SourceRecord, wanted: Wanted): Value | undefined {
    const value = (record as Readonly<Record<string, unknown>>)[wanted.name]
    if (typeof value === 'string') return this.#dateIn(wanted.name, value)
    if (typeof value !== 'object' || value === null) return undefined
    return countedList(value as Value) ?? this.#find(record, wanted, true)
  }

  #find(record: SourceRecord, { name, places, read }: Wanted, own: boolean): Value | undefined {
    for (const place of places) {
      // A place inside the attribute itself is another form of its value; any other place is another name.
      if (own && (rootOf(place) !== name || place === name)) continue
      const value = this.#valueAt(record, name, place)
      if (value === null) continue
      const roles = rolesOf(name) && isList(value) ? this.#roles(value) : undefined
      // Assignments that are not references are read unchanged, unless the object has them by this name.
      const found = roles ?? (own && rolesOf(name) && isList(value) ? undefined : value)
      if (found === undefined) continue
      if (read && !own && !this.#renamed.has(name)) {
        const exact = this.#shape?.exactPlace?.(record, name, place) ?? place
        if (exact !== name) this.#renamed.set(name, exact)
      }
      return (typeof found === 'string' ? this.#dateIn(name, found) : countedList(found)) ?? found
    }
    return undefined
  }

  /** The date that a text of OData 2 stands for. */
  #dateIn(name: string, text: string): DateTime | undefined {
    const date = odataDate(text)
    if (date !== undefined) this.#dates.add(name)
    return date
  }

  #valueAt(record: SourceRecord, attribute: string, place: ShapePath): Value {
    const shape = this.#shape
    return shape?.valueAt === undefined
      ? valueAtPlace(record, place)
      : shape.valueAt(record, attribute, place)
  }

  /** App role assignments as their roles; undefined if none has a role id. */
  #roles(assignments: readonly Value[]): readonly Value[] | undefined {
    const idOf = (assignment: Value): Value =>
      kindOf(assignment) === 'object'
        ? (readAttribute(assignment as object, 'appRoleId') ??
          readAttribute(assignment as object, 'AppRoleId'))
        : null
    if (!assignments.some((one) => idOf(one) !== null)) return undefined
    return assignments.map((assignment): Value => {
      const id = idOf(assignment)
      const role = this.#options.appRoles?.find((one) => one.id === id)
      if (role !== undefined) return { id: role.id, value: role.value, displayName: role.displayName }
      if (id === null) return assignment
      this.#rolesMissing = true
      return { id }
    })
  }

  /** The findings so far. */
  state(): ShaperState {
    return {
      shape: this.#shape?.name,
      records: this.#records,
      renamed: [...this.#renamed],
      seen: this.#wanted.filter(({ seen }) => seen > 0).map(({ name }) => name),
      names: [...this.#names],
      typed: [...this.#typed],
      dates: [...this.#dates],
      rolesMissing: this.#rolesMissing,
      removed: this.#removed,
      passedOver: this.#passedOver,
    }
  }

  /** Adds findings about other objects of the population, from a worker or before an interruption. */
  merge({ removed = 0, passedOver = 0, ...state }: ShaperState): void {
    const { shape, records, renamed, seen, names, typed, rolesMissing } = state
    if (this.#shape === undefined && shape !== undefined) {
      this.#shape = this.#shapes.find(({ name }) => name === shape)
      this.#wanted = this.#want().map((wanted, index) => ({
        ...wanted,
        seen: this.#wanted[index]?.seen ?? 0,
      }))
    }
    this.#records += records
    for (const [name, place] of renamed) this.#renamed.set(name, place)
    const others = new Set(seen)
    for (const wanted of this.#wanted) if (others.has(wanted.name)) wanted.seen++
    for (const name of names) if (this.#names.size < MOST_NAMES) this.#names.add(name)
    for (const [name, text] of typed) this.#typed.set(name, text)
    for (const name of state.dates ?? []) this.#dates.add(name)
    this.#rolesMissing ||= rolesMissing
    this.#removed += removed
    this.#passedOver += passedOver
  }

  /** The notes after all objects were read. */
  notes(): readonly Note[] {
    const { renamed } = this
    const pairs = [...renamed].map(([name, place]) => `${name} from ${place}`)
    return [
      ...(this.#records + this.#removed + this.#passedOver === 0 ? [note('AF4924', {})] : []),
      ...(pairs.length === 0 || this.#shape === undefined
        ? []
        : [note('AF4913', { shape: this.#shape.title, renamed: pairs.join(', ') })]),
      ...[...this.#typed].map(([name, type]) => note('AF4915', { name, type })),
      ...(this.#dates.size > 0 ? [note('AF4925', { names: [...this.#dates].join(', ') })] : []),
      ...(this.#rolesMissing ? [note('AF4920', {})] : []),
      ...(this.#removed > 0 ? [note('AF4923', { count: this.#removed })] : []),
      ...this.#missingNotes(),
    ]
  }

  #missingNotes(): readonly Note[] {
    const names = [...this.#names]
    const missing = this.missing()
    if (missing.length === 0) return []
    // If nothing was found, the names in the file help more than similar ones.
    const nothing = this.#wanted.every(({ name, read, seen }) => !read || seen === 0 || computed.has(name))
    const listed = ` The objects have ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`
    const found = missing.map((name) => {
      const near = closest(name, names)
      return near === undefined ? name : `${name} (near: ${near})`
    })
    return [note('AF4914', { names: inShort(found), listed: nothing && names.length > 0 ? listed : '' })]
  }

  /** The attributes that the mapping reads and no object has. */
  missing(): readonly string[] {
    return this.#records === 0
      ? []
      : this.#wanted
          .filter(({ name, read, seen }) => read && seen === 0 && !computed.has(name))
          .map(({ name }) => name)
  }
}

/** A {@link Shaper} for what a compiled mapping reads. */
export const mappingShaper = (
  compiled: CompiledObjectMapping,
  options: Omit<ShaperOptions, 'attributes'> = {},
): Shaper => {
  requireMapping(compiled)
  const { unit, ends } = compiled
  return new Shaper(
    unit.inputs.map(({ name }) => name),
    { ...options, attributes: ends.source?.definitions },
  )
}

/** PowerShell's output for a value without a text form, or below the depth of ConvertTo-Json. */
const insteadOfValue = /^(?:(?:System|Microsoft)(?:\.\w+)+(?:`\d.*|\[\])?|@\{\w+=.*\})$/s

/** Attributes that the service computes if an object does not have them. */
const computed: ReadonlySet<string> = new Set(['IsSoftDeleted', 'originalUserPrincipalName'])

const rolesOf = (name: string): boolean => name === 'appRoleAssignments'

/** How many names a note lists. */
const MOST_LISTED = 20

const inShort = (names: readonly string[]): string =>
  names.slice(0, MOST_LISTED).join(', ') +
  (names.length > MOST_LISTED ? ` and ${names.length - MOST_LISTED} more` : '')

/** The list that Windows PowerShell writes as `{"value": […], "Count": 2}`; undefined for anything else. */
const countedList = (value: Value): Value | undefined => {
  if (kindOf(value) !== 'object' || !Object.keys(value as object).some((name) => /^Count$/.test(name)))
    return undefined
  const list = readAttribute(value as object, 'value') ?? readAttribute(value as object, 'Value')
  return isList(list) ? list : undefined
}

const copyOf = (record: SourceRecord): Record<string, unknown> =>
  Object.assign(Object.create(null) as Record<string, unknown>, record)

/** The roles in a file: a list of them, a service principal, or a page of either. */
export const readAppRoles = (value: unknown): readonly AppRole[] => {
  if (Array.isArray(value)) return value.flatMap(readAppRoles)
  if (typeof value !== 'object' || value === null) return []
  for (const name of ['appRoles', 'AppRoles', 'value']) {
    const list = readAttribute(value, name)
    if (isList(list)) return readAppRoles(list)
  }
  const text = (name: string): string | null => {
    const found = textForm(readAttribute(value, name) ?? readAttribute(value, pascal(name)))
    return typeof found === 'string' ? found : null
  }
  const id = text('id')
  return id === null ? [] : [{ id, value: text('value'), displayName: text('displayName') }]
}
