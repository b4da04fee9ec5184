import { KeyTable, keyRecord } from '../mapping/key-table.js'
import { linesOf } from '../sources/index.js'
import { shortDigest } from '../text/short-digest.js'

/*
 * The state of a run, one line of JSON for each object:
 *   {"id": "…", "print": "…", "written": true}
 * `print` is a digest of what the object was mapped to; `written` says whether that was something for the target.
 */

/** What a line of the state holds. */
interface Print {
  readonly id: string
  readonly print: string
  readonly written: boolean
}

/** A file is no state of a run. */
export class NoState extends Error {
  override readonly name = 'NoState'
}

const printIn = (line: number, text: string): Print => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new NoState(`line ${line} is no line of a state: it is not JSON`)
  }
  const { id, print, written } = (value ?? {}) as Partial<Print>
  if (typeof id !== 'string' || typeof print !== 'string' || typeof written !== 'boolean')
    throw new NoState(`line ${line} is no line of a state: it has no "id", "print" and "written"`)
  return { id, print, written }
}

const printsIn = async function* (pieces: AsyncIterable<string>): AsyncGenerator<Print> {
  let line = 0
  for await (const lines of linesOf(pieces))
    for (const text of lines) {
      line++
      if (text.trim() !== '') yield printIn(line, text)
    }
}

const lineOf = (print: Print): string => `${JSON.stringify(print)}\n`

/**
 * What the objects of the previous run were mapped to, so that a run writes only what changed. Takes about 60 bytes an
 * object: of what was written only digests are kept.
 */
export class PreviousRun {
  /** Identifiers, each with the digest of its print; the line is 1 until the object is seen again, then 2. */
  readonly #prints = new KeyTable()

  /** @throws {NoState} for a file that is something else */
  static async read(pieces: AsyncIterable<string>): Promise<PreviousRun> {
    const previous = new PreviousRun()
    for await (const { id, print, written } of printsIn(pieces)) previous.#remember(id, print, written)
    return previous
  }

  #remember(id: string, print: string, written: boolean): void {
    const words = keyRecord(id, UNSEEN, `${print} ${written}`)
    const known = this.#prints.find(words)
    if (known === undefined) this.#prints.insert(words)
    else known.set(words)
  }

  /** Objects that the interrupted run had seen are seen. */
  async alreadySeen(pieces: AsyncIterable<string>): Promise<void> {
    for await (const { id } of printsIn(pieces)) this.#see(id)
  }

  #see(id: string): Uint32Array | undefined {
    const known = this.#prints.find(keyRecord(id, 0, undefined))
    if (known !== undefined) known[LINE] = SEEN
    return known
  }

  /**
   * Takes what an object is mapped to.
   * @param text what is written for it, without what changes from file to file
   * @param written whether it is something for the target
   */
  take(id: string, text: string, written: boolean): { readonly changed: boolean; readonly print: string } {
    const print = shortDigest(text)
    const words = keyRecord(id, 0, `${print} ${written}`)
    const known = this.#see(id)
    const changed =
      known === undefined || known[DIGEST] !== words[DIGEST] || known[DIGEST + 1] !== words[DIGEST + 1]
    return { changed, print: lineOf({ id, print, written }) }
  }

  /** An object failed: what it was before stays its state. Its lines are found by {@link kept}. */
  fail(id: string): void {
    const known = this.#prints.find(keyRecord(id, 0, undefined))
    if (known !== undefined && known[LINE] === UNSEEN) known[LINE] = FAILED
  }

  /** Goes through the previous state once more: the objects that are gone, and the lines that stay for those that failed. */
  async *rest(
    pieces: AsyncIterable<string>,
  ): AsyncGenerator<{ readonly gone: string; readonly print: string } | { readonly kept: string }> {
    for await (const print of printsIn(pieces)) {
      const known = this.#prints.find(keyRecord(print.id, 0, undefined))
      if (known?.[LINE] === FAILED) yield { kept: lineOf(print) }
      else if (known?.[LINE] === UNSEEN && print.written) yield { gone: print.id, print: lineOf(print) }
    }
  }
}

/** Places within a record of the table. */
const LINE = 3
const DIGEST = 4

const [UNSEEN, SEEN, FAILED] = [1, 2, 3] as const
