/**
 * Digests of a text, 32 bits a word; each word is mixed differently. They are no protection against forgery.
 */
export const digestInto = (text: string, words: Uint32Array, at: number, count: 2 | 3): void => {
  let first = 0x9e3779b9 ^ text.length
  let second = 0x85ebca6b ^ text.length
  let third = 0xc2b2ae35 ^ text.length
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    first = Math.imul(first ^ unit, 0x85ebca77)
    first ^= first >>> 15
    second = Math.imul(second ^ unit, 0xc2b2ae3d)
    second ^= second >>> 13
    third = Math.imul(third ^ unit, 0x27d4eb2f)
    third ^= third >>> 16
  }
  words[at] = Math.imul(first ^ (second >>> 16), 0x165667b1) ^ third
  words[at + 1] = Math.imul(second ^ (third >>> 16), 0x27d4eb2f) ^ first
  if (count > 2) words[at + 2] = Math.imul(third ^ (first >>> 16), 0x9e3779b1) ^ second
}

const hex = (word: number): string => word.toString(16).padStart(8, '0')

/** A digest of 64 bits of a text, as 16 hexadecimal digits. */
export const shortDigest = (text: string): string => {
  const words = new Uint32Array(2)
  digestInto(text, words, 0, 2)
  return Array.from(words, hex).join('')
}
