import type { Entry } from 'ldapts'

/** Attributes whose values are bytes in the directories that are in use. */
const usualBinary: ReadonlySet<string> = new Set(
  [
    ...['objectGUID', 'objectSid', 'sIDHistory', 'mS-DS-ConsistencyGuid', 'msExchMailboxGuid', 'logonHours'],
    ...['thumbnailPhoto', 'thumbnailLogo', 'jpegPhoto', 'photo', 'audio', 'userCertificate', 'cACertificate'],
    ...['userSMIMECertificate', 'userPKCS12', 'x500UniqueIdentifier', 'nTSecurityDescriptor', 'tokenGroups'],
  ].map((name) => name.toLowerCase()),
)

/** Whether the values of an attribute are bytes, which are Base64 in mappings. */
export const isBinary = (name: string): boolean => {
  const [plain = '', ...options] = name.toLowerCase().split(';')
  return usualBinary.has(plain) || options.includes('binary')
}

/** A part of the values of an attribute, as Active Directory returns those of a large group. */
export interface Range {
  readonly attribute: string
  /** Where the next part begins. */
  readonly next: number
}

const RANGE = /^range=\d+-(\d+|\*)$/i

/** An entry under the requested names, and which of its attributes are incomplete. */
export interface ReadEntry {
  readonly entry: Entry
  readonly ranges: readonly Range[]
}

/**
 * An entry with the names of attributes as they were requested: a directory may return another case, or options such
 * as `member;range=0-1499` and `userCertificate;binary`. Variants with other options, such as languages, are left out
 * unless they were requested.
 */
export const readEntry = (found: Entry, requested: readonly string[]): ReadEntry => {
  const names = new Map(requested.map((name) => [name.toLowerCase(), name]))
  const entry: Entry = Object.assign(Object.create(null) as object, { dn: String(found.dn) })
  const ranges: Range[] = []
  for (const [type, value] of Object.entries(found)) {
    if (type === 'dn') continue
    const [plain = '', ...options] = type.split(';')
    const range = options.map((one) => RANGE.exec(one)?.[1]).find((one) => one !== undefined)
    const name =
      names.get(type.toLowerCase()) ??
      (options.every((one) => RANGE.test(one) || /^binary$/i.test(one))
        ? (names.get(plain.toLowerCase()) ?? plain)
        : undefined)
    if (name === undefined) continue
    if (range !== undefined && range !== '*') ranges.push({ attribute: name, next: Number(range) + 1 })
    const values = (Array.isArray(value) ? value : [value]) as (string | Buffer)[]
    const bytes = isBinary(type)
      ? values.map((one) => (typeof one === 'string' ? Buffer.from(one) : one))
      : values
    const known = Object.hasOwn(entry, name) ? allOf(entry[name]) : []
    const all = [...known, ...bytes]
    entry[name] = (all.length === 1 ? all[0] : all) as Entry[string]
  }
  return { entry, ranges }
}

type Found = Entry[string] | undefined

/** The first value of an attribute; "" if it has none. */
export const firstOf = (found: Found): string | Buffer =>
  Array.isArray(found) ? (found[0] ?? '') : (found ?? '')

/** The values of an attribute. */
export const allOf = (found: Found): readonly (string | Buffer)[] =>
  Array.isArray(found) ? found : found === undefined ? [] : [found]
