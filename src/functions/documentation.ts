import type { DocumentedFunction, FunctionDefinition, Parameter } from './define.js'
import { standardLibrary } from './standard.js'
import { standardDocumentation } from './standard-documentation.js'

/** A definition may carry its documentation although its type does not say so. */
type Carrier = FunctionDefinition & Partial<Omit<DocumentedFunction, 'parameters'>>
type ParameterCarrier = Parameter & { readonly doc?: string }

const withDocumentation = (definition: Carrier): DocumentedFunction => {
  const standard = standardDocumentation.get(definition.name)
  const parameters = standardLibrary.get(definition.name)?.parameters
  const docs = new Map(parameters?.map((one: ParameterCarrier) => [one.name, one.doc]))
  const phrases = definition.phrases ?? standard?.phrases
  return {
    ...definition,
    doc: definition.doc ?? standard?.doc ?? '',
    ...(phrases === undefined ? {} : { phrases }),
    notes: definition.notes ?? standard?.notes ?? [],
    examples: definition.examples ?? standard?.examples ?? [],
    parameters: definition.parameters.map((one: ParameterCarrier) => ({
      ...one,
      doc: one.doc ?? docs.get(one.name) ?? '',
    })),
  }
}

const found = new WeakMap<FunctionDefinition, DocumentedFunction>()

/**
 * A function with its documentation: its own, or that of the standard function that it replaces. Missing
 * texts are empty.
 */
export const documented = (definition: FunctionDefinition): DocumentedFunction => {
  const known = found.get(definition) ?? withDocumentation(definition)
  found.set(definition, known)
  return known
}
