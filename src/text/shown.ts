/**
 * Characters that must not reach a terminal or a log: C0 and C1 controls, marks that change the direction of
 * text, and line and paragraph separators. Tabs and line feeds are left to the caller.
 */
const unsafe = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[^\P{Cc}\t\n]/gu

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * Makes a text safe to show on one line: unsafe characters, tabs and line breaks become escapes such as
 * `\u001b` and `\n`.
 */
export const shown = (text: string): string =>
  text.replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(unsafe, escaped)

/** Makes a text of several lines safe to show: unsafe characters become escapes; line feeds and tabs stay. */
export const shownLines = (text: string): string => text.replace(unsafe, escaped)
