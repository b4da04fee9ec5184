// The functions of the language as one would register them with an expression engine: plain, with their regular
// expressions and formats kept once made. Omitted arguments arrive as null or undefined.

type Maybe = string | null | undefined

const patterns = new Map<string, RegExp>()

/** A pattern of .NET that means the same in JavaScript, as all of the workload do. */
const pattern = (text: string): RegExp => {
  const known = patterns.get(text)
  if (known !== undefined) return known
  const made = new RegExp(text, 'dg')
  patterns.set(text, made)
  return made
}

const search = (text: string, regex: string): boolean => {
  const found = pattern(regex)
  found.lastIndex = 0
  return found.test(text)
}

/** Replaces the span of a named group in every match. */
const replaceGroup = (source: string, regex: string, group: string, replacement: string): string => {
  let result = ''
  let end = 0
  for (const match of source.matchAll(pattern(regex))) {
    const span = match.indices?.groups?.[group]
    if (span === undefined) continue
    result += source.slice(end, span[0]) + replacement
    end = span[1]
  }
  return result + source.slice(end)
}

const letters: Readonly<Record<string, string>> = {
  Ø: 'OE',
  ø: 'oe',
  ß: 'ss',
  Ł: 'L',
  ł: 'l',
  ı: 'i',
  Đ: 'D',
  đ: 'd',
  Æ: 'AE',
  æ: 'ae',
}

const isNonAscii = /[^\0-\x7f]/

/** Every function by its name in the language, all of them pure and eager. */
export const library: Readonly<Record<string, (...values: never[]) => unknown>> = {
  Append: (source: Maybe, suffix: Maybe) => (source ?? '') + (suffix ?? ''),
  Coalesce: (...sources: Maybe[]) => sources.find((source) => source) ?? sources.at(-1) ?? null,
  FormatDateTime: (source: Maybe, _styles: Maybe, input: string, output: string) => {
    if (source === null || source === undefined) return null
    if (input !== 'yyyy-MM-ddzzz' || output !== 'yyyy-MM-dd') throw new RangeError('format')
    const time = Date.parse(`${source.slice(0, 10)}T00:00:00${source.slice(10)}`)
    return new Date(time).toISOString().slice(0, 10)
  },
  Item: (source: readonly string[] | null, index: number | bigint) => source?.[Number(index) - 1] ?? null,
  Join: (separator: string, ...sources: Maybe[]) => sources.filter((source) => source).join(separator),
  Left: (source: Maybe, length: number | bigint) => (source ?? '').slice(0, Number(length)),
  Mid: (source: Maybe, start: number | bigint, length: number | bigint) =>
    source === null || source === undefined
      ? null
      : source.slice(Number(start) - 1, Number(start) - 1 + Number(length)),
  NormalizeDiacritics: (source: Maybe) =>
    source === null || source === undefined || !isNonAscii.test(source)
      ? (source ?? null)
      : source
          .normalize('NFD')
          .replace(/[\u0300-\u036f]/g, '')
          .replace(/[^\0-\x7f]/g, (letter) => letters[letter] ?? letter),
  Not: (source: unknown) => source !== true,
  Replace: (
    source: Maybe,
    oldValue: Maybe,
    regex: Maybe,
    group: Maybe,
    replacement: Maybe,
    _attribute: Maybe,
    _template: Maybe,
  ) => {
    if (source === null || source === undefined) return null
    const text = replacement ?? ''
    if (oldValue !== null && oldValue !== undefined) return source.replaceAll(oldValue, () => text)
    if (group !== null && group !== undefined) return replaceGroup(source, regex!, group, text)
    return source.replace(pattern(regex!), text)
  },
  Split: (source: Maybe, separator: string) => source?.split(separator).map((part) => part.trim()) ?? null,
  StripSpaces: (source: Maybe) => source?.replaceAll(' ', '') ?? null,
  Switch: (source: Maybe, otherwise: unknown, ...pairs: unknown[]) => {
    for (let i = 0; i + 1 < pairs.length; i += 2) if (pairs[i] === source) return pairs[i + 1]
    return otherwise
  },
  ToLower: (source: Maybe) => source?.toLowerCase() ?? null,
  Word: (source: Maybe, index: number | bigint, delimiters: string) => {
    if (source === null || source === undefined) return ''
    if (delimiters.length !== 1) throw new RangeError('delimiters')
    const words = source.split(delimiters).filter((word) => word !== '')
    return words[Number(index) - 1] ?? ''
  },
  // What filters need.
  IsPresent: (source: Maybe) => source !== null && source !== undefined && source !== '',
  Matches: (source: Maybe, regex: string) => source !== null && source !== undefined && search(source, regex),
}
