/** Parses a text piece by piece; a mismatch with the grammar throws. */
export class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Consumes a match of the pattern here, after blanks; undefined if there is none. */
  take(pattern: RegExp): string | undefined {
    const blanks = /\s*/y
    blanks.lastIndex = this.#at
    blanks.exec(this.#text)
    const sticky = new RegExp(pattern.source, 'y')
    sticky.lastIndex = blanks.lastIndex
    const found = sticky.exec(this.#text)
    if (found === null) return undefined
    this.#at = sticky.lastIndex
    return found[0]
  }

  /**
   * Consumes a required match.
   * @throws {UnknownForm} if there is none
   */
  expect(pattern: RegExp): string {
    const found = this.take(pattern)
    if (found === undefined) throw new UnknownForm()
    return found
  }

  /** Whether the whole text was consumed. */
  get done(): boolean {
    return this.#text.slice(this.#at).trim() === ''
  }
}

/** An expression uses something that is not supported here. */
export class UnknownForm extends Error {}
