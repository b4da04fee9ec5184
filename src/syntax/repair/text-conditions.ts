/** The value of a literal without escapes. */
export const plainText = (literal: string): string | undefined => /^"([^"\\]*)"$/.exec(literal)?.[1]

/**
 * A condition that a text begins with another one; undefined unless that one is a literal of known length.
 */
export const beginning = (left: string, right: string, not: boolean): string | undefined => {
  const text = plainText(right)
  return text === undefined || text === ''
    ? undefined
    : `Left(${left}, ${text.length}) ${not ? '<>' : '='} ${right}`
}

/** A condition that a text contains another one. */
export const containing = (left: string, right: string, not: boolean): string =>
  `InStr(${left}, ${right}) ${not ? '=' : '>'} 0`
