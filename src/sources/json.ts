import { readJson } from '../values/read-json.js'
import { type JsonCut, JsonRoots } from './json-roots.js'
import { linesOf } from './lines.js'
import { type Note, note } from './notes.js'
import { entryOfValue, faultyEntry, parseEntry, type SourceEntry } from './source-entry.js'
import { isObjectItself, refuseOtherDocuments, unwrapped } from './wrappers.js'

/** Whether the members around a list say that more pages follow. */
class NextPage {
  #link: boolean | undefined

  /** Whether the last page had a link to another; undefined if there was no page. */
  get link(): boolean | undefined {
    return this.#link
  }

  see(wrapper: unknown): void {
    this.#link =
      typeof wrapper === 'object' &&
      wrapper !== null &&
      ['@odata.nextLink', 'odata.nextLink', '__next'].some((name) => Object.hasOwn(wrapper, name))
  }

  seeText(text: string): void {
    this.#link = /"(?:@?odata\.nextLink|__next)"\s*:/.test(text)
  }

  /** Reports the missing page after everything was read: no page followed the one with the link. */
  tell(tell: (found: Note) => void): void {
    if (this.#link === true) tell(note('AF4912', {}))
  }
}

/** Adds the entries of a value: those of the list that it wraps, or the value itself. */
const addEntries = (line: number, value: unknown, next: NextPage, entries: SourceEntry[]): void => {
  const itself = isObjectItself(value)
  if (!itself) refuseOtherDocuments(value)
  const list = itself ? undefined : unwrapped(value)
  if (list === undefined) {
    entries.push(entryOfValue(line, value))
    return
  }
  next.see(value)
  for (const one of list) entries.push(entryOfValue(line, one))
}

const entriesOf = (line: number, value: unknown, next: NextPage): readonly SourceEntry[] => {
  const entries: SourceEntry[] = []
  addEntries(line, value, next, entries)
  return entries
}

/** The entries of a piece of JSON that was cut out. */
const entriesOfCut = ({ line, text, elements }: JsonCut, next: NextPage): readonly SourceEntry[] => {
  const parsed = parseEntry(line, text)
  if ('fault' in parsed) return [parsed.fault]
  const member = elements?.element
  if (member === undefined) return entriesOf(line, parsed.value, next)
  const inner = parsed.value as Readonly<Record<string, unknown>> | null
  const held = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, member)
  const value = held ? inner[member] : inner
  return elements?.pages === true ? entriesOf(line, value, next) : [entryOfValue(line, value)]
}

/** Reads JSON with one object or page on each line. */
export class JsonLines {
  readonly #next = new NextPage()
  #line: number

  /** @param before the number of lines above the first one */
  constructor(before = 0) {
    this.#line = before
  }

  /** The entries of the lines that follow. */
  entries(lines: readonly string[]): readonly SourceEntry[] {
    const entries: SourceEntry[] = []
    for (const text of lines) this.take(++this.#line, text, entries)
    return entries
  }

  /** Adds the entries of one line, regardless of earlier lines. */
  take(line: number, text: string, entries: SourceEntry[]): void {
    if (text.charCodeAt(0) !== BRACE && text.trim() === '') return
    const parsed = parseEntry(line, text)
    if ('value' in parsed) addEntries(line, parsed.value, this.#next, entries)
    else if (!parsed.isDeep) entries.push(parsed.fault)
    // Only one object of the page is nested too deeply: the others are read.
    else
      for (const cut of new JsonRoots().push(text))
        entries.push(...entriesOfCut({ ...cut, line }, this.#next))
  }

  /** Whether the last page links to another one; undefined if no line was a page. */
  get nextPage(): boolean | undefined {
    return this.#next.link
  }

  /** Reports notes after everything was read. */
  tell(tell: (found: Note) => void): void {
    this.#next.tell(tell)
  }
}

const BRACE = 123

/** Reads lines of JSON. */
export const readJsonLines = async function* (
  pieces: AsyncIterable<string>,
  tell: (found: Note) => void,
  before = 0,
): AsyncGenerator<readonly SourceEntry[]> {
  const reader = new JsonLines(before)
  for await (const lines of linesOf(pieces)) {
    const entries = reader.entries(lines)
    if (entries.length > 0) yield entries
  }
  reader.tell(tell)
}

/** Reads JSON in any layout: lists, pages, objects, one after the other. */
export const readJsonRoots = async function* (
  pieces: AsyncIterable<string>,
  tell: (found: Note) => void,
): AsyncGenerator<readonly SourceEntry[]> {
  const roots = new JsonRoots()
  const next = new NextPage()
  for await (const piece of pieces) {
    const found = roots.push(piece).flatMap((cut) => entriesOfCut(cut, next))
    if (found.length > 0) yield found
  }
  const rest = roots.end()
  if (rest !== undefined) {
    const whole = roots.inList && isJson(rest.text)
    const reason = rest.text === '' || whole ? 'a closing bracket is missing' : reasonOf(rest.text)
    yield [
      ...(whole ? entriesOfCut(rest, next) : []),
      faultyEntry(rest.line, 'AF4901', reason, {
        form: 'json',
        text: whole ? '' : rest.text,
      }),
    ]
  }
  next.seeText(roots.around)
  next.tell(tell)
}

const isJson = (text: string): boolean => {
  try {
    readJson(text)
    return true
  } catch {
    return false
  }
}

const reasonOf = (text: string): string =>
  /^[\]},:]/.test(text) ? 'text follows the end of the JSON' : 'it is cut off'
