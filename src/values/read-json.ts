/** Numbers, and strings so that digits inside them are skipped. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

const isUnsafeInteger = (token: string): boolean =>
  /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))

/** A marker for integers: no string of the value begins with it, even in escaped form. */
const markFor = (value: unknown): string => {
  const text = JSON.stringify(value)
  let mark = 'integer:'
  while (text.includes(mark)) mark = `_${mark}`
  return mark
}

/** JSON whose value is nested too deeply. */
export class TooDeep extends SyntaxError {}

/** The most levels of lists and objects within each other: no reader of a value runs out of stack. */
export const DEEPEST = 200

/**
 * Whether a value holds a number whose digits `JSON.parse` may have changed.
 * @throws {TooDeep} if more than 200 levels are nested
 */
const mayHaveLost = (value: unknown, depth: number): boolean => {
  if (typeof value === 'number') return !Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return false
  if (depth === DEEPEST) throw new TooDeep(`more than ${DEEPEST} levels are nested`)
  let lost = false
  for (const name in value) if (mayHaveLost((value as Record<string, unknown>)[name], depth + 1)) lost = true
  return lost
}

/**
 * Reads JSON without loss: an integer beyond the safe range becomes a `bigint`. Everything else is as
 * `JSON.parse` returns it; `__proto__` is an ordinary member.
 * @throws {SyntaxError} like `JSON.parse`, for a text that is not JSON
 * @throws {TooDeep} if more than 200 levels are nested
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
