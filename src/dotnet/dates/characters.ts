import { unicodeExpression } from '../text/unicode-expression.js'

const letter = unicodeExpression('^\\p{L}$')

/** .NET's char.IsWhiteSpace for one UTF-16 unit. */
export function isWhiteSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13)
  if (code < 0x1680) return code === 0x85 || code === 0xa0
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/** .NET's char.IsLetter for one UTF-16 unit: half of a surrogate pair is no letter. */
export function isLetter(code: number): boolean {
  if (code < 128) return (code | 32) >= 97 && (code | 32) <= 122
  return letter().test(String.fromCharCode(code))
}

/** Only ASCII digits count in dates, also in .NET. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** The first position at or after `position` that is not white space. */
export function skipWhiteSpace(text: string, position: number): number {
  let next = position
  while (next < text.length && isWhiteSpace(text.charCodeAt(next))) next++
  return next
}

/** The length of `text` without white space at its end. */
export function trimmedLength(text: string): number {
  let length = text.length
  while (length > 0 && isWhiteSpace(text.charCodeAt(length - 1))) length--
  return length
}

/** Whether `text` has `word` at `position`, ignoring the case of ASCII letters. */
export function startsWithIgnoringCase(text: string, position: number, word: string): boolean {
  if (position + word.length > text.length) return false
  for (let index = 0; index < word.length; index++) {
    const wanted = word.charCodeAt(index)
    const found = text.charCodeAt(position + index)
    if (found !== wanted && (!isAsciiLetter(wanted) || (found | 32) !== (wanted | 32) || found > 127))
      return false
  }
  return true
}

function isAsciiLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122 && code < 128
}
