import { type CompiledExpression, requireCompiled } from '../expression/compile.js'
import { createContext } from '../values/context.js'
import { requireList } from '../values/misuse.js'
import type { SourceRecord } from '../values/record.js'
import { REDACTED } from '../values/redacted.js'
import { textForm } from '../values/text.js'
import { valueText } from './value-text.js'

/** The result of an expression for one object of a population. */
export interface PopulationRow {
  /** Counted from 0. */
  readonly index: number
  readonly kind: 'value' | 'null' | 'error' | 'ignored'
  /** The value or the error in words; `[Redact]` for a redacted expression. */
  readonly text: string
}

/** Statistics of an expression's results for a population. */
export interface PopulationStatistics {
  readonly objects: number
  readonly values: number
  readonly nulls: number
  readonly empty: number
  readonly errors: number
  readonly ignored: number
  /** Distinct values; counting stops at 10,000. */
  readonly distinct: number
  /** Characters of the longest value. */
  readonly longest: number
  /** The most frequent values with how often each occurs. */
  readonly frequent: readonly { readonly text: string; readonly count: number }[]
}

/** The results over a population; errors and missing values come first. */
export interface PopulationResults {
  readonly statistics: PopulationStatistics
  readonly rows: readonly PopulationRow[]
}

/** How many distinct values are counted. */
const MOST_DISTINCT = 10_000

/** Errors first, then missing values, then the rest in the order of the population. */
const order: Readonly<Record<PopulationRow['kind'], number>> = { error: 0, ignored: 1, null: 2, value: 3 }

/**
 * Evaluates an expression for every object of a population.
 * @param limit how many rows are returned; the statistics cover all objects
 */
export const populationResults = (
  compiled: CompiledExpression,
  records: readonly SourceRecord[],
  limit = 200,
  now: Date = new Date(),
): PopulationResults => {
  requireCompiled(compiled)
  requireList(records, 'records')
  const context = createContext({ now })
  const counts = new Map<string, number>()
  const rows: PopulationRow[] = []
  const totals = { value: 0, null: 0, error: 0, ignored: 0 }
  let empty = 0
  let longest = 0
  records.forEach((record, index) => {
    const outcome = compiled.evaluate(record, context)
    const kind =
      outcome.kind === 'value' || outcome.kind === 'null' || outcome.kind === 'error'
        ? outcome.kind
        : 'ignored'
    totals[kind]++
    let text = kind === 'ignored' ? 'nothing flows' : 'null'
    if (outcome.kind === 'error') text = outcome.diagnostics[0]?.message ?? 'failed'
    if (outcome.kind === 'value') {
      const plain = textForm(outcome.value)
      if (plain === '') empty++
      if (typeof plain === 'string') longest = Math.max(longest, plain.length)
      text = compiled.redacted ? REDACTED : valueText(outcome.value)
    }
    if (counts.size < MOST_DISTINCT || counts.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1)
    rows.push({ index, kind, text })
  })
  const sorted =
    rows.length > 1 ? rows.toSorted((a, b) => order[a.kind] - order[b.kind] || a.index - b.index) : rows
  return {
    statistics: {
      objects: records.length,
      values: totals.value,
      nulls: totals.null,
      empty,
      errors: totals.error,
      ignored: totals.ignored,
      distinct: counts.size,
      longest,
      frequent: [...counts]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 10)
        .map(([text, count]) => ({ text, count })),
    },
    rows: sorted.slice(0, limit),
  }
}
