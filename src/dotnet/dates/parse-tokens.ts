import { isLetter, startsWithIgnoringCase } from './characters.js'
import { ABBREVIATED_ERA_NAME, DAY_NAMES, ERA_NAME, MONTH_NAMES } from './names.js'

/** The meaning of a word or sign at the start of a part of the text. */
export type Word = 'am' | 'pm' | 'month' | 'dayOfWeek' | 'era' | 'utc' | 'ignored'

/** A token after a number or a month name. `dateOrOffset` is the hyphen, which may begin an offset. */
export type Separator = 'end' | 'space' | 'am' | 'pm' | 'date' | 'dateOrOffset' | 'time' | 'timePart' | Suffix

/** A sign that says what the number before it is, from East Asian dates that .NET reads in every culture. */
export type Suffix = 'year' | 'month' | 'dayOfMonth' | 'hour' | 'minute' | 'second'

type Entry<Meaning> = { readonly text: string; readonly meaning: Meaning; readonly value: number }

function entry<Meaning>(text: string, meaning: Meaning, value = 0): Entry<Meaning> {
  return { text, meaning, value }
}

const WORDS: readonly Entry<Word>[] = [
  entry('AM', 'am'),
  entry('PM', 'pm'),
  entry('GMT', 'utc'),
  entry('Z', 'utc'),
  entry(ERA_NAME, 'era'),
  entry(ABBREVIATED_ERA_NAME, 'era'),
  entry(',', 'ignored'),
  entry('.', 'ignored'),
  ...MONTH_NAMES.flatMap((name, index) => [
    entry<Word>(name, 'month', index + 1),
    entry<Word>(name.slice(0, 3), 'month', index + 1),
  ]),
  ...DAY_NAMES.flatMap((name, index) => [
    entry<Word>(name, 'dayOfWeek', index),
    entry<Word>(name.slice(0, 3), 'dayOfWeek', index),
  ]),
]

const SEPARATORS: readonly Entry<Separator>[] = [
  entry(':', 'time'),
  entry('/', 'date'),
  entry('-', 'dateOrOffset'),
  entry('T', 'timePart'),
  entry('AM', 'am'),
  entry('PM', 'pm'),
  entry('年', 'year'),
  entry('년', 'year'),
  entry('月', 'month'),
  entry('월', 'month'),
  entry('日', 'dayOfMonth'),
  entry('일', 'dayOfMonth'),
  entry('時', 'hour'),
  entry('时', 'hour'),
  entry('시', 'hour'),
  entry('分', 'minute'),
  entry('분', 'minute'),
  entry('秒', 'second'),
  entry('초', 'second'),
]

const SUFFIXES: ReadonlySet<Separator> = new Set<Separator>([
  'year',
  'month',
  'dayOfMonth',
  'hour',
  'minute',
  'second',
])

export function isSuffix(separator: Separator): separator is Suffix {
  return SUFFIXES.has(separator)
}

/** The word at `position`, or undefined. A word of letters must not run into further letters. */
export function wordAt(text: string, position: number): Entry<Word> | undefined {
  wordsByFirst ??= byFirstUnit(WORDS)
  return matchAt(wordsByFirst, text, position)
}

/** The separator sign at `position`, or undefined. */
export function separatorAt(text: string, position: number): Entry<Separator> | undefined {
  separatorsByFirst ??= byFirstUnit(SEPARATORS)
  return matchAt(separatorsByFirst, text, position)
}

type ByFirstUnit<Meaning> = ReadonlyMap<number, readonly Entry<Meaning>[]>

// Made on first use: most programs that load this never parse a date.
let wordsByFirst: ByFirstUnit<Word> | undefined
let separatorsByFirst: ByFirstUnit<Separator> | undefined

function byFirstUnit<Meaning>(entries: readonly Entry<Meaning>[]): ByFirstUnit<Meaning> {
  const grouped = new Map<number, Entry<Meaning>[]>()
  for (const item of entries) {
    for (const first of new Set([item.text.charAt(0).toLowerCase(), item.text.charAt(0).toUpperCase()])) {
      const code = first.charCodeAt(0)
      grouped.set(code, [...(grouped.get(code) ?? []), item])
    }
  }
  return grouped
}

function matchAt<Meaning>(
  entries: ByFirstUnit<Meaning>,
  text: string,
  position: number,
): Entry<Meaning> | undefined {
  const candidates = entries.get(text.charCodeAt(position))
  if (candidates === undefined) return undefined
  const bounded = isLetter(text.charCodeAt(position))
  return candidates.find((candidate) => {
    const end = position + candidate.text.length
    if (bounded && end < text.length && isLetter(text.charCodeAt(end))) return false
    return startsWithIgnoringCase(text, position, candidate.text)
  })
}
