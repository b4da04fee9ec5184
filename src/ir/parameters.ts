import type { Parameter } from '../functions/define.js'
import type { Callee } from './node.js'

/** The parameter that an argument of a callee binds to; past the last position, the one that repeats. */
export const parameterFor = ({ name, parameters }: Callee, position: number): Parameter => {
  const parameter = parameters[position] ?? parameters.findLast(({ repeating }) => repeating)
  if (parameter === undefined) throw new TypeError(`${name} has no parameter ${position}`)
  return parameter
}
