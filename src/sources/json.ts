import { exactJson } from '../values/exact-json.js'
import { isJsonObject } from '../values/json-object.js'
import { readJson } from '../values/read-json.js'
import { textOfBase64 } from './base64.js'
import { type JsonCut, JsonRoots } from './json-roots.js'
import { linesOf } from './lines.js'
import { type Note, note } from './notes.js'
import { entryOfValue, faultyEntry, parseEntry, type SourceEntry } from './source-entry.js'
import {
  faultOfElement,
  isObjectItself,
  memberOf,
  refuseOtherDocuments,
  type Unwrapped,
  unwrapped,
} from './wrappers.js'

/** Whether the last page says that more pages follow. */
class NextPage {
  #more: boolean | undefined

  /** Whether more pages follow; undefined if there was no page. */
  get more(): boolean | undefined {
    return this.#more
  }

  /**
   * Takes the members around a list.
   * @param around their JSON
   * @param count how many elements the list has
   */
  see(around: string, count: number): void {
    const number = (name: string): number =>
      Number(new RegExp(`"${name}"\\s*:\\s*"?(\\d+)`).exec(around)?.[1] ?? Number.NaN)
    this.#more =
      /"(?:@?odata\.nextLink|__next)"\s*:\s*"/.test(around) ||
      number('totalResults') >= (number('startIndex') || 1) + count
  }

  /** Reports the missing page after everything was read: no page followed the one that told of another. */
  tell(tell: (found: Note) => void): void {
    if (this.#more === true) tell(note('AF4912', {}))
  }
}

/** Adds the entries of a value: those of the list that it wraps, or the value itself. */
const addEntries = (line: number, value: unknown, next: NextPage, entries: SourceEntry[]): void => {
  const itself = isObjectItself(value)
  if (!itself) refuseOtherDocuments(value)
  const found = itself || !isJsonObject(value) ? undefined : unwrapped(value)
  if (found === undefined) {
    entries.push(entryOfValue(line, value))
    return
  }
  // Numbers beyond the safe range are no counts.
  const around = JSON.stringify(value, (_name, member: unknown) =>
    Array.isArray(member) || typeof member === 'bigint' ? undefined : member,
  )
  next.see(around, found.list.length)
  for (const one of found.list) addElement(line, one, found, next, entries)
}

/** Adds the entries of an element of a wrapped list. */
const addElement = (
  line: number,
  one: unknown,
  { element, pages }: Omit<Unwrapped, 'list'>,
  next: NextPage,
  entries: SourceEntry[],
): void => {
  const fault = element === undefined ? undefined : faultOfElement(one, element)
  if (fault !== undefined)
    entries.push(faultyEntry(line, 'AF4901', fault, { form: 'json', text: exactJson(one) }))
  else {
    const held = element === undefined ? one : memberOf(one, element)
    if (pages === true) addEntries(line, typeof held === 'string' ? encodedJson(held) : held, next, entries)
    else entries.push(entryOfValue(line, held))
  }
}

/** The JSON in the text of a body, which a batch may give in base64; the text itself if it holds none. */
const encodedJson = (text: string): unknown => {
  try {
    return readJson(/^\s*[[{]/.test(text) ? text : (textOfBase64(text) ?? ''))
  } catch {
    return text
  }
}

/** The entries of a piece of JSON that was cut out. */
const entriesOfCut = ({ line, text, elements }: JsonCut, next: NextPage): readonly SourceEntry[] => {
  const parsed = parseEntry(line, text)
  if ('fault' in parsed) return [parsed.fault]
  const entries: SourceEntry[] = []
  if (elements === undefined) addEntries(line, parsed.value, next, entries)
  else addElement(line, parsed.value, elements, next, entries)
  return entries
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

  /** Whether more pages follow the last one; undefined if no line was a page. */
  get nextPage(): boolean | undefined {
    return this.#next.more
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
  if (roots.around !== '') next.see(roots.around, roots.count)
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
