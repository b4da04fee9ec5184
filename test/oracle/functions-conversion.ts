import {
  fromBase64,
  type TextEncodingName,
  toBase64Utf16,
  toUtf8Hex,
} from '../../src/dotnet/encoding/base64.js'
import { dotnet, type OracleFunction } from './protocol.js'
import { Decimal, fail, integerInText, type OracleValue } from './value.js'

const truth = (value: OracleValue): boolean => {
  if (typeof value === 'boolean') return value
  if (typeof value === 'bigint') return value !== 0n
  if (value instanceof Decimal) return true
  if (Array.isArray(value)) return fail('AF5003')
  if (typeof value !== 'string') return fail('AF5001')
  if (value.toLowerCase() === 'true' || value.toLowerCase() === 'false') return value.toLowerCase() === 'true'
  return (integerInText(value) ?? fail('AF5001')) !== 0n
}

export const conversionFunctions: Record<string, OracleFunction> = {
  CBool: { parameters: ['any'], body: (_, value: OracleValue) => truth(value) },
  CStr: { parameters: ['text'], maps: true, body: (_, value: string) => value },
  CRef: { parameters: ['text'], maps: true, body: (_, value: string) => value },
  ConvertToBase64: { parameters: ['text'], maps: true, body: (_, value: string) => toBase64Utf16(value) },
  ConvertToUTF8Hex: { parameters: ['text'], maps: true, body: (_, value: string) => toUtf8Hex(value) },
  ConvertFromBase64: {
    parameters: ['text', 'text?'],
    maps: true,
    body: (_, value: string, encoding: string | null | undefined) =>
      ['Unicode', 'ASCII', 'UTF8'].includes(encoding ?? 'Unicode')
        ? dotnet(() => fromBase64(value, (encoding ?? 'Unicode') as TextEncodingName))
        : fail('AF5013'),
  },
}
