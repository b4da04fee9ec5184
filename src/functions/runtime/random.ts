import { guidText } from '../../dotnet/encoding/guid.js'
import type { EvaluationContext } from '../../values/context.js'
import { raise } from '../../values/fault.js'
import { type RandomSource, randomBelow } from '../../values/random.js'

const LONGEST = 256
const DIGITS = '0123456789'
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const SMALL_LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const SPECIALS = '~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/'

/** Guid: a new version 4 GUID as text, in small letters and with hyphens. */
export const guid = (context: EvaluationContext): string => guidText(context.random.fill(new Uint8Array(16)))

const outOfRange = (reason: string): never => raise('AF5002', { function: 'RandomString', reason })

/** Draws characters from an alphabet with equal probability. */
const draw = (random: RandomSource, alphabet: string, count: number): string[] =>
  Array.from({ length: count }, () => alphabet.charAt(randomBelow(random, alphabet.length)))

/** Shuffles the items; every order has the same probability (Fisher and Yates). */
const shuffle = (random: RandomSource, items: string[]): string[] => {
  for (let last = items.length - 1; last > 0; last--) {
    const other = randomBelow(random, last + 1)
    const moved = items[last] as string
    items[last] = items[other] as string
    items[other] = moved
  }
  return items
}

/**
 * RandomString: random characters, with a minimum for each class. Characters beyond the minima are drawn from
 * the classes with a minimum above zero, or from digits and letters when there is none.
 */
export const randomString = (
  context: EvaluationContext,
  length: number | bigint,
  minimumNumbers: number | bigint,
  minimumSpecials: number | bigint,
  minimumCapitals: number | bigint,
  minimumSmallLetters: number | bigint,
  charactersToAvoid: string | null | undefined,
): string => {
  if (length < 0 || length > LONGEST) outOfRange(`the length ${length} is not between 0 and ${LONGEST}`)
  const avoided = charactersToAvoid ?? ''
  const classes = (
    [
      [minimumNumbers, DIGITS],
      [minimumSpecials, SPECIALS],
      [minimumCapitals, CAPITALS],
      [minimumSmallLetters, SMALL_LETTERS],
    ] as const
  ).map(([minimum, alphabet]) => {
    if (minimum < 0) outOfRange(`the minimum ${minimum} is negative`)
    if (minimum > length) outOfRange(`a minimum of ${minimum} does not fit into the length ${length}`)
    const allowed = [...alphabet].filter((character) => !avoided.includes(character)).join('')
    if (minimum > 0 && allowed === '') outOfRange('every character of a required class is excluded')
    return { minimum: Number(minimum), allowed }
  })
  const required = classes.reduce((sum, { minimum }) => sum + minimum, 0)
  if (required > length) outOfRange(`the minima add up to ${required}, which is more than ${length}`)

  const { random } = context
  const characters = classes.flatMap(({ minimum, allowed }) => draw(random, allowed, minimum))
  const free = Number(length) - required
  if (free > 0) {
    const wanted = classes.filter(({ minimum }, index) => (required > 0 ? minimum > 0 : index !== 1))
    const fill = wanted.map(({ allowed }) => allowed).join('')
    if (fill === '') outOfRange('every character is excluded')
    characters.push(...draw(random, fill, free))
  }
  return shuffle(random, characters).join('')
}
