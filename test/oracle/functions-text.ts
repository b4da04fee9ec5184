import { guidText } from '../../src/dotnet/encoding/guid.js'
import { DotnetFailure } from '../../src/dotnet/failure.js'
import { compileRegex, type Regex } from '../../src/dotnet/regex/regex.js'
import { toLower, toUpper } from '../../src/dotnet/text/casing.js'
import { normalizeDiacritics } from '../../src/dotnet/text/diacritics.js'
import { toProperCase } from '../../src/dotnet/text/title-case.js'
import { dotnet, type OracleFunction } from './protocol.js'
import { randomString } from './random.js'
import { fail, type OracleValue, text } from './value.js'

type OptionalText = string | null | undefined
type OptionalInteger = bigint | null | undefined

/** Everything that .NET's Char.IsWhiteSpace holds for. */
const whiteSpace = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

export const trim = (value: string): string => {
  const units = value.split('')
  const first = units.findIndex((unit) => !whiteSpace.test(unit))
  const last = units.findLastIndex((unit) => !whiteSpace.test(unit))
  return first < 0 ? '' : value.slice(first, last + 1)
}

/** Semantics 19: null counts as "", but both null give null. */
const append = (before: string | null, after: string | null): string | null =>
  before === null && after === null ? null : `${before ?? ''}${after ?? ''}`

const concatenation: OracleFunction = {
  parameters: ['text*', 'text*'],
  maps: true,
  body: (_, before: string | null, after: string | null) => append(before, after),
}

/** The first `count` characters, for a count of any size. */
const first = (value: string, count: bigint): string =>
  count >= BigInt(value.length) ? value : value.slice(0, Number(count))

/** What is left when the first `count` characters are gone. */
const rest = (value: string, count: bigint): string =>
  count >= BigInt(value.length) ? '' : value.slice(Number(count))

const replaceAll = (where: string, what: string, by: string): string =>
  what === '' ? fail('AF5013') : where.split(what).join(by)

/** Runs a regular expression that comes with the data. */
const withRegex = (pattern: string, run: (regex: Regex) => string | null): string | null => {
  try {
    return run(compileRegex(pattern))
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return fail(thrown.kind === 'budget' ? 'AF5010' : thrown.kind === 'unsupported' ? 'AF5014' : 'AF5009')
  }
}

/** Semantics 24. The mode follows from which arguments are given; null in one that it needs gives null. */
const replace = (
  source: string | null,
  oldValue: OptionalText,
  pattern: OptionalText,
  group: OptionalText,
  replacement: OptionalText,
  other: OracleValue | undefined,
  template: OptionalText,
): string | null => {
  if (oldValue !== undefined) {
    const [where, by] = template === undefined ? [source, replacement ?? null] : [template, source]
    return where === null || oldValue === null || by === null ? null : replaceAll(where, oldValue, by)
  }
  if (other !== undefined) {
    if (source !== null && source !== '') return source
    if (pattern == null || group == null) return null
    for (const value of Array.isArray(other) ? other : [other]) {
      const otherText = text(value)
      const found =
        otherText === null ? null : withRegex(pattern, (regex) => regex.extractGroup(otherText, group))
      if (found !== null) return found
    }
    return null
  }
  if (source === null || pattern == null || group === null || replacement == null) return null
  return withRegex(pattern, (regex) =>
    group === undefined ? regex.replace(source, replacement) : regex.replaceGroup(source, group, replacement),
  )
}

export const textFunctions: Record<string, OracleFunction> = {
  '&': concatenation,
  Append: concatenation,
  Prepend: concatenation,

  Join: {
    parameters: ['text', 'any*'],
    repeats: true,
    body: (_, separator: string, ...sources: OracleValue[]) =>
      sources
        .flatMap((source): OracleValue[] => (Array.isArray(source) ? source : [source]))
        .map(text)
        .filter((part) => part !== null && part !== '')
        .join(separator),
  },

  Left: {
    parameters: ['text*', 'integer'],
    maps: true,
    body: (_, source: string | null, length: bigint) =>
      length < 0n ? (source ?? '') : first(source ?? '', length),
  },

  Mid: {
    parameters: ['text', 'integer', 'integer?'],
    maps: true,
    body: (_, source: string, start: bigint, length: OptionalInteger) => {
      if (start < 1n || (length ?? 0n) < 0n) return fail('AF5002')
      const tail = rest(source, start - 1n)
      return length == null ? tail : first(tail, length)
    },
  },

  Word: {
    parameters: ['text*', 'integer', 'text'],
    maps: true,
    body: (_, source: string | null, number: bigint, delimiters: string) => {
      let words = [source ?? '']
      for (const delimiter of delimiters.split('')) words = words.flatMap((word) => word.split(delimiter))
      const found = words.filter((word) => word !== '')
      return number < 1n || number > BigInt(found.length) ? '' : found[Number(number) - 1]!
    },
  },

  Len: { parameters: ['text'], maps: true, body: (_, source: string) => BigInt(source.length) },

  InStr: {
    parameters: ['text', 'text', 'integer?', 'text?'],
    maps: true,
    body: (_, source: string, searched: string, start: OptionalInteger, compare: OptionalText) => {
      const from = start ?? 1n
      if (from < 1n) return fail('AF5002')
      if (from > BigInt(source.length)) return 0n
      const fold = compare === 'vbTextCompare' ? toUpper : (value: string) => value
      if (!['vbTextCompare', 'vbBinaryCompare', undefined, null].includes(compare)) return fail('AF5013')
      return BigInt(fold(source).indexOf(fold(searched), Number(from) - 1) + 1)
    },
  },

  ToLower: {
    parameters: ['text', 'text?'],
    maps: true,
    body: (_, source: string, culture: OptionalText) => dotnet(() => toLower(source, culture ?? undefined)),
  },
  ToUpper: {
    parameters: ['text', 'text?'],
    maps: true,
    body: (_, source: string, culture: OptionalText) => dotnet(() => toUpper(source, culture ?? undefined)),
  },
  PCase: {
    parameters: ['text', 'text?'],
    maps: true,
    body: (_, source: string, separators: OptionalText) => toProperCase(source, separators ?? undefined),
  },

  Trim: { parameters: ['text'], maps: true, body: (_, source: string) => trim(source) },
  StripSpaces: {
    parameters: ['text'],
    maps: true,
    body: (_, source: string) => source.split(' ').join(''),
  },
  NormalizeDiacritics: {
    parameters: ['text'],
    maps: true,
    body: (_, source: string) => normalizeDiacritics(source),
  },

  Replace: {
    parameters: ['text*', 'text?', 'text?', 'text?', 'text?', 'any?', 'text?'],
    maps: true,
    body: (_, ...args: Parameters<typeof replace>) => replace(...args),
  },

  Guid: { parameters: [], body: (context) => guidText(context.random.fill(new Uint8Array(16))) },
  RandomString: {
    parameters: ['integer', 'integer', 'integer', 'integer', 'integer', 'text?'],
    body: (context, ...args: [bigint, bigint, bigint, bigint, bigint, OptionalText]) =>
      randomString(context.random, ...args),
  },
}
