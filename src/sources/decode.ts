import { requireMade } from '../values/misuse.js'
import { UnreadablePopulation } from './unreadable.js'

/** The encodings that are recognised. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** The result of recognising the encoding, for a note to people. */
export interface DecodedAs {
  readonly encoding: Encoding
  /** The number of bytes that the encoding does not have; they are replaced by U+FFFD. */
  readonly invalid: boolean
  readonly gzip: boolean
}

const startsWith = (bytes: Uint8Array, ...signs: readonly number[]): boolean =>
  signs.every((sign, index) => bytes[index] === sign)

/** The number of bytes from which the encoding is recognised, however they arrive. */
const SAMPLE = 256

/** UTF-16 without a byte order mark: in texts of these files, nearly every other byte is zero. */
const utf16WithoutMark = (bytes: Uint8Array): Encoding | undefined => {
  const sample = bytes.subarray(0, SAMPLE)
  let [even, odd] = [0, 0]
  sample.forEach((byte, index) => {
    if (byte !== 0) return
    if (index % 2 === 0) even++
    else odd++
  })
  const most = sample.length * 0.3
  if (odd > most && even === 0) return 'utf-16le'
  return even > most && odd === 0 ? 'utf-16be' : undefined
}

const encodingOf = (bytes: Uint8Array): Encoding => {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be'
  return utf16WithoutMark(bytes) ?? 'utf-8'
}

const concatenated = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  if (left.length === 0) return right
  const both = new Uint8Array(left.length + right.length)
  both.set(left)
  both.set(right, left.length)
  return both
}

/** The pieces of bytes after the first one that was read ahead. */
const rejoined = async function* (
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array | string>,
): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  for (;;) {
    const next = await rest.next()
    if (next.done === true) return
    yield bytesOf(next.value)
  }
}

/** Joins pieces until there are enough bytes to recognise the encoding. */
const beginningOf = async (
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array | string>,
): Promise<Uint8Array> => {
  let beginning = first
  while (beginning.length < SAMPLE) {
    const next = await rest.next()
    if (next.done === true) break
    beginning = concatenated(beginning, bytesOf(next.value))
  }
  return beginning
}

const bytesOf = (piece: Uint8Array | string): Uint8Array =>
  typeof piece === 'string' ? new TextEncoder().encode(piece) : piece

const inflated = async function* (pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await pieces.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
  const reader = stream.pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? `: ${error.message}` : ''
    throw new UnreadablePopulation(
      `the gzip file is damaged or cut off${reason}; compress it anew, or unpack it and read what is there`,
    )
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

type Decoder = InstanceType<typeof TextDecoder>

/**
 * Decodes UTF-8; from the first byte that is not valid UTF-8, Windows-1252. In a file with only one encoding,
 * everything before that byte is ASCII; otherwise the bytes are faulty.
 * @param asciiBefore whether everything before the pieces is ASCII
 */
export const decodeUtf8 = async function* (
  pieces: AsyncIterable<Uint8Array>,
  found: (facts: Pick<DecodedAs, 'encoding' | 'invalid'>) => void,
  asciiBefore = true,
): AsyncGenerator<string> {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let decoder: Decoder | undefined
  let ascii = asciiBefore
  let pending: Uint8Array = new Uint8Array(0)
  const decoded = (bytes: Uint8Array, stream: boolean): string => {
    if (decoder !== undefined) return decoder.decode(bytes, { stream })
    pending = concatenated(pending, bytes)
    try {
      const text = strict.decode(bytes, { stream })
      // The decoder holds up to three bytes of an incomplete character.
      pending = pending.slice(-3)
      ascii &&= !/[\u0080-\uffff]/.test(text)
      return text
    } catch {
      ascii &&= !beginsBeyondAscii(pending)
      decoder = ascii ? new TextDecoder('windows-1252') : new TextDecoder('utf-8')
      found({ encoding: ascii ? 'windows-1252' : 'utf-8', invalid: !ascii })
      const begun = pending.subarray(0, pending.length - bytes.length)
      const incomplete = incompleteTail(begun)
      return decoder.decode(concatenated(incomplete, bytes), { stream })
    }
  }
  for await (const piece of pieces) {
    const text = decoded(piece, true)
    if (text !== '') yield text
  }
  const rest = decoded(new Uint8Array(0), false)
  if (rest !== '') yield rest
}

/** Whether the first byte beyond ASCII begins a valid UTF-8 character. */
const beginsBeyondAscii = (bytes: Uint8Array): boolean => {
  const first = bytes.findIndex((byte) => byte >= 0x80)
  return first >= 0 && !new TextDecoder('utf-8').decode(bytes.subarray(first, first + 4)).startsWith('\ufffd')
}

/** The bytes of an incomplete UTF-8 character at the end. */
const incompleteTail = (bytes: Uint8Array): Uint8Array => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes.at(-back) ?? 0
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < needed ? bytes.subarray(bytes.length - back) : new Uint8Array(0)
    }
    if (byte < 0x80) break
  }
  return new Uint8Array(0)
}

/**
 * Decodes a file that arrives in pieces: inflates gzip, and recognises the encoding from a byte order mark or
 * from the bytes. The mark is dropped. Text is passed on unchanged.
 * @param found called once at the end, or earlier if the encoding is not UTF-8
 * @throws {UnreadablePopulation} for an Excel workbook or another archive, and for damaged gzip
 */
export const decodePieces = async function* (
  pieces: AsyncIterable<Uint8Array | string>,
  found: (facts: DecodedAs) => void,
): AsyncGenerator<string> {
  requireMade(pieces, Symbol.asyncIterator, 'a stream, such as createReadStream(file)')
  const iterator = pieces[Symbol.asyncIterator]()
  try {
    let first = await iterator.next()
    if (first.done === true) return
    if (typeof first.value === 'string') {
      let mark = /^\ufeff/
      while (first.done !== true) {
        const text = first.value as string
        yield mark.test(text) ? text.slice(1) : text
        mark = /(?!)/
        first = await iterator.next()
      }
      return
    }
    const beginning = await beginningOf(first.value, iterator)
    yield* decodeBytes(rejoined(beginning, iterator), beginning, found)
  } finally {
    await iterator.return?.()
  }
}

const decodeBytes = async function* (
  pieces: AsyncGenerator<Uint8Array>,
  beginning: Uint8Array,
  found: (facts: DecodedAs) => void,
): AsyncGenerator<string> {
  if (startsWith(beginning, 0x50, 0x4b, 0x03, 0x04))
    throw new UnreadablePopulation(
      'it is an Excel workbook or another ZIP archive; save the sheet as CSV UTF-8',
    )
  if (startsWith(beginning, 0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadablePopulation('it is an old Excel workbook; save the sheet as CSV UTF-8')
  const gzip = startsWith(beginning, 0x1f, 0x8b)
  if (gzip) {
    const unpacked = inflated(pieces)
    const inside = await beginningOf(new Uint8Array(0), unpacked)
    if (inside.length === 0) return
    yield* decodeText(rejoined(inside, unpacked), inside, (facts) => found({ ...facts, gzip }))
  } else yield* decodeText(pieces, beginning, (facts) => found({ ...facts, gzip }))
}

const decodeText = async function* (
  pieces: AsyncGenerator<Uint8Array>,
  beginning: Uint8Array,
  found: (facts: Pick<DecodedAs, 'encoding' | 'invalid'>) => void,
): AsyncGenerator<string> {
  const encoding = encodingOf(beginning)
  if (encoding === 'utf-8') {
    let told = false
    const tell = (facts: Pick<DecodedAs, 'encoding' | 'invalid'>): void => {
      told = true
      found(facts)
    }
    // A byte order mark means UTF-8, whatever bytes follow.
    yield* decodeUtf8(pieces, tell, !startsWith(beginning, 0xef, 0xbb, 0xbf))
    if (!told) found({ encoding, invalid: false })
    return
  }
  found({ encoding, invalid: false })
  const decoder = new TextDecoder(encoding)
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}
