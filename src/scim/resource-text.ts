import { jsonString } from '../values/json-string.js'
import type { Value } from '../values/value.js'
import { coreSchemaOf, type ScimTarget } from './assemble.js'
import type { ScimPath } from './path.js'
import { ScimPathTable } from './path-table.js'
import {
  isComplexList,
  isPrimaryRole,
  isReferenceValue,
  ROLE_TYPE,
  resourceValueOf,
  typeOf,
} from './resource-values.js'
import { unfit } from './value.js'

/** An object or list of the resource under construction, with its content so far. */
class Container {
  readonly #open: string
  readonly #close: string
  readonly #parent: Container | undefined
  readonly #first: string
  /** The content before the last container: texts and containers, which may still grow. */
  readonly #before: (string | Container)[] = []
  /** The members after it. */
  #behind = ''
  #used = false
  #separator: '' | ',' = ''

  /**
   * @param open the text before its members: `"name":{`
   * @param parent its container, which gets it with its first member
   * @param first the member that identifies an element of a list
   */
  constructor(open: string, close: string, parent?: Container, first = '') {
    this.#open = open
    this.#close = close
    this.#parent = parent
    this.#first = first
  }

  /** Adds a member or an element, in the order of the calls. */
  add(part: string): void {
    if (!this.#used) this.#use()
    this.#behind += this.#separator + part
    this.#separator = ','
  }

  #use(): void {
    this.#used = true
    this.#behind = this.#open + this.#first
    this.#separator = this.#first === '' ? '' : ','
    this.#parent?.hold(this)
  }

  /** Adds a container. */
  hold(container: Container): void {
    if (!this.#used) this.#use()
    this.#before.push(this.#behind + this.#separator, container)
    this.#behind = ''
    this.#separator = ','
  }

  get used(): boolean {
    return this.#used
  }

  text(): string {
    let text = ''
    for (const part of this.#before) text += typeof part === 'string' ? part : part.text()
    return text + this.#behind + this.#close
  }

  clear(): void {
    if (!this.#used) return
    this.#before.length = 0
    this.#behind = ''
    this.#used = false
  }
}

/** A place of the resource: the container of its member, its name, and how its value is written. */
interface MemberTarget {
  readonly container: Container
  readonly name: string
  readonly path: ScimPath
  /** Whether a text is sent unchanged. */
  readonly plain: boolean
  /** The schema of the extension in the list of schemas, with a leading comma. */
  readonly schema: string | undefined
  readonly definition: ReturnType<NonNullable<ScimTarget['attributes']>['get']>
}

/** A target attribute and its path. */
interface NamedPath {
  readonly name: string
  readonly path: ScimPath
}

/** A role element that is sent with a type unless the mapping sets another. */
interface TypedRole {
  readonly element: Container
  readonly types: readonly number[]
}

/**
 * Writes the resources of a mapping as JSON text, equal to `JSON.stringify` of the result of `createResource`
 * for the same values. If that is not certain, it says so, and the resource must be created as an object.
 */
export class ResourceWriter {
  readonly #root = new Container('', '')
  readonly #containers: Container[] = []
  readonly #places: readonly MemberTarget[]
  readonly #roles: readonly TypedRole[]
  readonly #schema: string
  /** The targets with a value, for roles that need to know them. */
  readonly #filled = new Set<number>()
  /** The schemas of extensions, in the order of first use. */
  readonly #order: string[] = []

  private constructor(targets: readonly NamedPath[], target: ScimTarget) {
    this.#schema = jsonString(coreSchemaOf(target.objectName))
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
    this.#places = targets.map(({ name, path }): MemberTarget => {
      const definition = target.attributes?.get(name)
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
        schema: path.extension === undefined ? undefined : `,${jsonString(path.extension)}`,
        definition,
      }
    })
    this.#roles = rolesOf(this.#places)
  }

  /** @returns undefined if the paths of the mapping need the general way */
  static of(names: readonly string[], target: ScimTarget): ResourceWriter | undefined {
    const table = target.paths ?? new ScimPathTable(names)
    if (!table.conflictFree) return undefined
    const targets: NamedPath[] = []
    for (const name of names) {
      const { path } = table.get(name)
      if (path === undefined) return undefined
      targets.push({ name, path })
    }
    return isSimple(targets.map(({ path }) => path)) ? new ResourceWriter(targets, target) : undefined
  }

  /** Begins a resource. */
  begin(): void {
    for (const container of this.#containers) container.clear()
    this.#root.clear()
    this.#filled.clear()
    this.#order.length = 0
  }

  /**
   * Writes a value that flows to its place. Targets come in the order of the mapping.
   * @param json the JSON of a text value
   * @returns false if the value does not match its target; the resource must then be created as an object
   */
  put(index: number, value: Value, json: string): boolean {
    const place = this.#places[index]
    if (place === undefined) return false
    const text = textOfPlace(place, value, json)
    if (text === undefined) return false
    if (text === '') return true
    if (this.#roles.length > 0) this.#filled.add(index)
    const { schema } = place
    if (schema !== undefined && !this.#order.includes(schema)) this.#order.push(schema)
    place.container.add(place.name + text)
    return true
  }

  /** The text of the resource. */
  end(): string {
    for (const { element, types } of this.#roles)
      if (element.used && !types.some((index) => this.#filled.has(index))) element.add(roleType)
    return `{"schemas":[${this.#schema}${this.#order.join('')}]${this.#root.used ? ',' : ''}${this.#root.text()}}`
  }
}

const roleType = `"type":${JSON.stringify(ROLE_TYPE)}`

/** The JSON of a place's value; empty if there is none, undefined if it does not match. */
const textOfPlace = (
  { plain, path, definition }: MemberTarget,
  value: Value,
  json: string,
): string | undefined => {
  if (plain && typeof value === 'string') {
    if (value === '') return ''
    // A text that begins with a brace, after any blanks, may be the JSON of a complex value.
    const first = value.charCodeAt(0)
    if ((first > 32 && first < 123) || !value.trimStart().startsWith('{')) return json
  }
  const converted = resourceValueOf(path, value, definition)
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

/** Whether no two paths can share an element of a list in a way that depends on their values. */
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
