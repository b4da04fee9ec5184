import { stringify } from 'csv-stringify/sync'
import type { CompiledObjectMapping, MappedObject } from '../mapping/index.js'
import { mappedObjectJson } from '../mapping/index.js'

const fixedColumns = ['line', 'id', 'outcome', 'reason', 'diagnostics'] as const

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(cell).join(';')
  if (typeof value === 'object') return JSON.stringify(value)
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)
}

/** One record. A cell that a spreadsheet would treat as a formula begins with an apostrophe. */
const recordOf = (cells: readonly string[]): string => stringify([cells], { escape_formulas: true })

/**
 * Results as CSV: the outcome of each object, then a column for each target attribute with the value that
 * flows.
 */
export const csvOf = (
  compiled: CompiledObjectMapping,
): {
  readonly header: string
  row(line: number, id: string, mapped: MappedObject): string
  unreadable(line: number, message: string): string
  /** A row with only the leading columns, without attribute values. */
  fixed(cells: readonly string[]): string
} => {
  const targets = compiled.attributes.map(({ mapping }) => mapping.targetAttributeName)
  const fixed = (cells: readonly string[]): string => recordOf([...cells, ...targets.map(() => '')])
  return {
    header: recordOf([...fixedColumns, ...targets]),
    row: (line, id, mapped) => {
      const { outcome, reason, attributes, diagnostics } = mappedObjectJson(compiled, mapped)
      const said = diagnostics.map(({ code, message, path }) =>
        path === undefined ? `${code}: ${message}` : `${code} ${path}: ${message}`,
      )
      const values = targets.map((name) =>
        cell(Object.hasOwn(attributes, name) ? attributes[name] : undefined),
      )
      return recordOf([String(line), id, outcome, reason, said.join('\n'), ...values])
    },
    unreadable: (line, message) => fixed([String(line), '', 'error', 'unreadable', message]),
    fixed,
  }
}
