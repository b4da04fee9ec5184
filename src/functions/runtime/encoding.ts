import { fromBase64, type TextEncodingName, toBase64Utf16, toUtf8Hex } from '../../dotnet/encoding/base64.js'
import { raise } from '../../values/fault.js'
import { display } from '../../values/text.js'
import { raiseDotnet } from './guard.js'
import { bounded } from './limits.js'

const encodings: readonly TextEncodingName[] = ['Unicode', 'ASCII', 'UTF8']

/** ConvertFromBase64: the decoded text; the default encoding is UTF-16. */
export const convertFromBase64 = (source: string, encoding: string | null | undefined): string => {
  const name = encoding ?? 'Unicode'
  const known = encodings.find((candidate) => candidate === name)
  if (known === undefined) {
    return raise('AF5013', {
      function: 'ConvertFromBase64',
      expected: 'Unicode, ASCII or UTF8 as the encoding',
      found: display(name),
    })
  }
  try {
    return fromBase64(source, known)
  } catch (thrown) {
    return raiseDotnet(thrown, 'ConvertFromBase64', source, 'Base64 text')
  }
}

/** ConvertToBase64: Base64 of the text in UTF-16, little endian. */
export const convertToBase64 = (source: string): string => bounded(toBase64Utf16(source))

/** ConvertToUTF8Hex: two hexadecimal digits for each byte of the text in UTF-8. */
export const convertToUtf8Hex = (source: string): string => bounded(toUtf8Hex(source))
