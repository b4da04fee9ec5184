import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { ScimTarget } from './assemble.js'
import { type FlatValues, type ScimLeaf, scimLeaves } from './leaves.js'
import { elementPath, normalPath, parseScimPath, qualifiedName, type ScimPath } from './path.js'
import { emptyObject, type ScimObject, type ScimValue } from './value.js'

/** One operation of a PATCH request. */
export interface ScimOperation {
  readonly op: string
  readonly path?: string
  readonly value?: ScimValue
}

/** The body of a PATCH request. */
export interface ScimPatchBody {
  readonly schemas: readonly ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
  readonly Operations: readonly ScimOperation[]
}

/** How a PATCH is to look. */
export interface PatchOptions extends ScimTarget {
  /**
   * The tenant URL carries `aadOptscim062020`: lower-case operations, real Booleans, several replaced simple
   * attributes in one operation without a path, members removed by a filter. Default false, the older form:
   * `Replace`, Booleans as `"True"`, one operation for each path, members removed by value.
   */
  readonly compliant?: boolean
  /** Targets to which elements are only ever added, as AppRoleAssignmentsComplex does. Default none. */
  readonly addOnly?: ReadonlySet<string>
  /**
   * What the target has is not known: every value of `next` is replaced, and what is null there is removed.
   * Default false.
   */
  readonly unknownTarget?: boolean
}

/** The changes of an update. */
export interface ScimPatch {
  /** Undefined if nothing changed: then no request is sent. */
  readonly body: ScimPatchBody | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Equal values have equal keys, whatever the order of an object's members. */
const keyOf = (value: ScimValue): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`
  const object = value as ScimObject
  const members = Object.keys(object).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${keyOf(object[name]!)}`).join()}}`
}

const same = (a: ScimValue, b: ScimValue): boolean => a === b || keyOf(a) === keyOf(b)

type Elements = readonly ScimValue[]

const without = (list: Elements, other: Elements): Elements => {
  const keys = new Set(other.map(keyOf))
  return list.filter((element) => !keys.has(keyOf(element)))
}

const memberId = (element: ScimValue): string =>
  JSON.stringify(typeof element === 'object' && element !== null ? (element as ScimObject).value : element)

/** Gathers operations in one of the two forms. */
class PatchBuilder {
  readonly #compliant: boolean
  readonly #operations: ScimOperation[] = []
  /** Simple attributes that the target has already, by path. */
  readonly #replaced: Record<string, ScimValue> = emptyObject()

  constructor(compliant: boolean) {
    this.#compliant = compliant
  }

  #push(op: 'Add' | 'Replace' | 'Remove', path: string, value?: ScimValue): void {
    const word = this.#compliant ? op.toLowerCase() : op
    const sent = typeof value === 'boolean' && !this.#compliant ? (value ? 'True' : 'False') : value
    this.#operations.push(value === undefined ? { op: word, path } : { op: word, path, value: sent! })
  }

  set(leaf: ScimLeaf, exists: boolean): void {
    const path = normalPath(leaf.path, !this.#compliant)
    if (this.#compliant && exists && leaf.path.predicate === undefined && typeof leaf.value !== 'object')
      this.#replaced[path] = leaf.value
    else this.#push(exists ? 'Replace' : 'Add', path, leaf.value)
  }

  addElements(leaf: ScimLeaf, elements: Elements): void {
    if (elements.length > 0) this.#push('Add', qualifiedName(leaf.path), elements)
  }

  removeMembers(leaf: ScimLeaf, elements: Elements): void {
    const path = qualifiedName(leaf.path)
    if (!this.#compliant && elements.length > 0) this.#push('Remove', path, elements)
    if (this.#compliant) for (const e of elements) this.#push('Remove', `${path}[value eq ${memberId(e)}]`)
  }

  /** Removes a place, or with `whole` the element or complex value it is part of. */
  remove(leaf: ScimLeaf, whole: boolean): void {
    const asText = !this.#compliant
    this.#push('Remove', whole ? elementPath(leaf.path, asText) : normalPath(leaf.path, asText))
  }

  removePath(path: ScimPath): void {
    this.#push('Remove', normalPath(path, !this.#compliant))
  }

  build(): ScimPatchBody | undefined {
    const Operations = [...this.#operations, ...this.#replacements()]
    if (Operations.length === 0) return undefined
    return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations }
  }

  /** One replaced attribute keeps its path, as Microsoft's samples do; several share one operation without a path. */
  #replacements(): readonly ScimOperation[] {
    const [first, ...others] = Object.entries(this.#replaced)
    if (first === undefined) return []
    if (others.length > 0) return [{ op: 'replace', value: this.#replaced }]
    const [path, value] = first
    return [{ op: 'replace', path, value }]
  }
}

/**
 * The smallest PATCH that turns a resource created from `previous` into one created from `next`. A target that
 * is absent or null in `next` is removed: leave values that shall stay in both.
 */
export const patchResource = (
  previous: FlatValues,
  next: FlatValues,
  options: PatchOptions = {},
): ScimPatch => {
  const before = scimLeaves(previous, options.attributes, options.paths).leaves
  const { leaves: after, unfit, diagnostics } = scimLeaves(next, options.attributes, options.paths)
  const builder = new PatchBuilder(options.compliant ?? false)
  const spared = new Set(unfit.map((path) => normalPath(path)))
  const staying = [...[...after.values()].map((leaf) => leaf.path), ...unfit]
  const kept = new Set(staying.map((path) => elementPath(path, false)))
  const removed = new Set<string>()
  for (const [key, leaf] of before) {
    if (after.has(key) || spared.has(key) || options.addOnly?.has(leaf.path.text)) continue
    const element = elementPath(leaf.path, false)
    const whole = !kept.has(element)
    if (whole && removed.has(element)) continue
    if (whole) removed.add(element)
    builder.remove(leaf, whole)
  }
  for (const [key, leaf] of after) {
    const old = before.get(key)
    if (old !== undefined && same(old.value, leaf.value)) continue
    const [was, is] = [old?.value, leaf.value]
    if (Array.isArray(was) && Array.isArray(is) && (leaf.members || options.addOnly?.has(leaf.path.text))) {
      if (leaf.members) builder.removeMembers(leaf, without(was, is))
      builder.addElements(leaf, without(is, was))
    } else if (Array.isArray(is) && options.addOnly?.has(leaf.path.text)) builder.addElements(leaf, is)
    else builder.set(leaf, old !== undefined || options.unknownTarget === true)
  }
  if (options.unknownTarget === true) {
    for (const [text, value] of next) {
      const { path } = parseScimPath(text)
      if (value === null && path !== undefined) builder.removePath(path)
    }
  }
  return { body: builder.build(), diagnostics }
}
