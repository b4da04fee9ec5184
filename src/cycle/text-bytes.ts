/** The most bytes of UTF-8 that one UTF-16 code unit takes. */
const MOST_BYTES = 3

/** Bytes beyond the capacity, for the text that fills it. */
const ROOM = 1 << 16

/**
 * Texts as consecutive bytes of UTF-8. Each text is encoded when it is appended: a large text concatenated
 * from many small ones is slow to encode, and takes twice the memory if one of them has a character beyond
 * Latin-1.
 */
export class TextBytes {
  #bytes: Buffer
  #length = 0
  #spare: Buffer | undefined

  /** @param capacity how many bytes are expected; the buffer grows if there are more */
  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity + ROOM)
  }

  /** The number of bytes so far. */
  get length(): number {
    return this.#length
  }

  append(text: string): void {
    const most = this.#length + text.length * MOST_BYTES
    if (most > this.#bytes.length) this.#grow(most)
    this.#length += this.#bytes.write(text, this.#length)
  }

  #grow(least: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(least, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }

  /** Returns the bytes in a buffer of their own, and starts again. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length)
    this.#bytes = this.#spare ?? Buffer.allocUnsafeSlow(this.#bytes.length)
    this.#spare = undefined
    this.#length = 0
    return taken
  }

  /** Reuses the buffer of bytes that were returned and are no longer read. */
  reuse({ buffer }: Buffer): void {
    this.#spare = Buffer.from(buffer)
  }
}
