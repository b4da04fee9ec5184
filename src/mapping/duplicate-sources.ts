import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { SourceRecord } from '../values/record.js'
import { REDACTED } from '../values/redacted.js'
import { textForm } from '../values/text.js'
import type { CompiledObjectMapping } from './compile-object-mapping.js'
import { identityOf } from './identity.js'
import { KeyTable, keyRecord } from './key-table.js'
import { changedObject, type MappedObject } from './mapped-object.js'
import type { MatchKey } from './match.js'

/** The attributes whose equality shows that one object is listed twice. */
const identifiers = ['id', 'objectId'] as const

/**
 * The matching value with which an object would be found in the target; undefined if it is not written there.
 */
const usedKey = (mapped: MappedObject): MatchKey | undefined =>
  mapped.scope.inScope !== true || mapped.outcome === 'error'
    ? undefined
    : mapped.matchKeys.find(({ query }) => query !== null)

/**
 * Remembers the matching values of the objects of a run. Two source objects with the same matching value
 * would be written to the same target object; the service reports the later one as DuplicateSourceEntries.
 */
export class DuplicateSources {
  /** Every matching value so far. */
  readonly keys: KeyTable
  readonly #redacted: ReadonlySet<string>

  constructor(compiled: CompiledObjectMapping, keys: KeyTable = new KeyTable()) {
    const hidden = compiled.attributes.filter(({ redacted }) => redacted)
    this.#redacted = new Set(hidden.map(({ mapping }) => mapping.targetAttributeName))
    this.keys = keys
  }

  /**
   * The object itself; or the error for it, if an earlier object has its first matching value.
   * @param record the object of the source: two with the same `id` are one object, listed twice
   */
  check(mapped: MappedObject, record: SourceRecord, line: number): MappedObject {
    const words = this.recordOf(mapped, record, line)
    const first = words === undefined ? 0 : this.keys.insert(words)
    return first === 0 ? mapped : this.duplicate(mapped, first)
  }

  /** The record to remember for an object; undefined if it has no matching value that is used. */
  recordOf(mapped: MappedObject, record: SourceRecord, line: number): Uint32Array | undefined {
    const key = usedKey(mapped)
    if (key === undefined) return undefined
    const place = `${key.targetAttribute}\n${String(textForm(key.value)).toLowerCase()}`
    return keyRecord(place, line, identityOf(identifiers, record))
  }

  /** The error for an object whose matching value an earlier line has. */
  duplicate(mapped: MappedObject, first: number): MappedObject {
    const key = usedKey(mapped)
    if (key === undefined) return mapped
    const value = this.#redacted.has(key.targetAttribute) ? REDACTED : String(textForm(key.value))
    const args = { attribute: key.targetAttribute, value, line: first }
    return changedObject(mapped, {
      outcome: 'error',
      reason: 'DuplicateSourceEntries',
      diagnostics: [...mapped.diagnostics, diagnostic('AF4918', { start: 0, end: 0 }, args)],
    })
  }
}
