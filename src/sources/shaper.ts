import type { DateTime } from '../dotnet/dates/index.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { closest } from '../text/suggest.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { textForm } from '../values/text.js'
import { isList, kindOf, type Value } from '../values/value.js'
import { type Note, note } from './notes.js'
import { odataDate } from './odata-date.js'
import { isMarkedRemoved } from './removed.js'
import { type ApiAttribute, apiShape } from './shapes/api.js'
import { shapes } from './shapes/index.js'
import { rootOf, type Shape, type ShapePath, valueAtPlace } from './shapes/shape.js'

/** A role of an application, as its service principal lists it in `appRoles`. */
export interface AppRole {
  readonly id: string
  readonly value?: string | null
  readonly displayName?: string | null
}

/** How the attributes of a population are found. */
export interface ShaperOptions {
  /** Name of the shape, or `none`. Default: recognised by the objects. */
  readonly shape?: string | undefined
  /** The attributes of the source, of which some say how its API names them. Default: none does. */
  readonly attributes?: Iterable<ApiAttribute> | undefined
  /** The roles of the application, for app role assignments that hold their ids alone. */
  readonly appRoles?: readonly AppRole[] | undefined
}

/** Where an attribute may be found, apart from its own name. */
interface Wanted {
  readonly name: string
  readonly places: readonly ShapePath[]
  /** Read by the mapping, and not only looked at to tell the state of an object. */
  readonly read: boolean
  seen: number
}

/** What tells the state of an object, besides what a mapping reads. */
const stateAttributes = ['accountEnabled', 'deletedDateTime', 'IsSoftDeleted']

/** How many objects are looked at for a shape. */
const SAMPLE = 50

/** How many names of a file are remembered, to find near ones, and in how many objects they are looked for. */
const MOST_NAMES = 2000
const MOST_NAMED = 2000

/** What a shaper found out about a population, as plain data. */
export interface ShaperState {
  /** Name of the shape. */
  readonly shape: string | undefined
  readonly records: number
  /** Attribute of the schema → place in the objects. */
  readonly renamed: readonly (readonly [string, ShapePath])[]
  /** The attributes that some object has. */
  readonly seen: readonly string[]
  /** Names that the objects have. */
  readonly names: readonly string[]
  /** Name → what PowerShell wrote in place of its value. */
  readonly typed: readonly (readonly [string, string])[]
  /** Attributes with dates as OData 2 writes them. */
  readonly dates?: readonly string[]
  readonly rolesMissing: boolean
  /** How many objects only said that they were removed. */
  readonly removed?: number
  /** How many objects were left out before they were read. */
  readonly passedOver?: number
}

/**
 * Finds the attributes that a mapping reads in the objects of a population, whatever system names them. A member of
 * exactly the name always wins; only what refers to another object, such as a manager, is replaced by its identifier.
 * What was renamed and what was never found is told once.
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
  /** What stands in place of values: name → the text. */
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
    // What the schema itself says tells more than the names of any system.
    this.#shapes = [apiShape(options.attributes ?? []), ...shapes]
    this.#shape = this.#shapes.find(({ name }) => name === options.shape)
    this.#wanted = this.#want()
  }

  /** Has more attributes read, before the first object. */
  alsoRead(names: readonly string[]): void {
    this.#read = [...new Set([...this.#read, ...names])]
    this.#wanted = this.#want()
  }

  /** The shape that was recognised, or asked for; undefined when there is none. */
  get shape(): { readonly name: string; readonly title: string } | undefined {
    return this.#shape
  }

  /** What was read by another name: attribute of the schema → place in the objects. */
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

  /** Leaves out an object that only says that it was removed: nothing of what it was is left to be mapped. */
  leavesOut(record: SourceRecord): boolean {
    if (!isMarkedRemoved(record)) return false
    this.#removed++
    return true
  }

  /** Counts objects that are left out before they are read. */
  passOver(count: number): void {
    this.#passedOver += count
  }

  /** The object with the attributes that the mapping reads, under their names; itself when nothing is to be added. */
  apply(record: SourceRecord): SourceRecord {
    this.#records++
    if (this.#shape === undefined && this.#options.shape === undefined && this.#records <= SAMPLE)
      this.#recognise(record)
    if (this.#names.size < MOST_NAMES && this.#records <= MOST_NAMED) this.#takeNames(record)
    let shaped: Record<string, unknown> | undefined
    for (const wanted of this.#wanted) {
      const own = Object.hasOwn(record, wanted.name)
      if (own) {
        wanted.seen++
        const value = (record as Readonly<Record<string, unknown>>)[wanted.name]
        if (
          typeof value === 'string'
            ? !value.startsWith('/Date(')
            : typeof value !== 'object' || value === null
        )
          continue
      }
      const found = this.#find(record, wanted, own)
      if (found === undefined) continue
      if (!own) wanted.seen++
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

  #find(record: SourceRecord, { name, places, read }: Wanted, own: boolean): Value | undefined {
    const written = own ? readAttribute(record, name) : null
    if (typeof written === 'string') return this.#dateIn(name, written)
    for (const place of places) {
      // A place below the attribute itself is another form of its value; any other one is another name.
      if (own && (rootOf(place) !== name || place === name)) continue
      const value = this.#valueAt(record, name, place)
      if (value === null) continue
      const roles = rolesOf(name) && isList(value) ? this.#roles(value) : undefined
      // Assignments that are no references are read as they are, unless the object has them by this name.
      const found = roles ?? (own && rolesOf(name) && isList(value) ? undefined : value)
      if (found === undefined) continue
      if (read && !own && place !== name) this.#renamed.set(name, place)
      return (typeof found === 'string' ? this.#dateIn(name, found) : undefined) ?? found
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

  /** App role assignments as their roles; undefined when they are none by id. */
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

  /** What was found out so far. */
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

  /** Adds what was found out about other objects of the population, by a worker or before an interruption. */
  merge({ removed = 0, passedOver = 0, ...state }: ShaperState): void {
    const { shape, records, renamed, seen, names, typed, rolesMissing } = state
    if (this.#shape === undefined && shape !== undefined) {
      this.#shape = this.#shapes.find(({ name }) => name === shape)
      this.#wanted = this.#want().map((wanted, index) => ({ ...wanted, seen: this.#wanted[index]!.seen }))
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

  /** What there is to say when all objects were read. */
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
    // Where nothing was found, the names of the file tell more than near ones.
    const nothing = missing.length === this.#wanted.filter(({ read }) => read).length
    const listed = ` Its objects have ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`
    return missing.map((name, index) => {
      const near = closest(name, names)
      if (near !== undefined) return note('AF4914', { name, near: ` It has ${near}.` })
      return note('AF4914', { name, near: nothing && index === 0 && names.length > 0 ? listed : '' })
    })
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
  { unit, ends }: CompiledObjectMapping,
  options: Omit<ShaperOptions, 'attributes'> = {},
): Shaper =>
  new Shaper(
    unit.inputs.map(({ name }) => name),
    { ...options, attributes: ends.source?.definitions },
  )

/** What PowerShell writes for a value that it has no text for, or below the depth of ConvertTo-Json. */
const insteadOfValue = /^(?:(?:System|Microsoft)(?:\.\w+)+(?:`\d.*|\[\])?|@\{\w+=.*\})$/s

/** Attributes that the service computes where an object does not carry them. */
const computed: ReadonlySet<string> = new Set(['IsSoftDeleted', 'originalUserPrincipalName'])

const rolesOf = (name: string): boolean => name === 'appRoleAssignments'

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

const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1)
