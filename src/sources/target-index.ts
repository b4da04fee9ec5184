import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { TargetObject } from '../mapping/mapped-object.js'
import { flattenResource } from '../scim/flatten.js'
import type { SourceRecord } from '../values/record.js'
import { textOf } from '../values/text.js'
import { isList, kindOf, type Value } from '../values/value.js'

/**
 * The current objects of a target, by the values of target attributes. Texts are compared ignoring case, as
 * in SCIM and Active Directory, unless the attribute's definition has `caseExact`.
 */
export class TargetIndex {
  readonly #compiled: CompiledObjectMapping
  readonly #names: readonly string[]
  readonly #objects: TargetObject[] = []
  /** Created for an attribute when it is first searched. */
  readonly #byAttribute: Map<string, Map<string, TargetObject[]>> = new Map()

  constructor(compiled: CompiledObjectMapping) {
    this.#compiled = compiled
    this.#names = [...new Set(compiled.attributes.map(({ mapping }) => mapping.targetAttributeName))]
  }

  /** The number of objects. */
  get size(): number {
    return this.#objects.length
  }

  /** Adds an object in the target's form: a SCIM resource, or values by target attribute. */
  add(record: SourceRecord): void {
    this.#objects.push(
      flattenResource(record as Readonly<Record<string, unknown>>, this.#names, this.#compiled.scimPaths),
    )
    this.#byAttribute.clear()
  }

  /** The objects that have this value in this attribute. */
  find(attribute: string, value: Value): readonly TargetObject[] {
    const key = this.#keyOf(attribute, value)
    if (key === undefined) return []
    let index = this.#byAttribute.get(attribute)
    if (index === undefined) {
      index = this.#build(attribute)
      this.#byAttribute.set(attribute, index)
    }
    return index.get(key) ?? []
  }

  #build(attribute: string): Map<string, TargetObject[]> {
    const index = new Map<string, TargetObject[]>()
    for (const object of this.#objects) {
      const value = object.get(attribute) ?? null
      const keys = new Set((isList(value) ? value : [value]).map((one) => this.#keyOf(attribute, one)))
      for (const key of keys) {
        if (key === undefined) continue
        const found = index.get(key)
        if (found === undefined) index.set(key, [object])
        else found.push(object)
      }
    }
    return index
  }

  #keyOf(attribute: string, value: Value): string | undefined {
    if (isList(value) || kindOf(value) === 'object') return undefined
    const text = textOf(value)
    if (text === null || text === '') return undefined
    return this.#compiled.ends.target?.get(attribute)?.caseExact === true ? text : text.toLowerCase()
  }
}
