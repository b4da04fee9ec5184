import { shortDigest } from '../../text/short-digest.js'
import { isJsonObject } from '../../values/json-object.js'
import { requireList } from '../../values/misuse.js'
import type { SchemaChange } from './schema-change.js'

/** A change of a schema that somebody has accepted. A different change at the same place is not accepted. */
export interface AcceptedChange {
  readonly path: string
  readonly what: string
  /** The {@link changeDigest} of the change. */
  readonly change: string
  readonly reason: string
  /** The last day on which it counts, such as `2026-12-31`. Default: no end. */
  readonly until?: string
}

/** The changes between two schemas, divided by whether they are accepted. */
export interface ChangeReview {
  readonly open: readonly SchemaChange[]
  readonly accepted: readonly { readonly change: SchemaChange; readonly by: AcceptedChange }[]
  /** Entries that have expired. */
  readonly expired: readonly AcceptedChange[]
  /** Entries that no longer match a change. */
  readonly unused: readonly AcceptedChange[]
}

/** Distinguishes a change from any other at the same place. */
export const changeDigest = ({ before, after }: SchemaChange): string =>
  shortDigest(JSON.stringify([before ?? null, after ?? null]))

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Returns what is wrong with a list of accepted changes; undefined if it is valid. */
export const acceptedProblem = (value: unknown): string | undefined => {
  if (!Array.isArray(value)) return 'it must be a list of {path, what, change, reason, until?}'
  for (const [index, entry] of value.entries()) {
    const place = `entry ${index + 1}`
    if (!isJsonObject(entry)) return `${place} is not an object`
    for (const name of ['path', 'what', 'change', 'reason'])
      if (typeof entry[name] !== 'string' || entry[name] === '') return `${place} needs ${name}`
    const { until } = entry
    if (until !== undefined && !(typeof until === 'string' && DAY.test(until)))
      return `until of ${place} must be a day such as 2026-12-31`
  }
  return undefined
}

/**
 * Reviews changes by a list of accepted ones.
 * @param today a day such as `2026-12-31`
 */
export const reviewChanges = (
  changes: readonly SchemaChange[],
  accepted: readonly AcceptedChange[],
  today: string,
): ChangeReview => {
  requireList(changes, 'changes')
  requireList(accepted, 'accepted changes')
  const isOver = ({ until }: AcceptedChange): boolean => until !== undefined && until < today
  const current = accepted.filter((entry) => !isOver(entry))
  const keyOf = (path: string, what: string, change: string): string => JSON.stringify([path, what, change])
  const byKey = new Map(current.map((entry) => [keyOf(entry.path, entry.what, entry.change), entry]))
  const used = new Set<AcceptedChange>()
  const open: SchemaChange[] = []
  const found: { change: SchemaChange; by: AcceptedChange }[] = []
  for (const change of changes) {
    const by = byKey.get(keyOf(change.path, change.what, changeDigest(change)))
    if (by === undefined) open.push(change)
    else {
      used.add(by)
      found.push({ change, by })
    }
  }
  return {
    open,
    accepted: found,
    expired: accepted.filter(isOver),
    unused: current.filter((entry) => !used.has(entry)),
  }
}

/** The breaking changes that nobody has accepted. */
export const breakingOf = ({ open }: ChangeReview): readonly SchemaChange[] =>
  open.filter(({ criticality }) => criticality === 'breaking')

/** The line of YAML that accepts a change; the user must write the reason. */
export const acceptingLine = (change: SchemaChange): string => {
  const { path, what } = change
  return `- { path: ${JSON.stringify(path)}, what: ${JSON.stringify(what)}, change: "${changeDigest(change)}", reason: "…" }`
}
