import { entryOfJson, faultyEntry, type SourceEntry } from './source-entry.js'

/** What matters outside of strings, and what ends a string. */
const structure = /["[\]{},\n]/g
const inString = /["\\\n]/g

/**
 * Cuts the elements out of a JSON array that arrives in pieces, so that it need not be held, and so that a faulty
 * element is reported alone.
 */
export class JsonArraySplitter {
  /** What is not yet cut: the element under way. */
  #text = ''
  #position = 0
  #depth = 0
  #quoted = false
  #line = 1
  #elementLine = 1
  #ended = false

  /** Takes a piece; gives the elements that it completes. */
  push(piece: string): readonly SourceEntry[] {
    this.#text += piece
    const entries: SourceEntry[] = []
    let start = 0
    while (this.#position < this.#text.length) {
      const pattern = this.#quoted ? inString : structure
      pattern.lastIndex = this.#position
      const found = pattern.exec(this.#text)
      if (found === null) {
        this.#position = this.#text.length
        break
      }
      this.#position = found.index + 1
      const sign = found[0]
      if (sign === '\n') this.#line++
      else if (sign === '\\') {
        // The escaped character may come with the next piece.
        if (this.#position === this.#text.length) {
          this.#position--
          break
        }
        this.#position++
      } else if (sign === '"') this.#quoted = !this.#quoted
      else if (sign === '[' || sign === '{') {
        this.#depth++
        if (this.#depth === 1) {
          start = this.#position
          this.#elementLine = this.#line
        }
      } else if (this.#depth === 1 && sign !== '}') {
        this.#cut(this.#text.slice(start, found.index), entries)
        start = this.#position
        if (sign === ']') this.#ended = true
      }
      if (sign === ']' || (sign === '}' && this.#depth > 1)) this.#depth--
    }
    this.#text = this.#text.slice(start)
    this.#position -= start
    return entries
  }

  /** After the last piece: the element that was cut off, if any, or what follows the array. */
  end(): readonly SourceEntry[] {
    const entries: SourceEntry[] = []
    this.#cut(this.#text, entries)
    if (!this.#ended && !entries.some(({ record }) => record === undefined))
      entries.push(faultyEntry(this.#line, 'AF4901', 'the closing bracket of the list is missing'))
    return entries
  }

  #cut(text: string, entries: SourceEntry[]): void {
    const leading = /^\s*/.exec(text)![0]
    const line = this.#elementLine + countLines(leading)
    this.#elementLine = this.#line
    if (leading.length < text.length) entries.push(entryOfJson(line, text.trim()))
  }
}

const countLines = (text: string): number => text.split('\n').length - 1
