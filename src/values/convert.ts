import { raise } from './fault.js'
import { display } from './text.js'
import { integer, type Value } from './value.js'

const LONGEST_SAFE = 15

/**
 * Reads an integer from text: blanks around it, a sign and decimal digits, as .NET's NumberStyles.Integer.
 * Undefined if the text is anything else.
 */
export const integerFromText = (text: string): number | bigint | undefined => {
  if (!/^[\t-\r ]*[+-]?\d+[\t-\r ]*$/.test(text)) return undefined
  return text.length <= LONGEST_SAFE ? Number(text) : integer(BigInt(text.trim().replace(/^\+/, '')))
}

/** Reads `&HFF` as .NET's VisualBasic does; undefined if the text is anything else. */
export const hexFromText = (text: string): number | bigint | undefined =>
  /^&H[0-9a-f]+$/i.test(text) ? integer(BigInt(`0x${text.slice(2)}`)) : undefined

/**
 * Converts a value to an integer. Null stays null; a decimal is cut toward zero; text must be an integer
 * (AF5001 otherwise, also for ""); a Boolean, DateTime, list or object is not one.
 */
export const integerOf = (value: Value, functionName: string): number | bigint | null => {
  switch (typeof value) {
    case 'number':
      return Math.trunc(value)
    case 'bigint':
      return value
    case 'string': {
      const found = integerFromText(value)
      if (found !== undefined) return found
      break
    }
    default:
      if (value === null) return null
  }
  return raise('AF5001', { function: functionName, value: display(value), expected: 'an integer' })
}

/** Whether text is `True` in any case, as .NET's Boolean.Parse accepts it. */
export const isTrueText = (text: string): boolean => text.length === 4 && text.toLowerCase() === 'true'

/** Whether text is `False` in any case. */
export const isFalseText = (text: string): boolean => text.length === 5 && text.toLowerCase() === 'false'

/**
 * Whether a condition holds: Boolean true, the text `True` in any case, or an integer other than zero.
 * Null and everything else does not; a list is an evaluation error.
 */
export const conditionHolds = (value: Value, functionName: string): boolean => {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'string':
      return isTrueText(value)
    case 'number':
      return Number.isInteger(value) && value !== 0
    case 'bigint':
      return true
    default:
      return Array.isArray(value) ? raise('AF5003', { function: functionName, count: value.length }) : false
  }
}
