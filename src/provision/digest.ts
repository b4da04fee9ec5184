import { sha256 } from '../text/sha-256.js'

/** A value as JSON with the members of objects in order, so that equal values have one text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, one: unknown) => {
    if (typeof one === 'bigint') return one.toString()
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
  })

/** A digest of a JSON value, by which it is told apart and from which it cannot be read: SHA-256 in hexadecimal. */
export const digestOf = (value: unknown): string => sha256(canonical(value))
