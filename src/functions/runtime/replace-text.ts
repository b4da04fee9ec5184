import { raise } from '../../values/fault.js'
import { TEXT_LIMIT, tooLong } from './limits.js'

/** Replaces every occurrence, by ordinal comparison. The size is known before the text is built. */
export const replaceText = (text: string, oldValue: string, newValue: string): string => {
  if (oldValue === '') {
    return raise('AF5013', { function: 'Replace', expected: 'an oldValue that is not empty', found: '""' })
  }
  const parts = text.split(oldValue)
  if (parts.length === 1) return text
  const growth = (parts.length - 1) * (newValue.length - oldValue.length)
  return text.length + growth > TEXT_LIMIT ? tooLong() : parts.join(newValue)
}
