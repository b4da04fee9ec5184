import { valueJson } from '../expression/outcome-json.js'
import type { TargetObject } from '../mapping/mapped-object.js'
import { sameValue } from '../mapping/same-value.js'
import type { AttributeType } from '../schema/enums.js'
import type { JsonValue, Link, Print } from '../state/rows.js'
import type { Value } from '../values/value.js'
import { digestOf } from './digest.js'
import type { JobMapping } from './job.js'

/** Values as they are stored, by target attribute. */
export type Remembered = Readonly<Record<string, JsonValue>>

/** The target attributes whose values must not be stored or shown. */
export const redactedNames = ({ compiled }: JobMapping): ReadonlySet<string> =>
  new Set(
    compiled.attributes.filter(({ redacted }) => redacted).map(({ mapping }) => mapping.targetAttributeName),
  )

/** The type of a target attribute; `String` if the schema does not name it. */
export const targetType = ({ compiled }: JobMapping, name: string): AttributeType =>
  compiled.attributes.find(({ mapping }) => mapping.targetAttributeName === name)?.rules.type ?? 'String'

/** Whether a stored value is the digest of a redacted one. */
export const isDigest = (value: unknown): value is { readonly digest: string } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, 'digest')

/** Values in the form in which they are stored: redacted ones as digests. */
export const remember = async (
  mapping: JobMapping,
  values: Iterable<readonly [string, Value]>,
): Promise<Remembered> => {
  const redacted = redactedNames(mapping)
  const entries: (readonly [string, JsonValue])[] = []
  for (const [name, value] of values) {
    const json = valueJson(value) as JsonValue
    entries.push([name, redacted.has(name) && json !== null ? { digest: digestOf(json) } : json])
  }
  return Object.fromEntries(entries)
}

/**
 * A print after values were sent.
 * @param shown what the target showed after that, in stored form; undefined if it showed nothing
 */
export const printAfter = (print: Print, sent: Remembered, shown: Remembered | undefined): Print => ({
  ...print,
  ...Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [
      name,
      shown === undefined
        ? { sent: value }
        : { sent: value, seen: (Object.hasOwn(shown, name) ? shown[name] : null) ?? null },
    ]),
  ),
})

/** The object as it was last sent. New values are compared with it, not with what the target made of it. */
export const sentValues = ({ print }: Pick<Link, 'print'>): TargetObject =>
  new Map(Object.entries(print).map(([name, { sent }]) => [name, sent as Value]))

/**
 * Whether the target shows the value that was sent. An absent value, null and an empty text count as equal.
 */
export const shows = async (type: AttributeType, sent: JsonValue, found: Value): Promise<boolean> => {
  if (isDigest(sent)) return found !== null && sent.digest === digestOf(valueJson(found))
  const none = (value: unknown): boolean => value === null || value === ''
  return (none(sent) && none(found)) || sameValue(sent as Value, found, type)
}

/**
 * Without redacted values that were sent before: only their digests are stored, which the mapping cannot
 * compare.
 */
export const withoutSentSecrets = async (
  mapping: JobMapping,
  print: Print,
  values: ReadonlyMap<string, Value>,
): Promise<Map<string, Value>> => {
  const redacted = redactedNames(mapping)
  const kept = new Map<string, Value>()
  for (const [name, value] of values) {
    const sent = Object.hasOwn(print, name) ? print[name]?.sent : undefined
    if (redacted.has(name) && isDigest(sent) && (await shows('String', sent, value))) continue
    kept.set(name, value)
  }
  return kept
}
