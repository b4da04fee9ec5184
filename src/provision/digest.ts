/** A value as JSON with the members of objects in order, so that equal values have one text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, one: unknown) => {
    if (typeof one === 'bigint') return one.toString()
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
  })

/** A digest of a JSON value, by which it is told apart and from which it cannot be read: SHA-256 in hexadecimal. */
export const digestOf = async (value: unknown): Promise<string> => {
  const bytes = new TextEncoder().encode(canonical(value))
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
