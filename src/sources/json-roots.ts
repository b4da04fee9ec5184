import { elementsOf, wrappers } from './wrappers.js'

/** A piece of JSON, with the line on which it begins. */
export interface JsonCut {
  readonly line: number
  readonly text: string
  /** Its member that is the object, or a page of objects; undefined if it is the object itself. */
  readonly elements: ReturnType<typeof elementsOf>
}

/** The significant characters outside strings, and the ends of a string. */
const structure = /["[\]{},\n]/g
const inString = /["\\\n]/g

const lists = new Set(wrappers.map(({ path }) => path.join('.')))
const outer = new Set(wrappers.flatMap(({ path }) => (path.length > 1 ? path.slice(0, 1) : [])))

/** Longer names do not lead to a list. */
const LONGEST_NAME = 40

/**
 * Cuts objects out of JSON that arrives in pieces, so that only the current object is in memory: the elements
 * of a list, the elements of a list that an object wraps, or whole objects, one root after the other. A
 * faulty object is cut like any other, so that it is reported alone.
 */
export class JsonRoots {
  #text = ''
  #position = 0
  #depth = 0
  #quoted = false
  #line = 1
  /** The start of the current value, and its line. */
  #from = 0
  #fromLine = 1
  /** The depth at which values are cut: 0 for roots, otherwise the depth of the list. */
  #cutDepth = 0
  /** The path of the list whose elements are cut, such as `d.results`; empty for a list that is a root. */
  #list = ''
  /** The member around a possible list, such as `d`. */
  #outer = ''
  #name = ''
  #nameStart = 0
  /** The other members of a root that wraps a list; undefined if it does not. */
  #around: string | undefined
  #lastAround = ''
  /** The elements of the current list so far. */
  #count = 0

  /** The other members of the last object that wrapped a list, as the JSON of an object. */
  get around(): string {
    return this.#lastAround
  }

  /** The number of elements of the last list. */
  get count(): number {
    return this.#count
  }

  /** Takes a piece; returns the values that it completes. */
  push(piece: string): readonly JsonCut[] {
    this.#text += piece
    const cuts: JsonCut[] = []
    while (this.#position < this.#text.length) {
      const pattern = this.#quoted ? inString : structure
      pattern.lastIndex = this.#position
      const found = pattern.exec(this.#text)
      if (found === null) {
        this.#position = this.#text.length
        break
      }
      this.#position = found.index + 1
      if (found[0] === '\\') {
        // The escaped character may be in the next piece.
        if (this.#position === this.#text.length) {
          this.#position--
          break
        }
        this.#position++
      } else this.#take(found[0], found.index, cuts)
    }
    this.#text = this.#text.slice(this.#from)
    this.#position -= this.#from
    this.#nameStart -= this.#from
    this.#from = 0
    return cuts
  }

  /**
   * Call it after the last piece: the truncated value, or text after the last root; undefined if all is
   * complete.
   */
  end(): JsonCut | undefined {
    const text = this.#text.trim()
    if (this.#depth === 0 && text === '') return undefined
    return { line: this.#lineOf(this.#text), text, elements: this.#elements() }
  }

  /** Whether a list began but did not end. */
  get inList(): boolean {
    return this.#cutDepth > 0
  }

  #elements(): JsonCut['elements'] {
    return this.#cutDepth > 0 && this.#list !== '' ? elementsOf(this.#list) : undefined
  }

  #take(sign: string, index: number, cuts: JsonCut[]): void {
    switch (sign) {
      case '\n':
        this.#line++
        break
      case '"':
        this.#quoted = !this.#quoted
        if (this.#quoted) this.#nameStart = index + 1
        else
          this.#name = index - this.#nameStart <= LONGEST_NAME ? this.#text.slice(this.#nameStart, index) : ''
        break
      case ',':
        if (this.#cutDepth > 0 && this.#depth === this.#cutDepth) this.#cut(index, cuts)
        break
      case '{':
      case '[':
        this.#open(sign, index)
        break
      default:
        this.#close(index, cuts)
    }
  }

  #open(sign: string, index: number): void {
    this.#depth++
    if (this.#cutDepth > 0) return
    if (this.#depth === 1) {
      if (sign === '[') this.#enter('', index)
      return
    }
    if (!this.#isMember(index)) return
    if (this.#depth === 2 && sign === '{' && outer.has(this.#name)) this.#outer = this.#name
    const list = this.#depth === 2 ? this.#name : `${this.#outer}.${this.#name}`
    if (sign !== '[' || !lists.has(list) || this.#depth > 3) return
    this.#around = this.#text.slice(this.#from, index)
    this.#enter(list, index)
  }

  /** Whether the value that begins here is a member of an object, not an element. */
  #isMember(index: number): boolean {
    let at = index - 1
    while (at > this.#nameStart && /\s/.test(this.#text.charAt(at))) at--
    return this.#text[at] === ':'
  }

  #enter(list: string, index: number): void {
    this.#list = list
    this.#count = 0
    this.#cutDepth = this.#depth
    this.#startAt(index + 1)
  }

  #startAt(index: number): void {
    this.#from = index
    this.#fromLine = this.#line
  }

  #close(index: number, cuts: JsonCut[]): void {
    if (this.#cutDepth > 0 && this.#depth === this.#cutDepth) {
      this.#cut(index, cuts)
      this.#cutDepth = 0
    }
    if (this.#depth > 0) this.#depth--
    if (this.#depth <= 1) this.#outer = ''
    if (this.#depth > 0 || this.#cutDepth > 0) return
    if (this.#around === undefined) {
      this.#cut(index + 1, cuts)
      this.#startAt(index + 1)
      return
    }
    this.#lastAround = `${this.#around}null${this.#text.slice(this.#from, index + 1)}`
    this.#around = undefined
    this.#startAt(index + 1)
  }

  #lineOf(text: string): number {
    const leading = text.slice(0, text.search(/\S|$/))
    return this.#fromLine + (leading.includes('\n') ? leading.split('\n').length - 1 : 0)
  }

  /** Cuts the value that ends here, if there is one. */
  #cut(end: number, cuts: JsonCut[]): void {
    const text = this.#text.slice(this.#from, end)
    const trimmed = text.trim()
    // After a list that is a root, only its bracket can be cut.
    if (trimmed !== '' && trimmed !== ']') {
      this.#count++
      cuts.push({
        line: this.#lineOf(text),
        text: trimmed,
        elements: this.#elements(),
      })
    }
    this.#startAt(end + 1)
  }
}
