import type { Span } from '../text/span.js'
import { requireText } from '../values/misuse.js'
import { type OpenToken, scan } from './scan.js'

/** An argument position of a call, blank or not. */
export interface CallArgument {
  /** From the separator before it to the one after it. */
  readonly span: Span
  readonly tokens: readonly OpenToken[]
}

/** A call around the cursor, as written so far. */
export interface EnclosingCall {
  readonly name: string
  readonly nameSpan: Span
  /** The argument the cursor is in, counted from 0; blank ones count. */
  readonly argumentIndex: number
  /** At least one: `Name(` has one blank argument. */
  readonly arguments: readonly CallArgument[]
}

/** The place of the cursor. */
export interface CursorPosition {
  readonly offset: number
  /** The token that contains the cursor or ends at it. */
  readonly token: OpenToken | undefined
  /** Whether the cursor is between the signs that open and close the token. */
  readonly inside: boolean
  /** The token before that token, or before the cursor. */
  readonly previous: OpenToken | undefined
  /** The token after that token, or after the cursor. */
  readonly next: OpenToken | undefined
  /**
   * Whether a value may begin at the token or cursor; otherwise an operator, a separator or the end must
   * follow.
   */
  readonly takesValue: boolean
  /** The innermost call around the cursor. */
  readonly call: EnclosingCall | undefined
}

type Kind = OpenToken['kind']

const enclosed: ReadonlySet<Kind> = new Set<Kind>(['String', 'Attribute', 'Placeholder'])

const beforeValue: ReadonlySet<Kind> = new Set<Kind>([
  'LeftParenthesis',
  'Comma',
  'Ampersand',
  'ComparisonOperator',
  'Invalid',
])

/** At its end, the cursor still belongs to the token; after a sign it does not. */
const isOpenEnded = ({ kind }: OpenToken): boolean => kind !== 'RightParenthesis' && !beforeValue.has(kind)

/**
 * Finds the place of the cursor. It works in any text, complete or not; offsets outside the text are moved to
 * its edges.
 */
export const positionAt = (text: string, offset: number): CursorPosition => {
  requireText(text, 'an expression')
  const cursor = Math.max(0, Math.min(Math.trunc(offset) || 0, text.length))
  const tokens = scan(text)
  const found = tokens.findIndex(
    (one) => one.span.end > cursor || (one.span.end === cursor && isOpenEnded(one)),
  )
  const index = found < 0 ? tokens.length : found
  const candidate = tokens[index]
  const token = candidate !== undefined && candidate.span.start < cursor ? candidate : undefined
  const previous = tokens[index - 1]
  return {
    offset: cursor,
    token,
    inside: token !== undefined && enclosed.has(token.kind) && (cursor < token.span.end || !token.closed),
    previous,
    next: tokens[token === undefined ? index : index + 1],
    takesValue: previous === undefined || beforeValue.has(previous.kind),
    call: callAround(tokens, cursor, text.length),
  }
}

const separators: ReadonlySet<Kind> = new Set<Kind>([
  'LeftParenthesis',
  'RightParenthesis',
  'Comma',
  'Invalid',
])

/**
 * The token at an offset, without separators: the one that begins or continues there, else the one that ends
 * there.
 */
export const tokenAt = (text: string, offset: number): OpenToken | undefined => {
  const tokens = scan(text).filter(({ kind }) => !separators.has(kind))
  return (
    tokens.find(({ span }) => span.start <= offset && offset < span.end) ??
    tokens.find(({ span }) => span.end === offset)
  )
}

interface OpenArgument {
  readonly start: number
  end: number
  /** Index of its first token, and the index after its last one. */
  readonly from: number
  to: number
}

interface Frame {
  readonly name: OpenToken | undefined
  readonly arguments: OpenArgument[]
  /** The argument at the cursor. */
  argumentIndex: number
}

/** The innermost call whose parentheses contain the cursor. Parentheses that only group are ignored. */
const callAround = (tokens: readonly OpenToken[], cursor: number, end: number): EnclosingCall | undefined => {
  const stack: Frame[] = []
  let around: readonly Frame[] | undefined
  const reachCursor = (): void => {
    around = [...stack]
    for (const frame of around) frame.argumentIndex = frame.arguments.length - 1
  }
  const finish = (frame: Frame, index: number, at: number): void => {
    const last = frame.arguments.at(-1)
    if (last === undefined) return
    last.end = at
    last.to = index
  }
  const begin = (index: number, at: number): OpenArgument => ({
    start: at,
    end,
    from: index,
    to: tokens.length,
  })
  for (const [index, token] of tokens.entries()) {
    if (around === undefined && token.span.end > cursor) reachCursor()
    const top = stack.at(-1)
    if (token.kind === 'LeftParenthesis') {
      const before = tokens[index - 1]
      const name = before?.kind === 'Name' ? before : undefined
      stack.push({ name, arguments: [begin(index + 1, token.span.end)], argumentIndex: 0 })
    } else if (top !== undefined && token.kind === 'Comma') {
      finish(top, index, token.span.start)
      top.arguments.push(begin(index + 1, token.span.end))
    } else if (top !== undefined && token.kind === 'RightParenthesis') {
      finish(top, index, token.span.start)
      stack.pop()
    }
  }
  if (around === undefined) reachCursor()
  const call = around?.findLast(({ name }) => name !== undefined)
  return (
    call?.name && {
      name: call.name.text,
      nameSpan: call.name.span,
      argumentIndex: call.argumentIndex,
      arguments: call.arguments.map((argument) => ({
        span: { start: argument.start, end: argument.end },
        tokens: tokens.slice(argument.from, argument.to),
      })),
    }
  )
}
