import { raise } from '../../values/fault.js'
import { TEXT_LIMIT, tooLong } from './limits.js'

/** Replaces every occurrence, by ordinal comparison. The size is known before the text is built. */
const replaceText = (text: string, oldValue: string, newValue: string): string => {
  if (oldValue === '') {
    return raise('AF5013', { function: 'Replace', expected: 'an oldValue that is not empty', found: '""' })
  }
  const parts = text.split(oldValue)
  if (parts.length === 1) return text
  const growth = (parts.length - 1) * (newValue.length - oldValue.length)
  return text.length + growth > TEXT_LIMIT ? tooLong() : parts.join(newValue)
}

/** Replaces a text in the source. */
export const replaceInSource = (
  source: string | null,
  oldValue: string | null,
  newValue: string | null,
): string | null =>
  source === null || oldValue === null || newValue === null ? null : replaceText(source, oldValue, newValue)

/**
 * Replace: the mode follows from which arguments are given. Null in an argument that the mode needs gives null.
 */
export const replace = (
  source: string | null,
  oldValue: string | null | undefined,
  _pattern: string | null | undefined,
  _groupName: string | null | undefined,
  replacement: string | null | undefined,
  _otherAttribute: unknown,
  template: string | null | undefined,
): string | null => {
  if (oldValue === undefined) return null
  return template === undefined
    ? replaceInSource(source, oldValue, replacement ?? null)
    : replaceInSource(template, oldValue, source)
}
