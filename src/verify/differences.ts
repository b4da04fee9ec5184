import { isJsonObject } from '../values/json-object.js'
/** One place where a result differs from the expected one. */
export interface Difference {
  /** Such as `attributes.userName`; empty for the whole. */
  readonly path: string
  /** Undefined if nothing was expected there. */
  readonly expected: unknown
  /** Undefined if nothing is there. */
  readonly found: unknown
}

/**
 * The differences of two JSON values. Only the expected members of objects are compared, unless `exact`;
 * lists must agree element by element.
 */
export const differencesOf = (
  expected: unknown,
  found: unknown,
  exact = false,
  path = '',
): readonly Difference[] => {
  if (isJsonObject(expected) && isJsonObject(found)) {
    const names = new Set([...Object.keys(expected), ...(exact ? Object.keys(found) : [])])
    return [...names].flatMap((name) =>
      differencesOf(
        Object.hasOwn(expected, name) ? expected[name] : undefined,
        Object.hasOwn(found, name) ? found[name] : undefined,
        exact,
        path === '' ? name : `${path}.${name}`,
      ),
    )
  }
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length)
    return expected.flatMap((one, index) => differencesOf(one, found[index], exact, `${path}[${index}]`))
  return Object.is(expected, found) ? [] : [{ path, expected, found }]
}

const json = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

/** A difference as one line: `attributes.userName: expected "a", found "b"`. */
export const differenceText = ({ path, expected, found }: Difference): string =>
  `${path === '' ? 'the result' : path}: expected ${json(expected)}, found ${json(found)}`
