/**
 * A mistake of the calling program, such as a look-up that returns a promise where a value is needed at once.
 * Unlike faults of the data, it is thrown to the caller.
 */
export class Misuse extends TypeError {
  override readonly name = 'TypeError'
}

const kindName = (given: unknown): string => {
  if (given === undefined || given === null) return String(given)
  if (Array.isArray(given)) return 'a list'
  return typeof given === 'object' ? 'another object' : `a ${typeof given}`
}

/**
 * Requires an argument that another function of the library made, by a member that it has.
 * @param takes what to pass: `a schema, such as readSchema(text).schema`
 * @throws {Misuse} for anything else
 */
export const requireMade = (given: unknown, member: string | symbol, takes: string): void => {
  if (typeof given === 'object' && given !== null && member in given) return
  throw new Misuse(`expected ${takes}, not ${kindName(given)}`)
}

/**
 * Requires a list.
 * @throws {Misuse} for anything else
 */
export const requireList = (given: unknown, what: string): void => {
  if (!Array.isArray(given)) throw new Misuse(`expected a list of ${what}, not ${kindName(given)}`)
}

/**
 * Requires a text.
 * @throws {Misuse} for anything else
 */
export const requireText = (given: unknown, what: string): void => {
  if (typeof given !== 'string') throw new Misuse(`${what} is text, not ${kindName(given)}`)
}
