import { shownLines } from './shown.js'

/**
 * HTML that is already escaped. Only `html` and `trustedHtml` make it, so nothing reaches a page unescaped.
 */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/**
 * A value in a template: texts are escaped, null and undefined render as nothing, and the parts of a list are
 * concatenated.
 */
export type HtmlPart = string | number | Html | null | undefined | readonly HtmlPart[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // A line of data must not begin a line of the page, which may be printed to a log.
  '\n': '&#10;',
}

const rendered = (part: HtmlPart): string => {
  if (part === null || part === undefined) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'string' || typeof part === 'number')
    return shownLines(String(part)).replace(/[&<>"'\n]/g, (sign) => entities[sign] ?? '')
  return part.map(rendered).join('')
}

/**
 * Builds HTML from a template: every interpolated value is escaped unless it is HTML. Quote attribute values.
 */
export const html = (strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html =>
  new Html(strings.reduce((all, text, index) => all + rendered(parts[index - 1]) + text))

/** HTML written by the program itself, such as a style sheet. Never pass foreign text. */
export const trustedHtml = (text: string): Html => new Html(text)
