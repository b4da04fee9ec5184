import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { requireList, requireMade } from '../values/misuse.js'

/**
 * Findings that existed when the baseline was created. They have no position, so that they survive edits
 * elsewhere.
 */
export interface BaselineEntry {
  /** Name of the file, or the expression itself. */
  readonly source: string
  /** The place in a schema, in names: `RULE / users / displayName`; empty elsewhere. */
  readonly place: string
  readonly code: string
  /** Identifies the finding if a place has several with the same code and some of them are new. */
  readonly message: string
  /** The number of such findings. */
  readonly count: number
}

/** The findings to ignore, in the form of the baseline file. */
export interface Baseline {
  readonly version: 2
  readonly findings: readonly BaselineEntry[]
}

/** Findings of one source. */
export interface SourceFindings {
  readonly source: string
  readonly diagnostics: readonly Diagnostic[]
  /** The place of a finding in a schema, in names; empty elsewhere. */
  placeOf(diagnostic: Diagnostic): string
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts)

/** The baseline of findings. Errors are not part of it: they cannot be ignored. */
export const makeBaseline = (all: readonly SourceFindings[]): Baseline => {
  requireList(all, 'findings, each of one source')
  const entries = new Map<string, BaselineEntry>()
  for (const findings of all) {
    const { source } = findings
    for (const d of findings.diagnostics) {
      if (d.severity === 'error') continue
      const { code, message } = d
      const place = findings.placeOf(d)
      const key = keyOf(source, place, code, message)
      entries.set(key, { source, place, code, message, count: (entries.get(key)?.count ?? 0) + 1 })
    }
  }
  return { version: 2, findings: [...entries.values()] }
}

/** Uses up one of the remaining entries of a key; false if there is none. */
const take = (left: Map<string, number>, key: string): boolean => {
  const count = left.get(key) ?? 0
  if (count > 0) left.set(key, count - 1)
  return count > 0
}

/**
 * The findings of a code in a place that exceed the baseline. Those with the message of an entry are ignored
 * first, so that the rest is new.
 */
export const beyondBaseline = <Findings extends SourceFindings>(
  all: readonly Findings[],
  baseline: Baseline,
): readonly Findings[] => {
  requireList(all, 'findings, each of one source')
  requireMade(baseline, 'findings', 'a baseline, such as makeBaseline(findings)')
  const exact = new Map<string, number>()
  const byPlace = new Map<string, number>()
  const add = (counts: Map<string, number>, key: string, count: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
  for (const { source, place, code, message, count } of baseline.findings) {
    add(exact, keyOf(source, place, code, message), count)
    add(byPlace, keyOf(source, place, code), count)
  }
  return all.map((findings) => {
    const { source, diagnostics } = findings
    const passed = new Set<Diagnostic>()
    const passOver = (d: Diagnostic, isSame: boolean): void => {
      if (d.severity === 'error' || passed.has(d)) return
      const place = findings.placeOf(d)
      if (isSame && !take(exact, keyOf(source, place, d.code, d.message))) return
      if (take(byPlace, keyOf(source, place, d.code))) passed.add(d)
    }
    for (const d of diagnostics) passOver(d, true)
    for (const d of diagnostics) passOver(d, false)
    return { ...findings, diagnostics: diagnostics.filter((d) => !passed.has(d)) }
  })
}

const isEntry = (value: unknown): boolean => {
  const entry = value as BaselineEntry | null
  return (
    typeof entry === 'object' &&
    entry !== null &&
    [entry.source, entry.place, entry.code, entry.message].every((member) => typeof member === 'string') &&
    Number.isSafeInteger(entry.count)
  )
}

/** Whether a value from a file is a baseline. */
export const isBaseline = (value: unknown): value is Baseline => {
  const baseline = value as Baseline | null
  return (
    typeof baseline === 'object' &&
    baseline !== null &&
    baseline.version === 2 &&
    Array.isArray(baseline.findings) &&
    baseline.findings.every(isEntry)
  )
}
