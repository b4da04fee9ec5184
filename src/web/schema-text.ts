import { looksLikeSchema } from '../schema/read.js'
import { decodePieces } from '../sources/decode.js'

/** The text of a file in any encoding that `sources` reads, if it holds a schema; otherwise undefined. */
export const schemaTextOf = async (bytes: Uint8Array): Promise<string | undefined> => {
  const whole = (async function* () {
    yield bytes
  })()
  let text = ''
  try {
    for await (const piece of decodePieces(whole, () => undefined)) {
      text += piece
      if (!/^\s*[[{]/.test(text)) return undefined
    }
  } catch {
    return undefined
  }
  return looksLikeSchema(text) ? text : undefined
}
