import { fromBase64, type TextEncodingName, toBase64Utf16, toUtf8Hex } from '../../dotnet/encoding/base64.js'
import { integerFromText, isFalseText, isTrueText } from '../../values/convert.js'
import { raise } from '../../values/fault.js'
import { display } from '../../values/text.js'
import type { Value } from '../../values/value.js'
import { raiseDotnet } from './guard.js'
import { bounded } from './limits.js'

/** CBool: a number other than zero is true; text is a number, `true` or `false` in any case. Null stays null. */
export const cBool = (value: Value): boolean => {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'number':
      return value !== 0
    case 'bigint':
      return true
    case 'string': {
      if (isTrueText(value)) return true
      if (isFalseText(value)) return false
      const number = integerFromText(value)
      if (number !== undefined) return number !== 0
      break
    }
    default:
      if (Array.isArray(value)) raise('AF5003', { function: 'CBool', count: value.length })
  }
  return raise('AF5001', { function: 'CBool', value: display(value), expected: 'a Boolean' })
}

/** CStr and CRef: the text form, which the conversion of the argument has made. */
export const textItself = (text: string): string => text

const encodings: readonly TextEncodingName[] = ['Unicode', 'ASCII', 'UTF8']

/** ConvertFromBase64: the text that Base64 encodes, UTF-16 unless told otherwise. */
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
