import { type FSWatcher, watch } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { plural } from '../../text/plural.js'
import { shownLines } from '../../text/shown.js'
import { type CliIo, type Files, UsageError } from '../io.js'

/** How long to wait for more changes: editors and version control write several files together. */
const QUIET = 100

type Facts = Awaited<ReturnType<Files['facts']>>

const isSame = (a: Facts, b: Facts): boolean => a?.size === b?.size && a?.modified === b?.modified

/** The files that a run reads and writes, with their state at that time. */
class SeenFiles {
  readonly #files: Files
  readonly #facts = new Map<string, Facts>()
  /** The names in folders that were listed. */
  readonly #names = new Map<string, string>()

  constructor(files: Files) {
    this.#files = files
  }

  /** Files that record what is read and written. */
  noting(): Files {
    const files = this.#files
    const note = (path: string): Promise<void> => this.#note(path)
    return {
      ...files,
      stream: async function* (path, from) {
        await note(path)
        yield* files.stream(path, from)
      },
      namesIn: async (path) => {
        const names = await files.namesIn(path)
        this.#names.set(path, names.join('/'))
        return names
      },
      write: (path, text) => files.write(path, text).then(() => note(path)),
      replace: (path, text) => files.replace(path, text).then(() => note(path)),
    }
  }

  get size(): number {
    return this.#facts.size
  }

  folders(): readonly string[] {
    const listed = [...this.#names.keys()].map((path) => resolve(this.#files.directory, path))
    return [...new Set([...listed, ...[...this.#facts.keys()].map((path) => dirname(path))])]
  }

  /** Whether one of them has changed, is gone or was added. */
  async haveChanged(): Promise<boolean> {
    for (const [path, facts] of this.#facts) if (!isSame(facts, await this.#files.facts(path))) return true
    for (const [path, names] of this.#names)
      if (names !== (await this.#files.namesIn(path).catch(() => [])).join('/')) return true
    return false
  }

  async #note(path: string): Promise<void> {
    const full = resolve(this.#files.directory, path)
    this.#facts.set(full, await this.#files.facts(full))
  }
}

/** What is run repeatedly. */
export interface Watched {
  /** Runs once. Only files accessed through this `io` are watched. */
  run(io: CliIo): Promise<unknown>
  /** The files to run, as they are now. */
  files(): Promise<readonly string[]>
  /** The folders in which such files can appear. */
  folders(): Promise<readonly string[]>
}

/** Watches the folders of files. Folders that do not exist are skipped. */
class FolderWatch {
  readonly #watchers: FSWatcher[] = []

  constructor(folders: Iterable<string>, changed: () => void) {
    for (const folder of folders)
      try {
        const watcher = watch(folder, changed)
        // A deleted folder ends its watcher; its files are found missing at the next change.
        watcher.on('error', () => {})
        this.#watchers.push(watcher)
      } catch (error) {
        const { code } = error as { code?: string }
        if (code === 'ENOENT' || code === 'ENOTDIR') continue
        this.close()
        throw new UsageError(`cannot watch ${folder}: ${(error as Error).message}`)
      }
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close()
  }
}

/**
 * Runs now, and again whenever a file that was read changes or a new one appears, until the signal. If a run
 * is not possible, the error is shown and the next change tries again; wrong use that does not concern a file
 * ends it.
 */
export const runWatching = async (watched: Watched, io: CliIo): Promise<void> => {
  const signal = io.interruption?.()
  const inner = signal === undefined ? {} : { interruption: (): AbortSignal => signal }
  const isEnded = (): boolean => signal?.aborted === true
  for (let isFirst = true; !isEnded(); isFirst = false) {
    const seen = new SeenFiles(io.files)
    const files = await watched.files()
    try {
      await watched.run({ ...io, ...inner, files: seen.noting() })
    } catch (error) {
      if (!(error instanceof UsageError) || (isFirst && seen.size === 0)) throw error
      await io.stderr.write(shownLines(`attrflow: ${error.message}\n`))
    }
    if (isEnded()) return
    const folders = async (): Promise<readonly string[]> => [
      ...new Set([
        ...(await watched.folders()).map((one) => resolve(io.files.directory, one)),
        ...seen.folders(),
      ]),
    ]
    const hasChanged = async (): Promise<boolean> =>
      (await seen.haveChanged()) || !isDeepStrictEqual(files, await watched.files())
    // Printed only when it is true: a file that appears right after it must be noticed.
    const ready = (): Promise<void> =>
      io.stderr.write(`\nwatching ${plural(seen.size, 'file')}; Ctrl-C ends it\n`)
    await untilChanged({ folders, hasChanged }, await folders(), ready, signal)
  }
}

/** Resolves when files have changed and no more changes follow, or at the signal. */
const untilChanged = (
  now: { folders(): Promise<readonly string[]>; hasChanged(): Promise<boolean> },
  first: readonly string[],
  ready: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> =>
  new Promise((done, fail) => {
    let timer: NodeJS.Timeout | undefined
    let hasEnded = false
    const end = (settle: () => void): void => {
      hasEnded = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      watching.close()
      settle()
    }
    const stop = (): void => end(done)
    const look = async (): Promise<void> => {
      if (await now.hasChanged()) return end(done)
      const current = await now.folders()
      if (hasEnded || isDeepStrictEqual(folders, current)) return
      // A new folder is watched from now on. What is in it already is found by looking again.
      watching.close()
      folders = current
      watching = new FolderWatch(folders, wait)
      wait()
    }
    const wait = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => look().catch((error) => end(() => fail(error))), QUIET)
    }
    let folders = first
    let watching = new FolderWatch(folders, wait)
    signal?.addEventListener('abort', stop, { once: true })
    // Changes during the run.
    wait()
    ready().catch((error) => end(() => fail(error)))
  })
