import { diagnostic, type Fix } from '../../diagnostics/diagnostic.js'
import { replaceFix } from '../../diagnostics/fix.js'
import { stringEnd } from '../lexer.js'
import { quoteString } from '../print.js'
import { decodeEntity, entityPattern } from './entities.js'
import { type LexicalRule, matchAt, type Scanner, singleCharacterKinds } from './lexical-rule.js'

/** Reports a string between wrong quotes, which are `open` and `close` characters long. */
const wrongQuotes = (
  scanner: Scanner,
  code: 'AF1014' | 'AF1015',
  start: number,
  end: number,
  open: number,
  close: number,
): number => {
  const value = scanner.text.slice(start + open, end - close)
  const image = quoteString(value)
  const fixes = [replaceFix('Use double quotes', start, end, image)]
  scanner.report(diagnostic(code, { start, end }, {}, { fixes }))
  scanner.push('String', image, start, end)
  return end
}

export const singleQuotes: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (text[start] !== "'") return -1
  // An apostrophe inside the text is not followed by a separator.
  const found = matchAt(
    /'[^'\r\n]*(?:'(?!\s*(?:[,)=<>&;]|$))[^'\r\n]*)*'(?=\s*(?:[,)=<>&;]|$))|'[^'\r\n]*'/y,
    text,
    start,
  )
  if (found === undefined) {
    scanner.reportCharacter(start, start + 1)
    return start + 1
  }
  return wrongQuotes(scanner, 'AF1014', start, start + found.length, 1, 1)
}

export const typographicQuotes: LexicalRule = (scanner, start) => {
  const { text } = scanner
  const found = matchAt(
    /[\u201c-\u201f\u00ab\u00bb\u2033][^\u201c-\u201f\u00ab\u00bb\u2033"]*[\u201c-\u201f\u00ab\u00bb\u2033"]|[\u2018-\u201b\u2032][^\u2018-\u201b\u2032']*[\u2018-\u201b\u2032']/y,
    text,
    start,
  )
  if (found !== undefined) return wrongQuotes(scanner, 'AF1015', start, start + found.length, 1, 1)
  if (!/[\u2018-\u201f\u2032\u2033\u00ab\u00bb]/.test(text.charAt(start))) return -1
  const fixes = [replaceFix('Remove the quote', start, start + 1, '', false)]
  scanner.report(diagnostic('AF1015', { start, end: start + 1 }, {}, { fixes }))
  return start + 1
}

export const entity: LexicalRule = (scanner, start) => {
  const { text } = scanner
  const found = matchAt(entityPattern, text, start)
  if (found === undefined) return -1
  const character = decodeEntity(found)
  if (character === undefined) return -1
  let end = start + found.length
  const report = (fix: Fix): void =>
    scanner.report(
      diagnostic(
        'AF1016',
        { start, end },
        { entity: found, character: quoteName(character) },
        { fixes: [fix] },
      ),
    )
  if (character === '"' || character === "'") {
    const closing = closingEntities[found] ?? found
    const close = text.indexOf(closing, end)
    if (close >= 0) {
      const image = quoteString(text.slice(end, close))
      end = close + closing.length
      report(replaceFix('Write the quotes themselves', start, end, image))
      scanner.push('String', image, start, end)
      return end
    }
  }
  // A comparison may consist of two entities.
  const title = 'Write the character itself'
  const rest = matchAt(entityPattern, text, end)
  const pair = character + ((rest && decodeEntity(rest)) ?? text[end] ?? '')
  if (pair === '<>' || pair === '<=' || pair === '>=') {
    end += rest !== undefined && decodeEntity(rest) !== undefined ? rest.length : 1
    report(replaceFix(title, start, end, pair))
    scanner.push('ComparisonOperator', pair, start, end)
    return end
  }
  report(replaceFix(title, start, end, character))
  const kind = singleCharacterKinds[character]
  if (kind !== undefined) scanner.push(kind, character, start, end)
  return end
}

const closingEntities: Readonly<Record<string, string>> = { '&ldquo;': '&rdquo;', '&lsquo;': '&rsquo;' }

const quoteName = (character: string): string => (character === '\u00a0' ? 'a blank' : character)

/** Back-ticks around the whole text are one fault, reported at the first of them. */
export const backTicks: LexicalRule = (scanner, start) => {
  const { text, tokens } = scanner
  const found = matchAt(/`+/y, text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const closing = text.trimEnd().length
  const paired = tokens.length === 0 && closing > end && text.slice(0, closing).endsWith(found)
  const isPartner = closing === end && tokens.length > 0 && text.trimStart().startsWith(found)
  if (isPartner) return end
  const edits = [{ span: { start, end }, text: '' }]
  if (paired) edits.push({ span: { start: closing - found.length, end: closing }, text: '' })
  const fixes = [{ title: 'Remove the back-ticks', edits, safe: true }]
  scanner.report(diagnostic('AF1017', { start, end }, {}, { fixes }))
  return end
}

/** `\[name\]` and `\"text\"`, as in the source of Markdown pages and in JSON. */
export const backslash: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (text[start] !== '\\') return -1
  const found = matchAt(/\\\[[^\]\r\n\\]*(?:\\[^\]\r\n\\]+)*\\?\]|\\"(?:[^"\\]|\\[^"])*\\"|\\+/y, text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const clean =
    found.startsWith('\\"') && found.length > 2 ? `"${found.slice(2, -2)}"` : found.replace(/\\/g, '')
  const fixes = [replaceFix('Remove the backslashes', start, end, clean)]
  scanner.report(diagnostic('AF1029', { start, end }, {}, { fixes }))
  if (clean.startsWith('"')) scanner.push('String', clean, start, end)
  else if (/^\[.*[^ \t[\]].*\]$/.test(clean)) scanner.push('Attribute', clean, start, end)
  return end
}

/** In a text copied from Markdown, a string such as `"\@"` means `"@"`. */
export const markdownString: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (text[start] !== '"' || !scanner.markdown) return -1
  const end = stringEnd(text, start)
  const image = text.slice(start, end)
  if (end < 0 || !/(?:^|[^\\])\\[@_*#~<>|]/.test(image)) return -1
  const clean = image.replace(/\\([@_*#~<>|])/g, '$1')
  const fixes = [replaceFix('Remove the backslash', start, end, clean, false)]
  scanner.report(diagnostic('AF1029', { start, end }, {}, { fixes }))
  scanner.push('String', clean, start, end)
  return end
}
