import {
  type CompiledObjectMapping,
  DuplicateSources,
  identifyingAttributes,
  identityOf,
  KeyTable,
  type MappedObject,
  type MapRequest,
  mapObject,
  objectFault,
  withoutRedactedValues,
} from '../mapping/index.js'
import type { SourceEntry } from '../sources/index.js'
import type { SourceRecord } from '../values/record.js'
import type { EntryWriter } from './entry-writer.js'
import { escrowLine } from './escrow.js'
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
  /** Looks at each object that was mapped. */
  readonly watch?: ((record: SourceRecord, mapped: MappedObject) => void) | undefined
}

/** What is written for one entry: to the output or to the escrow; the other one is empty. */
export interface WrittenEntry {
  readonly output: string
  readonly escrow: string
}

/**
 * Maps the entries of a population one after the other and writes what becomes of each: every entry ends in the output
 * or in the escrow, and in the report. Whatever fails is the error of its own object.
 */
export class EntryMapper {
  readonly report: RunReport
  readonly #options: EntryMapperOptions
  readonly #identifying: readonly string[]
  readonly #duplicates: DuplicateSources

  constructor(options: EntryMapperOptions) {
    const { compiled, resumed } = options
    this.#options = options
    this.report = new RunReport(compiled.attributes.map(({ mapping }) => mapping.targetAttributeName))
    if (resumed !== undefined) this.report.merge(resumed.report)
    this.#identifying = identifyingAttributes(compiled)
    this.#duplicates = new DuplicateSources(compiled, new KeyTable(resumed?.keys))
  }

  /** The matching values that were seen. */
  get keys(): KeyTable {
    return this.#duplicates.keys
  }

  take(entry: SourceEntry): WrittenEntry {
    const { writer, escrow } = this.#options
    if (entry.record === undefined) {
      this.report.add(entry.line, 'error', 'unreadable', entry.diagnostics)
      return escrow
        ? { output: '', escrow: escrowLine(entry, entry.diagnostics) }
        : { output: writer.unreadable(entry), escrow: '' }
    }
    return this.#takeObject(entry.line, entry.record, entry.original ?? entry.record)
  }

  #takeObject(line: number, record: SourceRecord, original: SourceRecord): WrittenEntry {
    const { compiled, request, watch } = this.#options
    let mapped = mapObject(compiled, record, request)
    let output: string
    try {
      mapped = this.#duplicates.check(mapped, record, line)
      watch?.(record, mapped)
      output = this.#write(line, record, mapped)
    } catch (thrown) {
      mapped = failedBy(thrown, mapped)
      output = this.#write(line, record, mapped)
    }
    const failed = mapped.outcome === 'error'
    // What the report keeps of a failure is read by people.
    this.report.addObject(line, mapped, () => withoutRedactedValues(compiled, mapped.diagnostics))
    return failed && this.#options.escrow
      ? { output: '', escrow: escrowLine({ line, record: original }, mapped.diagnostics) }
      : { output, escrow: '' }
  }

  #write(line: number, record: SourceRecord, mapped: MappedObject): string {
    if (this.#options.escrow && mapped.outcome === 'error') return ''
    return this.#options.writer.object(line, identityOf(this.#identifying, record), mapped)
  }
}

/** An object that failed by a fault that nobody foresaw. */
const failedBy = (thrown: unknown, mapped: MappedObject): MappedObject => ({
  ...mapped,
  outcome: 'error',
  reason: 'EvaluationFailed',
  attributes: [],
  matchKeys: [],
  diagnostics: [objectFault(thrown)],
})
