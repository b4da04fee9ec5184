import { diagnostic, type Fix } from '../../diagnostics/diagnostic.js'
import { replaceFix } from '../../diagnostics/fix.js'
import { operandEnd, startOfOperand } from '../operands.js'
import { endsOperand } from '../tokens.js'
import { type LexicalRule, matchAt } from './lexical-rule.js'
import { nameCharacter } from './token-rules.js'

/** The comparisons as other languages write them. Words count only after an operand. */
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
  equals: '=',
  is: '=',
  ne: '<>',
  'not equals': '<>',
  'is not': '<>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
}

const foreignComparison = new RegExp(
  `===?|!==?|=<|=>|><|[≠≤≥]|(?:-?(?:eq|ne|lt|le|gt|ge)|(?:not[ \\t]+)?equals|is(?:[ \\t]+not)?)(?![${nameCharacter}])`,
  'iy',
)

export const comparison: LexicalRule = (scanner, start) => {
  if (!endsOperand(scanner.tokens.at(-1))) return -1
  const found = matchAt(foreignComparison, scanner.text, start)
  const operator = comparisons[(found ?? '').toLowerCase().replace('-', '').replace(/\s+/, ' ')]
  if (found === undefined || operator === undefined) return -1
  const end = start + found.length
  const fixes = [replaceFix(`Write ${operator}`, start, end, operator)]
  scanner.report(diagnostic('AF1021', { start, end }, { found, operator }, { fixes }))
  scanner.push('ComparisonOperator', operator, start, end)
  return end
}

/** Operators of other languages that have no counterpart here. */
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
    const found = matchAt(pattern, scanner.text, start)
    if (found === undefined) continue
    const end = start + found.length
    if (code === 'AF1024') {
      const fixes = [replaceFix('Write &', start, end, '&')]
      scanner.report(diagnostic(code, { start, end }, {}, { fixes }))
      scanner.push('Ampersand', '&', start, end)
    } else {
      // Fixes are added once all tokens are known, because they need the operands.
      if (code === 'AF1037') scanner.report(diagnostic(code, { start, end }, {}))
      else scanner.report(diagnostic(code, { start, end }, { found }))
      scanner.push('InvalidOperator', found, start, end)
    }
    return end
  }
  return -1
}

/** The colon of `c ? a : b`; the fault of the question mark covers it. */
export const otherwise: LexicalRule = (scanner, start) => {
  if (scanner.text[start] !== ':' || !endsOperand(scanner.tokens.at(-1))) return -1
  if (!scanner.tokens.some((token) => token.image === '?')) return -1
  scanner.push('InvalidOperator', ':', start, start + 1)
  return start + 1
}

/** `!IsPresent([mail])` and `NOT IsPresent([mail])`. */
export const negation: LexicalRule = (scanner, start) => {
  const { text } = scanner
  if (endsOperand(scanner.tokens.at(-1))) return -1
  const found = matchAt(/!(?!=)|NOT(?=[ \t\r\n]+[\w["%])/iy, text, start)
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

/** `[0]` directly after a value: an index in other languages. */
export const indexer: LexicalRule = (scanner, start) => {
  const last = scanner.tokens.at(-1)
  if (last === undefined || last.endOffset !== start - 1 || !endsOperand(last)) return -1
  const found = matchAt(/\[\s*-?[0-9]+\s*\]/y, scanner.text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const index = Number(found.slice(1, -1))
  const first = startOfOperand(scanner.tokens)
  const edits = [
    { span: { start: first, end: first }, text: 'Item(' },
    { span: { start, end }, text: `, ${index + 1})` },
  ]
  const fixes = index >= 0 ? [{ title: `Write Item(…, ${index + 1})`, edits, safe: false }] : []
  scanner.report(diagnostic('AF1025', { start, end }, { index: found }, { fixes }))
  return end
}
