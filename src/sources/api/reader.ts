/** Reads a text piece by piece; what does not fit the grammar ends the reading. */
export class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Takes what a pattern matches here, behind blanks; undefined when it does not. */
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
   * Takes what has to follow.
   * @throws {UnknownForm} when something else does
   */
  expect(pattern: RegExp): string {
    const found = this.take(pattern)
    if (found === undefined) throw new UnknownForm()
    return found
  }

  /** Whether everything was taken. */
  get done(): boolean {
    return this.#text.slice(this.#at).trim() === ''
  }
}

/** An expression uses what is not evaluated here. */
export class UnknownForm extends Error {}
