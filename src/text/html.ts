import { shownLines } from './shown.js'

/** Text that is HTML already. Only `html` makes it, so that nothing gets into a page unescaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template: texts are escaped, null and undefined are nothing, the parts of a list follow each other. */
export type HtmlPart = string | number | Html | null | undefined | readonly HtmlPart[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const rendered = (part: HtmlPart): string => {
  if (part === null || part === undefined) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'string' || typeof part === 'number')
    return shownLines(String(part)).replace(/[&<>"']/g, (sign) => entities[sign]!)
  return part.map(rendered).join('')
}

/** HTML of a template: everything between `${` and `}` is escaped unless it is HTML. Attributes need quotes around them. */
export const html = (strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html =>
  new Html(strings.reduce((all, text, index) => all + rendered(parts[index - 1]) + text))

/** HTML that the program wrote itself, such as a style sheet. Never for texts of others. */
export const trustedHtml = (text: string): Html => new Html(text)
