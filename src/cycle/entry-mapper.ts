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
  /** Whether what fails goes to the escrow instead of the output. */
  readonly escrow: boolean
  /** What an interrupted run had come to: its report and the records of its matching values. */
  readonly resumed?: { readonly report: RunReportData; readonly keys: Uint32Array } | undefined
  /** Whether objects that are not in scope are left out of the output; those that fail never are. */
  readonly inScopeOnly: boolean
  /** What the objects were mapped to before, so that only what changed is written. */
  readonly previous?: PreviousRun | undefined
  /** Looks at each object that was mapped. */
  readonly watch?: ((record: SourceRecord, mapped: MappedObject) => void) | undefined
}

/** What is written for one entry: to the output or to the escrow; the other one is empty. */
export interface WrittenEntry {
  readonly output: string
  readonly escrow: string
  /** For the state of the run; absent where none is kept. */
  readonly prints?: string
}

/** An entry that was mapped and written, before it is known whether its matching value stood on an earlier line. */
export interface DeferredEntry extends WrittenEntry {
  /** What is to be remembered of its matching value; undefined when it has none that is used. */
  readonly key: Uint32Array | undefined
}

/**
 * Maps the entries of a population one after the other and writes what becomes of each: every entry ends in the output
 * or in the escrow, and in the report. Whatever fails is the error of its own object.
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

  /** The matching values that were seen. */
  get keys(): KeyTable {
    return this.#duplicates.keys
  }

  /** What was counted since the last call. */
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

  /** Maps an entry, and leaves it to the caller to compare its matching value. */
  takeDeferred(entry: SourceEntry): DeferredEntry {
    if (entry.record === undefined) return { ...this.#takeUnreadable(entry), key: undefined }
    const mapped = this.#map(entry.record)
    const key = this.#duplicates.recordOf(mapped, entry.record, entry.line)
    const { output, escrow } = this.#finish(entry, mapped)
    return { output, escrow, key }
  }

  /** Maps an entry again that is counted already, as the error that its matching value stood on an earlier line. */
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
    // What the report keeps of a failure is read by people.
    this.#report.addObject(entry.line, final, () => withoutRedactedValues(compiled, final.diagnostics))
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

  /** Leaves out what the previous run wrote just so. */
  #compared(id: string, output: string, mapped: MappedObject, previous: PreviousRun): WrittenEntry {
    // Every format begins with the line, which changes when something above comes or goes.
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

/** Where targets of the mapping conflict (AF4203), a resource that would hold both is an error: one of them would be lost. */
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

/** An object that failed by a fault that nobody foresaw. */
const failedBy = (thrown: unknown, mapped: MappedObject): MappedObject =>
  failedWith([objectFault(thrown)], mapped)
