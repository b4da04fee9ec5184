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

/** The most levels of lists and objects within each other: no reader of a value runs out of stack. */
const DEEPEST = 200

/** JSON whose value is nested too deeply. */
export class TooDeep extends SyntaxError {
  /** The value as `JSON.parse` reads it. */
  readonly value: unknown

  constructor(value: unknown) {
    super(`more than ${DEEPEST} levels are nested`)
    this.value = value
  }
}

const isTooDeep = (value: unknown, depth = 0): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (depth === DEEPEST) return true
  return Object.values(value).some((one) => isTooDeep(one, depth + 1))
}

/** Deeper values are not inspected; they are read the careful way. */
const INSPECTED = 32

/** Whether a value holds a number whose digits `JSON.parse` may have changed, or is nested too deep to tell. */
const mayHaveLost = (value: unknown, depth: number): boolean => {
  if (typeof value === 'number') return !Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return false
  if (depth > INSPECTED) return true
  if (Array.isArray(value)) return value.some((element) => mayHaveLost(element, depth + 1))
  for (const name in value) if (mayHaveLost((value as Record<string, unknown>)[name], depth + 1)) return true
  return false
}

/**
 * Reads JSON without loss: an integer beyond the safe range becomes a `bigint`. Everything else is as
 * `JSON.parse` returns it; `__proto__` is an ordinary member.
 * @throws {SyntaxError} like `JSON.parse`, for a text that is not JSON
 * @throws {TooDeep} if more than 200 levels are nested
 */
export const readJson = (text: string): unknown => {
  const plain: unknown = JSON.parse(text)
  if (!mayHaveLost(plain, 0)) return plain
  if (isTooDeep(plain)) throw new TooDeep(plain)
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
