import { DotnetFailure } from '../failure.js'
import { decodeBase64 } from './base64.js'

const headerBytes = 8
const mostSubAuthorities = 15

/**
 * The text of a binary security identifier (MS-DTYP 2.4.2.2): revision, count of sub-authorities, 48-bit authority
 * big endian, then 32-bit sub-authorities little endian. Bytes after the last one are ignored, as in .NET.
 *
 * @throws DotnetFailure `format` if the bytes are not a security identifier.
 */
export const sidText = (bytes: Uint8Array): string => {
  if (bytes.length < headerBytes) throw new DotnetFailure('format', 'a binary SID has at least 8 bytes')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const revision = view.getUint8(0)
  const count = view.getUint8(1)
  if (revision !== 1) throw new DotnetFailure('format', `a binary SID has revision 1, not ${revision}`)
  if (count > mostSubAuthorities) {
    throw new DotnetFailure('format', `a SID has at most ${mostSubAuthorities} sub-authorities, not ${count}`)
  }
  if (bytes.length < headerBytes + count * 4) {
    throw new DotnetFailure('format', `the binary SID is too short for ${count} sub-authorities`)
  }
  let text = `S-1-${view.getUint16(2) * 0x1_0000_0000 + view.getUint32(4)}`
  for (let index = 0; index < count; index++) text += `-${view.getUint32(headerBytes + index * 4, true)}`
  return text
}

/**
 * StringFromSid: the text of a security identifier given as Base64, the form in which binary attributes stand in JSON.
 *
 * @throws DotnetFailure `format` if it is not Base64 or not a security identifier.
 */
export const sidFromBase64 = (text: string): string => sidText(decodeBase64(text))
