import { type FunctionDefinition, type GraphParameterType, isOptional, requireDefinition } from './define.js'
import { graphTypeOf } from './graph-type.js'
import { type FunctionLibrary, requireLibrary } from './library.js'

/** A parameter as Graph's `attributeMappingParameterSchema` states it. */
export interface ParameterSchema {
  readonly allowMultipleOccurrences: boolean
  readonly name: string
  readonly required: boolean
  readonly type: GraphParameterType
}

/** A function as Graph's `attributeMappingFunctionSchema` states it. */
export interface FunctionSchema {
  readonly name: string
  readonly parameters: readonly ParameterSchema[]
}

const conditionalSlot = (name: string, required: boolean): ParameterSchema => ({
  allowMultipleOccurrences: false,
  name,
  required,
  type: 'String',
})

/** Graph splits the condition of IIF in three: left side, operator and right side. */
const conditionalSlots: readonly ParameterSchema[] = [
  conditionalSlot('one', true),
  ...['two', 'three', 'four', 'five'].map((name) => conditionalSlot(name, false)),
]

/** A function as Graph lists it in a schema. */
export const functionSchema = (definition: FunctionDefinition): FunctionSchema => {
  requireDefinition(definition)
  if (definition.form === 'conditional') return { name: definition.name, parameters: conditionalSlots }
  const byKey = new Map<string, ParameterSchema>()
  for (const parameter of definition.parameters) {
    // Alternating parameters, such as the keys and values of Switch, share one key.
    const required = !isOptional(parameter) && byKey.get(parameter.key)?.required !== false
    byKey.set(parameter.key, {
      allowMultipleOccurrences: parameter.repeating === true,
      name: parameter.key,
      required,
      type: graphTypeOf(parameter),
    })
  }
  return { name: definition.name, parameters: [...byKey.values()] }
}

/** All functions of a library in that form, by name. */
export const functionSchemas = (library: FunctionLibrary): readonly FunctionSchema[] =>
  requireLibrary(library).all().map(functionSchema)
