import { type FunctionDefinition, type GraphParameterType, isOptional } from './define.js'
import type { FunctionLibrary } from './library.js'

/** A parameter as Graph's `schema/functions` lists it. */
export interface ParameterSchema {
  readonly name: string
  readonly type: GraphParameterType
  readonly required: boolean
  readonly allowMultipleOccurrences: boolean
}

/** A function as Graph's `schema/functions` lists it. */
export interface FunctionSchema {
  readonly name: string
  readonly parameters: readonly ParameterSchema[]
}

const slot = (name: string, required: boolean): ParameterSchema => ({
  name,
  type: 'String',
  required,
  allowMultipleOccurrences: false,
})

/** Graph splits the condition of IIF in three: left side, operator, right side. */
const conditionalSlots: readonly ParameterSchema[] = [
  slot('one', true),
  slot('two', false),
  slot('three', false),
  slot('four', false),
  slot('five', false),
]

const schemaOf = (definition: FunctionDefinition): FunctionSchema => {
  if (definition.form === 'conditional') return { name: definition.name, parameters: conditionalSlots }
  const byKey = new Map<string, ParameterSchema>()
  for (const parameter of definition.parameters) {
    // Parameters that alternate, as the keys and values of Switch do, share one key.
    const known = byKey.get(parameter.key)
    byKey.set(parameter.key, {
      name: parameter.key,
      type: parameter.graphType ?? (parameter.type === 'Any' ? 'String' : parameter.type),
      required: !isOptional(parameter) && known?.required !== false,
      allowMultipleOccurrences: parameter.repeating === true,
    })
  }
  return { name: definition.name, parameters: [...byKey.values()] }
}

/** The functions of a library in the shape of Graph's `schema/functions`, by name. */
export const functionSchemas = (library: FunctionLibrary): readonly FunctionSchema[] =>
  library.all().map(schemaOf)
