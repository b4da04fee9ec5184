import type { Span } from '../../text/span.js'
import type { Code } from './code.js'

/** One line of a program, and the part of an expression it was made from. */
export interface Line {
  readonly text: string
  /** Index of the root whose expression the span belongs to; −1 for the guard. */
  readonly root?: number
  readonly span?: Span
}

/** Collects the lines of a program, indented by blocks. */
export class Writer {
  readonly lines: Line[] = []
  #depth: number
  #origin: Pick<Line, 'root' | 'span'> = {}

  constructor(depth = 0) {
    this.#depth = depth
  }

  /** The lines that follow belong to this part of an expression. */
  origin(root: number, span: Span): void {
    this.#origin = { root, span }
  }

  /** The lines that follow belong to no expression. */
  noOrigin(): void {
    this.#origin = {}
  }

  line(code: Code): void {
    this.lines.push({ text: '  '.repeat(this.#depth) + code.text, ...this.#origin })
  }

  /** An empty line. */
  blank(): void {
    this.lines.push({ text: '' })
  }

  /** A line that opens a block, the block, and the line that closes it. */
  block(open: Code, write: () => void, close: Code): void {
    this.line(open)
    this.#depth += 1
    write()
    this.#depth -= 1
    this.line(close)
  }
}
