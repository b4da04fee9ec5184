import { type RandomSource, seededRandom } from '../../src/values/random.js'

/** Randomness that a seed makes the same again, and the number of bytes of every draw from it. */
export const recordedRandom = (seed: number): { readonly random: RandomSource; readonly draws: number[] } => {
  const source = seededRandom(seed)
  const draws: number[] = []
  const random: RandomSource = {
    fill(bytes) {
      draws.push(bytes.length)
      return source.fill(bytes)
    },
  }
  return { random, draws }
}
