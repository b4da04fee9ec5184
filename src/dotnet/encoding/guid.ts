/**
 * The text of a version 4 GUID, lower case and hyphenated, made of 16 random bytes. The bits that hold version and
 * variant are set here. Text order equals byte order: for random bytes .NET's mixed byte order makes no difference.
 */
export const guidText = (bytes: Uint8Array): string => {
  let text = ''
  for (let index = 0; index < 16; index++) {
    let byte = bytes[index] ?? 0
    if (index === 6) byte = (byte & 0x0f) | 0x40
    if (index === 8) byte = (byte & 0x3f) | 0x80
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-'
    text += byte.toString(16).padStart(2, '0')
  }
  return text
}
