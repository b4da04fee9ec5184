/** `Char.IsWhiteSpace`. Unlike ECMAScript's white space it has U+0085, and lacks U+FEFF. */
const isWhiteSpace = (unit: number): boolean =>
  unit === 0x20 ||
  (unit >= 0x09 && unit <= 0x0d) ||
  (unit > 0x7f &&
    (unit === 0x85 ||
      unit === 0xa0 ||
      unit === 0x1680 ||
      (unit >= 0x2000 && unit <= 0x200a) ||
      unit === 0x2028 ||
      unit === 0x2029 ||
      unit === 0x202f ||
      unit === 0x205f ||
      unit === 0x3000))

/** `String.Trim()`: removes .NET's white space from both ends; U+200B and U+FEFF stay. */
export const trimWhiteSpace = (text: string): string => {
  let start = 0
  let end = text.length
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start++
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end--
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

/** StripSpaces: removes every U+0020, and no other white space. */
export const stripSpaces = (text: string): string => (text.indexOf(' ') < 0 ? text : text.replaceAll(' ', ''))
