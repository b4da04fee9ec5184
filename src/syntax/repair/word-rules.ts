import { diagnostic } from '../../diagnostics/diagnostic.js'
import { replaceFix } from '../../diagnostics/fix.js'
import { isWhiteSpace, matchToken } from '../lexer.js'
import { quoteString } from '../print.js'
import { type LexicalRule, matchAt, singleCharacterKinds } from './lexical-rule.js'
import { nameCharacter, type TokenKind } from './token-rules.js'

export const comment: LexicalRule = (scanner, start) => {
  const found = matchAt(/\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/y, scanner.text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const fixes = [replaceFix('Remove the comment', start, end, '')]
  scanner.report(diagnostic('AF1018', { start, end }, {}, { fixes }))
  return end
}

export const leadingEquals: LexicalRule = (scanner, start) => {
  if (scanner.tokens.length > 0) return -1
  const found = matchAt(/:?=/y, scanner.text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const fixes = [replaceFix('Remove the equals sign', start, end, '')]
  scanner.report(diagnostic('AF1020', { start, end }, {}, { fixes }))
  return end
}

export const semicolon: LexicalRule = (scanner, start) => {
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

export const ellipsis: LexicalRule = (scanner, start) => {
  const found = matchAt(/\.{2,}|\u2026/y, scanner.text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const fixes = [replaceFix('Leave the argument blank', start, end, '', false)]
  scanner.report(diagnostic('AF1026', { start, end }, {}, { fixes }))
  return end
}

const placeholderStart = new RegExp(`%[${nameCharacter}.-]*`, 'y')

export const placeholder: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (text[start] !== '%') return -1
  if (matchToken(text, start, { kind: 'Name', end: 0 })) return -1
  const name = matchAt(placeholderStart, text, start) ?? '%'
  const end = start + name.length
  const named = /^%[^0-9.-]/.test(name)
  const fix = named
    ? replaceFix('Insert the closing percent sign', end, end, '%', false)
    : replaceFix('Remove it', start, end, '', false)
  scanner.report(diagnostic('AF1034', { start, end }, {}, { fixes: [fix] }))
  if (named) scanner.push('Placeholder', `${name}%`, start, end)
  return end
}

const word = `[${nameCharacter}]+`

const unquoted = new RegExp(
  `(?:[.@$#~]|-(?=[A-Za-z]))*${word}(?:(?:[.@$#~-]|:(?:\\/\\/)?|\\/(?!\\/|\\*))+${word})*`,
  'y',
)

const notInName = new RegExp(`[^${nameCharacter}]|^[0-9]+`, 'g')

/** A run such as `@fabrikam.com`, `2024-01-31` or `$name`: text without quotes. */
export const unquotedText: LexicalRule = (scanner, start) => {
  const { text } = scanner
  const found = matchAt(unquoted, text, start)
  if (found === undefined) return -1
  const match = { kind: 'Name' as TokenKind, end: 0 }
  const end = start + found.length
  if (matchToken(text, start, match) && match.end >= end) return -1
  // A name with arguments is a function, whatever it looks like.
  let after = end
  while (isWhiteSpace(text.charCodeAt(after))) after++
  const called = text[after] === '('
  const image = called ? found.replace(notInName, '') : quoteString(found)
  if (called && image === '') return -1
  const title = called ? 'Correct the name' : 'Put the text between quotes'
  const fixes = [replaceFix(title, start, end, image, false)]
  scanner.report(diagnostic('AF1030', { start, end }, { found }, { fixes }))
  scanner.push(called ? 'Name' : 'String', image, start, end)
  return end
}

/** Characters that look like those of the language, and white space that the language does not have. */
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

export const lookalike: LexicalRule = (scanner, start) => {
  const found = scanner.text.charAt(start)
  const meant = Object.hasOwn(lookalikes, found) ? lookalikes[found] : undefined
  if (meant === undefined) return -1
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
