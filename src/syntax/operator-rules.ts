import { diagnostic, type Fix } from '../diagnostics/diagnostic.js'
import { replaceFix } from '../diagnostics/fix.js'
import { attributeEnd, isWhiteSpace, matchToken, stringEnd } from './lexer.js'
import { at, type LexicalRule, type Scanner } from './lexical-rule.js'
import { nameCharacter, type TokenKind } from './token-rules.js'
import { endsOperand, kindOf } from './tokens.js'

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

export const comparison: LexicalRule = (scanner, start) => {
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

export const foreignOperator: LexicalRule = (scanner, start) => {
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
export const otherwise: LexicalRule = (scanner, start) => {
  if (scanner.text[start] !== ':' || !endsOperand(scanner.tokens.at(-1))) return -1
  if (!scanner.tokens.some((token) => token.image === '?')) return -1
  scanner.push('InvalidOperator', ':', start, start + 1)
  return start + 1
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
export const negation: LexicalRule = (scanner, start) => {
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

/** `[0]` right after a value, which is what other languages call an index. */
export const indexer: LexicalRule = (scanner, start) => {
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
