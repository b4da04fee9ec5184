import { type MappedObject, type ObjectReason, objectReasons } from '../../mapping/index.js'
import { plural, type Style } from '../style.js'
import { outcomeText } from './object-view.js'

type Outcome = MappedObject['outcome']
const outcomes: readonly Outcome[] = ['create', 'update', 'disable', 'delete', 'skip', 'error']

/** What became of the objects of a run, in numbers. */
export interface SummaryJson {
  readonly objects: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly reasons: Readonly<Record<string, number>>
  /** How many errors of each code there were. */
  readonly errors: Readonly<Record<string, number>>
}

/** Counts what became of the objects of a run. */
export class Summary {
  readonly #start: number = performance.now()
  readonly #counts: Map<string, { outcome: Outcome; reason: ObjectReason | 'unreadable'; count: number }> =
    new Map()
  readonly #codes: Map<string, number> = new Map()
  #total = 0

  get total(): number {
    return this.#total
  }

  get failed(): boolean {
    return [...this.#counts.values()].some(({ outcome }) => outcome === 'error')
  }

  /** Whether there were lines, and not one of them could be read. */
  get unreadable(): boolean {
    return this.#total > 0 && [...this.#counts.values()].every(({ reason }) => reason === 'unreadable')
  }

  /** Counts an object, or a line that could not be read. */
  add(
    outcome: Outcome,
    reason: ObjectReason | 'unreadable',
    diagnostics: readonly { readonly code: string; readonly severity: string }[],
  ): void {
    this.#total++
    const key = `${outcome} ${reason}`
    const known = this.#counts.get(key)
    if (known === undefined) this.#counts.set(key, { outcome, reason, count: 1 })
    else known.count++
    for (const { code, severity } of diagnostics)
      if (severity === 'error') this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1)
  }

  /** Objects and objects a second, for the progress line. */
  progress(): string {
    const seconds = (performance.now() - this.#start) / 1000
    const rate = seconds > 0.05 ? `, ${Math.round(this.#total / seconds)} a second` : ''
    return `${plural(this.#total, 'object')}${rate}`
  }

  /** The counts as data. */
  json(): SummaryJson {
    const byOutcome: Record<string, number> = {}
    const byReason: Record<string, number> = {}
    for (const { outcome, reason, count } of this.#counts.values()) {
      byOutcome[outcome] = (byOutcome[outcome] ?? 0) + count
      byReason[reason] = (byReason[reason] ?? 0) + count
    }
    return {
      objects: this.#total,
      outcomes: byOutcome,
      reasons: byReason,
      errors: Object.fromEntries(this.#codes),
    }
  }

  /** The table at the end. */
  render(style: Style, stopped: boolean): string {
    const rows = [...this.#counts.values()].sort(
      (a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) || b.count - a.count,
    )
    const digits = String(this.#total).length
    const lines = rows.map(({ outcome, reason, count }) => {
      const why = reason === 'unreadable' ? 'the line could not be read' : objectReasons[reason]
      return `  ${outcomeText(outcome, style, 8)}${String(count).padStart(digits)}  ${why}`
    })
    const codes = [...this.#codes].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ×${count}`)
    return `${[
      `${style.paint('bold', plural(this.#total, 'object'))}${stopped ? ', stopped before the end' : ''}`,
      ...lines,
      ...(codes.length === 0 ? [] : [`  errors  ${codes.join(', ')}`]),
    ].join('\n')}\n`
  }
}
