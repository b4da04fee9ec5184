import { decodePieces } from '../sources/decode.js'
import { UnreadablePopulation } from '../sources/unreadable.js'
import { shown } from '../text/shown.js'
import type { MapPlan, MapWorker } from './mapping/map-thread.js'

/** A stream that a command writes to. */
export interface Output {
  /** Writes; resolves when more may be written. Rejects with {@link OutputClosed} when nobody reads any more. */
  write(text: string): Promise<void>
  readonly isTTY: boolean
  /** The width of the terminal, when it is one. */
  readonly columns: number | undefined
}

/** The files a command reads and writes; paths are as the user wrote them. */
export interface Files {
  /** The folder that relative paths start from. */
  readonly directory: string
  kind(path: string): Promise<'file' | 'directory' | 'absent'>
  /** The names of the files right in a folder, without hidden ones, in their order. */
  namesIn(path: string): Promise<readonly string[]>
  /** What tells whether a file is still the same: its size in bytes and when it was changed last; undefined without one. */
  facts(path: string): Promise<{ readonly size: number; readonly modified: number } | undefined>
  /** The bytes of a file from a place on, in pieces. */
  stream(path: string, from?: number): AsyncIterable<Uint8Array>
  /** Whether two paths lead to one file, also by links. */
  isSame(path: string, other: string): Promise<boolean>
  /** Writes a file as a whole. UsageError when it is one that was read. */
  write(path: string, text: string): Promise<void>
  /** Writes a file as a whole in the place of the one that was read. */
  replace(path: string, text: string): Promise<void>
  /** UsageError when a path leads to a file that was read: it must not be written over. */
  refuseWhatWasRead(path: string): Promise<void>
  /** Runs an ES module and gives its exports. */
  module(path: string): Promise<Readonly<Record<string, unknown>>>
  /** Writes a file below a folder, which is made; refuses a path that a link leads out of the folder. */
  writeInside(folder: string, path: string, text: string): Promise<void>
  /**
   * Lets a library write files into a folder of its own beside a folder, and then moves each of them to its place: what
   * was there stays whole until all are written.
   */
  fill(folder: string, write: (aside: string) => void): Promise<void>
  /** Makes a directory and those above it; one that is there is kept. */
  makeDirectory(path: string): Promise<void>
  /** A file to be written piece by piece; when it is closed it replaces one that is there. UsageError when that was read. */
  create(path: string): Promise<WritableFile>
}

/** A file that is being written. */
export interface WritableFile {
  write(text: string): Promise<void>
  close(): Promise<void>
  /** Ends writing without a trace: what was there before stays. */
  discard(): Promise<void>
}

/** Everything a command has of the world, so that it can run inside a test. */
export interface CliIo {
  readonly stdout: Output
  readonly stderr: Output
  /** Standard input in pieces: bytes, or text that is decoded already. */
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly files: Files
  /** Starts a thread that maps blocks of a population; absent where there are no threads. */
  startMapWorker?(plan: MapPlan): MapWorker
  /** From now on a first Ctrl-C does not end the process but aborts this signal; absent where there is none. */
  interruption?(): AbortSignal
}

/** The reader of an output has gone, as `head` does: a reason to stop, not a fault. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}

/** The command line is wrong, or a file that it names cannot be read as what it should be: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The pieces of a file, or of standard input for `-`. A file that cannot be read is a UsageError. */
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

/** The bytes of a file (from a place on) or of standard input, up to an interruption. */
export const streamBytes = (
  io: CliIo,
  path: string,
  signal?: AbortSignal,
  from = 0,
): AsyncGenerator<Uint8Array | string> => untilAborted(piecesOf(io, path, from), signal)

/** A file's text in pieces, or that of standard input for `-`, whatever its encoding. */
export const streamText = (io: CliIo, path: string): AsyncGenerator<string> =>
  readable(
    path,
    decodePieces(piecesOf(io, path), () => {}),
  )

/** A file's text, or that of standard input for `-`, whatever its encoding. */
export const readText = async (io: CliIo, path: string): Promise<string> => {
  const parts: string[] = []
  for await (const piece of streamText(io, path)) parts.push(piece)
  return parts.join('')
}

/** What cannot be read as a file of its kind is the user's to mend. */
export const readable = async function* <T>(path: string, items: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    if (!(error instanceof UnreadablePopulation)) throw error
    throw new UsageError(`${path === '-' ? 'standard input' : path} cannot be read: ${error.message}`)
  }
}

/** Pieces until an interruption, which also ends a wait for the next one. */
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

/** The next piece; undefined when the signal comes first. Nothing is left waiting for a signal that never comes. */
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

/** The error for a place where nothing can be written. */
export const cannotWrite = (path: string, error: unknown): UsageError =>
  new UsageError(
    `cannot write ${shown(path)}: ${(error as { code?: string }).code === 'ENOENT' ? 'there is no such folder' : reasonOf(error)}`,
  )
