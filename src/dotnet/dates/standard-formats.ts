/** The one-letter formats and the custom formats they stand for in the invariant culture. */
export const STANDARD_FORMATS: ReadonlyMap<string, string> = new Map([
  ['d', 'MM/dd/yyyy'],
  ['D', 'dddd, dd MMMM yyyy'],
  ['f', 'dddd, dd MMMM yyyy HH:mm'],
  ['F', 'dddd, dd MMMM yyyy HH:mm:ss'],
  ['g', 'MM/dd/yyyy HH:mm'],
  ['G', 'MM/dd/yyyy HH:mm:ss'],
  ['m', 'MMMM dd'],
  ['M', 'MMMM dd'],
  ['o', "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK"],
  ['O', "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK"],
  ['r', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ['R', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ['s', "yyyy'-'MM'-'dd'T'HH':'mm':'ss"],
  ['t', 'HH:mm'],
  ['T', 'HH:mm:ss'],
  ['u', "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"],
  ['U', 'dddd, dd MMMM yyyy HH:mm:ss'],
  ['y', 'yyyy MMMM'],
  ['Y', 'yyyy MMMM'],
])

/** .NET holds a second's fraction in seven digits. */
export const GREATEST_FRACTION_LENGTH = 7

/** How often the unit at `position` is repeated from there on, at least 1. */
export function runLength(text: string, position: number): number {
  const code = text.charCodeAt(position)
  let end = position + 1
  while (end < text.length && text.charCodeAt(end) === code) end++
  return end - position
}

/** The text within the quotes that open at `position`, escapes resolved; undefined if they never close. */
export function quotedText(
  format: string,
  position: number,
): { readonly text: string; readonly end: number } | undefined {
  const quote = format[position]
  let text = ''
  for (let index = position + 1; index < format.length; index++) {
    if (format[index] === quote) return { text, end: index + 1 }
    if (format[index] === '\\' && ++index === format.length) return undefined
    text += format[index]
  }
  return undefined
}
