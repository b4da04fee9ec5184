import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js'
import { replaceFix } from '../../diagnostics/fix.js'
import type { Span } from '../../text/span.js'
import { endsOperand, kindAt, kindOf, makeToken, startsOperand, type Token, tokenTypes } from '../tokens.js'
import { closingIndex } from './operator-fixes.js'
import type { TokenKind } from './token-rules.js'

/** One explained fault, and the tokens as if it were repaired. */
export interface RepairStep {
  readonly diagnostic: Diagnostic
  readonly tokens: Token[]
}

/** The place of a fault: the first token that the grammar rejects, and its surroundings. */
interface Fault {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly index: number
  readonly previous: Token | undefined
  readonly current: Token | undefined
  /** The indices of the parentheses that are open here, outermost first. */
  readonly open: readonly number[]
}

const make = (kind: TokenKind, image: string, offset: number, end = offset): Token =>
  makeToken(tokenTypes()[kind], image, offset, end)

const spanOf = (token: Token): Span => ({ start: token.startOffset, end: token.endOffset + 1 })

const endOf = (token: Token): number => token.endOffset + 1

/** How a message names a token. */
const describe = ({ text }: Fault, token: Token | undefined): string => {
  if (token === undefined) return 'the end'
  const found = text.slice(token.startOffset, endOf(token)) || token.image
  const short = found.length > 30 ? `${found.slice(0, 29)}…` : found
  return /^[(),&=<>]+$/.test(short) ? `"${short}"` : short
}

const isKind = (token: Token | undefined, ...kinds: readonly TokenKind[]): token is Token =>
  token !== undefined && kinds.includes(kindOf(token))

const isOperator = (token: Token | undefined): boolean =>
  isKind(token, 'Ampersand', 'ComparisonOperator', 'InvalidOperator')

const openParentheses = (tokens: readonly Token[], index: number): number[] => {
  const open: number[] = []
  for (let i = 0; i < index; i++) {
    const kind = kindAt(tokens, i)
    if (kind === 'LeftParenthesis') open.push(i)
    else if (kind === 'RightParenthesis') open.pop()
  }
  return open
}

type Rule = (fault: Fault) => RepairStep | undefined

const unclosedCalls: Rule = (fault) => {
  const { tokens, previous, current, open } = fault
  if (current !== undefined || previous === undefined || open.length === 0 || isOperator(previous))
    return undefined
  const names = open.map((i) => {
    const before = tokens[i - 1]
    return isKind(before, 'Name') ? before.image : '('
  })
  const end = endOf(previous)
  const parentheses = ')'.repeat(open.length)
  const title = `Insert ${parentheses}`
  const found = diagnostic(
    'AF1007',
    { start: end, end },
    { function: names.join(' and ') },
    { fixes: [replaceFix(title, end, end, parentheses, open.length === 1)] },
  )
  return { diagnostic: found, tokens: [...tokens, ...open.map(() => make('RightParenthesis', ')', end))] }
}

const missingOperand: Rule = ({ tokens, index, previous, current }) => {
  const right = isOperator(previous)
  const operator = right ? previous : current
  if (operator === undefined || !isOperator(operator)) return undefined
  if (endsOperand(previous) || startsOperand(current)) return undefined
  const at = right ? endOf(operator) : operator.startOffset
  const found = diagnostic(
    'AF1031',
    spanOf(operator),
    { side: right ? 'right' : 'left', operator: operator.image },
    { fixes: [replaceFix('Insert the empty text', at, at, '""', false)] },
  )
  return isKind(current, 'LeftParenthesis')
    ? undefined
    : { diagnostic: found, tokens: tokens.toSpliced(index, 0, make('InvalidOperand', '', at)) }
}

const groupingParentheses: Rule = ({ tokens, index, previous, current }) => {
  if (!isKind(current, 'LeftParenthesis') || endsOperand(previous)) return undefined
  const close = closingIndex(tokens, index)
  const alone = (token: Token | undefined): boolean =>
    token === undefined || isKind(token, 'LeftParenthesis', 'RightParenthesis', 'Comma')
  const single = close === index + 2
  const safe = single || (close > 0 && alone(previous) && alone(tokens[close + 1]))
  const edits = [{ span: spanOf(current), text: '' }]
  const closing = tokens[close]
  if (closing !== undefined) edits.push({ span: spanOf(closing), text: '' })
  const span = { start: current.startOffset, end: endOf(closing ?? current) }
  const found = diagnostic('AF1027', span, {}, { fixes: [{ title: 'Remove the parentheses', edits, safe }] })
  return { diagnostic: found, tokens: tokens.filter((_, i) => i !== index && i !== close) }
}

const extraParenthesis: Rule = ({ tokens, previous, current, open }) => {
  if (open.length > 0 || current === undefined) return undefined
  let extra = current
  if (!isKind(current, 'RightParenthesis')) {
    // More arguments follow, and a later parenthesis has no partner: the call was closed too early.
    const isClosedLater =
      openParentheses(tokens, tokens.length).length === 0 &&
      tokens.filter((t) => isKind(t, 'RightParenthesis')).length >
        tokens.filter((t) => isKind(t, 'LeftParenthesis')).length
    if (!isKind(current, 'Comma') || !isKind(previous, 'RightParenthesis') || !isClosedLater) return undefined
    extra = previous
  }
  const span = spanOf(extra)
  const fixes = [replaceFix('Remove the parenthesis', span.start, span.end, '', extra === tokens.at(-1))]
  return {
    diagnostic: diagnostic('AF1008', span, {}, { fixes }),
    tokens: tokens.filter((token) => token !== extra),
  }
}

const secondComparison: Rule = ({ tokens, index, previous, current }) => {
  if (!endsOperand(previous) || !isKind(current, 'ComparisonOperator')) return undefined
  const operator = current.image
  const invalid = make('InvalidOperator', operator, current.startOffset, endOf(current))
  const found = diagnostic('AF1028', spanOf(current), { operator })
  return { diagnostic: found, tokens: tokens.with(index, invalid) }
}

const hexadecimalAfterOperand: Rule = ({ tokens, index, previous, current }) => {
  if (!endsOperand(previous) || !isKind(current, 'Hexadecimal')) return undefined
  const { image, startOffset: start } = current
  const fixes = [replaceFix('Put a blank after &', start + 1, start + 1, ' ', false)]
  const found = diagnostic('AF1032', spanOf(current), { found: image }, { fixes })
  const pair = [
    make('Ampersand', '&', start, start + 1),
    make('Name', image.slice(1), start + 1, endOf(current)),
  ]
  return { diagnostic: found, tokens: tokens.toSpliced(index, 1, ...pair) }
}

/** `5-3` and `[count]-1`; with a blank before it, the number is an operand with a missing comma. */
const subtraction: Rule = ({ tokens, index, previous, current }) => {
  const negative = isKind(current, 'Integer', 'Decimal') && current.image.startsWith('-')
  if (!negative || !endsOperand(previous) || endOf(previous) !== current.startOffset) return undefined
  const start = current.startOffset
  const found = diagnostic('AF1033', { start, end: start + 1 }, { found: '-' })
  const pair = [
    make('InvalidOperator', '-', start, start + 1),
    make(kindOf(current), current.image.slice(1), start + 1, endOf(current)),
  ]
  return { diagnostic: found, tokens: tokens.toSpliced(index, 1, ...pair) }
}

const unquotedWords: Rule = ({ text, tokens, index }) => {
  const isWord = (i: number): boolean =>
    isKind(tokens[i], 'Name') && !isKind(tokens[i + 1], 'LeftParenthesis')
  if (!isWord(index - 1) || !isWord(index)) return undefined
  let last = index
  while (isWord(last + 1)) last++
  const [first, final] = [tokens[index - 1], tokens[last]]
  if (first === undefined || final === undefined) return undefined
  const span = { start: first.startOffset, end: endOf(final) }
  const words = text.slice(span.start, span.end)
  const image = `"${words}"`
  const fixes = [replaceFix('Put the text between quotes', span.start, span.end, image, false)]
  const found = diagnostic('AF1030', span, { found: words }, { fixes })
  const string = make('String', image, span.start, span.end)
  return { diagnostic: found, tokens: tokens.toSpliced(index - 1, last - index + 2, string) }
}

/** A name before a value is a function's, at the top level or where a later parenthesis has no partner. */
const missingOpening: Rule = ({ tokens, index, previous, current, open }) => {
  if (!isKind(previous, 'Name') || !startsOperand(current)) return undefined
  const closesMore =
    tokens.filter((t) => isKind(t, 'RightParenthesis')).length >
    tokens.filter((t) => isKind(t, 'LeftParenthesis')).length
  if (open.length > 0 && !closesMore) return undefined
  const end = endOf(previous)
  const fixes = [replaceFix('Insert the parenthesis', end, current.startOffset, '(', closesMore)]
  const found = diagnostic('AF1038', spanOf(previous), { function: previous.image }, { fixes })
  return { diagnostic: found, tokens: tokens.toSpliced(index, 0, make('LeftParenthesis', '(', end)) }
}

const missingComma: Rule = (fault) => {
  const { tokens, index, previous, current, open } = fault
  if (!endsOperand(previous) || !startsOperand(current) || open.length === 0) return undefined
  const end = endOf(previous)
  const found = diagnostic(
    'AF1006',
    spanOf(current),
    { found: describe(fault, current) },
    { fixes: [replaceFix('Insert a comma', end, end, ',')] },
  )
  return { diagnostic: found, tokens: tokens.toSpliced(index, 0, make('Comma', ',', end)) }
}

const secondExpression: Rule = (fault) => {
  const { tokens, index, previous, current, open } = fault
  if (!endsOperand(previous) || !startsOperand(current) || open.length > 0) return undefined
  const start = endOf(previous)
  const found = diagnostic(
    'AF1036',
    spanOf(current),
    { found: describe(fault, current) },
    { fixes: [replaceFix('Concatenate with &', start, current.startOffset, ' & ', false)] },
  )
  return { diagnostic: found, tokens: tokens.toSpliced(index, 0, make('Ampersand', '&', start)) }
}

const unexpected = (fault: Fault): RepairStep => {
  const { tokens, index, previous, current, open } = fault
  const found = describe(fault, current)
  const expected = !endsOperand(previous) ? 'a value' : open.length === 0 ? 'the end' : '"," or ")"'
  if (current === undefined) {
    const end = previous === undefined ? 0 : endOf(previous)
    const span = { start: end, end }
    return {
      diagnostic: diagnostic('AF1001', span, { found, expected }),
      tokens: [...tokens, make('InvalidOperand', '', end)],
    }
  }
  // Nothing can follow a complete expression, so the rest is removed at once.
  const rest = expected === 'the end'
  const end = endOf((rest ? tokens.at(-1) : undefined) ?? current)
  const title = rest ? 'Remove what follows' : 'Remove it'
  const fixes = [replaceFix(title, current.startOffset, end, '', false)]
  return {
    diagnostic: diagnostic('AF1001', spanOf(current), { found, expected }, { fixes }),
    tokens: rest ? tokens.slice(0, index) : tokens.toSpliced(index, 1),
  }
}

/** The rules for faults of structure, in the order in which they are tried. */
const rules: readonly Rule[] = [
  unclosedCalls,
  missingOperand,
  groupingParentheses,
  extraParenthesis,
  secondComparison,
  hexadecimalAfterOperand,
  subtraction,
  unquotedWords,
  missingOpening,
  missingComma,
  secondExpression,
]

/** Explains why the token at `index` is not allowed there, and repairs it so that parsing can continue. */
export const repairAt = (text: string, tokens: readonly Token[], index: number): RepairStep => {
  const open = openParentheses(tokens, index)
  const fault: Fault = { text, tokens, index, previous: tokens[index - 1], current: tokens[index], open }
  for (const rule of rules) {
    const step = rule(fault)
    if (step !== undefined) return step
  }
  return unexpected(fault)
}
