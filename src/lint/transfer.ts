import { some } from '../dotnet/regex/ast.js'
import type { Expression } from '../syntax/ast.js'
import { LIST, STRING } from '../values/static-type.js'
import { anyText, type Domain, factsOf, integerDomain, type TextFacts } from './domain.js'
import { regexOf } from './patterns.js'

/** The arguments of a call by declared position, for working out what it can yield. */
export interface TransferInput {
  /** Undefined for an argument left out. */
  readonly domains: readonly (Domain | undefined)[]
  readonly nodes: readonly (Expression | undefined)[]
}

/** What a function makes of the facts about its arguments; what it does not say is not known. */
type Transfer = (input: TransferInput) => Partial<Domain>

const domainAt = ({ domains }: TransferInput, index: number): Domain | undefined => domains[index]

/** The integer that an argument literally is. */
const integerAt = ({ nodes }: TransferInput, index: number): number | undefined => {
  const node = nodes[index]
  if (node?.type === 'IntegerLiteral') return Number(node.value)
  return node?.type === 'StringLiteral' && /^-?\d{1,9}$/.test(node.value) ? Number(node.value) : undefined
}

const textAt = ({ nodes }: TransferInput, index: number): string | undefined => {
  const node = nodes[index]
  return node?.type === 'StringLiteral' ? node.value : undefined
}

/** A part of the source's text: no longer, of the same characters. */
const partOf = (source: Domain | undefined): Partial<TextFacts> =>
  source === undefined
    ? {}
    : { maxLength: source.maxLength, ascii: source.ascii, lower: source.lower, upper: source.upper }

const ascii = { ascii: true } as const

/** The texts of some parts, one after the other, with a separator between each two. */
const concatenated = (
  parts: readonly (Domain | undefined)[],
  separator: Domain | undefined,
): Partial<Domain> => {
  const given = parts.filter((part) => part !== undefined)
  const gaps = separator === undefined || given.length < 2 ? [] : given.slice(1).map(() => separator)
  const isAscii = [...given, ...gaps].every((part) => part.ascii)
  // A list can contribute any number of elements.
  if (given.some((part) => (part.kinds & LIST) !== 0))
    return { ascii: isAscii && separator?.ascii !== false, mayBeEmpty: !given.some(alwaysHasText) }
  return {
    maxLength: [...given, ...gaps].reduce((sum, part) => sum + part.maxLength, 0),
    ascii: isAscii,
    mayBeEmpty: !given.some(alwaysHasText),
  }
}

/** Whether it has a text other than "" for every object. */
export const alwaysHasText = (domain: Domain): boolean =>
  (domain.kinds & ~STRING) === 0 ? !domain.mayBeEmpty && domain.kinds !== 0 : false

const appended: Transfer = ({ domains }) => {
  const [a, b] = domains
  const isList = [a, b].some((part) => part !== undefined && (part.kinds & LIST) !== 0)
  const { maxLength = Number.POSITIVE_INFINITY, ...rest } = concatenated([a, b], undefined)
  // Element by element: each of them next to the other argument.
  return isList ? { maxLength: (a?.maxLength ?? 0) + (b?.maxLength ?? 0), ...rest } : { maxLength, ...rest }
}

const replaced: Transfer = (input) => {
  const source = domainAt(input, 0)
  const [old, pattern, group, replacement, other, template] = [1, 2, 3, 4, 5, 6].map((i) => input.nodes[i])
  if (source === undefined) return {}
  if (template !== undefined) return {}
  if (other !== undefined) {
    const there = domainAt(input, 5)
    return {
      maxLength: Math.max(source.maxLength, there?.maxLength ?? Number.POSITIVE_INFINITY),
      ascii: source.ascii && there?.ascii === true,
    }
  }
  const insert = domainAt(input, 4)
  const isAscii = source.ascii && insert?.ascii === true
  const text = textAt(input, 4)
  if (replacement === undefined || text === undefined) return { ascii: isAscii }
  const oldText = textAt(input, 1)
  if (old !== undefined)
    return oldText !== undefined && text.length <= oldText.length
      ? { maxLength: source.maxLength, ascii: isAscii }
      : { ascii: isAscii }
  if (text === '' && pattern !== undefined) return { maxLength: source.maxLength, ascii: source.ascii }
  if (group === undefined && textAt(input, 2) !== undefined && isWholeExtraction(textAt(input, 2)!, text))
    return { maxLength: source.maxLength, ascii: source.ascii }
  return group === undefined && text.includes('$') ? {} : { ascii: isAscii }
}

/**
 * Whether a replacement is a single group of the pattern, so that the result is never longer than the source. What
 * a lookaround captures can lie outside the match.
 */
const isWholeExtraction = (pattern: string, replacement: string): boolean => {
  const name = /^\$(?:\{(\w+)\}|(\d))$/.exec(replacement)
  const regex = name === null ? undefined : regexOf(pattern)
  return (
    regex?.groupNames.includes((name![1] ?? name![2])!) === true &&
    !some(regex.ast, (node) => node.type === 'look')
  )
}

/** All the numbers whose bits are among those of a mask with few bits. */
const submasks = (mask: number): string[] | undefined => {
  const bits = Array.from({ length: 31 }, (_, i) => 2 ** i).filter((bit) => (mask & bit) !== 0)
  if (mask < 0 || bits.length > 6 || mask >= 2 ** 31) return undefined
  return bits.reduce((sums, bit) => sums.flatMap((sum) => [sum, sum + bit]), [0]).map(String)
}

/** What is known beyond its declared kinds of what each function yields. */
export const transfers: ReadonlyMap<string, Transfer> = new Map<string, Transfer>([
  [
    'Left',
    (input) => {
      const part = partOf(domainAt(input, 0))
      const length = integerAt(input, 1)
      const most = part.maxLength ?? Number.POSITIVE_INFINITY
      return { ...part, maxLength: length === undefined || length < 0 ? most : Math.min(most, length) }
    },
  ],
  [
    'Mid',
    (input) => {
      const part = partOf(domainAt(input, 0))
      const length = integerAt(input, 2)
      const most = part.maxLength ?? Number.POSITIVE_INFINITY
      return { ...part, maxLength: length === undefined || length < 0 ? most : Math.min(most, length) }
    },
  ],
  ['Word', (input) => partOf(domainAt(input, 0))],
  ['Trim', (input) => ({ ...partOf(domainAt(input, 0)), trimmed: true })],
  ['StripSpaces', (input) => partOf(domainAt(input, 0))],
  [
    'ToLower',
    (input) => ({
      maxLength: domainAt(input, 0)?.maxLength ?? Number.POSITIVE_INFINITY,
      lower: input.nodes[1] === undefined,
      mayBeEmpty: domainAt(input, 0)?.mayBeEmpty ?? true,
    }),
  ],
  [
    'ToUpper',
    (input) => ({
      maxLength: domainAt(input, 0)?.maxLength ?? Number.POSITIVE_INFINITY,
      upper: input.nodes[1] === undefined,
      mayBeEmpty: domainAt(input, 0)?.mayBeEmpty ?? true,
    }),
  ],
  [
    'NormalizeDiacritics',
    (input) => {
      const source = domainAt(input, 0)
      return source?.ascii ? partOf(source) : {}
    },
  ],
  ['CStr', (input) => ({ ...partOf(domainAt(input, 0)), texts: domainAt(input, 0)?.texts })],
  ['CRef', (input) => ({ ...partOf(domainAt(input, 0)), texts: domainAt(input, 0)?.texts })],
  ['Append', appended],
  ['&', appended],
  ['Prepend', appended],
  ['Join', (input) => concatenated(input.domains.slice(1), domainAt(input, 0))],
  ['Replace', replaced],
  ['Guid', () => ({ ...ascii, maxLength: 36, lower: true, trimmed: true, mayBeEmpty: false })],
  [
    'RandomString',
    (input) => ({ ...ascii, maxLength: Math.max(0, integerAt(input, 0) ?? Number.POSITIVE_INFINITY) }),
  ],
  ['ConvertToBase64', () => ascii],
  ['ConvertToUTF8Hex', () => ({ ...ascii, upper: true, trimmed: true })],
  ['Count', () => integerDomain(0, Number.POSITIVE_INFINITY)],
  ['Contains', () => integerDomain(0, Number.POSITIVE_INFINITY)],
  ['InStr', (input) => integerDomain(0, domainAt(input, 0)?.maxLength ?? Number.POSITIVE_INFINITY)],
  [
    'BitAnd',
    (input) => {
      const mask = integerAt(input, 1) ?? integerAt(input, 0)
      if (mask === undefined || mask < 0) return {}
      const listed = submasks(mask)
      return { ...integerDomain(0, mask), ...(listed === undefined ? anyText : factsOf(listed)) }
    },
  ],
])
