/** Some texts for a message: `"yes" or "no"`. */
export const quotedTexts = (texts: readonly string[]): string =>
  texts
    .slice(0, 4)
    .map((text) => JSON.stringify(text))
    .join(' or ') + (texts.length > 4 ? ' or others' : '')
