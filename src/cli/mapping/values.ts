import { display, kindOf, textForm, type Value } from '../../index.js'

/** A value in a column: the elements of a list and the members of an object, too. */
export const valueText = (value: Value): string => {
  if (Array.isArray(value)) return `[${value.map((element: Value) => valueText(element)).join(', ')}]`
  return kindOf(value) === 'object' ? String(textForm(value)) : display(value)
}
