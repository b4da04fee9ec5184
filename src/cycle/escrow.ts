import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { mappedDiagnosticJson } from '../mapping/index.js'
import { linesOf, type RawText, readRawText, type SourceEntry } from '../sources/index.js'
import { faultyEntry } from '../sources/source-entry.js'
import { exactJson } from '../values/exact-json.js'
import { isJsonObject } from '../values/json-object.js'
import { readJson } from '../values/read-json.js'
import type { SourceRecord } from '../values/record.js'

/*
 * The escrow of a run contains the entries that failed, one line of JSON each:
 *   {"line": 7, "diagnostics": […], "record": {…}}                      an object whose mapping failed
 *   {"line": 8, "diagnostics": […], "form": "csv", "text": "…", …}      text that could not be read as an object
 * Replaying it maps them again, with their line numbers in the original file. Records and texts in it can be corrected.
 */

/** The contents of an entry of a population, without its line. */
type Held = { readonly record: SourceRecord } | { readonly record: undefined; readonly raw: RawText }

/** The line of an entry in the escrow. Source values are not redacted in it. */
export const escrowLine = (
  entry: { readonly line: number } & Held,
  diagnostics: readonly Diagnostic[],
): string => {
  const head = { line: entry.line, diagnostics: diagnostics.map(mappedDiagnosticJson) }
  return `${exactJson(entry.record === undefined ? { ...head, ...entry.raw } : { ...head, record: entry.record })}\n`
}

const own = (value: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name] : undefined

const rawOf = (value: Readonly<Record<string, unknown>>): RawText | undefined => {
  const [form, text, columns, delimiter] = ['form', 'text', 'columns', 'delimiter'].map((name) =>
    own(value, name),
  )
  if (typeof text !== 'string' || (form !== 'json' && form !== 'csv' && form !== 'ldif')) return undefined
  if (!Array.isArray(columns) || typeof delimiter !== 'string') return { form, text }
  return { form, text, columns: columns.map(String), delimiter }
}

/** The entry in a line of the escrow. */
const entryIn = (
  number: number,
  text: string,
  isMultivalued: (attribute: string) => boolean,
): SourceEntry => {
  const faulty = (reason: string): SourceEntry =>
    faultyEntry(number, 'AF4901', reason, { form: 'json', text })
  let value: unknown
  try {
    value = readJson(text)
  } catch (error) {
    return faulty(error instanceof Error ? error.message : String(error))
  }
  if (!isJsonObject(value)) return faulty('it is not a line of an escrow file')
  const line = own(value, 'line')
  const at = typeof line === 'number' ? line : number
  const record = own(value, 'record')
  if (isJsonObject(record)) return { line: at, record }
  const raw = rawOf(value)
  if (raw === undefined)
    return faulty('it is not a line of an escrow file: it has neither "record" nor "text"')
  return readRawText(at, raw, { isMultivalued, note: () => undefined })
}

/** Reads the entries of an escrow file, each with its line number in the original file. */
export const readEscrow = async function* (
  pieces: AsyncIterable<string>,
  isMultivalued: (attribute: string) => boolean,
): AsyncGenerator<readonly SourceEntry[]> {
  let number = 0
  for await (const lines of linesOf(pieces)) {
    const entries: SourceEntry[] = []
    for (const text of lines) {
      number++
      if (text.trim() !== '') entries.push(entryIn(number, text, isMultivalued))
    }
    if (entries.length > 0) yield entries
  }
}
