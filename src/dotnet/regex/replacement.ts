import type { RegexGroups } from './ast.js'
import { isDigit, isWordCharacter, PatternScanner } from './pattern-scanner.js'

/** A piece of a replacement: literal text, a group by number, or a part of the searched text. */
export type ReplacementPart =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'group'; readonly group: number }
  | { readonly type: 'before' | 'after' | 'lastGroup' | 'whole' }

const SPECIAL: Readonly<Record<string, ReplacementPart>> = {
  $: { type: 'literal', text: '$' },
  '&': { type: 'group', group: 0 },
  '`': { type: 'before' },
  "'": { type: 'after' },
  '+': { type: 'lastGroup' },
  _: { type: 'whole' },
}

const dollar: ReplacementPart = { type: 'literal', text: '$' }

/** Reads what follows a `$`. If it is not a token, the position stays and the `$` is literal. */
const scanDollar = (scanner: PatternScanner, groups: RegexGroups): ReplacementPart => {
  const from = scanner.position
  const braced = scanner.peek() === '{' && scanner.peek(1) !== undefined
  if (braced) scanner.position++
  const first = scanner.peek()
  if (isDigit(first)) {
    // All digits count: $10 is group 10 or not a token, never group 1 and a zero.
    const group = scanner.decimal()
    const closed = !braced || scanner.text[scanner.position++] === '}'
    if (closed && groups.slots.has(group)) return { type: 'group', group }
  } else if (braced && isWordCharacter(first)) {
    const group = groups.byName.get(scanner.name())
    if (scanner.text[scanner.position++] === '}' && group !== undefined) return { type: 'group', group }
  } else if (!braced && first !== undefined) {
    const part = Object.hasOwn(SPECIAL, first) ? SPECIAL[first] : undefined
    if (part !== undefined) {
      scanner.position++
      return part
    }
  }
  scanner.position = from
  return dollar
}

/**
 * Parses .NET's replacement language. Unknown tokens stay literal.
 *
 * @throws DotnetFailure `argument` for a group number beyond 2³¹−1
 */
export const parseReplacement = (text: string, groups: RegexGroups): readonly ReplacementPart[] => {
  const scanner = new PatternScanner(text)
  const parts: ReplacementPart[] = []
  const add = (part: ReplacementPart): void => {
    const last = parts.at(-1)
    if (part.type === 'literal' && last?.type === 'literal') {
      parts[parts.length - 1] = { type: 'literal', text: last.text + part.text }
    } else parts.push(part)
  }
  while (!scanner.atEnd) {
    const next = text.indexOf('$', scanner.position)
    const end = next < 0 ? text.length : next
    if (end > scanner.position) add({ type: 'literal', text: text.slice(scanner.position, end) })
    scanner.position = end
    if (scanner.atEnd) break
    scanner.position++
    add(scanDollar(scanner, groups))
  }
  return parts
}

/** A literal as JavaScript's replacement language spells it. */
export const nativeLiteral = (text: string): string => text.replaceAll('$', '$$$$')

/** The text of parts that are the same for every match; undefined if they vary. */
export const literalReplacement = (parts: readonly ReplacementPart[]): string | undefined => {
  const [only] = parts
  if (only === undefined) return ''
  return parts.length === 1 && only.type === 'literal' ? only.text : undefined
}

/** Whether the parts need any group other than the whole match. */
export const needsGroups = (parts: readonly ReplacementPart[]): boolean =>
  parts.some((part) => part.type === 'lastGroup' || (part.type === 'group' && part.group !== 0))

/**
 * The parts in JavaScript's replacement language; null if it cannot express them. `groups` maps to
 * JavaScript's numbers.
 */
export const nativeReplacement = (
  parts: readonly ReplacementPart[],
  groups: ReadonlyMap<number, number>,
  lastGroup: number,
): string | null => {
  const reference = (group: number): string | null => {
    if (group === 0) return '$&'
    const number = groups.get(group)
    if (number === undefined) return ''
    // Two digits always, so that a digit in the following literal is not read as part of the number.
    return number > 99 ? null : `$${String(number).padStart(2, '0')}`
  }
  const source = (part: ReplacementPart): string | null => {
    switch (part.type) {
      case 'literal':
        return nativeLiteral(part.text)
      case 'group':
        return reference(part.group)
      case 'lastGroup':
        return reference(lastGroup)
      case 'before':
        return '$`'
      case 'after':
        return "$'"
      case 'whole':
        return null
    }
  }
  const sources = parts.map(source)
  return sources.includes(null) ? null : sources.join('')
}

/** The text of the parts for one match, whose groups come as spans by number. */
export const expandReplacement = (
  parts: readonly ReplacementPart[],
  text: string,
  span: (group: number) => { readonly start: number; readonly end: number } | null | undefined,
  lastGroup: number,
): string => {
  const match = span(0)!
  const textOf = (group: number): string => {
    const found = span(group)
    return found ? text.slice(found.start, found.end) : ''
  }
  let expanded = ''
  for (const part of parts) {
    switch (part.type) {
      case 'literal':
        expanded += part.text
        break
      case 'group':
        expanded += textOf(part.group)
        break
      case 'lastGroup':
        expanded += textOf(lastGroup)
        break
      case 'before':
        expanded += text.slice(0, match.start)
        break
      case 'after':
        expanded += text.slice(match.end)
        break
      case 'whole':
        expanded += text
        break
    }
  }
  return expanded
}
