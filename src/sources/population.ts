import { type CsvOptions, readCsv } from './csv.js'
import { type DecodedAs, decodePieces } from './decode.js'
import { readJsonLines, readJsonRoots } from './json.js'
import { readLdif } from './ldif.js'
import { numberedLines } from './lines.js'
import { type Note, note } from './notes.js'
import { faultyEntry, type SourceEntry } from './source-entry.js'
import { UnreadablePopulation } from './unreadable.js'

/** The options for reading a population. */
export interface PopulationOptions {
  /** Whether an attribute has several values; a cell of CSV is then a list. Default: none has. */
  readonly isMultivalued?: (attribute: string) => boolean
  /** Called with notes about the whole file, such as a guessed encoding. */
  readonly note?: (found: Note) => void
}

type Reader = (pieces: AsyncIterable<string>, options: CsvOptions) => AsyncGenerator<readonly SourceEntry[]>

/** A format of populations. */
export interface Format {
  readonly name: string
  /**
   * Whether a file has this format.
   * @param start its beginning without leading blanks, never empty
   */
  readonly recognise: (start: string, name: string) => boolean
  readonly read: Reader
}

/** Enough of the beginning to recognise the format of a file with lines of usual length. */
const BEGINNING = 1 << 16

const refuse = (why: string | ((start: string) => string)): Reader =>
  // biome-ignore lint/correctness/useYield: a reader of what cannot be read
  async function* (pieces) {
    for await (const start of pieces)
      throw new UnreadablePopulation(typeof why === 'string' ? why : why(start))
  }

/** Whether the first line alone is JSON, so that a fault on one line does not affect the others. */
const isOneALine = (start: string): boolean => {
  const end = start.indexOf('\n')
  if (end < 0 || start.startsWith('[')) return false
  const line = start.slice(0, end).trimEnd()
  // A line of indented JSON ends inside it: with an opening bracket or a comma.
  if (!/[[{,]$/.test(line)) return true
  return line.endsWith(',') && /^\s*\{/.test(start.slice(end))
}

const csv: Format = {
  name: 'CSV',
  recognise: () => true,
  read: (pieces, options) => readCsv(numberedLines(pieces), options),
}

/** All supported formats, and known unsupported ones, in the order they are tried. */
export const formats: readonly Format[] = [
  {
    name: 'XML',
    recognise: (start) => /^(?:<|#< CLIXML)/.test(start),
    read: refuse('it is XML or HTML; export the objects as JSON or CSV'),
  },
  {
    name: 'binary',
    recognise: (start) => /^(?:%PDF-|BZh\d|PAR1)/.test(start) || start.slice(0, 1024).includes('\0'),
    read: refuse('it is not text; export the objects as JSON or CSV'),
  },
  {
    name: 'HTTP',
    recognise: (start) => /^HTTP\/\d/.test(start),
    read: refuse(
      'it begins with the headers of an HTTP answer; save the body alone, with curl by leaving out -i',
    ),
  },
  {
    name: 'YAML',
    recognise: (start) => /^(?:---\s*\n|(?:\w+: *\r?\n\s*)?- \w+:\s)/.test(start),
    read: refuse('it is YAML; export the objects as JSON or CSV'),
  },
  {
    name: 'NDJSON',
    recognise: (start) => start.startsWith('{') && isOneALine(start),
    read: (pieces, { note: tell }) => readJsonLines(pieces, tell),
  },
  {
    name: 'JSON',
    recognise: (start) => /^[[{]/.test(start),
    read: (pieces, { note: tell }) => readJsonRoots(pieces, tell),
  },
  {
    name: 'LDIF',
    recognise: (start) => /^(?:#.*\r?\n\s*)*(?:version: *\d|dn::? )/i.test(start),
    read: (pieces) => readLdif(numberedLines(pieces)),
  },
  {
    name: 'PowerShell',
    recognise: (start) =>
      /^[^\n]*\n[ |+:,;\t]*--[-= |+:,;\t]*(?:\r?\n|$)/.test(start) || /^\w+ * : [^\n]*\n\w+ * : /.test(start),
    read: refuse(
      'it is a table or list for the eye; export the objects as JSON or CSV, in PowerShell with Export-Csv or ConvertTo-Json',
    ),
  },
  {
    name: 'NDJSON',
    recognise: (_start, name) => /\.(?:ndjson|jsonl)$/i.test(name),
    read: (pieces, { note: tell }) => readJsonLines(pieces, tell),
  },
  {
    name: 'JSON',
    recognise: (start, name) => /\.json$/i.test(name) && /^"\s*(?:\\[rnt]|\s)*[[{]/.test(start),
    read: refuse('it is a text in quotes: the JSON was encoded twice'),
  },
  {
    name: 'JSON',
    recognise: (_start, name) => /\.json$/i.test(name),
    read: refuse(
      (start) =>
        `it begins with ${JSON.stringify(start.trim().slice(0, 30))}, not with [ or {; delete what stands before the JSON`,
    ),
  },
  csv,
]

/**
 * The format of a population.
 * @param start its beginning without leading blanks, never empty
 */
export const formatOf = (start: string, name: string): Format =>
  formats.find(({ recognise }) => recognise(start, name)) ?? csv

/** Two whole lines, after any blanks and LDIF comments. */
const twoLines = /^\s*(?:#[^\n]*\n\s*)*[^\s#][^\n]*\n\s*\S[^\n]*\n/

/** Pieces whose beginning was read ahead. */
const rejoined = async function* (
  beginning: readonly string[],
  rest: AsyncIterator<string>,
): AsyncGenerator<string> {
  try {
    yield* beginning
    for (;;) {
      const next = await rest.next()
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await rest.return?.()
  }
}

/** Blanks and whole comments. */
const comments = /^(?:\s|\/\/[^\r\n]*[\r\n]|\/\*(?:[^*]|\*(?!\/))*\*\/)*/
/** After them: nothing, or a comment that has no end yet. */
const openComment = /^(?:\/|\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*)?$/

/** The blanks and comments with which a text begins. Only its start counts, however much has arrived. */
const commentsIn = (text: string): string => comments.exec(text.slice(0, BEGINNING))?.[0] ?? ''

/** Text with blanks for the comments before JSON, so that lines keep their numbers; other text is unchanged. */
const blanked = (text: string): string => {
  const before = commentsIn(text)
  return /[[{]/.test(text.charAt(before.length))
    ? before.replaceAll(/[^\r\n]/g, ' ') + text.slice(before.length)
    : text
}

/** Whether the format cannot be recognised yet, because a text consists of blanks and comments. */
const isOnlyComments = (text: string): boolean => openComment.test(text.slice(commentsIn(text).length))

/** The text of a file whose lines end with CR alone, as old programs on the Mac write them. */
const withLineFeeds = async function* (pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.replaceAll('\r', '\n')
}

const encodingNames: Readonly<Record<DecodedAs['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Windows-1252',
}

/** Reports the encoding of a file if it is not UTF-8, and faulty bytes. */
export const tellEncoding = (
  { encoding, invalid }: Pick<DecodedAs, 'encoding' | 'invalid'>,
  tell: (found: Note) => void,
): void => {
  const name = encodingNames[encoding]
  if (invalid) tell(note('AF4917', { encoding: name }))
  else if (encoding !== 'utf-8') tell(note('AF4910', { encoding: name }))
}

/**
 * Reads the objects of a population as a stream, in groups as they arrive. The content determines format and
 * encoding: JSON (a list, an object, pages of Graph, OData, SCIM and Workday, bulk requests), NDJSON of any
 * of these, CSV, LDIF; UTF-8, UTF-16 and Windows-1252; gzip. An object that cannot be read yields an entry
 * with its fault, and reading goes on.
 * @param pieces bytes, or text that is decoded already
 * @param name file name, whose extension counts where the content does not tell
 * @throws {UnreadablePopulation} when the file holds no population: the reader is rejected at the first group
 */
export const readPopulation = async function* (
  pieces: AsyncIterable<Uint8Array | string>,
  name = '',
  options: PopulationOptions = {},
): AsyncGenerator<readonly SourceEntry[]> {
  const tell = options.note ?? (() => {})
  const text = decodePieces(pieces, (facts) => tellEncoding(facts, tell))[Symbol.asyncIterator]()
  let beginning = ''
  // The first two lines usually identify the format; for a file on one line, its first part does. More of the
  // file must not matter, however much has arrived.
  while (beginning.length < BEGINNING) {
    const next = await text.next()
    if (next.done === true) break
    beginning += next.value
    if (!isOnlyComments(beginning) && twoLines.test(blanked(beginning))) break
  }
  beginning = blanked(beginning)
  const start = (twoLines.exec(beginning)?.[0] ?? beginning.slice(0, BEGINNING)).trimStart()
  if (start === '') {
    // A file without lines has no objects; JSON that is empty is a fault.
    if (/\.json$/i.test(name)) yield [faultyEntry(1, 'AF4901', 'it is empty', { form: 'json', text: '' })]
    return
  }
  const whole = rejoined([beginning], text)
  const returns = !beginning.includes('\n') && beginning.includes('\r')
  const format = formatOf(returns ? start.replaceAll('\r', '\n') : start, name)
  const groups = format.read(returns ? withLineFeeds(whole) : whole, {
    isMultivalued: options.isMultivalued,
    note: tell,
  })
  for await (const group of groups) if (group.length > 0) yield group
}
