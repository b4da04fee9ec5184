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
  kind(path: string): Promise<'file' | 'directory' | 'absent'>
  read(path: string): Promise<string>
  /** The file in pieces, for those that may be large. */
  stream(path: string): AsyncIterable<string>
  write(path: string, text: string): Promise<void>
  /** Runs an ES module and gives its exports. */
  module(path: string): Promise<Readonly<Record<string, unknown>>>
  /** Makes a directory and those above it; one that is there is kept. */
  makeDirectory(path: string): Promise<void>
  /** A file to be written piece by piece; it replaces one that is there. */
  create(path: string): Promise<WritableFile>
}

/** A file that is being written. */
export interface WritableFile {
  write(text: string): Promise<void>
  close(): Promise<void>
}

/** Everything a command has of the world, so that it can run inside a test. */
export interface CliIo {
  readonly stdout: Output
  readonly stderr: Output
  /** Standard input in pieces of text. */
  readonly stdin: AsyncIterable<string>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly files: Files
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

/** All of a stream of text. */
export const readAll = async (pieces: AsyncIterable<string>): Promise<string> => {
  const parts: string[] = []
  for await (const piece of pieces) parts.push(piece)
  return parts.join('').replace(/^\ufeff/, '')
}

/** A file's text, or standard input for `-`. A file that cannot be read is a UsageError. */
export const readText = async (io: CliIo, path: string): Promise<string> => {
  if (path === '-') return readAll(io.stdin)
  try {
    return (await io.files.read(path)).replace(/^\ufeff/, '')
  } catch (error) {
    throw cannotRead(path, error)
  }
}

/** Like {@link readText}, in pieces. */
export const streamText = async function* (io: CliIo, path: string): AsyncGenerator<string> {
  if (path === '-') {
    yield* io.stdin
    return
  }
  const pieces = io.files.stream(path)[Symbol.asyncIterator]()
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

/** Pieces until an interruption, which also ends a wait for the next one. */
export const untilAborted = async function* (
  pieces: AsyncIterable<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  if (signal === undefined) {
    yield* pieces
    return
  }
  const aborted = new Promise<undefined>((done) => signal.addEventListener('abort', () => done(undefined)))
  const iterator = pieces[Symbol.asyncIterator]()
  while (!signal.aborted) {
    const next = await Promise.race([iterator.next(), aborted])
    if (next === undefined || next.done === true) return
    yield next.value
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'access is denied',
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message: string }
  return reasons[code ?? ''] ?? message
}

const cannotRead = (path: string, error: unknown): UsageError =>
  new UsageError(`cannot read ${path}: ${reasonOf(error)}`)

/** The error for a place where nothing can be written. */
export const cannotWrite = (path: string, error: unknown): UsageError =>
  new UsageError(
    `cannot write ${path}: ${(error as { code?: string }).code === 'ENOENT' ? 'there is no such folder' : reasonOf(error)}`,
  )
