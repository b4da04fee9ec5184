import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { requireFlat, type ScimTarget } from './assemble.js'
import { type Elements, same, without } from './elements.js'
import { classicForm, compliantForm, managerAs, operationWord, type PatchForm } from './patch-form.js'
import {
  elementPath,
  normalPath,
  parseScimPath,
  qualifiedName,
  type ScimPath,
  type ScimPredicate,
} from './path.js'
import { type FlatValues, isReferenceValue, type ResourceValue, resourceValues } from './resource-values.js'
import { emptyObject, type ScimObject, type ScimValue } from './value.js'

/** One operation of a PATCH request. */
export interface ScimOperation {
  readonly op: string
  readonly path?: string
  readonly value?: ScimValue
}

/** The schema of PATCH requests. */
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** The body of a PATCH request. */
export interface ScimPatchBody {
  readonly schemas: readonly [typeof PATCH_OP]
  readonly Operations: readonly ScimOperation[]
}

/** The form of a PATCH. */
export interface PatchOptions extends ScimTarget {
  /**
   * The tenant URL has `aadOptscim062020`: lower-case operations, real Booleans, several replaced simple
   * attributes in one operation without a path, members removed by a filter. Default false, the older form:
   * `Replace`, Booleans as `"True"`, one operation for each path, members removed by value.
   */
  readonly compliant?: boolean
  /** Differences of the target from that form. */
  readonly form?: Partial<PatchForm>
  /** Targets to which elements are only ever added, as AppRoleAssignmentsComplex does. Default none. */
  readonly addOnly?: ReadonlySet<string>
  /**
   * The target's values are unknown: every value of `next` is replaced, and null values are removed. Default
   * false.
   */
  readonly unknownTarget?: boolean
}

/** The changes of an update. */
export interface ScimPatch {
  /** Undefined if nothing changed: no request is sent. */
  readonly body: ScimPatchBody | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** One value of an element that a predicate selects. */
interface ElementValue extends ResourceValue {
  readonly path: ScimPath & { readonly predicate: ScimPredicate; readonly subAttribute: string }
}

const isInElement = (entry: ResourceValue): entry is ElementValue =>
  entry.path.predicate !== undefined && entry.path.subAttribute !== undefined

type ElementValues = readonly [ElementValue, ...ElementValue[]]

/** Collects operations in the form of the target. */
class PatchBuilder {
  readonly #form: PatchForm
  readonly #asText: boolean
  readonly #operations: ScimOperation[] = []
  /** Simple attributes that already exist in the target, by path. */
  readonly #replaced: Record<string, ScimValue> = emptyObject()

  constructor(form: PatchForm) {
    this.#form = form
    this.#asText = form.booleans === 'text'
  }

  #push(op: 'add' | 'replace' | 'remove', path: string, value?: ScimValue): void {
    const word = operationWord(op, this.#form)
    const sent = typeof value === 'boolean' && this.#asText ? (value ? 'True' : 'False') : value
    this.#operations.push(sent === undefined ? { op: word, path } : { op: word, path, value: sent })
  }

  set(entry: ResourceValue, exists: boolean): void {
    const path = normalPath(entry.path, this.#asText)
    if (
      this.#form.together &&
      exists &&
      entry.path.predicate === undefined &&
      typeof entry.value !== 'object'
    )
      this.#replaced[path] = entry.value
    else
      this.#push(
        exists ? 'replace' : 'add',
        path,
        isReferenceValue(entry.path) ? managerAs(this.#form.manager, entry.value) : entry.value,
      )
  }

  /** Adds a missing element, with all its values. */
  addElement([first, ...others]: ElementValues): void {
    const { path, value } = first
    const element: Record<string, ScimValue> = emptyObject()
    element[path.predicate.attribute] = path.predicate.value
    element[path.subAttribute] = value
    for (const other of others) element[other.path.subAttribute] = other.value
    this.#push('add', qualifiedName(path), [element])
  }

  addElements(entry: ResourceValue, elements: Elements): void {
    if (elements.length > 0) this.#push('add', qualifiedName(entry.path), elements)
  }

  removeMembers(entry: ResourceValue, elements: Elements): void {
    for (const { path, value } of memberRemovals(qualifiedName(entry.path), elements, this.#form))
      this.#push('remove', path, value)
  }

  /** Removes a place, or with `whole` the element or complex value that contains it. */
  remove(entry: ResourceValue, whole: boolean): void {
    const { path } = entry
    if (this.#form.clear !== 'remove' && path.predicate === undefined && typeof entry.value !== 'object')
      this.#clear(normalPath(path))
    else this.#push('remove', whole ? elementPath(path, this.#asText) : normalPath(path, this.#asText))
  }

  removePath(path: ScimPath): void {
    if (this.#form.clear !== 'remove' && path.predicate === undefined) this.#clear(normalPath(path))
    else this.#push('remove', normalPath(path, this.#asText))
  }

  #clear(path: string): void {
    this.#push('replace', path, this.#form.clear === 'null' ? null : '')
  }

  build(): ScimPatchBody | undefined {
    const Operations = [...this.#operations, ...this.#replacements()]
    if (Operations.length === 0) return undefined
    return { schemas: [PATCH_OP], Operations }
  }

  /** One replaced attribute keeps its path, as Microsoft's samples do; several share one operation without a path. */
  #replacements(): readonly ScimOperation[] {
    const op = operationWord('replace', this.#form)
    const [first, ...others] = Object.entries(this.#replaced)
    if (first === undefined) return []
    if (others.length > 0) return [{ op, value: this.#replaced }]
    const [path, value] = first
    return [{ op, path, value }]
  }
}

/** The operations that remove members: one with a list of values, or one with a filter for each. */
export const memberRemovals = (
  path: string,
  elements: Elements,
  { removeMembers }: Pick<PatchForm, 'removeMembers'>,
): readonly { readonly path: string; readonly value?: ScimValue }[] => {
  if (elements.length === 0) return []
  if (removeMembers === 'values') return [{ path, value: elements }]
  const idOf = (element: ScimValue): string =>
    JSON.stringify(typeof element === 'object' && element !== null ? (element as ScimObject).value : element)
  return elements.map((element) => ({ path: `${path}[value eq ${idOf(element)}]` }))
}

/**
 * The smallest PATCH that turns a resource created from `previous` into one created from `next`. A target
 * that is absent or null in `next` is removed: keep values that should stay in both.
 */
export const patchResource = (
  previous: FlatValues,
  next: FlatValues,
  options: PatchOptions = {},
): ScimPatch => {
  requireFlat(previous)
  requireFlat(next)
  const before = resourceValues(previous, options.attributes, options.paths).entries
  const { entries: after, unfit, diagnostics } = resourceValues(next, options.attributes, options.paths)
  const form = { ...(options.compliant === true ? compliantForm : classicForm), ...options.form }
  const builder = new PatchBuilder(form)
  const present = new Set([...before.values()].map(({ path }) => elementPath(path, false)))
  const added = new Map<string, ElementValues>()
  const spared = new Set(unfit.map((path) => normalPath(path)))
  const staying = [...[...after.values()].map((entry) => entry.path), ...unfit]
  const kept = new Set(staying.map((path) => elementPath(path, false)))
  const removed = new Set<string>()
  for (const [key, entry] of before) {
    if (after.has(key) || spared.has(key) || options.addOnly?.has(entry.path.text)) continue
    const element = elementPath(entry.path, false)
    const whole = !kept.has(element)
    if (whole && removed.has(element)) continue
    if (whole) removed.add(element)
    builder.remove(entry, whole)
  }
  for (const [key, entry] of after) {
    const old = before.get(key)
    if (old !== undefined && same(old.value, entry.value)) continue
    const [was, is] = [old?.value, entry.value]
    if (Array.isArray(was) && Array.isArray(is) && (entry.members || options.addOnly?.has(entry.path.text))) {
      if (entry.members) builder.removeMembers(entry, without(was, is))
      builder.addElements(entry, without(is, was))
    } else if (Array.isArray(is) && options.addOnly?.has(entry.path.text)) builder.addElements(entry, is)
    else if (
      form.absentElement === 'whole' &&
      isInElement(entry) &&
      !present.has(elementPath(entry.path, false))
    ) {
      const element = elementPath(entry.path, false)
      const values = added.get(element)
      added.set(element, values === undefined ? [entry] : [...values, entry])
    } else builder.set(entry, old !== undefined || options.unknownTarget === true)
  }
  for (const entries of added.values()) builder.addElement(entries)
  if (options.unknownTarget === true) {
    for (const [text, value] of next) {
      const { path } = parseScimPath(text)
      if (value === null && path !== undefined) builder.removePath(path)
    }
  }
  return { body: builder.build(), diagnostics }
}
