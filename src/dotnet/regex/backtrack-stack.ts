/**
 * Kinds of frames. Choices are taken when the search fails; the others undo or record something while
 * backtracking.
 */
export const ALTERNATIVE = 0 // target, position
export const RUN = 1 // instruction, position tried, last position to give back to
export const REGISTER = 2 // register, old value
export const CAPTURE = 3 // slot (its old captures are on a stack of their own)
export const NOTE_FAILURE = 4 // memo point, index
export const NOTE_COMMIT = 5 // memo point, index
export const NOTE_RUN_COMMIT = 6 // as RUN

const FRAME = 4

/** A stack of frames of four numbers, on the heap: its depth follows the text, not the JavaScript stack. */
export class BacktrackStack {
  #frames = new Int32Array(256)
  height = 0

  push(kind: number, a: number, b: number, c: number): void {
    if (this.height + FRAME > this.#frames.length) {
      const larger = new Int32Array(this.#frames.length * 2)
      larger.set(this.#frames)
      this.#frames = larger
    }
    const frames = this.#frames
    frames[this.height] = kind
    frames[this.height + 1] = a
    frames[this.height + 2] = b
    frames[this.height + 3] = c
    this.height += FRAME
  }

  /** Drops the top frame, whose fields can be read until the next push. */
  pop(): void {
    this.height -= FRAME
  }

  /** A field of the frame at a height: 0 is its kind. */
  field(height: number, index: number): number {
    return this.#frames[height + index]!
  }

  /**
   * Visits the frames above a height, from the bottom up. A frame gets the kind that the visitor returns, and
   * is dropped at −1. Returns the number visited.
   */
  filterAbove(base: number, visit: (kind: number, a: number, b: number, c: number) => number): number {
    const frames = this.#frames
    let kept = base
    for (let at = base; at < this.height; at += FRAME) {
      const kind = visit(frames[at]!, frames[at + 1]!, frames[at + 2]!, frames[at + 3]!)
      if (kind === -1) continue
      frames.copyWithin(kept, at, at + FRAME)
      frames[kept] = kind
      kept += FRAME
    }
    const visited = (this.height - base) / FRAME
    this.height = kept
    return visited
  }
}
