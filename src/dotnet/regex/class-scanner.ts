import { DotnetFailure } from '../failure.js'
import { closeOverCase } from './casing.js'
import { CharacterSet } from './character-set.js'
import type { PatternScanner } from './pattern-scanner.js'
import { blockSet } from './unicode-blocks.js'
import { casedLetters, categorySet, digitSet, spaceSet, wordSet } from './unicode-categories.js'

/** The sets of \d \D \w \W \s \S by their letter. */
export const shorthandSet = (letter: string): CharacterSet | undefined => {
  switch (letter) {
    case 'd':
      return digitSet()
    case 'D':
      return digitSet().invert()
    case 'w':
      return wordSet()
    case 'W':
      return wordSet().invert()
    case 's':
      return spaceSet()
    case 'S':
      return spaceSet().invert()
    default:
      return undefined
  }
}

/**
 * Collects the parts of a class. Case equivalents are added to written ranges and blocks, not to categories.
 */
class ClassBuilder {
  readonly #ranges: number[] = []
  #categories = CharacterSet.none
  negated = false
  subtracted: CharacterSet | undefined

  addRange(low: number, high: number): void {
    this.#ranges.push(low, high)
  }

  addBlock(set: CharacterSet): void {
    for (const bound of set.ranges) this.#ranges.push(bound)
  }

  addCategory(set: CharacterSet): void {
    this.#categories = this.#categories.union(set)
  }

  build(ignoreCase: boolean): CharacterSet {
    const written = CharacterSet.of(this.#ranges)
    const united = (ignoreCase ? closeOverCase(written) : written).union(this.#categories)
    const set = this.negated ? united.invert() : united
    return this.subtracted === undefined ? set : set.subtract(this.subtracted)
  }
}

const addProperty = (scanner: PatternScanner, builder: ClassBuilder, negated: boolean): void => {
  const start = scanner.position - 2
  const name = scanner.propertyName()
  const orInverse = (set: CharacterSet): CharacterSet => (negated ? set.invert() : set)
  const cased = scanner.options.ignoreCase && (name === 'Lu' || name === 'Ll' || name === 'Lt')
  const category = cased ? casedLetters() : categorySet(name)
  const block = category === undefined ? blockSet(name) : undefined
  if (category !== undefined) builder.addCategory(orInverse(category))
  else if (block !== undefined) builder.addBlock(orInverse(block))
  else if (/^_xml[CDIW]$/.test(name)) {
    throw new DotnetFailure(
      'unsupported',
      `The undocumented block ${name} is not supported`,
      start,
      scanner.position,
    )
  } else scanner.fail(`Unknown Unicode category or block '${name}'`, start)
}

/** The set of \p{name} or \P{name}; the position is after the letter. */
export const propertySet = (scanner: PatternScanner, negated: boolean): CharacterSet => {
  const builder = new ClassBuilder()
  addProperty(scanner, builder, negated)
  return builder.build(scanner.options.ignoreCase)
}

/** .NET skips `:name:]` after a `[` in a class: [[:alpha:]] is a class of just `[`. */
const skipPosixClass = (scanner: PatternScanner): void => {
  const start = scanner.position
  if (scanner.peek() !== ':') return
  scanner.position++
  scanner.name()
  const closed = scanner.peek() === ':' && scanner.peek(1) === ']'
  scanner.position = closed ? scanner.position + 2 : start
}

const MAX_SUBTRACTIONS = 100

/** Reads a class; the position starts after its `[` and ends after its `]`. */
export const scanClass = (scanner: PatternScanner, depth = 0): CharacterSet => {
  const open = scanner.position - 1
  if (depth > MAX_SUBTRACTIONS) {
    throw new DotnetFailure('unsupported', 'Class subtraction is nested too deeply', open, scanner.position)
  }
  const builder = new ClassBuilder()
  if (scanner.peek() === '^') {
    scanner.position++
    builder.negated = true
  }

  let rangeStart: number | undefined
  let rangeAt = open
  const endRange = (high: number): void => {
    if (rangeStart! > high) scanner.fail('The range in the class is in reverse order', rangeAt)
    builder.addRange(rangeStart!, high)
    rangeStart = undefined
  }
  const subtract = (): void => {
    builder.subtracted = scanClass(scanner, depth + 1)
    if (!scanner.atEnd && scanner.peek() !== ']') {
      scanner.fail(
        'A subtraction must be the last element of its class',
        scanner.position,
        scanner.position + 1,
      )
    }
  }

  for (let first = true; !scanner.atEnd; first = false) {
    const at = scanner.position
    let code = scanner.text.charCodeAt(scanner.position++)
    let literal = true
    const character = scanner.text[at]!
    if (character === ']' && !first) return builder.build(scanner.options.ignoreCase)
    if (character === '\\' && !scanner.atEnd) {
      const letter = scanner.peek()!
      const shorthand = shorthandSet(letter)
      if (shorthand !== undefined || letter === 'p' || letter === 'P') {
        scanner.position++
        if (rangeStart !== undefined) scanner.fail(`\\${letter} cannot end a range`, rangeAt)
        if (shorthand !== undefined) builder.addCategory(shorthand)
        else addProperty(scanner, builder, letter === 'P')
        continue
      }
      if (letter === '-') {
        scanner.position++
        if (rangeStart !== undefined) endRange(45)
        else builder.addRange(45, 45)
        continue
      }
      code = scanner.characterEscape()
      literal = false
    }

    if (character === '[' && literal && rangeStart === undefined) skipPosixClass(scanner)

    const next = scanner.peek()
    if (rangeStart !== undefined) {
      if (character === '[' && literal && !first) {
        builder.addRange(rangeStart, rangeStart)
        rangeStart = undefined
        subtract()
      } else endRange(code)
    } else if (next === '-' && scanner.peek(1) !== undefined && scanner.peek(1) !== ']') {
      rangeStart = code
      rangeAt = at
      scanner.position++
    } else if (character === '-' && literal && next === '[' && !first) {
      scanner.position++
      subtract()
    } else builder.addRange(code, code)
  }
  scanner.fail('The class is not closed by ]', open, scanner.text.length)
}
