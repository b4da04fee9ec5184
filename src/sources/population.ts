import { JsonDocument, type JsonNode, memberOf } from '../schema/json-document.js'
import { CsvReader, delimiterOf } from './csv.js'
import { JsonArraySplitter } from './json-array.js'
import { linesOf } from './lines.js'
import { entryOfJson, faultyEntry, type PopulationFormat, type SourceEntry } from './source-entry.js'

/** The form that a file's name promises; undefined when its content has to tell. */
export const formatOfName = (name: string): PopulationFormat | undefined => {
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase()
  if (extension === 'csv' || extension === 'tsv') return 'csv'
  if (extension === 'json') return 'json'
  return extension === 'ndjson' || extension === 'jsonl' ? 'ndjson' : undefined
}

/** What the readers need of a text that arrives in pieces: a look at its beginning. */
class Pieces {
  readonly #pieces: AsyncIterator<string>
  #held = ''
  #done = false

  constructor(pieces: AsyncIterable<string>) {
    this.#pieces = pieces[Symbol.asyncIterator]()
  }

  async #more(): Promise<boolean> {
    const next = await this.#pieces.next()
    if (next.done === true) this.#done = true
    else this.#held += next.value
    return !this.#done
  }

  /** The text up to the end of the first line that is not blank, as far as there is one. */
  async beginning(): Promise<string> {
    let first = true
    while (!/\S[^\n]*\n/.test(this.#held) && (await this.#more())) {
      if (first) this.#held = this.#held.replace(/^\ufeff/, '')
      first = false
    }
    this.#held = this.#held.replace(/^\ufeff/, '')
    return /^\s*\S[^\n]*/.exec(this.#held)?.[0] ?? this.#held
  }

  async whole(): Promise<string> {
    while (await this.#more());
    return this.#held
  }

  /** All pieces, those looked at included. */
  async *all(): AsyncGenerator<string> {
    try {
      if (this.#held !== '') yield this.#held
      while (!this.#done) {
        const next = await this.#pieces.next()
        if (next.done === true) return
        yield next.value
      }
    } finally {
      await this.#pieces.return?.()
    }
  }
}

const isJsonObject = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/**
 * Reads the objects of a population, in groups as they arrive: a JSON array, NDJSON or CSV, told apart by the
 * name and the content. Also taken are one JSON object, and an object that holds the array as `value` (Graph) or
 * `Resources` (SCIM). A line that is no object yields an entry with its fault, and reading goes on. A byte order
 * mark is passed over. Only a wrapped or single object is read as a whole; everything else is a stream.
 * @param name file name, whose extension counts
 */
export const readPopulation = async function* (
  pieces: AsyncIterable<string>,
  name = '',
): AsyncGenerator<readonly SourceEntry[]> {
  const source = new Pieces(pieces)
  const beginning = await source.beginning()
  const trimmed = beginning.trim()
  const named = formatOfName(name)
  if (trimmed === '') {
    // No lines are no objects, but no JSON is a fault.
    if (named === 'json') yield [faultyEntry(1, 'AF4901', 'it is empty')]
    return
  }
  if (named === 'csv' || (named === undefined && !/^[[{]/.test(trimmed))) {
    yield* readCsv(source, delimiterOf(trimmed))
  } else if (named !== 'ndjson' && trimmed.startsWith('[')) {
    yield* readArray(source)
  } else if (named === 'ndjson' || isJsonObject(trimmed)) {
    yield* readLines(source)
  } else {
    yield* readWhole(await source.whole())
  }
}

const readLines = async function* (source: Pieces): AsyncGenerator<readonly SourceEntry[]> {
  let line = 0
  for await (const lines of linesOf(source.all())) {
    const entries: SourceEntry[] = []
    for (const text of lines) {
      line++
      if (text.trim() !== '') entries.push(entryOfJson(line, text))
    }
    if (entries.length > 0) yield entries
  }
}

const readArray = async function* (source: Pieces): AsyncGenerator<readonly SourceEntry[]> {
  const splitter = new JsonArraySplitter()
  for await (const piece of source.all()) yield splitter.push(piece)
  yield splitter.end()
}

const readCsv = async function* (source: Pieces, delimiter: string): AsyncGenerator<readonly SourceEntry[]> {
  const reader = new CsvReader(delimiter)
  for await (const piece of source.all()) yield await reader.push(piece)
  yield await reader.end()
}

/** One object, or one that wraps the array; a text that is neither is read as lines, the first of them faulty. */
const readWhole = async function* (text: string): AsyncGenerator<readonly SourceEntry[]> {
  const document = new JsonDocument(text)
  const { root } = document
  if (root === undefined) {
    const lines = text.split(/\r?\n/)
    const readable = lines.some((line) => isJsonObject(line))
    if (!readable) {
      const reason = document.diagnostics[0]!.message
      yield [
        faultyEntry(document.source.position(document.diagnostics[0]!.span.start).line, 'AF4901', reason),
      ]
      return
    }
    yield lines.flatMap((line, index) => (line.trim() === '' ? [] : [entryOfJson(index + 1, line)]))
    return
  }
  const list = wrappedList(root)
  const nodes = list?.children ?? [root]
  yield nodes.map((node) => entryOfJson(document.source.position(node.offset).line, document.text(node)))
}

const wrappedList = (root: JsonNode): JsonNode | undefined =>
  ['value', 'Resources'].map((name) => memberOf(root, name)).find((node) => node?.type === 'array')
