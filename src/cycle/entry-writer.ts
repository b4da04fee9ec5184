import {
  type CompiledObjectMapping,
  type MappedObject,
  mappedDiagnosticJson,
  mappedTextWriter,
  type ScimRequestOptions,
  withoutRedacted,
} from '../mapping/index.js'
import type { SourceEntry } from '../sources/index.js'
import { csvOf } from './csv-writer.js'

/** An entry that could not be read as an object. */
export type UnreadableEntry = Extract<SourceEntry, { record: undefined }>

/** Writes the results of entries, in the format of a run. */
export interface EntryWriter {
  /** The text above the first entry. */
  readonly header: string
  /** @param id what identifies the object; undefined if nothing does */
  object(line: number, id: string | undefined, mapped: MappedObject): string
  unreadable(entry: UnreadableEntry): string
  /** An object of the previous run that the source no longer has. */
  gone(id: string): string
}

/** The outcome of an object that the source no longer has. */
const goneOutcome = { outcome: 'delete', reason: 'SourceDeleted' } as const

/** One line of JSON for each entry. Redacted values are written, and named. */
export const jsonWriter = (compiled: CompiledObjectMapping, scim: ScimRequestOptions): EntryWriter => {
  const write = mappedTextWriter(compiled, scim)
  return {
    header: '',
    object: (line, id, mapped) => `${write(mapped, { line, id })}\n`,
    unreadable: ({ line, diagnostics }) => {
      const scope = { inScope: false, evaluated: false }
      const found = diagnostics.map(mappedDiagnosticJson)
      return `${JSON.stringify({ line, outcome: 'error', scope, attributes: {}, notFlowed: {}, diagnostics: found })}\n`
    },
    gone: (id) => `${JSON.stringify({ id, ...goneOutcome })}\n`,
  }
}

/** A row of CSV for each entry. Redacted values are hidden. */
export const csvWriter = (compiled: CompiledObjectMapping): EntryWriter => {
  const csv = csvOf(compiled)
  return {
    header: csv.header,
    object: (line, id, mapped) => csv.row(line, id ?? '', withoutRedacted(compiled, mapped)),
    unreadable: ({ line, diagnostics }) =>
      csv.unreadable(line, diagnostics.map(({ message }) => message).join(' ')),
    gone: (id) => csv.fixed(['', id, goneOutcome.outcome, goneOutcome.reason, '']),
  }
}
