import { display, kindOf, textForm, type Value } from '../../index.js'

/** A value for the terminal, including the elements of a list and the members of an object. */
export const displayValue = (value: Value): string => {
  if (Array.isArray(value)) return `[${value.map((element: Value) => displayValue(element)).join(', ')}]`
  return kindOf(value) === 'object' ? String(textForm(value)) : display(value)
}
