import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { exactJson } from '../values/exact-json.js'
import { readJson, TooDeep } from '../values/read-json.js'
import type { SourceRecord } from '../values/record.js'

/** The raw text of an entry that could not be read, so that it can be corrected and read again. */
export interface RawText {
  readonly form: 'json' | 'csv' | 'ldif'
  readonly text: string
  /** For a row of CSV: the names of the columns, and the delimiter. */
  readonly columns?: readonly string[]
  readonly delimiter?: string
}

/** One object of a population, or why there is none: a faulty line never hides the others. */
export type SourceEntry =
  | {
      readonly line: number
      readonly record: SourceRecord
      /** The object as read, if `record` has attributes under other names. */
      readonly original?: SourceRecord
    }
  | {
      readonly line: number
      readonly record: undefined
      readonly diagnostics: readonly Diagnostic[]
      readonly raw: RawText
    }

/** An entry that could not be read. */
export const faultyEntry = (
  line: number,
  code: 'AF4901' | 'AF4907',
  reason: string,
  raw: RawText,
): SourceEntry => ({
  line,
  record: undefined,
  diagnostics: [diagnostic(code, { start: 0, end: 0 }, { reason: reason.replace(/\.$/, '') })],
  raw,
})

const describe = (value: unknown): string => {
  if (value === null) return 'it is null'
  if (Array.isArray(value)) return 'it is a list'
  return `it is ${typeof value === 'boolean' ? 'a Boolean' : `a ${typeof value === 'bigint' ? 'number' : typeof value}`}`
}

/**
 * An entry from a JSON value.
 * @param text the JSON, if it contains only this value
 */
export const entryOfValue = (line: number, value: unknown, text?: string): SourceEntry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { line, record: value as SourceRecord }
    : faultyEntry(line, 'AF4901', describe(value), {
        form: 'json',
        text: text ?? exactJson(value) ?? '',
      })

/** Why a text is no JSON; what people put on lines of JSON is named. */
const reasonFor = (text: string, error: unknown): string => {
  if (/^\s*(?:\/\/|#)/.test(text)) return 'it is a comment, which JSON does not have'
  if (/\},\s*$/.test(text)) return 'a comma follows the object; delete it'
  return error instanceof Error ? error.message : String(error)
}

/**
 * The value of a JSON text, or an entry with the fault. Integers of any size are exact.
 * @returns with the fault, whether the text is only nested too deeply
 */
export const parseEntry = (
  line: number,
  text: string,
): { readonly value: unknown } | { readonly fault: SourceEntry; readonly isDeep: boolean } => {
  try {
    return { value: readJson(text) }
  } catch (error) {
    return {
      fault: faultyEntry(line, 'AF4901', reasonFor(text, error), {
        form: 'json',
        text,
      }),
      isDeep: error instanceof TooDeep,
    }
  }
}
