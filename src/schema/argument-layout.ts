import type { BoundCall } from '../check/bound.js'
import { type FunctionDefinition, parameterAt } from '../functions/define.js'
import { graphTypeOf } from '../functions/graph-type.js'
import type { Argument, OmittedArgument } from '../syntax/ast.js'

/** Whether the parameter at a position takes an integer, so that a number is written there without quotes. */
export const takesInteger = (definition: FunctionDefinition, position: number): boolean => {
  const parameter = parameterAt(definition, position)
  return parameter !== undefined && graphTypeOf(parameter) === 'Integer'
}

/** The repeating parameters, and the position of the first. */
export const repeatingPart = (definition: FunctionDefinition): { start: number; size: number } => {
  const size = definition.parameters.filter((parameter) => parameter.repeating).length
  return { start: definition.parameters.length - size, size }
}

/** A blank argument without a place in a text. */
export const blank: OmittedArgument = { type: 'OmittedArgument', span: { start: 0, end: 0 } }

/** The keys under which the arguments of a function are stored. */
export const keysOf = ({ form, parameters }: FunctionDefinition): readonly string[] =>
  form === 'conditional'
    ? ['one', 'two', 'three', 'four', 'five']
    : [...new Set(parameters.map(({ key }) => key))]

/** A written argument: its declared position, undefined for a blank without one. */
export interface Written {
  readonly position: number | undefined
  readonly guide: Argument | undefined
}

/**
 * The arguments in the order of the text, including blanks.
 * @param guide the same call in the text; its blanks are kept if it has the same arguments
 */
export const layout = (
  definition: FunctionDefinition,
  slots: ReadonlyMap<number, unknown>,
  guide: BoundCall | undefined,
): readonly Written[] => {
  if (guide?.definition === definition) {
    const { node: written, arguments: bound } = guide
    const given = bound.filter(({ argument }) => argument.type !== 'OmittedArgument')
    const count = written.arguments.filter(({ type }) => type !== 'OmittedArgument').length
    if (count === slots.size && given.length === count && given.every(({ position }) => slots.has(position)))
      return written.arguments.map((argument, index) => ({
        position: bound[index]?.position,
        guide: argument,
      }))
  }
  const { start, size } = repeatingPart(definition)
  const repeated = [...slots.keys()].filter((position) => position >= start).length
  const length = start + (size === 0 ? 0 : Math.ceil(repeated / size) * size)
  return Array.from({ length }, (_, position) => ({ position, guide: undefined }))
}
