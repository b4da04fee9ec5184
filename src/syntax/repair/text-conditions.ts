/** What a literal without escapes says. */
export const plainText = (literal: string): string | undefined => /^"([^"\\]*)"$/.exec(literal)?.[1]

/** That a text begins with another one; undefined unless that one is a literal whose length can be counted. */
export const beginning = (left: string, right: string, not: boolean): string | undefined => {
  const text = plainText(right)
  return text === undefined || text === ''
    ? undefined
    : `Left(${left}, ${text.length}) ${not ? '<>' : '='} ${right}`
}

/** That a text has another one in it. */
export const containing = (left: string, right: string, not: boolean): string =>
  `InStr(${left}, ${right}) ${not ? '=' : '>'} 0`
