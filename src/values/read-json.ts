/** Strings, so that digits inside them are left alone, and numbers. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

const isUnsafeInteger = (token: string): boolean =>
  /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))

/** A text that begins no string of the value, also when it is written with escapes: it marks an integer. */
const markFor = (value: unknown): string => {
  const text = JSON.stringify(value)
  let mark = 'integer:'
  while (text.includes(mark)) mark = `_${mark}`
  return mark
}

/**
 * Reads JSON without loss: an integer beyond the safe range becomes a `bigint`. Everything else is as
 * `JSON.parse` has it, which reads most texts alone; `__proto__` is a member like any other.
 *
 * Throws what `JSON.parse` throws: a SyntaxError for a text that is not JSON.
 */
export const readJson = (text: string): unknown => {
  const plain: unknown = JSON.parse(text)
  if (!/\d{16}/.test(text)) return plain
  const mark = markFor(plain)
  let found = false
  const marked = text.replace(stringOrNumber, (token) => {
    if (token.startsWith('"') || !isUnsafeInteger(token)) return token
    found = true
    return `"${mark}${token}"`
  })
  if (!found) return plain
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  )
}
