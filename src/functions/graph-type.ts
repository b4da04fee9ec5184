import { type GraphParameterType, type Parameter, parameterAt } from './define.js'
import type { FunctionLibrary } from './library.js'

/** The type of a parameter in Graph. */
export const graphTypeOf = ({ type, graphType }: Parameter): GraphParameterType =>
  graphType ?? (type === 'Any' ? 'String' : type)

/**
 * For the printers: whether a function's parameter takes an integer; undefined where a number and its text
 * are different values, as for the condition of IIF, and for functions that the library does not know.
 */
export const integerParametersOf =
  (library: FunctionLibrary): ((functionName: string, argumentIndex: number) => boolean | undefined) =>
  (functionName, argumentIndex) => {
    const definition = library.get(functionName)
    const parameter = definition && parameterAt(definition, argumentIndex)
    if (parameter === undefined) return undefined
    if (graphTypeOf(parameter) === 'Integer') return true
    return parameter.type !== 'Any' || parameter.reads === 'text' ? false : undefined
  }
