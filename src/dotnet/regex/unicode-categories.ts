import { CharacterSet } from './character-set.js'

const GENERAL_CATEGORIES =
  'C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs'
const names: ReadonlySet<string> = new Set(GENERAL_CATEGORIES.split(' '))
const SURROGATES = [0xd800, 0xdfff] as const

const cache = new Map<string, CharacterSet>()
const cached = (key: string, build: () => CharacterSet): CharacterSet => {
  let set = cache.get(key)
  if (set === undefined) {
    set = build()
    cache.set(key, set)
  }
  return set
}

/** Every code unit except the surrogates, which would pair up when read as code points. */
let scalarText: string | undefined
const scalars = (): string => {
  if (scalarText === undefined) {
    const units: string[] = []
    for (let code = 0; code <= 0xffff; code++) {
      if (code < SURROGATES[0] || code > SURROGATES[1]) units.push(String.fromCharCode(code))
    }
    scalarText = units.join('')
  }
  return scalarText
}

const collect = (alternatives: string): CharacterSet => {
  const ranges: number[] = []
  const gap = SURROGATES[1] - SURROGATES[0] + 1
  const codeAt = (index: number): number => (index < SURROGATES[0] ? index : index + gap)
  for (const match of scalars().matchAll(new RegExp(`[${alternatives}]+`, 'gu'))) {
    const first = codeAt(match.index)
    const last = codeAt(match.index + match[0].length - 1)
    if (first < SURROGATES[0] && last > SURROGATES[1]) {
      ranges.push(first, SURROGATES[0] - 1, SURROGATES[1] + 1, last)
    } else ranges.push(first, last)
  }
  return CharacterSet.of(ranges)
}

/** The code units of a Unicode general category by its short name, or undefined if there is no such category. */
export const categorySet = (name: string): CharacterSet | undefined => {
  if (!names.has(name)) return undefined
  return cached(name, () => {
    const scalarsOnly = name === 'Cs' ? CharacterSet.none : collect(`\\p{${name}}`)
    return name === 'C' || name === 'Cs' ? scalarsOnly.union(CharacterSet.of(SURROGATES)) : scalarsOnly
  })
}

/** With IgnoreCase .NET reads \p{Lu}, \p{Ll} and \p{Lt} as all three. */
export const casedLetters = (): CharacterSet => cached('cased', () => collect('\\p{Lu}\\p{Ll}\\p{Lt}'))

/** \w: letters, nonspacing marks, decimal digits and connectors. */
export const wordSet = (): CharacterSet => cached('\\w', () => collect('\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}'))

/** What counts as a word character for \b: \w and the two zero-width joiners. */
export const boundarySet = (): CharacterSet =>
  cached('\\b', () => wordSet().union(CharacterSet.of([0x200c, 0x200d])))

/** \d: decimal digits of every script. */
export const digitSet = (): CharacterSet => categorySet('Nd')!

/** \s: Char.IsWhiteSpace, which has U+0085 and lacks U+FEFF. */
export const spaceSet = (): CharacterSet =>
  cached('\\s', () =>
    CharacterSet.of([
      0x09, 0x0d, 0x20, 0x20, 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f,
      0x202f, 0x205f, 0x205f, 0x3000, 0x3000,
    ]),
  )

/** The units that `.` matches without the s option. */
export const notNewline: CharacterSet = CharacterSet.of([0x0a, 0x0a]).invert()
