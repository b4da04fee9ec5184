import type { Span } from '../../text/span.js'
import { parseTokens } from '../grammar.js'
import { lex, stringEnd } from '../lexer.js'
import { kindOf, type Token } from '../tokens.js'

/** The place of a lost quote. */
export interface LostQuote {
  /** The offset to insert it at. */
  readonly at: number
  /** Whether the lost quote opens a string. */
  readonly opening: boolean
  /** The string that lacks the quote. */
  readonly span: Span
}

/** How many places on either side of the unpaired quote are tried. */
const MAX_PLACES = 40

/** In longer texts the place is guessed without trying. */
const MAX_LENGTH = 20_000

const knownName = /^(?:True|False|NULL|Unicode|ASCII|UTF8|vb\w+|Ignore\w+)$/

/**
 * How implausible these tokens are: strings that contain separators of arguments, and bare words, indicate a
 * misplaced quote.
 */
const implausibility = (tokens: readonly Token[]): number => {
  let score = 0
  for (const [index, token] of tokens.entries()) {
    const kind = kindOf(token)
    if (kind === 'String') score += token.image.replace(/[^,()[\]]/g, '').length
    const bare = kind === 'Name' && tokens[index + 1]?.image !== '('
    if (bare && !knownName.test(token.image)) score += 3
  }
  return score
}

/** A string may have ended before each separator, or begun after it. */
const candidatePlaces = (text: string, open: number): number[] => {
  const places = new Set<number>([text.length])
  for (const separator of text.matchAll(/[,(][ \t]*|\)/g)) {
    const end = separator.index + separator[0].length
    if (separator[0] !== ')') places.add(end)
    if (separator[0][0] !== '(') places.add(separator.index)
  }
  const before = [...places].filter((place) => place <= open).slice(-MAX_PLACES)
  const after = [...places].filter((place) => place > open).sort((a, b) => a - b)
  return [...before, ...after.slice(0, MAX_PLACES), ...after.slice(-MAX_PLACES)]
}

/** The most likely place of the quote if no place makes the whole text valid. */
const likelyPlace = (text: string, open: number): number => {
  const rest = text.slice(open + 1)
  if (/[\w.]$/.test(text.slice(0, open)) && /^\s*(?:[,)]|$)/.test(rest)) {
    return open - (/[^,(\s]*$/.exec(text.slice(0, open))?.[0].length ?? 0)
  }
  return text.length - (/[)\s;]*$/.exec(rest)?.[0].length ?? 0)
}

/** Finds where the missing partner of the quote at `open` belongs. */
export const restoreQuote = (text: string, open: number): LostQuote => {
  let best = -1
  let bestScore = Number.POSITIVE_INFINITY
  const places = text.length > MAX_LENGTH ? [] : candidatePlaces(text, open)
  for (const place of places) {
    const tokens = lex(`${text.slice(0, place)}"${text.slice(place)}`)
    if (tokens === undefined || parseTokens(tokens).failedAt !== undefined) continue
    const score = implausibility(tokens)
    const closer = Math.abs(place - open) < Math.abs(best - open)
    if (score < bestScore || (score === bestScore && closer)) {
      best = place
      bestScore = score
    }
  }
  const at = best < 0 ? likelyPlace(text, open) : best
  // Strings before the place are read as written; the first that reaches it is the repaired one.
  const repaired = `${text.slice(0, at)}"${text.slice(at)}`
  let start = text.indexOf('"')
  while (start >= 0 && start < at) {
    const end = stringEnd(repaired, start)
    if (end < 0 || end > at) return { at, opening: false, span: { start, end: at } }
    start = text.indexOf('"', end)
  }
  const end = text.indexOf('"', at)
  return { at, opening: true, span: { start: at, end: end < 0 ? text.length : end + 1 } }
}

/** The offset of the typographic quote that should be the partner of a straight one, or -1. */
export const straightenedQuote = (text: string): number => {
  if (text.length > MAX_LENGTH) return -1
  for (const { index } of [...text.matchAll(/[\u201c-\u201f\u2033]/g)].slice(0, MAX_PLACES)) {
    const tokens = lex(`${text.slice(0, index)}"${text.slice(index + 1)}`)
    if (tokens !== undefined && parseTokens(tokens).failedAt === undefined) return index
  }
  return -1
}
