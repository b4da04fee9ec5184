/**
 * What must not reach a terminal or a log as it is: control characters of C0 and C1, marks that turn the direction of
 * text, and separators of lines and paragraphs. Tabs and line feeds are left to the caller.
 */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A text of one line for people: what is unsafe, tabs and line breaks are shown as escapes, such as `\u001b` and `\n`. */
export const shown = (text: string): string =>
  text.replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(unsafe, escaped)

/** Text of several lines with what is unsafe in it shown as escapes; line feeds and tabs stay. */
export const shownLines = (text: string): string => text.replace(unsafe, escaped)
