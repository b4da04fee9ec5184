import { type LinePlace, readEscrow } from '../../cycle/index.js'
import type { FindTargets } from '../../mapping/find-targets.js'
import type { CompiledObjectMapping } from '../../mapping/index.js'
import {
  type AppRole,
  type DecodedAs,
  decodePieces,
  decodeUtf8,
  isMarkedRemoved,
  mappingShaper,
  type Note,
  type PopulationOptions,
  readAppRoles,
  readJsonLines,
  readPopulation,
  Shaper,
  type ShaperOptions,
  type SourceEntry,
  TargetIndex,
  tellEncoding,
} from '../../sources/index.js'
import { note } from '../../sources/notes.js'
import { shapedEntry } from '../../sources/shaped-entry.js'
import { shown } from '../../text/shown.js'
import { type CliIo, readable, readText, streamBytes, UsageError } from '../io.js'
import { jsonFrom } from '../read-json-file.js'

/** The name of an input file in messages. */
export const nameOfInput = (path: string): string => (path === '-' ? 'standard input' : shown(path))

/** Why a line contains no object. */
export const faultOf = (
  path: string,
  { line, diagnostics }: Extract<SourceEntry, { record: undefined }>,
): string => `${nameOfInput(path)}:${line}: ${shown(diagnostics[0]?.message ?? '')}`

/** How the attribute names of a population are found. */
export interface ShapeChoice {
  readonly shape: string | undefined
  readonly 'app-roles': string | undefined
}

/** Recognise the shape; no app roles. */
export const asRecognised: ShapeChoice = { shape: undefined, 'app-roles': undefined }

/** Reads the entries of a file from its bytes. */
type EntryReader = (
  pieces: AsyncIterable<Uint8Array | string>,
  name: string,
  options: PopulationOptions,
) => AsyncGenerator<readonly SourceEntry[]>

const escrowReader: EntryReader = (pieces, _name, { isMultivalued }) =>
  readEscrow(
    decodePieces(pieces, () => undefined),
    isMultivalued ?? (() => false),
  )

/** The objects of a population with the attribute names that a mapping reads, and notes about the file. */
export class Population {
  readonly path: string
  readonly shaper: Shaper
  readonly #io: CliIo
  readonly #isMultivalued: (attribute: string) => boolean
  readonly #read: EntryReader
  readonly #notes: Note[] = []
  #bytes = 0

  constructor(
    io: CliIo,
    path: string,
    isMultivalued: (attribute: string) => boolean,
    shaper: Shaper,
    read: EntryReader = readPopulation,
  ) {
    this.#io = io
    this.path = path
    this.#isMultivalued = isMultivalued
    this.shaper = shaper
    this.#read = read
  }

  /** The number of bytes read from the file. */
  get bytesRead(): number {
    return this.#bytes
  }

  async *#pieces(from: number, signal?: AbortSignal): AsyncGenerator<Uint8Array | string> {
    this.#bytes = from
    for await (const piece of streamBytes(this.#io, this.path, signal, from)) {
      this.#bytes += piece.length
      yield piece
    }
  }

  /** The entries, in groups as they arrive. */
  entries(signal?: AbortSignal): AsyncGenerator<readonly SourceEntry[]> {
    return this.#shape(
      this.#read(this.#pieces(0, signal), this.path === '-' ? '' : this.path, {
        isMultivalued: this.#isMultivalued,
        note: this.note,
      }),
    )
  }

  /** The entries of NDJSON from a place on; the encoding need not be UTF-8. */
  linesFrom(place: LinePlace & { readonly ascii: boolean }, signal?: AbortSignal) {
    const text = decodeUtf8(this.bytesFrom(place.offset, signal), this.#noteEncoding, place.ascii)
    return this.#shape(readJsonLines(text, this.note, place.line - 1))
  }

  /** The bytes of the file from an offset on. */
  bytesFrom(offset: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    return this.#pieces(offset, signal) as AsyncGenerator<Uint8Array>
  }

  /** Collects a note about the file. */
  readonly note = (found: Note): void => {
    this.#notes.push(found)
  }

  readonly #noteEncoding = (facts: Pick<DecodedAs, 'encoding' | 'invalid'>): void =>
    tellEncoding(facts, this.note)

  async *#shape(groups: AsyncGenerator<readonly SourceEntry[]>): AsyncGenerator<readonly SourceEntry[]> {
    for await (const group of readable(this.path, groups))
      yield group.flatMap((entry) => shapedEntry(this.shaper, entry) ?? [])
  }

  /** The notes about the file; they are complete after everything was read. */
  notes(complete = true): readonly Note[] {
    return complete ? [...this.#notes, ...this.shaper.notes()] : this.#notes
  }
}

const optionsOf = async (io: CliIo, choice: ShapeChoice): Promise<ShaperOptions> => {
  const file = choice['app-roles']
  return { shape: choice.shape, appRoles: file === undefined ? undefined : await rolesIn(io, file) }
}

/** {@link Shaper} for the attributes that a compiled mapping reads, with the chosen shape. */
export const shaperFor = async (
  io: CliIo,
  compiled: CompiledObjectMapping,
  choice: ShapeChoice,
): Promise<Shaper> => mappingShaper(compiled, await optionsOf(io, choice))

const isMultivaluedIn =
  ({ ends }: CompiledObjectMapping) =>
  (attribute: string): boolean =>
    ends.source?.get(attribute)?.multivalued === true

/** Opens a population for reading some attributes. */
export const openRecords = async (
  io: CliIo,
  path: string,
  read: readonly string[],
  choice: ShapeChoice,
): Promise<Population> => new Population(io, path, () => false, new Shaper(read, await optionsOf(io, choice)))

/** Opens the population of `--source` for a mapping. */
export const openPopulation = async (
  io: CliIo,
  path: string,
  compiled: CompiledObjectMapping,
  choice: ShapeChoice,
): Promise<Population> =>
  new Population(io, path, isMultivaluedIn(compiled), await shaperFor(io, compiled, choice))

/** Opens the escrow of `--replay` for a mapping. */
export const openEscrow = async (
  io: CliIo,
  path: string,
  compiled: CompiledObjectMapping,
  choice: ShapeChoice,
): Promise<Population> =>
  new Population(io, path, isMultivaluedIn(compiled), await shaperFor(io, compiled, choice), escrowReader)

const rolesIn = async (io: CliIo, path: string): Promise<readonly AppRole[]> => {
  const roles = readAppRoles(jsonFrom(await readText(io, path), path))
  if (roles.length === 0)
    throw new UsageError(`${path} has no app roles: it takes the appRoles of a service principal`)
  return roles
}

/**
 * Reads the objects of the target, and returns how they are searched with each mapping; nothing without a path.
 * Throws UsageError for a line that cannot be read, because it could hide a match.
 */
export const readTargets = async (
  io: CliIo,
  path: string | undefined,
  ...mappings: readonly CompiledObjectMapping[]
): Promise<readonly FindTargets[]> => {
  if (path === undefined) return []
  const indexes = mappings.map((compiled) => new TargetIndex(compiled))
  const notes: Note[] = []
  let removed = 0
  const groups = readPopulation(streamBytes(io, path), path === '-' ? '' : path, {
    isMultivalued: (attribute) =>
      mappings.some(({ ends }) => ends.target?.get(attribute)?.multivalued === true),
    note: (found) => notes.push(found),
  })
  for await (const entries of readable(path, groups)) {
    for (const entry of entries) {
      if (entry.record === undefined) throw new UsageError(faultOf(path, entry))
      if (isMarkedRemoved(entry.record)) removed++
      else for (const index of indexes) index.add(entry.record)
    }
  }
  if (removed > 0) notes.push(note('AF4923', { count: removed }))
  await io.stderr.write(notesText(path, notes))
  return indexes.map((index) => (attribute, value) => index.find(attribute, value))
}

/** The notes about a file, one on each line. */
export const notesText = (path: string, notes: readonly Note[]): string =>
  notes
    .map(({ code, severity, message }) => `${nameOfInput(path)}: ${severity} ${code}: ${shown(message)}\n`)
    .join('')
