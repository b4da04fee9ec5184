/**
 * The decoded base64 text, or the base64 itself if the bytes are not text, as for a photo or a SID; undefined if it
 * is not base64.
 */
export const textOfBase64 = (base64: string): string | undefined => {
  try {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      return base64
    }
  } catch {
    return undefined
  }
}
