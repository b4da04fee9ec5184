import { display, kindOf, textForm, type Value } from '../../index.js'

/** A value in a column, including the elements of a list and the members of an object. */
export const valueText = (value: Value): string => {
  if (Array.isArray(value)) return `[${value.map((element: Value) => valueText(element)).join(', ')}]`
  return kindOf(value) === 'object' ? String(textForm(value)) : display(value)
}
