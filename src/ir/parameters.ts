import { type Parameter, parameterAt } from '../functions/define.js'
import type { Callee } from './node.js'

/** The parameter that an argument of a callee binds to. */
export const parameterFor = (callee: Callee, position: number): Parameter => {
  const parameter = parameterAt(callee, position)
  if (parameter === undefined) throw new TypeError(`${callee.name} has no parameter ${position}`)
  return parameter
}
