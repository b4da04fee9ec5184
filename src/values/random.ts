/** A source of random bytes. */
export interface RandomSource {
  /** Fills the array with random bytes and returns it. */
  fill(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>
}

/** The global of browsers and Node alike. */
declare const crypto: { getRandomValues(bytes: Uint8Array<ArrayBuffer>): unknown }

/** The platform's cryptographic generator. */
export const cryptoRandom: RandomSource = {
  fill(bytes) {
    crypto.getRandomValues(bytes)
    return bytes
  },
}

/** A repeatable generator for tests and previews (mulberry32); not for secrets. */
export const seededRandom = (seed: number): RandomSource => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  return {
    fill(bytes) {
      for (let i = 0; i < bytes.length; i++) bytes[i] = next() & 0xff
      return bytes
    },
  }
}

/** An unbiased integer from 0 up to, but not including, `limit`, which is at most 256. */
export const randomBelow = (random: RandomSource, limit: number): number => {
  const fair = 256 - (256 % limit)
  const bytes = new Uint8Array(1)
  let [byte = 0] = random.fill(bytes)
  while (byte >= fair) [byte = 0] = random.fill(bytes)
  return byte % limit
}
