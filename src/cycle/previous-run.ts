import { KeyTable, keyRecord } from '../mapping/key-table.js'
import { linesOf } from '../sources/index.js'
import { shortDigest } from '../text/short-digest.js'

/*
 * The state of a run, one line of JSON for each object:
 *   {"id": "…", "print": "…", "written": true}
 * `print` is a digest of the object's result; `written` says whether the result was an operation on the target.
 */

/** The contents of a line of the state. */
interface Print {
  readonly id: string
  readonly print: string
  readonly written: boolean
}

/** A file is not the state of a run. */
export class NoState extends Error {
  override readonly name = 'NoState'
}

const printIn = (line: number, text: string): Print => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new NoState(`line ${line} is not a line of a state: it is not JSON`)
  }
  const { id, print, written } = (value ?? {}) as Partial<Print>
  if (typeof id !== 'string' || typeof print !== 'string' || typeof written !== 'boolean')
    throw new NoState(`line ${line} is not a line of a state: it needs "id", "print" and "written"`)
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
 * The results of the previous run, so that a run writes only what changed. Takes about 60 bytes for each
 * object, because only digests are kept.
 */
export class PreviousRun {
  /**
   * Identifiers, each with the digest of its print. The line is 1 until the object is seen in this run, then
   * 2.
   */
  readonly #prints = new KeyTable()

  /** @throws {NoState} if the file is not a state */
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

  /** Marks the objects that the interrupted run has seen. */
  async alreadySeen(pieces: AsyncIterable<string>): Promise<void> {
    for await (const { id } of printsIn(pieces)) this.#see(id)
  }

  #see(id: string): Uint32Array | undefined {
    const known = this.#prints.find(keyRecord(id, 0, undefined))
    if (known !== undefined) known[LINE] = SEEN
    return known
  }

  /**
   * Compares the result of an object with its previous one.
   * @param text the text written for it, without the line number
   * @param written whether it is an operation on the target
   */
  take(id: string, text: string, written: boolean): { readonly changed: boolean; readonly print: string } {
    const print = shortDigest(text)
    const words = keyRecord(id, 0, `${print} ${written}`)
    const known = this.#see(id)
    const changed =
      known === undefined || known[DIGEST] !== words[DIGEST] || known[DIGEST + 1] !== words[DIGEST + 1]
    return { changed, print: lineOf({ id, print, written }) }
  }

  /** An object failed: its previous state is kept. {@link kept} finds its lines. */
  fail(id: string): void {
    const known = this.#prints.find(keyRecord(id, 0, undefined))
    if (known !== undefined && known[LINE] === UNSEEN) known[LINE] = FAILED
  }

  /**
   * Reads the previous state again and yields the objects that are gone, and the lines to keep for objects
   * that failed.
   */
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

/** Indexes within a record of the table. */
const LINE = 3
const DIGEST = 4

const [UNSEEN, SEEN, FAILED] = [1, 2, 3] as const
