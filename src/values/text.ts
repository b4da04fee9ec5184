import { DateTime } from '../dotnet/dates/date-time.js'
import { invariantText } from '../dotnet/dates/invariant-text.js'
import { raise } from './fault.js'
import { kindOf, type Value } from './value.js'

/**
 * The text of a number as .NET writes it: integers in decimal digits, decimals in their shortest form without
 * an exponent for ordinary sizes.
 */
const numberText = (value: number): string => String(value)

/**
 * The text form of a value, as the service sends it: `True`/`False`, `M/d/yyyy h:mm:ss tt` in UTC. Null stays
 * null. A list or object has none: evaluation error AF5008.
 */
export const textOf = (value: Value): string | null => {
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
      return numberText(value)
    case 'bigint':
      return value.toString()
    default:
      if (value === null) return null
      if (value instanceof DateTime) return invariantText(value)
      return raise('AF5008', { found: `a value of kind ${kindOf(value)}` })
  }
}

/**
 * The text form for display or sending; a list gives one text for each element.
 * @example
 * textForm(true) // 'True'
 * textForm(['a', 1]) // ['a', '1']
 */
export const textForm = (value: Value): string | string[] | null => {
  if (Array.isArray(value)) return value.map((element: Value) => plainText(element) ?? '')
  return plainText(value)
}

const plainText = (value: Value): string | null => {
  const kind = kindOf(value)
  return kind === 'object' || kind === 'list' ? jsonText(value) : textOf(value)
}

/** JSON in which an integer beyond the safe range keeps its digits, and a DateTime is text. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : item instanceof DateTime ? invariantText(item) : item,
  )

/** A short rendering for messages: text is quoted and cut; everything else is its text or kind. */
export const display = (value: Value): string => {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  const kind = kindOf(value)
  return kind === 'object' ? 'an object' : String(textOf(value))
}
