import { decodePieces } from '../sources/decode.js'
import { UnreadablePopulation } from '../sources/unreadable.js'
import { shown } from '../text/shown.js'
import type { MapPlan, MapWorker } from './mapping/map-thread.js'

/** A stream that a command writes to. */
export interface Output {
  /**
   * Writes; resolves when more may be written. Rejects with {@link OutputClosed} if the reader has closed the
   * output.
   */
  write(text: string): Promise<void>
  readonly isTTY: boolean
  /** The width of the terminal; undefined if the output is not a terminal. */
  readonly columns: number | undefined
}

/** The files a command reads and writes; paths are as the user wrote them. */
export interface Files {
  /** The folder that relative paths start from. */
  readonly directory: string
  kind(path: string): Promise<'file' | 'directory' | 'absent'>
  /** The names of the files directly in a folder, without hidden ones, in order. */
  namesIn(path: string): Promise<readonly string[]>
  /**
   * What shows whether a file has changed: its size in bytes and the time of its last change; undefined if it
   * does not exist.
   */
  facts(path: string): Promise<{ readonly size: number; readonly modified: number } | undefined>
  /** The bytes of a file from an offset on, in pieces. */
  stream(path: string, from?: number): AsyncIterable<Uint8Array>
  /** Whether two paths lead to the same file, also through links. */
  isSame(path: string, other: string): Promise<boolean>
  /** Writes a whole file. Throws UsageError if it was read. */
  write(path: string, text: string): Promise<void>
  /** Replaces a file that was read. */
  replace(path: string, text: string): Promise<void>
  /** Throws UsageError if a path leads to a file that was read, because it must not be overwritten. */
  refuseWhatWasRead(path: string): Promise<void>
  /** Notes a file that is used in another way, so that it is never overwritten. */
  protect(path: string): Promise<void>
  /** Runs an ES module and returns its exports. */
  module(path: string): Promise<Readonly<Record<string, unknown>>>
  /**
   * Writes a file into a folder, creating subfolders; refuses a path that leads out of the folder through a
   * link.
   */
  writeInside(folder: string, path: string, contents: string | Uint8Array): Promise<void>
  /** Creates a directory and its parents; an existing one is kept. */
  makeDirectory(path: string): Promise<void>
  /**
   * A file to write piece by piece; closing it replaces the existing file. Throws UsageError if that was
   * read.
   */
  create(path: string): Promise<WritableFile>
}

/** A file that is being written. */
export interface WritableFile {
  write(contents: string | Uint8Array): Promise<void>
  close(): Promise<void>
  /** Ends writing and discards what was written: the existing file is kept. */
  discard(): Promise<void>
}

/** Everything a command needs from its environment, so that it can run in a test. */
export interface CliIo {
  readonly stdout: Output
  readonly stderr: Output
  /** Standard input in pieces: bytes, or decoded text. */
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly files: Files
  /** Starts a thread that maps blocks of a population; absent if there are no threads. */
  startMapWorker?(plan: MapPlan): MapWorker
  /**
   * From now on the first Ctrl-C aborts this signal instead of ending the process; absent if that is not
   * possible.
   */
  interruption?(): AbortSignal
}

/** The reader of an output has closed it, as `head` does: a reason to stop, not an error. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}

/** The command line is wrong, or a file that it names cannot be read in the expected form: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The pieces of a file, or of standard input for `-`. Throws UsageError if the file cannot be read. */
const piecesOf = async function* (io: CliIo, path: string, from = 0): AsyncGenerator<Uint8Array | string> {
  if (path === '-') {
    yield* io.stdin
    return
  }
  const pieces = io.files.stream(path, from)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await pieces.next().catch((error: unknown) => {
        throw cannotRead(path, error)
      })
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await pieces.return?.()
  }
}

/** The bytes of a file (from an offset on) or of standard input, until an interruption. */
export const streamBytes = (
  io: CliIo,
  path: string,
  signal?: AbortSignal,
  from = 0,
): AsyncGenerator<Uint8Array | string> => untilAborted(piecesOf(io, path, from), signal)

/** The text of a file in pieces, or of standard input for `-`, in any encoding. */
export const streamText = (io: CliIo, path: string): AsyncGenerator<string> =>
  readable(
    path,
    decodePieces(piecesOf(io, path), () => {}),
  )

/** The longest file that is read as a whole. JavaScript has no texts of twice that length. */
const MOST_CHARACTERS = 2 ** 28

/** The text of a file, or of standard input for `-`, in any encoding. */
export const readText = async (io: CliIo, path: string): Promise<string> => {
  const parts: string[] = []
  let length = 0
  for await (const piece of streamText(io, path)) {
    length += piece.length
    if (length > MOST_CHARACTERS)
      throw new UsageError(
        `${path === '-' ? 'standard input' : path} is too large: this kind of file is read as a whole, up to 256 Mi characters`,
      )
    parts.push(piece)
  }
  return parts.join('')
}

/** Turns errors of a file's form into UsageError, because the user can correct them. */
export const readable = async function* <T>(path: string, items: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    if (!(error instanceof UnreadablePopulation)) throw error
    throw new UsageError(`${path === '-' ? 'standard input' : path} cannot be read: ${error.message}`)
  }
}

/** Pieces until an interruption, which also ends waiting for the next piece. */
const untilAborted = async function* <T>(
  pieces: AsyncGenerator<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  if (signal === undefined) {
    yield* pieces
    return
  }
  while (!signal.aborted) {
    const next = await nextUnlessAborted(pieces, signal)
    if (next === undefined || next.done === true) return
    yield next.value
  }
}

/** The next piece; undefined if the signal comes first. Leaves no listener on the signal. */
const nextUnlessAborted = <T>(
  pieces: AsyncGenerator<T>,
  signal: AbortSignal,
): Promise<IteratorResult<T> | undefined> =>
  new Promise((done, fail) => {
    const stop = (): void => done(undefined)
    signal.addEventListener('abort', stop, { once: true })
    pieces
      .next()
      .then(done, fail)
      .finally(() => signal.removeEventListener('abort', stop))
  })

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'no space is left in your quota',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'part of the path is not a folder',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message: string }
  return reasons[code ?? ''] ?? message
}

/** The error for a file or folder that cannot be read. */
export const cannotRead = (path: string, error: unknown): UsageError =>
  new UsageError(`cannot read ${shown(path)}: ${reasonOf(error)}`)

/** The error for a place that cannot be written to. */
export const cannotWrite = (path: string, error: unknown): UsageError =>
  new UsageError(
    `cannot write ${shown(path)}: ${(error as { code?: string }).code === 'ENOENT' ? 'there is no such folder' : reasonOf(error)}`,
  )
