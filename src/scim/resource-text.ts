import { jsonString } from '../values/json-string.js'
import type { Value } from '../values/value.js'
import { coreSchemaOf, type ScimTarget } from './assemble.js'
import { isComplexList, isPrimaryRole, isReferenceValue, leafValue, ROLE_TYPE, typeOf } from './leaves.js'
import type { ScimPath } from './path.js'
import { ScimPathTable } from './path-table.js'
import { unfit } from './value.js'

/** An object or list of the resource that is being written, with what stands in it so far. */
class Container {
  readonly #open: string
  readonly #close: string
  readonly #parent: Container | undefined
  readonly #first: string
  readonly #parts: (string | Container)[] = []
  #used = false

  /**
   * @param open what stands in front of its members: `"name":{`
   * @param parent where it stands itself once it has a member
   * @param first the member by which an element of a list is found
   */
  constructor(open: string, close: string, parent?: Container, first = '') {
    this.#open = open
    this.#close = close
    this.#parent = parent
    this.#first = first
  }

  /** Adds a member, an element, or a container. They come in the order in which they are added. */
  add(part: string | Container): void {
    if (!this.#used) {
      this.#used = true
      this.#parent?.add(this)
    }
    this.#parts.push(part)
  }

  get used(): boolean {
    return this.#used
  }

  text(): string {
    let text = this.#open + this.#first
    let separator = this.#first === '' ? '' : ','
    for (const part of this.#parts) {
      text += separator + (typeof part === 'string' ? part : part.text())
      separator = ','
    }
    return text + this.#close
  }

  clear(): void {
    this.#parts.length = 0
    this.#used = false
  }
}

/** A place of the resource: where its member goes, under which name, and how its value is written. */
interface MemberTarget {
  readonly container: Container
  readonly name: string
  readonly path: ScimPath
  /** Whether a text is sent as it is. */
  readonly plain: boolean
  readonly extension: number
  readonly definition: ReturnType<NonNullable<ScimTarget['attributes']>['get']>
}

/** A role element that is sent with a type unless the mapping sets one. */
interface TypedRole {
  readonly element: Container
  readonly types: readonly number[]
}

/**
 * Writes the resources of a mapping as JSON text: the same text as `JSON.stringify` of what `createResource` makes of the
 * same values. Where that is not certain, it says so, and the resource is to be made as an object.
 */
export class ResourceWriter {
  readonly #root = new Container('', '')
  readonly #containers: Container[] = []
  readonly #places: readonly MemberTarget[]
  readonly #roles: readonly TypedRole[]
  readonly #schema: string
  readonly #extensions: readonly string[]
  /** The targets that have a value, and the extensions in the order in which they are used. */
  readonly #filled = new Set<number>()
  readonly #order = new Set<number>()

  private constructor(names: readonly string[], paths: readonly ScimPath[], target: ScimTarget) {
    this.#schema = jsonString(coreSchemaOf(target.objectName))
    this.#extensions = [...new Set(paths.flatMap(({ extension }) => extension ?? []))]
    const found = new Map<string, Container>()
    const under = (key: string, make: () => Container): Container => {
      const known = found.get(key)
      if (known !== undefined) return known
      const made = make()
      found.set(key, made)
      this.#containers.push(made)
      return made
    }
    const containerOf = ({ extension, attribute, predicate, subAttribute }: ScimPath): Container => {
      const scope =
        extension === undefined
          ? this.#root
          : under(extension, () => new Container(`${JSON.stringify(extension)}:{`, '}', this.#root))
      if (subAttribute === undefined) return scope
      const key = `${extension ?? ''} ${attribute}`
      const name = JSON.stringify(attribute)
      if (predicate === undefined) return under(key, () => new Container(`${name}:{`, '}', scope))
      const list = under(`${key}[]`, () => new Container(`${name}:[`, ']', scope))
      const member = `${JSON.stringify(predicate.attribute)}:${JSON.stringify(predicate.value)}`
      return under(`${key}[${member}]`, () => new Container('{', '}', list, member))
    }
    this.#places = paths.map((path, index): MemberTarget => {
      const definition = target.attributes?.get(names[index]!)
      const type = typeOf(path, definition)
      return {
        container: containerOf(path),
        name: `${JSON.stringify(path.subAttribute ?? path.attribute)}:`,
        path,
        plain:
          type !== 'Boolean' &&
          type !== 'Integer' &&
          !isComplexList(path) &&
          definition?.multivalued !== true &&
          !(path.subAttribute === undefined && isReferenceValue(path)),
        extension: path.extension === undefined ? -1 : this.#extensions.indexOf(path.extension),
        definition,
      }
    })
    this.#roles = rolesOf(this.#places)
  }

  /** @returns undefined when the paths of the mapping need the general way */
  static of(names: readonly string[], target: ScimTarget): ResourceWriter | undefined {
    const table = target.paths ?? new ScimPathTable(names)
    if (!table.conflictFree) return undefined
    const paths: ScimPath[] = []
    for (const name of names) {
      const { path } = table.get(name)
      if (path === undefined) return undefined
      paths.push(path)
    }
    return isSimple(paths) ? new ResourceWriter(names, paths, target) : undefined
  }

  /** Begins a resource. */
  begin(): void {
    for (const container of this.#containers) container.clear()
    this.#root.clear()
    this.#filled.clear()
    this.#order.clear()
  }

  /**
   * Puts a value that flows in its place. Targets come in the order of the mapping.
   * @param json the JSON of a value that is text
   * @returns false when the value does not fit its target; the resource is then to be made as an object
   */
  put(index: number, value: Value, json: string): boolean {
    const place = this.#places[index]!
    const text = textOfLeaf(place, value, json)
    if (text === undefined) return false
    if (text === '') return true
    this.#filled.add(index)
    if (place.extension >= 0) this.#order.add(place.extension)
    place.container.add(place.name + text)
    return true
  }

  /** The text of the resource. */
  end(): string {
    for (const { element, types } of this.#roles)
      if (element.used && !types.some((index) => this.#filled.has(index))) element.add(roleType)
    let schemas = this.#schema
    for (const index of this.#order) schemas += `,${jsonString(this.#extensions[index]!)}`
    return `{"schemas":[${schemas}]${this.#root.used ? ',' : ''}${this.#root.text()}}`
  }
}

const roleType = `"type":${JSON.stringify(ROLE_TYPE)}`

/** The JSON of a place's value; empty when there is none, undefined when it does not fit. */
const textOfLeaf = (
  { plain, path, definition }: MemberTarget,
  value: Value,
  json: string,
): string | undefined => {
  if (plain && typeof value === 'string') {
    if (value === '') return ''
    // What begins with a brace, behind blanks or not, may be the JSON of a complex value.
    const first = value.charCodeAt(0)
    if ((first > 32 && first < 123) || !value.trimStart().startsWith('{')) return json
  }
  const converted = leafValue(path, value, definition)
  if (converted === unfit) return undefined
  return converted === null || converted === '' ? '' : JSON.stringify(converted)
}

const rolesOf = (places: readonly MemberTarget[]): readonly TypedRole[] => {
  const elements = new Set(places.filter(({ path }) => isPrimaryRole(path)).map(({ container }) => container))
  return [...elements].map((element) => ({
    element,
    types: places.flatMap((place, index) =>
      place.container === element && place.path.subAttribute === 'type' ? [index] : [],
    ),
  }))
}

/** Whether no two paths can meet in one element of a list in a way that only their values tell. */
const isSimple = (paths: readonly ScimPath[]): boolean => {
  const predicates = new Map<string, string>()
  for (const { extension, attribute, predicate, subAttribute } of paths) {
    if (predicate === undefined) continue
    if (subAttribute === undefined || subAttribute === predicate.attribute) return false
    const list = `${extension ?? ''} ${attribute}`
    if ((predicates.get(list) ?? predicate.attribute) !== predicate.attribute) return false
    predicates.set(list, predicate.attribute)
  }
  return (
    new Set(paths.map(({ extension }) => extension)).size ===
    new Set(paths.map(({ extension }) => extension?.toLowerCase())).size
  )
}
