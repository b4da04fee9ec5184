/** The first 32 bits of the fractional parts of roots of the first primes, from which SHA-256 takes its constants. */
const fractions = (count: number, root: number): Uint32Array => {
  const found = new Uint32Array(count)
  let filled = 0
  for (let candidate = 2; filled < count; candidate++) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor++)
      if (candidate % divisor === 0) prime = false
    if (prime) found[filled++] = (candidate ** (1 / root) % 1) * 2 ** 32
  }
  return found
}

let constants: { readonly rounds: Uint32Array; readonly start: Uint32Array } | undefined

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** The bytes with a one, zeros, and their length in bits, so that they fill whole blocks. */
const padded = (bytes: Uint8Array): DataView => {
  const view = new DataView(new ArrayBuffer(((bytes.length + 8) >>> 6) * 64 + 64))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setBigUint64(view.byteLength - 8, BigInt(bytes.length) * 8n)
  return view
}

/**
 * The SHA-256 of a text in UTF-8, in hexadecimal. For short texts a hash that is computed at once is much cheaper than
 * asking the platform, which answers from another thread.
 */
export const sha256 = (text: string): string => {
  constants ??= { rounds: fractions(64, 3), start: fractions(8, 2) }
  const { rounds, start } = constants
  const state = start.slice()
  const words = new Uint32Array(64)
  const view = padded(new TextEncoder().encode(text))
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + 4 * i)
    for (let i = 16; i < 64; i++) {
      const [a, b] = [words[i - 15]!, words[i - 2]!]
      const small = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)
      const large = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10)
      words[i] = words[i - 16]! + small + words[i - 7]! + large
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    for (let i = 0; i < 64; i++) {
      const choice = (e & f) ^ (~e & g)
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + rounds[i]! + words[i]!) | 0
      const majority = (a & b) ^ (a & c) ^ (b & c)
      const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority
      h = g
      g = f
      f = e
      e = (d + one) | 0
      d = c
      c = b
      b = a
      a = (one + two) | 0
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i]! += word
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}
