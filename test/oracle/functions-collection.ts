import { trim } from './functions-text.js'
import type { OracleFunction } from './protocol.js'
import { fail, json, type OracleValue, Structure, text } from './value.js'

const elements = (value: OracleValue): OracleValue[] => (Array.isArray(value) ? value : [value])

const isSame = (left: OracleValue, right: OracleValue): boolean => {
  if (left === null || right === null) return left === right
  const structured = [left, right].map((value) => Array.isArray(value) || value instanceof Structure)
  if (structured[0] !== structured[1] || Array.isArray(left) !== Array.isArray(right)) return false
  return structured[0] ? json(left) === json(right) : text(left) === text(right)
}

export const collectionFunctions: Record<string, OracleFunction> = {
  Count: {
    parameters: ['any*'],
    body: (_, value: OracleValue) => (value === null ? 0n : BigInt(elements(value).length)),
  },

  Item: {
    parameters: ['any', 'integer'],
    body: (_, value: OracleValue, index: bigint) => {
      const all = elements(value)
      return index < 1n || index > BigInt(all.length) ? fail('AF5002') : all[Number(index) - 1]!
    },
  },

  Contains: {
    parameters: ['any', 'text'],
    body: (_, value: OracleValue, searched: string) => {
      let position = 1n
      for (const element of elements(value)) {
        if (text(element)?.includes(searched)) return position
        position += 1n
      }
      return 0n
    },
  },

  RemoveDuplicates: {
    parameters: ['any'],
    body: (_, value: OracleValue) =>
      Array.isArray(value)
        ? value.filter((element, index) => value.findIndex((other) => isSame(other, element)) === index)
        : value,
  },

  Split: {
    parameters: ['any', 'text'],
    body: ({ settings }, value: OracleValue, delimiter: string) => {
      if (delimiter === '') return fail('AF5013')
      const parts = elements(value)
        .map(text)
        .flatMap((whole) => (whole === null || whole === '' ? [] : whole.split(delimiter)))
      return settings.splitTrims ? parts.map(trim) : parts
    },
  },
}
