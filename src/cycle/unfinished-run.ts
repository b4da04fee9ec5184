import {
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { KEY_RECORD_WORDS } from '../mapping/key-table.js'
import type { ShaperState } from '../sources/index.js'
import { shortDigest } from '../text/short-digest.js'
import { shown } from '../text/shown.js'
import { AppendedFile } from './appended-file.js'
import type { LinePlace } from './line-blocks.js'
import { RunReport, type RunReportData } from './run-report.js'

/**
 * Everything that a run depends on, by readable names: a run is only continued if none of it has changed.
 * Values are compared as JSON.
 */
export type RunFingerprint = Readonly<Record<string, unknown>>

/** The progress of a run: everything up to it is on the disk, and everything after it is ignored. */
export interface Checkpoint {
  readonly fingerprint: RunFingerprint
  /** The process that writes. */
  readonly pid: number
  /** The clock of the run, ISO 8601; a continued run keeps it. */
  readonly now: string
  /** Entries of the population that are done. */
  readonly entries: number
  readonly source: SourcePlace
  /** The sizes of its files in bytes. */
  readonly sizes: { readonly [Part in RunPart]?: number }
  /** Matching values that were remembered. */
  readonly keys: number
  readonly report: RunReportData
  /** The run is complete, and its files are being moved to their places. */
  readonly complete?: true
}

/** Where a run continues in its source, and what it knows about the part before. */
export interface SourcePlace {
  /** The line to begin with; undefined for the beginning of the file. */
  readonly place: (LinePlace & { readonly ascii: boolean }) | undefined
  /** How many entries after that place are done. */
  readonly skip: number
  readonly shaper: ShaperState
  /** Whether the last page that was read has a next page; absent if there was no page. */
  readonly nextPage?: boolean
}

/** What changes from one checkpoint to the next. */
export interface Progressed {
  readonly entries: number
  readonly source: SourcePlace
  readonly report: RunReportData
  /** The number of matching values, and their records from an index on. */
  readonly keys: { readonly size: number; recordsFrom(count: number): Uint32Array }
}

/** The files of a run: its output, the entries that failed, and its state for the next run. */
export type RunPart = 'output' | 'escrow' | 'prints'

const runParts: readonly RunPart[] = ['prints', 'escrow', 'output']

/** The texts to write, by file. */
export type PartTexts = { readonly [Part in RunPart]?: string }

/** Where a run writes, and how it begins. */
export interface RunFiles {
  /** Paths by part; a part without a path is not written. */
  readonly paths: { readonly output: string } & { readonly [Part in RunPart]?: string | undefined }
  readonly fingerprint: RunFingerprint
  readonly now: string
  /** Whether to continue an interrupted run, if there is one. */
  readonly resume: boolean
}

const RECORD_BYTES = KEY_RECORD_WORDS * Uint32Array.BYTES_PER_ELEMENT

/** A run cannot start or continue as requested; the message says why and what to do. */
export class CannotResume extends Error {
  override readonly name = 'CannotResume'
}

/** The folder beside an output that contains a run until it is complete. */
export const folderOfRun = (output: string): string => `${output}.unfinished`

/** The names in the folder of a run. */
const namesInFolder: ReadonlySet<string> = new Set([
  ...runParts,
  'keys',
  'checkpoint.json',
  'checkpoint.json.new',
])

/** Whether a path is free or the folder of a run; anything else must not be removed. */
const isFolderOfRun = async (folder: string): Promise<boolean> => {
  const found = await lstat(folder).catch(() => undefined)
  if (found === undefined) return true
  return found.isDirectory() && (await readdir(folder)).every((name) => namesInFolder.has(name))
}

const isRunning = (pid: number): boolean => {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A checkpoint in the form of its file; the digest shows whether anything else has changed the file. */
interface SavedCheckpoint {
  readonly digest: string
  readonly checkpoint: Checkpoint
}

const digestOf = (checkpoint: Checkpoint): string => shortDigest(JSON.stringify(checkpoint))

const readCheckpoint = async (folder: string): Promise<Checkpoint | 'damaged' | undefined> => {
  let text: string
  try {
    text = await readFile(join(folder, 'checkpoint.json'), 'utf8')
  } catch {
    return undefined
  }
  try {
    const { digest, checkpoint } = JSON.parse(text) as SavedCheckpoint
    return digest === digestOf(checkpoint) ? checkpoint : 'damaged'
  } catch {
    return 'damaged'
  }
}

/** The first part in which two fingerprints differ. */
const differenceIn = (before: RunFingerprint, now: RunFingerprint): string | undefined =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])].find(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(now[part]),
  )

const bytesOfWords = (words: Uint32Array): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset, words.byteLength)

/**
 * The files of a run until it is complete: output, escrow, matching values and the last checkpoint are in a
 * folder beside the output. The old output is kept until the run is complete. A run interrupted by a signal,
 * `kill -9` or a full disk continues after its last checkpoint.
 */
export class UnfinishedRun {
  readonly #files: RunFiles
  readonly #folder: string
  readonly #parts: ReadonlyMap<RunPart, AppendedFile>
  #keys: number
  /** The checkpoint at which the run continues; undefined if it starts from the beginning. */
  readonly resumed: Checkpoint | undefined
  /**
   * How many entries of an interrupted run are discarded because this run starts again; 0 if there was none.
   */
  readonly abandoned: number
  /** The clock of the run, ISO 8601. */
  readonly now: string

  private constructor(
    files: RunFiles,
    parts: ReadonlyMap<RunPart, AppendedFile>,
    resumed: Checkpoint | undefined,
    abandoned: number,
  ) {
    this.#files = files
    this.#folder = folderOfRun(files.paths.output)
    this.#parts = parts
    this.#keys = resumed?.keys ?? 0
    this.resumed = resumed
    this.abandoned = abandoned
    this.now = resumed?.now ?? files.now
  }

  /**
   * @throws {CannotResume} if another process is writing this output, or the interrupted run is a different
   * one
   */
  static async open(files: RunFiles): Promise<UnfinishedRun> {
    const folder = folderOfRun(files.paths.output)
    if (!(await isFolderOfRun(folder)))
      throw new CannotResume(
        `${shown(folder)} exists and was not left by a run: move it, or name another file`,
      )
    const read = await readCheckpoint(folder)
    if (read === 'damaged' && files.resume)
      throw new CannotResume('its checkpoint is damaged: leave out --resume to start again')
    let found = read === 'damaged' ? undefined : read
    if (found?.complete === true) {
      await moveToPlaces(folder, files)
      found = undefined
    }
    if (found !== undefined && isRunning(found.pid))
      throw new CannotResume(`process ${found.pid} is writing it: wait for it, or stop it`)
    const resumed = files.resume ? found : undefined
    if (resumed !== undefined) {
      const part = differenceIn(resumed.fingerprint, files.fingerprint)
      if (part !== undefined)
        throw new CannotResume(
          `${part} has changed since the interrupted run: leave out --resume to start again`,
        )
    }
    if (resumed === undefined) await rm(folder, { recursive: true, force: true })
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    const parts = new Map<RunPart, AppendedFile>()
    const abandoned = resumed === undefined ? (found?.entries ?? 0) : 0
    const run = new UnfinishedRun(files, parts, resumed, abandoned)
    try {
      for (const part of runParts) {
        const path = files.paths[part]
        if (path === undefined) continue
        const size = resumed?.sizes[part] ?? 0
        parts.set(part, await AppendedFile.open(join(folder, part), size, /\.gz$/i.test(path)))
      }
      // Records from the start which process owns the folder.
      await run.#save(resumed ?? run.#begun())
    } catch (error) {
      await run.close()
      throw error
    }
    return run
  }

  #begun(): Checkpoint {
    const { fingerprint } = this.#files
    const report = new RunReport([]).data()
    const shaper = {
      shape: undefined,
      records: 0,
      renamed: [],
      seen: [],
      names: [],
      typed: [],
      rolesMissing: false,
    }
    const source = { place: undefined, skip: 0, shaper }
    const nothing = { entries: 0, source, sizes: {}, keys: 0, report }
    return { fingerprint, pid: process.pid, now: this.now, ...nothing }
  }

  async #save(checkpoint: Checkpoint): Promise<void> {
    const path = join(this.#folder, 'checkpoint.json')
    const own = { ...checkpoint, pid: process.pid }
    const saved: SavedCheckpoint = { digest: digestOf(own), checkpoint: own }
    await writeFile(`${path}.new`, JSON.stringify(saved), { flush: true })
    await rename(`${path}.new`, path)
  }

  /** The records of the matching values from before the interruption. */
  async keys(): Promise<Uint32Array> {
    if (this.#keys === 0) return new Uint32Array()
    const bytes = await readFile(join(this.#folder, 'keys'))
    return new Uint32Array(new Uint8Array(bytes.subarray(0, this.#keys * RECORD_BYTES)).buffer)
  }

  /** The path of a part of the run while it is unfinished. */
  pathOf(part: RunPart): string {
    return join(this.#folder, part)
  }

  /** Takes text for each file. Returns a promise if the caller must wait before giving more. */
  write(texts: PartTexts): Promise<void> | undefined {
    let waits: Promise<void>[] | undefined
    for (const [part, file] of this.#parts) {
      const text = texts[part]
      const wait = text === undefined || text === '' ? undefined : file.write(text)
      if (wait !== undefined) {
        waits ??= []
        waits.push(wait)
      }
    }
    return waits && Promise.all(waits).then(() => undefined)
  }

  /** Takes bytes of UTF-8 for output and escrow. */
  async writeBytes(output: Uint8Array, escrow: Uint8Array): Promise<void> {
    await this.#parts.get('output')?.writeBytes(output)
    await this.#parts.get('escrow')?.writeBytes(escrow)
  }

  /** Writes everything taken so far to the disk, and records how much that is. */
  async checkpoint({ entries, source, report, keys }: Progressed): Promise<void> {
    const sizes: { [Part in RunPart]?: number } = {}
    for (const [part, file] of this.#parts) sizes[part] = await file.flush()
    await this.#appendKeys(keys)
    const { fingerprint } = this.#files
    await this.#save({
      fingerprint,
      pid: process.pid,
      now: this.now,
      entries,
      source,
      sizes,
      keys: keys.size,
      report,
    })
  }

  async #appendKeys(keys: Progressed['keys']): Promise<void> {
    const words = keys.recordsFrom(this.#keys)
    if (words.length === 0) return
    const file = await open(join(this.#folder, 'keys'), this.#keys === 0 ? 'w' : 'r+')
    try {
      // Bytes written after the last checkpoint are overwritten.
      await file.write(bytesOfWords(words), 0, words.byteLength, this.#keys * RECORD_BYTES)
      await file.datasync()
    } finally {
      await file.close()
    }
    this.#keys = keys.size
  }

  /** Moves the files to their places, and deletes the folder. */
  async finish(): Promise<void> {
    for (const file of this.#parts.values()) {
      await file.flush()
      await file.close()
    }
    await this.#save({ ...this.#begun(), complete: true })
    await moveToPlaces(this.#folder, this.#files)
  }

  /** Ends without a checkpoint: the run can be continued from the last one. */
  async close(): Promise<void> {
    for (const file of this.#parts.values()) await file.close()
  }

  /** Ends and leaves no files behind. */
  async discard(): Promise<void> {
    await this.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** Moves the files of a complete run to their places, if they are not there yet. */
const moveToPlaces = async (folder: string, { paths }: RunFiles): Promise<void> => {
  for (const part of runParts) {
    const path = paths[part]
    if (path !== undefined) await moveOver(join(folder, part), path)
  }
  await rm(folder, { recursive: true, force: true })
}

/**
 * Moves a file over another one, whose permissions it keeps; if that is a link, the file behind it is
 * replaced.
 */
const moveOver = async (from: string, to: string): Promise<void> => {
  if ((await stat(from).catch(() => undefined)) === undefined) return
  const target = await realpath(to).catch(() => to)
  const old = await stat(target).catch(() => undefined)
  if (old?.isFile() === true) {
    const file = await open(from, 'r')
    await file.chmod(old.mode & 0o777).finally(() => file.close())
  }
  await rename(from, target)
}
