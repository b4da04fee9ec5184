import type { Argument, ComparisonOperator } from '../syntax/ast.js'

export const comparisons: Readonly<Record<ComparisonOperator, string>> = {
  '=': 'is',
  '<>': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is greater than',
  '>=': 'is at least',
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const ordinals = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
]

export const intervals: Readonly<Record<string, string>> = {
  yyyy: 'years',
  q: 'quarters',
  m: 'months',
  y: 'days',
  d: 'days',
  w: 'weeks',
  ww: 'calendar weeks',
  h: 'hours',
  n: 'minutes',
  s: 'seconds',
}

/** A number in words, if that is shorter to read. */
export const numberWord = (value: number): string => numbers[value] ?? String(value)

/** `third`, `21st`; the number is not zero. */
export const ordinalWord = (value: number): string =>
  ordinals[value] ??
  `${value}th`
    .replace(/(?<!1)1th$/, '1st')
    .replace(/(?<!1)2th$/, '2nd')
    .replace(/(?<!1)3th$/, '3rd')

/** The small number of a literal. */
export const numberOf = (argument: Argument | undefined): number | undefined => {
  if (argument?.type === 'IntegerLiteral' && argument.value >= 0n && argument.value <= 1000n)
    return Number(argument.value)
  return argument?.type === 'StringLiteral' && /^\d{1,3}$/.test(argument.value)
    ? Number(argument.value)
    : undefined
}

/** A name; in brackets if its words could be confused with those around it. */
export const attributeWord = (name: string): string => {
  if (name === '') return '(no name)'
  return /[\s,()]/.test(name) ? `[${name}]` : name
}

/** A text in quotes; two texts that are hard to see have names. */
export const textLiteral = (value: string): string => {
  if (value === '') return 'empty text'
  return value === ' ' ? 'a blank' : JSON.stringify(value)
}

/** A, B, …, Z, A1, B1, … */
export const letters = (index: number): string => {
  const round = Math.floor(index / 26)
  return String.fromCharCode(65 + (index % 26)) + (round === 0 ? '' : String(round))
}
