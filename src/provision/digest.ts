import { sha256 } from '../text/sha-256.js'

/** A value as JSON with the members of objects sorted, so that equal values have the same text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, one: unknown) => {
    if (typeof one === 'bigint') return one.toString()
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
  })

/** The SHA-256 digest of a JSON value in hexadecimal. It identifies the value without revealing it. */
export const digestOf = (value: unknown): string => sha256(canonical(value))
