import type { Estimate } from '../harness/statistics.js'

/** A row of the results. */
export interface Figure {
  readonly engine: string
  readonly what: string
  /** What the figure counts: `× hand-written`, `ms`, `kB`. */
  readonly unit: string
  readonly value: number
  /** The 95 % interval, where the figure has rounds. */
  readonly estimate?: Estimate
  readonly goal?: number
  /** Median nanoseconds of one operation on both sides: for a look behind the ratio, not to be quoted. */
  readonly nanoseconds?: { readonly contender: number; readonly baseline: number }
}

/** Three significant digits. */
export const digits = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)

const interval = ({ estimate }: Figure): string =>
  estimate === undefined ? '' : `${digits(estimate.low)}–${digits(estimate.high)}`

const goal = ({ goal: most, value }: Figure): string =>
  most === undefined ? '' : `≤ ${most} ${value <= most ? '✓' : '✗'}`

const header = ['engine', 'what', 'median', '95 % interval', 'unit', 'goal'] as const

const cellsOf = (figure: Figure): readonly string[] => [
  figure.engine,
  figure.what,
  digits(figure.value),
  interval(figure),
  figure.unit,
  goal(figure),
]

/** The results for a terminal. */
export const terminalTable = (figures: readonly Figure[]): string => {
  const rows = [header, ...figures.map(cellsOf)]
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 2 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The results for the documentation. */
export const markdownTable = (figures: readonly Figure[]): string =>
  [header, header.map((_, column) => (column === 2 ? '--:' : '---')), ...figures.map(cellsOf)]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
