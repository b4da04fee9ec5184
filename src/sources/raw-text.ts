import { type CsvOptions, readCsvRow } from './csv.js'
import { readLdifEntry } from './ldif.js'
import { entryOfValue, faultyEntry, parseEntry, type RawText, type SourceEntry } from './source-entry.js'

/** Reads one object from its text in a file. */
export const readRawText = (line: number, raw: RawText, options: CsvOptions): SourceEntry => {
  const { form, text, columns, delimiter } = raw
  if (form === 'ldif')
    return readLdifEntry(line, text) ?? faultyEntry(line, 'AF4907', 'the entry is empty', raw)
  if (form === 'csv')
    return columns === undefined || delimiter === undefined
      ? faultyEntry(line, 'AF4907', 'the names of its columns are unknown', raw)
      : (readCsvRow(line, text, columns, delimiter, options) ??
          faultyEntry(line, 'AF4907', 'the row is empty', raw))
  const parsed = parseEntry(line, text)
  return 'fault' in parsed ? parsed.fault : entryOfValue(line, parsed.value, text)
}
