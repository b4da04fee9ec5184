import { type Diagnostic, diagnostic, type Fix } from '../diagnostics/diagnostic.js'
import { replaceFix } from '../diagnostics/fix.js'
import { decodeEntity, entityPattern } from './entities.js'
import { attributeEnd, isWhiteSpace, matchToken, stringEnd } from './lexer.js'
import { endsOperand, kindOf, nameCharacter, type Token, type TokenKind } from './tokens.js'

/** A scan in progress, as the rules for lexical faults see it. */
export interface Scanner {
  readonly text: string
  /** Whether the text has escaped brackets, as in the source of a Markdown page. */
  readonly markdown: boolean
  readonly tokens: readonly Token[]
  /** Adds a token for a range of the text; `image` is what the parser shall read there. */
  push(kind: TokenKind, image: string, start: number, end: number): void
  /** Puts a token in place of the last one, from the start of that one to `end`. */
  replaceLast(kind: TokenKind, image: string, end: number): void
  report(found: Diagnostic): void
  /** Adds the fault of a character that has no place in an expression, with the removal of it as fix. */
  reportCharacter(start: number, end: number): void
}

/**
 * Recognises one kind of lexical fault at an offset: reports it, adds the tokens it stands for and gives the
 * offset to go on at, or -1. A rule is only asked where a token may begin, in a text that is known to be
 * faulty, and must not match what is valid.
 */
export type LexicalRule = (scanner: Scanner, start: number) => number

/** The match of a sticky pattern at an offset. */
const at = (pattern: RegExp, text: string, start: number): string | undefined => {
  pattern.lastIndex = start
  return pattern.exec(text)?.[0]
}

const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`

const comment: LexicalRule = (scanner, start) => {
  const found = at(/\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/y, scanner.text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const fixes = [replaceFix('Remove the comment', start, end, '')]
  scanner.report(diagnostic('AF1018', { start, end }, {}, { fixes }))
  return end
}

const leadingEquals: LexicalRule = (scanner, start) => {
  if (scanner.tokens.length > 0) return -1
  const found = at(/:?=/y, scanner.text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const fixes = [replaceFix('Remove the equals sign', start, end, '')]
  scanner.report(diagnostic('AF1020', { start, end }, {}, { fixes }))
  return end
}

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
  const image = quoted(value)
  const fixes = [replaceFix('Use double quotes', start, end, image)]
  scanner.report(diagnostic(code, { start, end }, {}, { fixes }))
  scanner.push('String', image, start, end)
  return end
}

const singleQuotes: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (text[start] !== "'") return -1
  // An apostrophe inside the text is not followed by a separator.
  const found = at(
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

const typographicQuotes: LexicalRule = (scanner, start) => {
  const { text } = scanner
  const found = at(
    /[\u201c-\u201f\u00ab\u00bb\u2033][^\u201c-\u201f\u00ab\u00bb\u2033"]*[\u201c-\u201f\u00ab\u00bb\u2033"]|[\u2018-\u201b\u2032][^\u2018-\u201b\u2032']*[\u2018-\u201b\u2032']/y,
    text,
    start,
  )
  if (found !== undefined) return wrongQuotes(scanner, 'AF1015', start, start + found.length, 1, 1)
  if (!/[\u2018-\u201f\u2032\u2033\u00ab\u00bb]/.test(text[start]!)) return -1
  const fixes = [replaceFix('Remove the quote', start, start + 1, '', false)]
  scanner.report(diagnostic('AF1015', { start, end: start + 1 }, {}, { fixes }))
  return start + 1
}

const entity: LexicalRule = (scanner, start) => {
  const { text } = scanner
  const found = at(entityPattern, text, start)
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
      const image = quoted(text.slice(end, close))
      end = close + closing.length
      report(replaceFix('Write the quotes themselves', start, end, image))
      scanner.push('String', image, start, end)
      return end
    }
  }
  // A comparison may be made of two entities.
  const title = 'Write the character itself'
  const rest = at(entityPattern, text, end)
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

const singleCharacterKinds: Readonly<Record<string, TokenKind>> = {
  '&': 'Ampersand',
  '<': 'ComparisonOperator',
  '>': 'ComparisonOperator',
  '=': 'ComparisonOperator',
  '(': 'LeftParenthesis',
  ')': 'RightParenthesis',
  ',': 'Comma',
}

/** Back-ticks around the whole text are one fault, at their first. */
const backTicks: LexicalRule = (scanner, start) => {
  const { text, tokens } = scanner
  const found = at(/`+/y, text, start)
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

/** `\[name\]` and `\"text\"`, as they stand in the sources of Markdown pages and in JSON. */
const backslash: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (text[start] !== '\\') return -1
  const found = at(/\\\[[^\]\r\n\\]*(?:\\[^\]\r\n\\]+)*\\?\]|\\"(?:[^"\\]|\\[^"])*\\"|\\+/y, text, start)!
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
const markdownString: LexicalRule = (scanner, start) => {
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

const semicolon: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (text[start] !== ';') return -1
  const last = /^[;\s\ufeff]*(?:\/\/.*)?$/.test(text.slice(start))
  const end = start + 1
  const fix = last
    ? replaceFix('Remove the semicolon', start, end, '')
    : replaceFix('Write a comma', start, end, ',', false)
  scanner.report(diagnostic('AF1019', { start, end }, {}, { fixes: [fix] }))
  if (!last) scanner.push('Comma', ',', start, end)
  return end
}

const ellipsis: LexicalRule = (scanner, start) => {
  const found = at(/\.{2,}|\u2026/y, scanner.text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const fixes = [replaceFix('Leave the argument blank', start, end, '', false)]
  scanner.report(diagnostic('AF1026', { start, end }, {}, { fixes }))
  return end
}

/** How other languages write the comparisons. Words count only after an operand. */
const comparisons: Readonly<Record<string, string>> = {
  '==': '=',
  '===': '=',
  '!=': '<>',
  '!==': '<>',
  '=<': '<=',
  '=>': '>=',
  '><': '<>',
  '≠': '<>',
  '≤': '<=',
  '≥': '>=',
  eq: '=',
  ne: '<>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
}

const foreignComparison = new RegExp(
  `===?|!==?|=<|=>|><|[≠≤≥]|-?(?:eq|ne|lt|le|gt|ge)(?![${nameCharacter}])`,
  'iy',
)

const comparison: LexicalRule = (scanner, start) => {
  if (!endsOperand(scanner.tokens.at(-1))) return -1
  const found = at(foreignComparison, scanner.text, start)
  if (found === undefined) return -1
  const operator = comparisons[found.toLowerCase().replace('-', '')]!
  const end = start + found.length
  const fixes = [replaceFix(`Write ${operator}`, start, end, operator)]
  scanner.report(diagnostic('AF1021', { start, end }, { found, operator }, { fixes }))
  scanner.push('ComparisonOperator', operator, start, end)
  return end
}

/** Operators that exist in other languages and have no counterpart among the operators here. */
const foreignOperators: readonly (readonly [RegExp, 'AF1022' | 'AF1023' | 'AF1024' | 'AF1033' | 'AF1037'])[] =
  [
    [new RegExp(`&&(?!H[0-9A-F]+(?![${nameCharacter}]))`, 'y'), 'AF1022'],
    [/\|\|?/y, 'AF1022'],
    [new RegExp(`-?(?:OR|AND|XOR|OrElse|AndAlso)(?![${nameCharacter}])`, 'iy'), 'AF1022'],
    [/\?\?/y, 'AF1023'],
    [/\?/y, 'AF1037'],
    [/\+/y, 'AF1024'],
    [new RegExp(`[*/^]|-(?![0-9])|(?:mod)(?![${nameCharacter}])`, 'iy'), 'AF1033'],
  ]

const foreignOperator: LexicalRule = (scanner, start) => {
  if (!endsOperand(scanner.tokens.at(-1))) return -1
  for (const [pattern, code] of foreignOperators) {
    const found = at(pattern, scanner.text, start)
    if (found === undefined) continue
    const end = start + found.length
    if (code === 'AF1024') {
      const fixes = [replaceFix('Write &', start, end, '&')]
      scanner.report(diagnostic(code, { start, end }, {}, { fixes }))
      scanner.push('Ampersand', '&', start, end)
    } else {
      // Fixes are added when all tokens are known, for they need the operands.
      if (code === 'AF1037') scanner.report(diagnostic(code, { start, end }, {}))
      else scanner.report(diagnostic(code, { start, end }, { found }))
      scanner.push('InvalidOperator', found, start, end)
    }
    return end
  }
  return -1
}

/** The colon of `c ? a : b`, which the question mark's fault covers. */
const otherwise: LexicalRule = (scanner, start) => {
  if (scanner.text[start] !== ':' || !endsOperand(scanner.tokens.at(-1))) return -1
  if (!scanner.tokens.some((token) => token.image === '?')) return -1
  scanner.push('InvalidOperator', ':', start, start + 1)
  return start + 1
}

const placeholderStart = new RegExp(`%[${nameCharacter}.-]*`, 'y')

const placeholder: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (text[start] !== '%') return -1
  if (matchToken(text, start, { kind: 'Name', end: 0 })) return -1
  const name = at(placeholderStart, text, start)!
  const end = start + name.length
  const named = /^%[^0-9.-]/.test(name)
  const fix = named
    ? replaceFix('Insert the closing percent sign', end, end, '%', false)
    : replaceFix('Remove it', start, end, '', false)
  scanner.report(diagnostic('AF1034', { start, end }, {}, { fixes: [fix] }))
  if (named) scanner.push('Placeholder', `${name}%`, start, end)
  return end
}

/** The end of the call or single token that begins at `start`, or -1. */
const operandEnd = (text: string, start: number): number => {
  let i = start
  while (isWhiteSpace(text.charCodeAt(i))) i++
  const match = { kind: 'Name' as TokenKind, end: 0 }
  if (!matchToken(text, i, match)) return -1
  i = match.end
  if (match.kind !== 'Name') return i
  let depth = 0
  let j = i
  while (isWhiteSpace(text.charCodeAt(j))) j++
  if (text[j] !== '(') return i
  for (; j < text.length; j++) {
    if (text[j] === '"') j = stringEnd(text, j) - 1
    else if (text[j] === '[') j = attributeEnd(text, j) - 1
    else if (text[j] === '(') depth++
    else if (text[j] === ')' && --depth === 0) return j + 1
    if (j < 0) return -1
  }
  return -1
}

/** `!IsPresent([mail])` and `NOT IsPresent([mail])`. */
const negation: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (endsOperand(scanner.tokens.at(-1))) return -1
  const found = at(/!(?!=)|NOT(?=[ \t\r\n]+[\w["%])/iy, text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const last = operandEnd(text, end)
  const edits = [
    { span: { start, end }, text: 'Not(' },
    { span: { start: last, end: last }, text: ')' },
  ]
  const fix: Fix =
    last < 0
      ? replaceFix('Remove it', start, end, '', false)
      : { title: 'Call Not', edits, safe: /^!?$/.test(found) || found === 'NOT' }
  scanner.report(diagnostic('AF1035', { start, end }, { found }, { fixes: [fix] }))
  return end
}

const word = `[${nameCharacter}]+`
const unquoted = new RegExp(
  `(?:[.@$#~]|-(?=[A-Za-z]))*${word}(?:(?:[.@$#~-]|:(?:\\/\\/)?|\\/(?!\\/|\\*))+${word})*`,
  'y',
)
const notInName = new RegExp(`[^${nameCharacter}]|^[0-9]+`, 'g')

/** A run such as `@fabrikam.com`, `2024-01-31` or `$name`: text without quotes. */
const unquotedText: LexicalRule = (scanner, start) => {
  const { text } = scanner
  const found = at(unquoted, text, start)
  if (found === undefined) return -1
  const match = { kind: 'Name' as TokenKind, end: 0 }
  const end = start + found.length
  if (matchToken(text, start, match) && match.end >= end) return -1
  // What is called is a function, whatever its name looks like.
  let after = end
  while (isWhiteSpace(text.charCodeAt(after))) after++
  const called = text[after] === '('
  const image = called ? found.replace(notInName, '') : quoted(found)
  if (called && image === '') return -1
  const title = called ? 'Correct the name' : 'Put the text between quotes'
  const fixes = [replaceFix(title, start, end, image, false)]
  scanner.report(diagnostic('AF1030', { start, end }, { found }, { fixes }))
  scanner.push(called ? 'Name' : 'String', image, start, end)
  return end
}

/** Characters that look like those of the language, and white space that is none of the language's. */
const lookalikes: Readonly<Record<string, string>> = {
  '，': ',',
  '（': '(',
  '）': ')',
  '＝': '=',
  '＆': '&',
  '＜': '<',
  '＞': '>',
  '、': ',',
  '\u2000': ' ',
  '\u2001': ' ',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u3000': ' ',
  '\u2028': ' ',
  '\u2029': ' ',
  '\u000b': ' ',
  '\f': ' ',
  '\u200b': '',
  '\u200c': '',
  '\u200d': '',
  '\u2060': '',
  '\u00ad': '',
}

const lookalike: LexicalRule = (scanner, start) => {
  const found = scanner.text[start]!
  if (!Object.hasOwn(lookalikes, found)) return -1
  const meant = lookalikes[found]!
  const end = start + 1
  const code = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  const character = meant.trim() === '' ? code : `${JSON.stringify(found)} (${code})`
  const title = meant === '' ? 'Remove it' : `Write ${meant === ' ' ? 'a blank' : meant}`
  const fixes = [replaceFix(title, start, end, meant)]
  scanner.report(diagnostic('AF1003', { start, end }, { character }, { fixes }))
  const kind = singleCharacterKinds[meant]
  if (kind !== undefined) scanner.push(kind, meant, start, end)
  return end
}

/** `[0]` right after a value, which is what other languages call an index. */
const indexer: LexicalRule = (scanner, start) => {
  const last = scanner.tokens.at(-1)
  if (last === undefined || last.endOffset !== start - 1 || !endsOperand(last)) return -1
  const found = at(/\[\s*-?[0-9]+\s*\]/y, scanner.text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const index = Number(found.slice(1, -1))
  const first = startOfOperand(scanner)
  const edits = [
    { span: { start: first, end: first }, text: 'Item(' },
    { span: { start, end }, text: `, ${index + 1})` },
  ]
  const fixes = index >= 0 ? [{ title: `Write Item(…, ${index + 1})`, edits, safe: false }] : []
  scanner.report(diagnostic('AF1025', { start, end }, { index: found }, { fixes }))
  return end
}

/** Where the value begins that ends with the last token. */
const startOfOperand = ({ tokens }: Scanner): number => {
  let index = tokens.length - 1
  if (kindOf(tokens[index]!) !== 'RightParenthesis') return tokens[index]!.startOffset
  let depth = 0
  for (; index > 0; index--) {
    const kind = kindOf(tokens[index]!)
    if (kind === 'RightParenthesis') depth++
    else if (kind === 'LeftParenthesis' && --depth === 0) break
  }
  const name = tokens[index - 1]
  return name !== undefined && kindOf(name) === 'Name' ? name.startOffset : (tokens[index]?.startOffset ?? 0)
}

/** The rules in the order in which they are tried. */
export const lexicalRules: readonly LexicalRule[] = [
  leadingEquals,
  entity,
  comment,
  indexer,
  comparison,
  foreignOperator,
  otherwise,
  negation,
  singleQuotes,
  typographicQuotes,
  markdownString,
  backTicks,
  backslash,
  semicolon,
  ellipsis,
  placeholder,
  unquotedText,
  lookalike,
]
