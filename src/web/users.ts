import { type CompiledObjectMapping, identifyingAttributes, identityOf } from '../mapping/index.js'
import { redactedSources } from '../mapping/redacted-sources.js'
import { mappingShaper, readPopulation, Shaper } from '../sources/index.js'
import { shapedEntry } from '../sources/shaped-entry.js'
import type { SourceRecord } from '../values/record.js'
import type { UsersView, UserTitle } from './answers.js'

/** How many faults of a file are shown. */
const MOST_FAULTS = 50

/** The attributes that best identify a user, the most readable first; redacted ones are left out. */
const titleAttributes = (compiled: CompiledObjectMapping | undefined): readonly string[] => {
  const readable = ['displayName', 'userPrincipalName', 'userName', 'mail', 'id']
  if (compiled === undefined) return readable
  const hidden = redactedSources(compiled)
  return [...readable.filter((name) => !hidden.has(name)), ...identifyingAttributes(compiled)]
}

/** The titles of some users. */
export const titlesOf = (
  compiled: CompiledObjectMapping | undefined,
  records: readonly SourceRecord[],
  indexes: Iterable<number>,
): readonly UserTitle[] => {
  const names = titleAttributes(compiled)
  return Array.from(indexes, (index) => ({
    index,
    title: identityOf(names, records[index] ?? {}) ?? `object ${index + 1}`,
  }))
}

/** The users of a file. */
export interface ReadUsers {
  /** With the attributes that the mapping reads. */
  readonly records: readonly SourceRecord[]
  readonly view: UsersView
  /** The records with these attributes, too, under whatever names the file has them. */
  reading(names: readonly string[]): readonly SourceRecord[]
}

/** No file. */
export const noUsers: Pick<ReadUsers, 'records' | 'reading'> = { records: [], reading: () => [] }

/**
 * Reads users in any form that `sources` supports, with the attributes that the mapping reads. Faulty ones
 * are listed.
 */
export const readUsers = async (
  bytes: Uint8Array,
  name: string,
  compiled: CompiledObjectMapping | undefined,
): Promise<ReadUsers> => {
  const newShaper = (): Shaper => (compiled === undefined ? new Shaper([]) : mappingShaper(compiled))
  const shaper = newShaper()
  const records: SourceRecord[] = []
  const originals: SourceRecord[] = []
  const faults: { line: number; message: string }[] = []
  const notes: { code: string; severity: string; message: string }[] = []
  const pieces = (async function* () {
    yield bytes
  })()
  try {
    const groups = readPopulation(pieces, name, {
      isMultivalued: (attribute) => compiled?.ends.source?.get(attribute)?.multivalued === true,
      note: ({ code, severity, message }) => notes.push({ code, severity, message }),
    })
    for await (const entries of groups) {
      for (const entry of entries) {
        const shaped = shapedEntry(shaper, entry)
        if (shaped?.record !== undefined) {
          records.push(shaped.record)
          originals.push(shaped.original ?? shaped.record)
        } else if (shaped !== undefined)
          faults.push({ line: shaped.line, message: shaped.diagnostics[0]?.message ?? 'unreadable' })
      }
    }
  } catch (thrown) {
    faults.push({ line: 1, message: thrown instanceof Error ? thrown.message : String(thrown) })
  }
  if (records.length > 0 || faults.length === 0)
    for (const { code, severity, message } of shaper.notes()) notes.push({ code, severity, message })
  const view: UsersView = {
    name,
    count: records.length,
    shape: shaper.shape?.title,
    renamed: [...shaper.renamed],
    missing: shaper.missing(),
    notes,
    unreadable: faults.length,
    faults: faults.slice(0, MOST_FAULTS),
  }
  const known = new Set(compiled?.unit.inputs.map((input) => input.name))
  let last = { key: '', records }
  const reading = (names: readonly string[]): readonly SourceRecord[] => {
    const others = names.filter((one) => !known.has(one))
    if (others.length === 0) return records
    const key = JSON.stringify(others)
    if (key !== last.key) {
      const other = newShaper()
      other.alsoRead(others)
      last = { key, records: originals.map((record) => other.apply(record)) }
    }
    return last.records
  }
  return { records, view, reading }
}
