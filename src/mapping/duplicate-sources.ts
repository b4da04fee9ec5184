import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { SourceRecord } from '../values/record.js'
import { textForm } from '../values/text.js'
import type { CompiledObjectMapping } from './compile-object-mapping.js'
import { identityOf } from './identity.js'
import type { MappedObject } from './mapped-object.js'
import { REDACTED } from './redacted.js'

/**
 * Remembers the matching values of the objects of a run. Two objects of the source with one matching value would be
 * written to one object of the target; the service reports the later one as DuplicateSourceEntries.
 */
export class DuplicateSources {
  readonly #redacted: ReadonlySet<string>
  /** Matching attribute and value → line of the first object that has it. */
  readonly #first = new Map<string, { readonly line: number; readonly id: string | undefined }>()

  constructor(compiled: CompiledObjectMapping) {
    const hidden = compiled.attributes.filter(({ redacted }) => redacted)
    this.#redacted = new Set(hidden.map(({ mapping }) => mapping.targetAttributeName))
  }

  /**
   * The object itself or, when another one before it has its first matching value, that as its error.
   * @param record the object of the source: one with the same `id` is the same object, listed twice
   */
  check(mapped: MappedObject, record: SourceRecord, line: number): MappedObject {
    if (mapped.scope.inScope !== true || mapped.outcome === 'error') return mapped
    const key = mapped.matchKeys.find(({ query }) => query !== null)
    if (key === undefined) return mapped
    const text = textForm(key.value)
    const place = `${key.targetAttribute}\n${String(text).toLowerCase()}`
    const id = identityOf(['id', 'objectId'], record)
    const first = this.#first.get(place)
    if (first === undefined) {
      this.#first.set(place, { line, id })
      return mapped
    }
    if (id !== undefined && id === first.id) return mapped
    const value = this.#redacted.has(key.targetAttribute) ? REDACTED : String(text)
    const args = { attribute: key.targetAttribute, value, line: first.line }
    const found = diagnostic('AF4918', { start: 0, end: 0 }, args)
    return {
      ...mapped,
      outcome: 'error',
      reason: 'DuplicateSourceEntries',
      diagnostics: [...mapped.diagnostics, found],
    }
  }
}
