import { diagnostic } from '../../diagnostics/diagnostic.js'
import { replaceFix } from '../../diagnostics/fix.js'
import { groupAfter, operandEnd, startOfOperand } from '../operands.js'
import { endsOperand } from '../tokens.js'
import { type LexicalRule, matchAt } from './lexical-rule.js'
import { beginning, containing, plainText } from './text-conditions.js'
import { nameCharacter } from './token-rules.js'

/** Tests of one value that other languages, and scoping filters, write after it. */
const tests: readonly (readonly [pattern: string, call: (value: string) => string])[] = [
  ['is[ \\t]+not[ \\t]+null', (value) => `Not(IsNull(${value}))`],
  ['is[ \\t]+null', (value) => `IsNull(${value})`],
  ['is[ \\t]+not[ \\t]+empty', (value) => `IsPresent(${value})`],
  ['is[ \\t]+empty', (value) => `IsNullOrEmpty(${value})`],
  ['is[ \\t]+present|exists', (value) => `IsPresent(${value})`],
]

const testPatterns = tests.map(
  ([pattern, call]) => [new RegExp(`(?:${pattern})(?![${nameCharacter}])`, 'iy'), call] as const,
)

/** `[mail] IS NULL`: the value stays, and the test is skipped. */
export const wordTest: LexicalRule = (scanner, start) => {
  const { text, tokens } = scanner
  const operand = tokens.at(-1)
  if (!endsOperand(operand)) return -1
  for (const [pattern, call] of testPatterns) {
    const found = matchAt(pattern, text, start)
    if (found === undefined) continue
    const end = start + found.length
    const first = startOfOperand(tokens)
    const last = operand.endOffset + 1
    const [before = '', after = ''] = call('\0').split('\0')
    const edits = [
      { span: { start: first, end: first }, text: before },
      { span: { start: last, end }, text: after },
    ]
    const fixes = [{ title: `Call ${/\w+/.exec(before)?.[0] ?? ''}`, edits, safe: true }]
    const instead = `write ${call(short(text.slice(first, last)))}`
    scanner.report(diagnostic('AF1039', { start, end }, { found, instead }, { fixes }))
    scanner.extendLast(end)
    return end
  }
  return -1
}

const short = (text: string): string => (text.length > 40 ? 'value' : text)

/** Operators written as words, and their replacement; `not` is set if a NOT precedes them. */
interface WordOperator {
  readonly instead: string
  /** The condition with these operands; undefined if there is none. */
  readonly condition?: (left: string, right: string, not: boolean) => string | undefined
}

/** `"abc%"` and `"%abc%"`; other patterns need a regular expression. */
const like = (left: string, right: string, not: boolean): string | undefined => {
  const text = plainText(right)
  if (text === undefined) return undefined
  const inner = /^([%*]?)([^%*_?]+)[%*]$/.exec(text)
  if (inner === null) return undefined
  return (inner[1] === '' ? beginning : containing)(left, `"${inner[2]}"`, not)
}

const regularExpression = 'compare the result of Replace with a pattern'

const operators: Readonly<Record<string, WordOperator>> = {
  in: {
    instead: 'write Contains(list, value) > 0 for an attribute, and Switch for a list of values',
    condition: (left, right, not) => `Contains(${right}, ${left}) ${not ? '=' : '>'} 0`,
  },
  contains: { instead: 'write InStr(text, part) > 0, or Contains(list, part) > 0', condition: containing },
  includes: { instead: 'write InStr(text, part) > 0, or Contains(list, part) > 0', condition: containing },
  startswith: { instead: 'compare the beginning: Left(text, 3) = "abc"', condition: beginning },
  beginswith: { instead: 'compare the beginning: Left(text, 3) = "abc"', condition: beginning },
  endswith: { instead: regularExpression },
  like: { instead: 'write Left(text, 3) = "abc" or InStr(text, "abc") > 0', condition: like },
  match: { instead: regularExpression },
  matches: { instead: regularExpression },
  between: { instead: 'write two comparisons in nested IIF calls' },
}

// A name before a parenthesis is a call with a missing comma; only IN is followed by a list.
const words = Object.keys(operators)
  .filter((word) => word !== 'in')
  .join('|')
const wordPattern = new RegExp(
  `-?(?:not[ \\t]*)?(?:in(?![${nameCharacter}])|(?:${words})(?![${nameCharacter}])(?![ \\t]*\\())`,
  'iy',
)

/** The end of the operand of IN or BETWEEN, and the equivalent condition. */
interface Following {
  readonly end: number
  readonly condition: string | undefined
}

/** `("SE", "NO")` */
const listAt = (text: string, start: number, left: string, not: boolean): Following | undefined => {
  const group = groupAfter(text, start)
  if (group === undefined) return undefined
  const [yes, no] = not ? ['"False"', '"True"'] : ['"True"', '"False"']
  const pairs = group.parts.map((part) => `, ${part}, ${yes}`).join('')
  return { end: group.end, condition: pairs === '' ? undefined : `Switch(${left}, ${no}${pairs})` }
}

/** `1 AND 3` */
const rangeAt = (text: string, start: number, left: string, not: boolean): Following | undefined => {
  const middle = operandEnd(text, start)
  const and = middle < 0 ? null : /^\s+and(?=\s)/i.exec(text.slice(middle))
  if (and === null) return undefined
  const second = middle + and[0].length
  const end = operandEnd(text, second)
  if (end < 0) return undefined
  const [low, high] = [text.slice(start, middle).trim(), text.slice(second, end).trim()]
  const [yes, no] = not ? ['"False"', '"True"'] : ['"True"', '"False"']
  return { end, condition: `IIF(${left} >= ${low}, IIF(${left} <= ${high}, ${yes}, ${no}), ${no})` }
}

const following: Readonly<Record<string, typeof listAt>> = { in: listAt, between: rangeAt }

/** `[mail] contains "@"`, `[country] IN ("SE", "NO")` and `[level] BETWEEN 1 AND 3`. */
export const wordOperator: LexicalRule = (scanner, start) => {
  const { text, tokens } = scanner
  const operand = tokens.at(-1)
  const found = endsOperand(operand) ? matchAt(wordPattern, text, start) : undefined
  if (operand === undefined || found === undefined) return -1
  const name = found.toLowerCase().replace(/^-?(?:not[ \t]*)?/, '')
  const not = /^-?not/i.test(found)
  const operator = operators[name]
  if (operator === undefined) return -1
  const { instead, condition } = operator
  const end = start + found.length
  const first = startOfOperand(tokens)
  const leftEnd = operand.endOffset + 1
  const left = text.slice(first, leftEnd)
  const tell = (last: number, written: string | undefined): void => {
    const fix =
      written === undefined
        ? replaceFix('Remove it with what follows', leftEnd, Math.max(last, end), '', false)
        : replaceFix(`Write ${written.length > 60 ? 'a condition' : written}`, first, last, written, false)
    scanner.report(diagnostic('AF1039', { start, end }, { found, instead }, { fixes: [fix] }))
  }
  const more = following[name]?.(text, end, left, not)
  if (more !== undefined) {
    tell(more.end, more.condition)
    scanner.extendLast(more.end)
    return more.end
  }
  const last = operandEnd(text, end)
  tell(last, last < 0 ? undefined : condition?.(left, text.slice(end, last).trim(), not))
  // Without an operand after it, the operator is the only fault.
  if (last >= 0) scanner.push('InvalidOperator', found, start, end)
  return end
}
