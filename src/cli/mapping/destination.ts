import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import {
  CannotResume,
  type EntryMapper,
  type EntryMapperOptions,
  type RunFingerprint,
  type SourcePlace,
  UnfinishedRun,
  type WrittenEntry,
} from '../../cycle/index.js'
import { shown } from '../../text/shown.js'
import { type CliIo, cannotWrite, UsageError, type WritableFile } from '../io.js'

/** Where the results of a run are written. */
export interface Destination {
  /** The state of an interrupted run to continue; undefined if the run starts from the beginning. */
  readonly resumed:
    | (NonNullable<EntryMapperOptions['resumed']> & {
        readonly entries: number
        readonly source: SourcePlace
      })
    | undefined
  /** The clock of the run, ISO 8601. */
  readonly now: string
  /** Whether the results are shown on the terminal that also shows progress. */
  readonly isTerminal: boolean
  /** The message before the run; empty if there is none. */
  readonly greeting: string
  /** Takes a written entry. Returns a promise if the caller must wait before giving more. */
  write(written: WrittenEntry): Promise<void> | undefined
  /** Takes bytes of UTF-8 for the output and the escrow. */
  writeBytes(output: Uint8Array, escrow: Uint8Array): Promise<void>
  /** The input pauses: writes what was taken, if somebody is watching. */
  pause(): Promise<void>
  /** Records the progress, so that an interrupted run can continue from there. */
  checkpoint(done: Done, mapper: EntryMapper): Promise<void>
  /** The run is complete. */
  finish(): Promise<void>
  /** The user stopped the run. Returns a message. */
  stop(done: Done, mapper: EntryMapper): Promise<string>
  /** Discards everything written by the run. */
  discard(): Promise<void>
  /** What an interrupted run had written to its state; undefined if the run starts from the beginning. */
  prints(): AsyncIterable<Uint8Array> | undefined
  /** The run failed. Returns a message. */
  fail(): Promise<string>
}

/** The progress of a run. */
export interface Done {
  readonly entries: number
  readonly source: SourcePlace
}

/** The options of a destination. */
export interface DestinationOptions {
  readonly out: string | undefined
  readonly escrow: string | undefined
  /** The state of the run. */
  readonly prints: string | undefined
  readonly resume: boolean
  /** Whether the objects can be read a second time, which standard input cannot. */
  readonly rereadable: boolean
  readonly now: string
  readonly fingerprint: () => Promise<RunFingerprint>
}

/** Opens standard output, a device, or a file whose run can be resumed. */
export const openDestination = async (io: CliIo, options: DestinationOptions): Promise<Destination> => {
  const { out, resume } = options
  if (out !== undefined && (await io.files.kind(out)) === 'directory')
    throw new UsageError(`--out ${shown(out)} is a folder; name a file in it`)
  if (out !== undefined && (await canResume(io, out))) return openFile(io, out, options)
  if (resume) throw new UsageError('--resume continues a run that writes to a file: it needs --out FILE')
  return openStream(io, options)
}

/** A device or pipe has no contents to continue from. */
const canResume = async (io: CliIo, out: string): Promise<boolean> =>
  (await io.files.kind(out)) !== 'file' || (await io.files.facts(out)) !== undefined

/** Output for a stream is collected up to about this many characters before it is written. */
const FLUSH_AT = 1 << 16

const decoder = new TextDecoder()

const openStream = async (io: CliIo, options: DestinationOptions): Promise<Destination> => {
  const files: WritableFile[] = []
  const discard = async (): Promise<void> => {
    for (const one of files) await one.discard()
  }
  const open = async (path: string | undefined): Promise<WritableFile | undefined> => {
    if (path === undefined) return undefined
    try {
      const file = await io.files.create(path)
      files.push(file)
      return file
    } catch (error) {
      await discard()
      throw error
    }
  }
  const { now } = options
  const file = await open(options.out)
  const held = await open(options.escrow)
  const state = await open(options.prints)
  let [output, failed, prints] = ['', '', '']
  const flush = async (): Promise<void> => {
    const [text, escrowed, kept] = [output, failed, prints]
    output = ''
    failed = ''
    prints = ''
    if (text !== '') await (file ?? io.stdout).write(text)
    if (escrowed !== '') await held?.write(escrowed)
    if (kept !== '') await state?.write(kept)
  }
  const close = async (): Promise<void> => {
    await flush()
    for (const one of files) await one.close()
  }
  return {
    resumed: undefined,
    now,
    isTerminal: file === undefined && io.stdout.isTTY,
    greeting: '',
    write: (written) => {
      output += written.output
      failed += written.escrow
      prints += written.prints ?? ''
      return output.length + failed.length + prints.length < FLUSH_AT ? undefined : flush()
    },
    writeBytes: async (bytes, escrowed) => {
      output += decoder.decode(bytes)
      failed += decoder.decode(escrowed)
      await flush()
    },
    pause: flush,
    checkpoint: flush,
    finish: close,
    // With the state of half a run, the other half would seem to be deleted.
    stop: async () => {
      await state?.discard()
      await flush()
      await file?.close()
      await held?.close()
      return ''
    },
    discard,
    prints: () => undefined,
    fail: async () => {
      await discard()
      return ''
    },
  }
}

const openFile = async (io: CliIo, out: string, options: DestinationOptions): Promise<Destination> => {
  const { escrow, resume, now } = options
  const path = (name: string): string => resolve(io.files.directory, name)
  const name = shown(out)
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof CannotResume) throw new UsageError(`${name}: ${error.message}`)
      throw error instanceof UsageError ? error : cannotWrite(out, error)
    }
  }
  await io.files.refuseWhatWasRead(out)
  if (escrow !== undefined) await io.files.refuseWhatWasRead(escrow)
  const optional = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : path(file)
  const run = await guarded(
    UnfinishedRun.open({
      paths: { output: path(out), escrow: optional(escrow), prints: optional(options.prints) },
      fingerprint: await options.fingerprint(),
      now,
      resume,
    }),
  )
  const { resumed, abandoned } = run
  const save = (done: Done, mapper: EntryMapper): Promise<void> =>
    guarded(run.checkpoint({ ...done, report: mapper.report.data(), keys: mapper.keys }))
  /** Discards a run that nothing can continue. Returns a message. */
  const giveUp = async (entries: number): Promise<string> => {
    await run.discard()
    return `${name} is not written: ${entriesDone(entries)}, but standard input cannot be read again. A file can be continued with --resume.\n`
  }
  let kept = resumed?.entries ?? 0
  let finished = false
  return {
    resumed: resumed && {
      entries: resumed.entries,
      source: resumed.source,
      report: resumed.report,
      keys: await guarded(run.keys()),
    },
    now: run.now,
    isTerminal: false,
    greeting:
      resumed !== undefined
        ? `${name}: continues after entry ${resumed.entries}\n`
        : abandoned > 0
          ? `${name}: starts again; with --resume it would have continued after entry ${abandoned}\n`
          : '',
    write: (written) => {
      const wait = run.write(written)
      return wait && guarded(wait)
    },
    writeBytes: (output, escrowed) => guarded(run.writeBytes(output, escrowed)),
    pause: () => Promise.resolve(),
    checkpoint: async (done, mapper) => {
      await save(done, mapper)
      kept = done.entries
    },
    finish: async () => {
      await guarded(run.finish())
      finished = true
    },
    stop: async (done, mapper) => {
      if (!options.rereadable) return giveUp(done.entries)
      await save(done, mapper)
      await run.close()
      return continuing(name, done.entries)
    },
    discard: () => run.discard(),
    prints: () => (resumed === undefined ? undefined : createReadStream(run.pathOf('prints'))),
    fail: async () => {
      if (finished) return ''
      if (!options.rereadable && kept > 0) return giveUp(kept)
      if (kept === 0) await run.discard()
      else await run.close().catch(() => undefined)
      return kept === 0 ? '' : continuing(name, kept)
    },
  }
}

const entriesDone = (entries: number): string =>
  `${entries} ${entries === 1 ? 'entry is' : 'entries are'} done`

const continuing = (name: string, entries: number): string =>
  `${name} is not written yet: ${entriesDone(entries)}. To continue, repeat the command with --resume.\n`
