import { DotnetFailure } from '../failure.js'
import { unicodeExpression } from '../text/unicode-expression.js'
import { decodeUtf8, encodeUtf8 } from './utf8.js'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const padding = 0x3d

/** Value of each ASCII character in the alphabet, 255 for the others. */
const sextets: Uint8Array = new Uint8Array(0x80).fill(255)
for (let value = 0; value < alphabet.length; value++) sextets[alphabet.charCodeAt(value)] = value

/** The text encodings ConvertFromBase64 knows, by the names it uses for them. */
export type TextEncodingName = 'Unicode' | 'ASCII' | 'UTF8'

/** Base64 of bytes, with padding and without line breaks. */
export const encodeBase64 = (bytes: ArrayLike<number>): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63)
    text += left > 1 ? alphabet.charAt((group >> 6) & 63) : '='
    text += left > 2 ? alphabet.charAt(group & 63) : '='
  }
  return text
}

/**
 * `Convert.FromBase64String`: blank, tab, CR and LF are skipped anywhere, the padding is required, and bits left over
 * in the last group are ignored.
 *
 * @throws DotnetFailure `format` for anything else.
 */
export const decodeBase64 = (text: string): Uint8Array => {
  const bytes: number[] = []
  let group = 0
  let digits = 0
  let pads = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d) continue
    if (unit === padding) {
      pads += 1
      continue
    }
    const sextet = sextets[unit] ?? 255
    if (sextet === 255)
      throw new DotnetFailure('format', `Base64 has no character U+${hex4(unit)}`, at, at + 1)
    if (pads > 0) throw new DotnetFailure('format', 'Base64 text goes on after its padding', at, at + 1)
    group = (group << 6) | sextet
    digits += 1
    if (digits === 4) {
      bytes.push(group >> 16, (group >> 8) & 255, group & 255)
      group = 0
      digits = 0
    }
  }
  if (pads > 2 || (digits + pads) % 4 !== 0 || (digits === 0 && pads > 0)) {
    throw new DotnetFailure('format', 'the padding of the Base64 text is wrong')
  }
  if (digits === 2) bytes.push(group >> 4)
  if (digits === 3) bytes.push(group >> 10, (group >> 2) & 255)
  return Uint8Array.from(bytes)
}

const hex4 = (unit: number): string => unit.toString(16).toUpperCase().padStart(4, '0')

/** With the `u` flag the class matches lone surrogates only. */
const loneSurrogates = unicodeExpression('\\p{Cs}', 'gu')

const replaceLoneSurrogates = (text: string): string => text.replace(loneSurrogates(), '\ufffd')

/** ConvertToBase64: Base64 of the text as UTF-16, little endian, no byte order mark; a lone surrogate is U+FFFD. */
export const toBase64Utf16 = (text: string): string => {
  const wellFormed = replaceLoneSurrogates(text)
  const bytes = new Uint8Array(wellFormed.length * 2)
  for (let at = 0; at < wellFormed.length; at++) {
    const unit = wellFormed.charCodeAt(at)
    bytes[at * 2] = unit & 255
    bytes[at * 2 + 1] = unit >> 8
  }
  return encodeBase64(bytes)
}

/** `Encoding.Unicode.GetString`: a lone surrogate and an odd last byte become U+FFFD. */
const decodeUtf16 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8))
  }
  return replaceLoneSurrogates(bytes.length % 2 === 0 ? text : `${text}\ufffd`)
}

/** `Encoding.ASCII.GetString`: a byte above 7F becomes a question mark. */
const decodeAscii = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '?')).join('')

const decoders: Readonly<Record<TextEncodingName, (bytes: Uint8Array) => string>> = {
  Unicode: decodeUtf16,
  ASCII: decodeAscii,
  UTF8: decodeUtf8,
}

/**
 * ConvertFromBase64: the text that Base64 encodes; what is not valid in the encoding is replaced as in .NET, and a
 * byte order mark is kept.
 *
 * @throws DotnetFailure `format` when `text` is not Base64.
 */
export const fromBase64 = (text: string, encoding: TextEncodingName): string =>
  decoders[encoding](decodeBase64(text))

/** ConvertToUTF8Hex: two upper-case hexadecimal digits for each UTF-8 byte; a lone surrogate gives EFBFBD. */
export const toUtf8Hex = (text: string): string =>
  encodeUtf8(text)
    .map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
    .join('')
