import type { RandomSource } from '../../src/values/random.js'
import { fail } from './value.js'

/** A number below `limit`: bytes that would make some numbers likelier than others are drawn again. */
const below = (random: RandomSource, limit: number): number => {
  for (;;) {
    const drawn = random.fill(new Uint8Array(1))[0]!
    if (drawn < Math.floor(256 / limit) * limit) return drawn % limit
  }
}

/**
 * RandomString (semantics 25). The order of the draws is part of what a seed repeats: the classes' minima one
 * after the other, the fill, then the exchanges that shuffle, from the last character to the second.
 */
export const randomString = (
  random: RandomSource,
  length: bigint,
  digits: bigint,
  specials: bigint,
  capitals: bigint,
  smallLetters: bigint,
  avoid: string | null | undefined,
): string => {
  const without = (alphabet: string): string =>
    alphabet
      .split('')
      .filter((character) => !(avoid ?? '').includes(character))
      .join('')
  const classes = [
    { minimum: digits, alphabet: without('0123456789') },
    { minimum: specials, alphabet: without('~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/') },
    { minimum: capitals, alphabet: without('ABCDEFGHIJKLMNOPQRSTUVWXYZ') },
    { minimum: smallLetters, alphabet: without('abcdefghijklmnopqrstuvwxyz') },
  ]
  const sum = digits + specials + capitals + smallLetters
  const isImpossible = classes.some(
    ({ minimum, alphabet }) => minimum < 0n || (minimum > 0n && alphabet === ''),
  )
  if (isImpossible || length < 0n || length > 256n || sum > length) return fail('AF5002')
  const required = classes.filter(({ minimum }) => minimum > 0n)
  const filling = required.length > 0 ? required : [classes[0]!, classes[2]!, classes[3]!]
  const fill = filling.map(({ alphabet }) => alphabet).join('')
  if (length > sum && fill === '') return fail('AF5002')
  const drawn: string[] = []
  const draw = (alphabet: string, count: bigint): void => {
    for (let i = 0n; i < count; i++) drawn.push(alphabet[below(random, alphabet.length)]!)
  }
  for (const { minimum, alphabet } of required) draw(alphabet, minimum)
  draw(fill, length - sum)
  for (let i = drawn.length - 1; i >= 1; i--) {
    const j = below(random, i + 1)
    drawn.splice(i, 1, ...drawn.splice(j, 1, drawn[i]!))
  }
  return drawn.join('')
}
