import { jsonText, textForm } from '../values/text.js'
import { isList, kindOf, type Value } from '../values/value.js'

/** A value as readable text: texts in quotes, lists in brackets, other values by their text. */
export const valueText = (value: Value): string => {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`
  return kindOf(value) === 'object' ? jsonText(value) : String(textForm(value))
}
