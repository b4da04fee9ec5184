import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { readPopulation } from '../sources/index.js'
import type { SourceRecord } from '../values/record.js'
import { type Answer, done, type Failure } from './answer.js'
import { graphChange, removedReason } from './graph-change.js'
import type { RemovedReason, Source, SourceChange, SourcePage } from './source.js'

/** How to read files as a source. */
export interface FileSourceOptions {
  /** The file of each kind of object, in any form that `sources/` reads. */
  readonly files: Readonly<Record<string, string>>
  /** Returns the identifier of an object; undefined if it has none. */
  readonly identify: (kind: string, record: SourceRecord) => string | undefined
  /** Returns an object with the attribute names that the mapping reads. Default: the names in the file. */
  readonly shape?: (kind: string, record: SourceRecord) => SourceRecord
  /**
   * `full`: the file lists all objects. `delta`: it lists only changes, with `@removed` markers as in Graph's
   * delta query, and changes of relations in members such as `members@delta`. Default `full`.
   */
  readonly content?: 'full' | 'delta'
  /** For `full`: the meaning of an object that the file no longer lists. Default `hardDeleted`. */
  readonly missing?: RemovedReason | 'ignore'
}

/** Files as a source: every read returns the whole file. */
export class FileSource implements Source {
  readonly name: string
  readonly reads: 'everything' | 'changes'
  readonly missing: RemovedReason | 'ignore'
  readonly #options: FileSourceOptions

  constructor(options: FileSourceOptions) {
    this.#options = options
    this.name = [...new Set(Object.values(options.files).map((path) => basename(path)))].join(', ')
    this.reads = options.content === 'delta' ? 'changes' : 'everything'
    this.missing = options.missing ?? 'hardDeleted'
  }

  async probe(): Promise<Answer<void>> {
    for (const path of Object.values(this.#options.files)) {
      try {
        await stat(path)
      } catch (error) {
        return unreadable(path, error)
      }
    }
    return done(undefined)
  }

  async *read(kind: string, since?: string, signal?: AbortSignal): AsyncGenerator<SourcePage> {
    const path = this.#fileOf(kind)
    if (path === undefined) return
    let mark: string
    let bytes: number
    try {
      const { mtimeMs, size, ino } = await stat(path)
      bytes = size
      mark = `${ino}:${size}:${mtimeMs}`
    } catch (error) {
      yield { changes: [], failure: unreadable(path, error) }
      return
    }
    // A file of changes is read once; it must be replaced to be read again.
    if (this.reads === 'changes' && since === mark) {
      yield { changes: [], watermark: mark }
      return
    }
    try {
      const pieces = createReadStream(path, signal === undefined ? {} : { signal })
      for await (const entries of readPopulation(pieces as AsyncIterable<Uint8Array>, path)) {
        yield {
          ...(bytes === 0 ? {} : { share: Math.min(1, pieces.bytesRead / bytes) }),
          changes: entries.map((entry): SourceChange => {
            const at = `line ${entry.line} of ${basename(path)}`
            return entry.record === undefined
              ? { type: 'faulty', at, diagnostics: entry.diagnostics }
              : this.#change(kind, entry.record, at)
          }),
        }
      }
    } catch (error) {
      yield { changes: [], failure: unreadable(path, error) }
      return
    }
    yield { changes: [], watermark: mark }
  }

  async get(kind: string, id: string, signal?: AbortSignal): Promise<Answer<SourceRecord>> {
    for await (const { changes, failure } of this.read(kind, undefined, signal)) {
      if (failure !== undefined) return failure
      for (const change of changes) {
        if (change.type === 'changed' && change.id === id) return done(change.record)
      }
    }
    const code = 'InvalidAnchor'
    return { outcome: 'gone', code, reason: `${this.name} has no ${kind} with the identifier ${id}` }
  }

  shape(kind: string, record: SourceRecord): SourceRecord {
    return this.#options.shape?.(kind, record) ?? record
  }

  async close(): Promise<void> {}

  #fileOf(kind: string): string | undefined {
    return Object.hasOwn(this.#options.files, kind) ? this.#options.files[kind] : undefined
  }

  #change(kind: string, record: SourceRecord, at: string): SourceChange {
    const id = this.#options.identify(kind, record)
    if (id === undefined) return { type: 'faulty', at, diagnostics: [] }
    const reason = removedReason(record)
    if (reason !== undefined) return { type: 'removed', id, reason, record }
    const isDelta = this.reads === 'changes' && Object.keys(record).some((name) => name.endsWith('@delta'))
    const change = isDelta ? graphChange(record, true) : undefined
    return change?.type === 'changed' ? { ...change, id } : { type: 'changed', id, record }
  }
}

const unreadable = (path: string, error: unknown): Failure => ({
  outcome: 'retry',
  code: 'InternalError',
  reason: `cannot read ${path}: ${(error as Error).message}`,
  concerns: 'credentials',
})
