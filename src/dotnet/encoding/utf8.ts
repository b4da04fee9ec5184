const replacement = 0xfffd

/** The code point at an index, with U+FFFD for a lone surrogate, as .NET's encodings write it. */
export const scalarValueAt = (text: string, at: number): number => {
  const codePoint = text.codePointAt(at) ?? replacement
  return codePoint >= 0xd800 && codePoint <= 0xdfff ? replacement : codePoint
}

/** `Encoding.UTF8.GetBytes`: a lone surrogate becomes EF BF BD. */
export const encodeUtf8 = (text: string): number[] => {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = scalarValueAt(text, at)
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f))
    else if (code < 0x10000)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
    else {
      at += 1
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 0x3f),
        0x80 | ((code >> 6) & 0x3f),
        0x80 | (code & 0x3f),
      )
    }
  }
  return bytes
}

/** The number of bytes that follow a lead byte; -1 if it is not a lead byte. */
const followers = (lead: number): number => {
  if (lead < 0x80) return 0
  if (lead < 0xc2 || lead > 0xf4) return -1
  return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
}

/** Whether the byte may come second after the lead: no overlong forms, surrogates or values above U+10FFFF. */
const maySecond = (lead: number, byte: number): boolean =>
  byte >= (lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80) &&
  byte <= (lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf)

/**
 * `Encoding.UTF8.GetString`: each maximal part of an ill-formed sequence becomes one U+FFFD; a byte order mark is
 * kept.
 */
export const decodeUtf8 = (bytes: Uint8Array): string => {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0
    const more = followers(lead)
    at += 1
    let code = more < 1 ? lead : lead & (0x3f >> more)
    let read = 0
    while (read < more && at < bytes.length) {
      const byte = bytes[at] ?? 0
      if (read === 0 ? !maySecond(lead, byte) : byte < 0x80 || byte > 0xbf) break
      code = (code << 6) | (byte & 0x3f)
      read += 1
      at += 1
    }
    text += String.fromCodePoint(read === more ? code : replacement)
  }
  return text
}
