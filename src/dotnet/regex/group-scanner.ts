import type { RegexGroups } from './ast.js'
import { isDigit, isWordCharacter, type PatternScanner } from './pattern-scanner.js'

/** What an opening parenthesis begins. */
export type GroupOpening =
  | { readonly type: 'group' }
  | { readonly type: 'capture'; readonly group: number; readonly releases: number }
  | { readonly type: 'atomic' }
  | { readonly type: 'look'; readonly behind: boolean; readonly negative: boolean }
  | { readonly type: 'groupConditional'; readonly group: number }
  | { readonly type: 'conditional' }

interface OpeningContext {
  /** Whether a plain parenthesis groups without capturing. */
  readonly explicit: boolean
  /** Whether the group is the condition of a conditional, where options are not read. */
  readonly inCondition: boolean
  readonly nextCapture: number
}

const scanNamedGroup = (
  scanner: PatternScanner,
  start: number,
  groups: RegexGroups,
  close: string,
): GroupOpening => {
  const invalid = (): never => scanner.fail('The group name is not valid', start, scanner.position + 1)
  const requireEnd = (...ends: string[]): void => {
    if (!scanner.atEnd && !ends.includes(scanner.peek()!)) invalid()
  }
  let group = -1
  if (isDigit(scanner.peek())) {
    const number = scanner.decimal()
    requireEnd(close, '-')
    if (number === 0) scanner.fail('A group cannot have the number 0', start)
    if (groups.slots.has(number)) group = number
  } else if (isWordCharacter(scanner.peek())) {
    group = groups.byName.get(scanner.name()) ?? -1
    requireEnd(close, '-')
  } else if (scanner.peek() !== '-') invalid()

  let releases = -1
  if (scanner.peek() === '-' && scanner.peek(1) !== undefined) {
    scanner.position++
    if (isDigit(scanner.peek())) {
      releases = scanner.decimal()
      if (!groups.slots.has(releases)) scanner.fail(`There is no group ${releases}`, start)
    } else if (isWordCharacter(scanner.peek())) {
      const name = scanner.name()
      const number = groups.byName.get(name)
      if (number === undefined) scanner.fail(`There is no group named '${name}'`, start)
      releases = number
    } else invalid()
    requireEnd(close)
  }
  if ((group === -1 && releases === -1) || scanner.peek() !== close) invalid()
  scanner.position++
  return { type: 'capture', group, releases }
}

const scanConditional = (scanner: PatternScanner, start: number, groups: RegexGroups): GroupOpening => {
  const from = scanner.position
  if (isDigit(scanner.peek())) {
    const number = scanner.decimal()
    if (scanner.peek() !== ')') scanner.fail('The reference in the condition is malformed', start)
    scanner.position++
    if (!groups.slots.has(number)) scanner.fail(`There is no group ${number}`, start)
    return { type: 'groupConditional', group: number }
  }
  const group = groups.byName.get(scanner.name())
  if (group !== undefined && scanner.peek() === ')') {
    scanner.position++
    return { type: 'groupConditional', group }
  }
  // Any other condition is an expression, read as the group that its own parenthesis opens.
  scanner.position = from - 1
  const next = scanner.text.slice(from, from + 3)
  if (next.startsWith('?#')) scanner.fail('A condition cannot be a comment', start, from + 2)
  if (next.startsWith("?'") || /^\?<[^!=]/s.test(next)) {
    scanner.fail('A condition cannot be a named group', start, from + 2)
  }
  return { type: 'conditional' }
}

/**
 * Reads what follows an opening parenthesis, for which the scanner's options may change.
 * Undefined if the group only sets options: `(?i)`.
 */
export const scanGroupOpening = (
  scanner: PatternScanner,
  start: number,
  groups: RegexGroups,
  context: OpeningContext,
): GroupOpening | undefined => {
  if (scanner.peek() !== '?' || scanner.peek(1) === ')') {
    return context.explicit
      ? { type: 'group' }
      : { type: 'capture', group: context.nextCapture, releases: -1 }
  }
  scanner.position++
  const unrecognized = (): never => scanner.fail('Unrecognized grouping construct', start)
  const character = scanner.text[scanner.position++]
  switch (character) {
    case ':':
      return { type: 'group' }
    case '=':
    case '!':
      return { type: 'look', behind: false, negative: character === '!' }
    case '>':
      return { type: 'atomic' }
    case '<':
    case "'": {
      const next = scanner.peek()
      if (next === undefined) return unrecognized()
      if (next !== '=' && next !== '!') {
        return scanNamedGroup(scanner, start, groups, character === '<' ? '>' : "'")
      }
      scanner.position++
      return character === '<' ? { type: 'look', behind: true, negative: next === '!' } : unrecognized()
    }
    case '(':
      return scanConditional(scanner, start, groups)
    default: {
      scanner.position--
      if (!context.inCondition) scanner.inlineOptions()
      const end = scanner.text[scanner.position++]
      if (end === ')') return undefined
      return end === ':' ? { type: 'group' } : unrecognized()
    }
  }
}
