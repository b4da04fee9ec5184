import type { SourceRecord } from '../values/record.js'
import { textOfBase64 } from './base64.js'
import type { NumberedLine } from './lines.js'
import { faultyEntry, type SourceEntry } from './source-entry.js'

/** The values of an entry: a single value is a text, several are a list. */
const recordOf = (values: ReadonlyMap<string, readonly string[]>): SourceRecord => {
  const record: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const [name, all] of values) record[name] = all.length === 1 ? all[0] : all
  return record
}

/** Lines with their continuation lines (RFC 2849: one blank at the start) joined, without comments. */
const unfolded = (lines: readonly NumberedLine[]): readonly NumberedLine[] => {
  const whole: { line: number; text: string }[] = []
  for (const { line, text } of lines) {
    const last = whole.at(-1)
    if (text.startsWith(' ') && last !== undefined) last.text += text.slice(1)
    else whole.push({ line, text })
  }
  return whole.filter(({ text }) => !text.startsWith('#'))
}

/** Whether a line begins an entry. */
const isDn = (line: string): boolean => /^dn:/i.test(line)

/** The object of an entry; undefined if it is empty, or only what ldapsearch reports about its search. */
const entryOf = (lines: readonly NumberedLine[]): SourceEntry | undefined => {
  const values = new Map<string, string[]>()
  const faulty = (line: number, reason: string): SourceEntry =>
    faultyEntry(line, 'AF4907', reason, { form: 'ldif', text: lines.map(({ text }) => text).join('\n') })
  const all = unfolded(lines)
  for (const { line, text } of all) {
    const found = /^([\w.-]+)(?:;[\w.;-]+)?:([:<]?)[ ]*(.*)$/s.exec(text)
    if (found === null) return faulty(line, 'an LDIF line is a name, a colon and a value')
    const [, written = '', form, raw = ''] = found
    const name = isDn(text) ? 'dn' : written
    if (name === 'version' && values.size === 0) continue
    if (form === '<') return faulty(line, `the value of ${name} is in another file`)
    const value = form === ':' ? textOfBase64(raw.trim()) : raw
    if (value === undefined) return faulty(line, `the value of ${name} is not base64`)
    if (name === 'changetype' && value.trim() !== 'add')
      return faulty(line, `it is a change (${value.trim()}), not an object`)
    if (name !== 'changetype' && value !== '') values.set(name, [...(values.get(name) ?? []), value])
  }
  if (values.size === 0) return undefined
  const [{ line }] = all as [NumberedLine]
  if (!values.has('dn'))
    return [...values.keys()].every((name) => /^(?:ref|search|result|matchedDN|text|control)$/.test(name))
      ? undefined
      : faulty(line, 'the entry has no dn')
  return { line, record: recordOf(values) }
}

/** Reads LDIF (RFC 2849): entries, each with its dn first, and blank lines between them. */
export const readLdif = async function* (
  lines: AsyncIterable<readonly NumberedLine[]>,
): AsyncGenerator<readonly SourceEntry[]> {
  let held: NumberedLine[] = []
  const complete = (): readonly SourceEntry[] => {
    const entry = held.length === 0 ? undefined : entryOf(held)
    held = []
    return entry === undefined ? [] : [entry]
  }
  for await (const group of lines) {
    const entries: SourceEntry[] = []
    for (const one of group) {
      if (one.text.trim() === '') entries.push(...complete())
      else {
        if (isDn(one.text) && held.some(({ text }) => isDn(text))) entries.push(...complete())
        held.push(one)
      }
    }
    if (entries.length > 0) yield entries
  }
  yield complete()
}

/** Reads the text of one entry; undefined if it contains none. */
export const readLdifEntry = (line: number, text: string): SourceEntry | undefined =>
  entryOf(text.split('\n').map((one) => ({ line, text: one })))
