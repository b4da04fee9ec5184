import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js'
import { replaceFix } from '../../diagnostics/fix.js'
import { attributeEnd, attributeName, isWhiteSpace, matchToken, type TokenMatch } from '../lexer.js'
import { kindOf, makeToken, type Token, tokenTypes } from '../tokens.js'
import type { Scanner } from './lexical-rule.js'
import { lexicalRules } from './lexical-rules.js'
import { type LostQuote, restoreQuote, straightenedQuote } from './quote-repair.js'

/** The result of scanning a faulty text: tokens that the grammar can read, and the faults they hide. */
export interface FaultScan {
  readonly tokens: Token[]
  readonly diagnostics: Diagnostic[]
}

/** Further faults are not reported. */
export const MAX_FAULTS = 30

/** Matches an unclosed bracket and the name after it. */
const unclosedName = /\[[ \t]*[\w$@.:-]*/y

/**
 * Handles the bracket at `start`, which does not begin a valid attribute. Returns the offset to continue at.
 */
const scanBadAttribute = (scanner: Scanner, start: number): number => {
  const { text } = scanner
  const end = attributeEnd(text, start)
  if (end < 0) {
    unclosedName.lastIndex = start
    unclosedName.test(text)
    const stop = Math.max(unclosedName.lastIndex, start + 1)
    const fixes = [replaceFix('Insert the closing bracket', stop, stop, ']', false)]
    scanner.report(diagnostic('AF1009', { start, end: stop }, {}, { fixes }))
    scanner.push('Attribute', `${text.slice(start, stop)}]`, start, stop)
    return stop
  }
  const image = text.slice(start, end)
  const clean = image.replace(/\\/g, '').replace(/\s*[\r\n]+\s*/g, '')
  if (attributeName(clean) === '') {
    const fixes = [replaceFix('Remove the empty brackets', start, end, '', false)]
    scanner.report(diagnostic('AF1011', { start, end }, {}, { fixes }))
    scanner.push('InvalidOperand', image, start, end)
    return end
  }
  const backslash = image.includes('\\')
  const title = backslash ? 'Remove the backslash' : 'Join the lines'
  const fixes = [replaceFix(title, start, end, clean, backslash)]
  scanner.report(diagnostic(backslash ? 'AF1012' : 'AF1013', { start, end }, {}, { fixes }))
  scanner.push('Attribute', clean, start, end)
  return end
}

/** Handles a closing bracket without an opening one; it closes a name directly before it. */
const scanStrayBracket = (scanner: Scanner, start: number): number => {
  const last = scanner.tokens.at(-1)
  const end = start + 1
  if (last !== undefined && kindOf(last) === 'Name' && last.endOffset === start - 1) {
    const at = last.startOffset
    const fixes = [replaceFix('Insert the opening bracket', at, at, '[')]
    scanner.report(diagnostic('AF1010', { start: at, end }, {}, { fixes }))
    scanner.replaceLast('Attribute', `[${last.image}]`, end)
  } else {
    const fixes = [replaceFix('Remove the bracket', start, end, '', false)]
    scanner.report(diagnostic('AF1010', { start, end }, {}, { fixes }))
  }
  return end
}

const scan = (text: string): FaultScan & { readonly openString: number } => {
  const types = tokenTypes()
  const tokens: Token[] = []
  const diagnostics: Diagnostic[] = []
  const scanner: Scanner = {
    text,
    markdown: /\\[[\]]/.test(text),
    tokens,
    push: (kind, image, start, end) => tokens.push(makeToken(types[kind], image, start, end)),
    replaceLast: (kind, image, end) => {
      const last = tokens.pop()
      if (last !== undefined) tokens.push(makeToken(types[kind], image, last.startOffset, end))
    },
    extendLast: (end) => {
      const last = tokens.pop()
      if (last !== undefined) tokens.push(makeToken(last.tokenType, last.image, last.startOffset, end))
    },
    report: (found) => diagnostics.push(found),
    reportCharacter: (start, end) => {
      const character = JSON.stringify(text.slice(start, end))
      const fixes = [replaceFix('Remove it', start, end, '', false)]
      diagnostics.push(diagnostic('AF1003', { start, end }, { character }, { fixes }))
    },
  }
  const match: TokenMatch = { kind: 'Name', end: 0 }
  let position = 0
  while (position < text.length && diagnostics.length < MAX_FAULTS) {
    const code = text.charCodeAt(position)
    if (isWhiteSpace(code)) {
      position++
      continue
    }
    let next = -1
    for (const rule of lexicalRules) {
      next = rule(scanner, position)
      if (next >= 0) break
    }
    if (next >= 0) {
      position = next
    } else if (matchToken(text, position, match)) {
      scanner.push(match.kind, text.slice(position, match.end), position, match.end)
      position = match.end
    } else if (code === 34) {
      return { tokens, diagnostics, openString: position }
    } else if (code === 91) {
      position = scanBadAttribute(scanner, position)
    } else if (code === 93) {
      position = scanStrayBracket(scanner, position)
    } else {
      // A surrogate pair is one character; a run of the same character is one fault.
      const character = String.fromCodePoint(text.codePointAt(position) ?? 0)
      let end = position + character.length
      while (text.startsWith(character, end)) end += character.length
      scanner.reportCharacter(position, end)
      position = end
    }
  }
  return { tokens, diagnostics, openString: -1 }
}

/** Removes an inserted quote from the text of a range. */
const withoutInserted = (offset: number, quote: LostQuote): number =>
  offset > quote.at ? offset - 1 : offset

const mapBack = (found: Diagnostic, quote: LostQuote): Diagnostic => {
  const back = (s: { start: number; end: number }): { start: number; end: number } => ({
    start: withoutInserted(s.start, quote),
    end: withoutInserted(s.end, quote),
  })
  if (found.fixes === undefined) return { ...found, span: back(found.span) }
  const fixes = found.fixes.map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) => ({ ...edit, span: back(edit.span) })),
  }))
  return { ...found, span: back(found.span), fixes }
}

/**
 * Scans a text that the grammar rejects: explains its lexical faults and returns tokens as if each were
 * repaired, so that structural faults can be found too.
 */
export const scanFaulty = (text: string): FaultScan => {
  const first = scan(text)
  if (first.openString < 0) return first
  const mixed = straightenedQuote(text)
  if (mixed >= 0) {
    const fixes = [replaceFix('Use a double quote', mixed, mixed + 1, '"')]
    const found = diagnostic('AF1015', { start: mixed, end: mixed + 1 }, {}, { fixes })
    const { tokens } = scan(`${text.slice(0, mixed)}"${text.slice(mixed + 1)}`)
    return { tokens, diagnostics: [found] }
  }
  const quote = restoreQuote(text, first.openString)
  const second = scan(`${text.slice(0, quote.at)}"${text.slice(quote.at)}`)
  const tokens = second.tokens.map((token) => {
    const start = withoutInserted(token.startOffset, quote)
    return makeToken(token.tokenType, token.image, start, withoutInserted(token.endOffset + 1, quote))
  })
  const fix = replaceFix(
    `Insert the ${quote.opening ? 'opening' : 'closing'} quote`,
    quote.at,
    quote.at,
    '"',
    false,
  )
  const lost = diagnostic(quote.opening ? 'AF1005' : 'AF1004', quote.span, {}, { fixes: [fix] })
  return { tokens, diagnostics: [lost, ...second.diagnostics.map((d) => mapBack(d, quote))] }
}
