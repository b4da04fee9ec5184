import type { Diagnostic } from '../diagnostics/diagnostic.js'

/** A finding that was there when the baseline was made. It has no position, so that it survives edits elsewhere. */
export interface BaselineEntry {
  /** Name of the file, or the expression itself. */
  readonly source: string
  /** JSON path in a schema; empty elsewhere. */
  readonly path: string
  readonly code: string
  readonly message: string
  /** How often. */
  readonly count: number
}

/** The findings to pass over, as the baseline file holds them. */
export interface Baseline {
  readonly version: 1
  readonly findings: readonly BaselineEntry[]
}

/** Findings of one source. */
export interface SourceFindings {
  readonly source: string
  readonly diagnostics: readonly Diagnostic[]
}

const keyOf = (source: string, path: string, code: string, message: string): string =>
  JSON.stringify([source, path, code, message])

const keyOfFinding = (source: string, { path = '', code, message }: Diagnostic): string =>
  keyOf(source, path, code, message)

/** The baseline of findings. Errors are not part of it: they cannot be passed over. */
export const makeBaseline = (all: readonly SourceFindings[]): Baseline => {
  const entries = new Map<string, BaselineEntry>()
  for (const { source, diagnostics } of all) {
    for (const d of diagnostics) {
      if (d.severity === 'error') continue
      const key = keyOfFinding(source, d)
      const { code, message, path = '' } = d
      const count = (entries.get(key)?.count ?? 0) + 1
      entries.set(key, { source, path, code, message, count })
    }
  }
  return { version: 1, findings: [...entries.values()] }
}

/** The findings that are not in the baseline, or there more often than in it. */
export const beyondBaseline = <Findings extends SourceFindings>(
  all: readonly Findings[],
  baseline: Baseline,
): readonly Findings[] => {
  const left = new Map(
    baseline.findings.map(({ source, path, code, message, count }) => [
      keyOf(source, path, code, message),
      count,
    ]),
  )
  return all.map((findings) => ({
    ...findings,
    diagnostics: findings.diagnostics.filter((d) => {
      const key = keyOfFinding(findings.source, d)
      const count = left.get(key) ?? 0
      if (d.severity === 'error' || count === 0) return true
      left.set(key, count - 1)
      return false
    }),
  }))
}

const isEntry = (value: unknown): boolean => {
  const entry = value as BaselineEntry | null
  return (
    typeof entry === 'object' &&
    entry !== null &&
    [entry.source, entry.path, entry.code, entry.message].every((member) => typeof member === 'string') &&
    Number.isSafeInteger(entry.count)
  )
}

/** Whether a value from a file is a baseline. */
export const isBaseline = (value: unknown): value is Baseline => {
  const baseline = value as Baseline | null
  return (
    typeof baseline === 'object' &&
    baseline !== null &&
    baseline.version === 1 &&
    Array.isArray(baseline.findings) &&
    baseline.findings.every(isEntry)
  )
}
