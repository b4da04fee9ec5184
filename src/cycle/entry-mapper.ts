import type { Diagnostic } from '../diagnostics/diagnostic.js'
import {
  type CompiledObjectMapping,
  changedObject,
  DuplicateSources,
  identifyingAttributes,
  identityOf,
  type MappedObject,
  type MapRequest,
  mapObject,
  objectFault,
  scimRequestOf,
  withoutRedactedValues,
} from '../mapping/index.js'
import { KeyTable } from '../mapping/key-table.js'
import type { SourceEntry } from '../sources/index.js'
import type { SourceRecord } from '../values/record.js'
import type { EntryWriter, UnreadableEntry } from './entry-writer.js'
import { escrowLine } from './escrow.js'
import type { PreviousRun } from './previous-run.js'
import { RunReport, type RunReportData } from './run-report.js'

/** How the entries of a population are mapped. */
export interface EntryMapperOptions {
  readonly compiled: CompiledObjectMapping
  readonly request: MapRequest
  readonly writer: EntryWriter
  /** Whether entries that fail go to the escrow instead of the output. */
  readonly escrow: boolean
  /** The state of an interrupted run: its report and the records of its matching values. */
  readonly resumed?: { readonly report: RunReportData; readonly keys: Uint32Array } | undefined
  /** Whether objects out of scope are left out of the output; objects that fail never are. */
  readonly inScopeOnly: boolean
  /** The results of the previous run, if only changes are to be written. */
  readonly previous?: PreviousRun | undefined
  /** Called for each object that was mapped. */
  readonly watch?: ((record: SourceRecord, mapped: MappedObject) => void) | undefined
}

/** The text written for one entry: for the output or for the escrow; the other one is empty. */
export interface WrittenEntry {
  readonly output: string
  readonly escrow: string
  /** For the state of the run; absent if none is kept. */
  readonly prints?: string
}

/**
 * An entry that was mapped and written before it is known whether its matching value occurred on an earlier
 * line.
 */
export interface DeferredEntry extends WrittenEntry {
  /** The record of its matching value; undefined if it has none that is used. */
  readonly key: Uint32Array | undefined
}

/**
 * Maps the entries of a population one after the other and writes the results. Every entry ends in the output
 * or in the escrow, and is counted in the report. A failure is the error of its own object only.
 */
export class EntryMapper {
  readonly #options: EntryMapperOptions
  readonly #identifying: readonly string[]
  readonly #duplicates: DuplicateSources
  #report: RunReport

  constructor(options: EntryMapperOptions) {
    const { compiled, resumed } = options
    this.#options = options
    this.#report = this.#newReport()
    if (resumed !== undefined) this.#report.merge(resumed.report)
    this.#identifying = identifyingAttributes(compiled)
    this.#duplicates = new DuplicateSources(compiled, new KeyTable(resumed?.keys))
  }

  #newReport(): RunReport {
    const { attributes } = this.#options.compiled
    return new RunReport(attributes.map(({ mapping }) => mapping.targetAttributeName))
  }

  get report(): RunReport {
    return this.#report
  }

  /** The matching values seen so far. */
  get keys(): KeyTable {
    return this.#duplicates.keys
  }

  /** Returns the counts since the last call. */
  takeReport(): RunReportData {
    const report = this.#report.data()
    this.#report = this.#newReport()
    return report
  }

  /** Maps an entry, and remembers its matching value. */
  take(entry: SourceEntry): WrittenEntry {
    if (entry.record === undefined) return this.#takeUnreadable(entry)
    const mapped = this.#map(entry.record)
    const key = this.#duplicates.recordOf(mapped, entry.record, entry.line)
    const first = key === undefined ? 0 : this.keys.insert(key)
    return this.#finish(entry, first === 0 ? mapped : this.#duplicates.duplicate(mapped, first))
  }

  /** Maps an entry, and leaves the comparison of its matching value to the caller. */
  takeDeferred(entry: SourceEntry): DeferredEntry {
    if (entry.record === undefined) return { ...this.#takeUnreadable(entry), key: undefined }
    const mapped = this.#map(entry.record)
    const key = this.#duplicates.recordOf(mapped, entry.record, entry.line)
    const { output, escrow } = this.#finish(entry, mapped)
    return { output, escrow, key }
  }

  /**
   * Maps an entry again that is already counted, now as an error because its matching value occurred on an
   * earlier line.
   */
  retake(entry: Extract<SourceEntry, { record: SourceRecord }>, first: number): WrittenEntry {
    const mapped = this.#map(entry.record)
    this.#report.removeObject(mapped)
    return this.#finish(entry, this.#duplicates.duplicate(mapped, first))
  }

  #takeUnreadable(entry: UnreadableEntry): WrittenEntry {
    const { writer, escrow } = this.#options
    this.#report.add(entry.line, 'error', 'unreadable', entry.diagnostics)
    return escrow
      ? { output: '', escrow: escrowLine(entry, entry.diagnostics) }
      : { output: writer.unreadable(entry), escrow: '' }
  }

  #map(record: SourceRecord): MappedObject {
    const { compiled, request, watch } = this.#options
    const mapped = mapObject(compiled, record, request)
    if (watch === undefined) return mapped
    try {
      watch(record, mapped)
      return mapped
    } catch (thrown) {
      return failedBy(thrown, mapped)
    }
  }

  #finish(entry: Extract<SourceEntry, { record: SourceRecord }>, mapped: MappedObject): WrittenEntry {
    const { compiled, inScopeOnly } = this.#options
    let [final, output] = [mapped, '']
    const isLeftOut = inScopeOnly && mapped.scope.inScope !== true && mapped.outcome !== 'error'
    try {
      final = withConflicts(compiled, mapped)
      if (!isLeftOut) output = this.#write(entry, final)
    } catch (thrown) {
      final = failedBy(thrown, mapped)
      output = this.#write(entry, final)
    }
    // People read the failures in the report.
    this.#report.addObject(
      entry.line,
      final,
      () => withoutRedactedValues(compiled, final.diagnostics),
      () => identityOf(this.#identifying, entry.record),
    )
    if (this.#options.previous !== undefined) {
      const id = identityOf(this.#identifying, entry.record)
      if (id !== undefined && final.outcome === 'error') this.#options.previous.fail(id)
      else if (id !== undefined) return this.#compared(id, output, final, this.#options.previous)
    }
    return final.outcome === 'error' && this.#options.escrow
      ? {
          output: '',
          escrow: escrowLine({ line: entry.line, record: entry.original ?? entry.record }, final.diagnostics),
        }
      : { output, escrow: '' }
  }

  /** Leaves out text that the previous run wrote unchanged. */
  #compared(id: string, output: string, mapped: MappedObject, previous: PreviousRun): WrittenEntry {
    // Every format begins with the line number, which changes when lines above are added or removed.
    const { changed, print } = previous.take(id, output.slice(output.indexOf(',')), mapped.outcome !== 'skip')
    if (!changed) this.#report.addUnchanged()
    return { output: changed ? output : '', escrow: '', prints: print }
  }

  /** Writes that an object of the previous run is gone from the source. */
  takeGone(id: string): WrittenEntry {
    this.#report.addGone()
    return { output: this.#options.writer.gone(id), escrow: '' }
  }

  #write(
    { line, record }: { readonly line: number; readonly record: SourceRecord },
    mapped: MappedObject,
  ): string {
    if (this.#options.escrow && mapped.outcome === 'error') return ''
    return this.#options.writer.object(line, identityOf(this.#identifying, record), mapped)
  }
}

/**
 * If targets of the mapping conflict (AF4203), a resource that would need both is an error, because one of
 * them would be lost.
 */
const withConflicts = (compiled: CompiledObjectMapping, mapped: MappedObject): MappedObject => {
  if (compiled.targetKind !== 'scim' || compiled.scimPaths.conflictFree) return mapped
  const conflicts = scimRequestOf(compiled, mapped)?.diagnostics.filter(({ code }) => code === 'AF4203') ?? []
  return conflicts.length === 0 ? mapped : failedWith(conflicts, mapped)
}

const failedWith = (diagnostics: readonly Diagnostic[], mapped: MappedObject): MappedObject =>
  changedObject(mapped, {
    outcome: 'error',
    reason: 'EvaluationFailed',
    attributes: [],
    matchKeys: [],
    diagnostics,
  })

/** An object that failed because of an unexpected exception. */
const failedBy = (thrown: unknown, mapped: MappedObject): MappedObject =>
  failedWith([objectFault(thrown)], mapped)
