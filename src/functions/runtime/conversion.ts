import { integerFromText, isFalseText, isTrueText } from '../../values/convert.js'
import { raise } from '../../values/fault.js'
import { display } from '../../values/text.js'
import type { Value } from '../../values/value.js'

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

/** CStr and CRef: the text form, produced by the conversion of the argument. */
export const textItself = (text: string): string => text
