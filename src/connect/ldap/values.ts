import { textForm } from '../../values/text.js'
import type { Value } from '../../values/value.js'

/** The texts that a directory stores for a value; an empty text is none, because directories refuse it. */
export const texts = (value: Value): readonly string[] => {
  const form = typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : textForm(value)
  const all = form === null ? [] : typeof form === 'string' ? [form] : form
  return all.filter((text) => text !== '')
}

/** Whether a value is true, also as a text. */
export const isTrue = (value: Value): boolean =>
  value === true || (typeof value === 'string' && /^true$/i.test(value))

/** Bytes of Base64; undefined if it is none. */
export const bytesOf = (text: string): Buffer | undefined =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    ? Buffer.from(text, 'base64')
    : undefined

/** Texts without what directories ignore when they compare: case, blanks, hyphens. */
export const loosely = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, '')

/** Whether two attributes have the same values, in any order. @param form what of a text is compared */
export const sameValues = (
  a: readonly (string | Buffer)[],
  b: readonly (string | Buffer)[],
  form: (text: string) => string = (text) => text,
): boolean => {
  const sorted = (values: readonly (string | Buffer)[]): string =>
    JSON.stringify(values.map((one) => (typeof one === 'string' ? form(one) : one.toString('base64'))).sort())
  return a.length === b.length && sorted(a) === sorted(b)
}
