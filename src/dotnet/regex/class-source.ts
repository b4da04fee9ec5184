import type { CharacterSet } from './character-set.js'
import { boundarySet } from './unicode-categories.js'

const hex = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`

/** One code unit in JavaScript's syntax, inside or outside of a class. */
export const unitSource = (code: number): string => {
  const character = String.fromCharCode(code)
  if (/[\w ,;:@%&=!~`"'<>#]/.test(character) && code < 0x80) return character
  if (code > 0x20 && code < 0x7f) return `\\${character}`
  // Raw units keep the long ranges of scripts short; line terminators of JavaScript must be escaped.
  return code < 0xa1 || code === 0x2028 || code === 0x2029 ? hex(code) : character
}

const rangesSource = (ranges: readonly number[]): string => {
  let source = ''
  for (let i = 0; i < ranges.length; i += 2) {
    const low = ranges[i]!
    const high = ranges[i + 1]!
    source += unitSource(low)
    if (high > low) source += high === low + 1 ? unitSource(high) : `-${unitSource(high)}`
  }
  return source
}

const build = (set: CharacterSet): string => {
  const { ranges } = set
  if (ranges.length === 0) return '[]'
  if (ranges.length === 2 && ranges[0] === ranges[1]) return unitSource(ranges[0]!)
  const inverted = set.invert()
  if (inverted.ranges.length === 0) return '[^]'
  // Most complements contain the highest unit; hardly any written set does.
  return set.has(0xffff) ? `[^${rangesSource(inverted.ranges)}]` : `[${rangesSource(ranges)}]`
}

const sources = new WeakMap<CharacterSet, string>()

/** The set as a JavaScript class without flags; never `\w`, `\d` or `\s`, whose meaning differs. */
export const classSource = (set: CharacterSet): string => {
  let source = sources.get(set)
  if (source === undefined) {
    source = build(set)
    sources.set(set, source)
  }
  return source
}

/** \b, or \B when negated, by .NET's word characters. */
export const boundarySource = (negated: boolean): string => {
  const word = classSource(boundarySet())
  return negated
    ? `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`
    : `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`
}
