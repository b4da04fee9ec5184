import type { Span } from '../text/span.js'
import { type OpenToken, scan } from './scan.js'

/** An argument position of a call, blank or not. */
export interface CallArgument {
  /** From the separator before it to the one after it. */
  readonly span: Span
  readonly tokens: readonly OpenToken[]
}

/** A call around the cursor, as far as it is written. */
export interface EnclosingCall {
  readonly name: string
  readonly nameSpan: Span
  /** The argument the cursor is in, counted from 0; blank ones count. */
  readonly argumentIndex: number
  /** At least one: `Name(` has one blank argument. */
  readonly arguments: readonly CallArgument[]
}

/** What the cursor is on. */
export interface CursorPosition {
  readonly offset: number
  /** The token the cursor is in, or at the end of. */
  readonly token: OpenToken | undefined
  /** Whether the cursor is between the signs that open and close the token. */
  readonly inside: boolean
  /** The token before that token, or before the cursor. */
  readonly previous: OpenToken | undefined
  /** The token after that token, or after the cursor. */
  readonly next: OpenToken | undefined
  /** Whether a value may begin at the token or cursor; otherwise an operator, separator or the end must come. */
  readonly takesValue: boolean
  /** The innermost call around the cursor. */
  readonly call: EnclosingCall | undefined
}

const enclosed: ReadonlySet<OpenToken['kind']> = new Set<OpenToken['kind']>(['String', 'Attribute', 'Placeholder'])

const beforeValue: ReadonlySet<OpenToken['kind']> = new Set<OpenToken['kind']>([
  'LeftParenthesis',
  'Comma',
  'Ampersand',
  'ComparisonOperator',
  'Invalid',
])

/** What the cursor is on. It works in any text, finished or not; offsets outside of it are moved to its edges. */
export const positionAt = (text: string, offset: number): CursorPosition => {
  const cursor = Math.max(0, Math.min(Math.trunc(offset) || 0, text.length))
  const tokens = scan(text)
  const after = tokens.findIndex(({ span }) => span.end >= cursor)
  const touched = after < 0 ? tokens.length : after
  const candidate = tokens[touched]
  const token = candidate !== undefined && candidate.span.start < cursor ? candidate : undefined
  const previous = tokens[touched - 1]
  return {
    offset: cursor,
    token,
    inside:
      token !== undefined && enclosed.has(token.kind) && (cursor < token.span.end || !token.closed),
    previous,
    next: tokens[token === undefined ? touched : touched + 1],
    takesValue: previous === undefined || beforeValue.has(previous.kind),
    call: callAround(tokens, cursor, text.length),
  }
}

interface Frame {
  readonly name: OpenToken | undefined
  readonly arguments: { start: number; end: number; tokens: OpenToken[] }[]
}

/** Whether a token lies before the cursor as a whole; the cursor after `(`, `,` and `)` has passed them. */
const isPassed = (token: OpenToken, cursor: number): boolean => token.span.end <= cursor

/** The innermost call whose parentheses the cursor is between. Parentheses that only group are looked through. */
const callAround = (tokens: readonly OpenToken[], cursor: number, end: number): EnclosingCall | undefined => {
  const stack: Frame[] = []
  // The frames that were open at the cursor, and the argument each was at.
  let around: readonly { readonly frame: Frame; readonly argumentIndex: number }[] | undefined
  const mark = (): void => {
    around ??= stack.map((frame) => ({ frame, argumentIndex: frame.arguments.length - 1 }))
  }
  for (const [index, token] of tokens.entries()) {
    if (!isPassed(token, cursor)) mark()
    const top = stack.at(-1)
    if (token.kind === 'RightParenthesis') {
      if (top !== undefined) top.arguments.at(-1)!.end = token.span.start
      stack.pop()
    }
    for (const { arguments: args } of stack) args.at(-1)!.tokens.push(token)
    if (token.kind === 'LeftParenthesis') {
      const before = tokens[index - 1]
      stack.push({
        name: before?.kind === 'Name' ? before : undefined,
        arguments: [{ start: token.span.end, end, tokens: [] }],
      })
    } else if (token.kind === 'Comma' && top !== undefined) {
      const last = top.arguments.at(-1)!
      last.end = token.span.start
      last.tokens.pop()
      top.arguments.push({ start: token.span.end, end, tokens: [] })
    }
  }
  mark()
  const innermost = around?.findLast(({ frame }) => frame.name !== undefined)
  if (innermost === undefined) return undefined
  const { frame, argumentIndex } = innermost
  return {
    name: frame.name!.text,
    nameSpan: frame.name!.span,
    argumentIndex,
    arguments: frame.arguments.map(({ start, end, tokens }) => ({ span: { start, end }, tokens })),
  }
}
