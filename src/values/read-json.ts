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

/** Deeper values are not looked into: they are read the careful way. */
const DEEPEST = 32

/** Whether a value holds a number whose digits `JSON.parse` may have changed, or is nested too deep to tell. */
const mayHaveLost = (value: unknown, depth: number): boolean => {
  if (typeof value === 'number') return !Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return false
  if (depth > DEEPEST) return true
  if (Array.isArray(value)) return value.some((element) => mayHaveLost(element, depth + 1))
  for (const name in value) if (mayHaveLost((value as Record<string, unknown>)[name], depth + 1)) return true
  return false
}

/**
 * Reads JSON without loss: an integer beyond the safe range becomes a `bigint`. Everything else is as
 * `JSON.parse` has it, which reads most texts alone; `__proto__` is a member like any other.
 *
 * Throws what `JSON.parse` throws: a SyntaxError for a text that is not JSON.
 */
export const readJson = (text: string): unknown => {
  const plain: unknown = JSON.parse(text)
  if (!mayHaveLost(plain, 0) || !/\d{16}/.test(text)) return plain
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
