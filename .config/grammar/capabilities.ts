// What the language offers, for tools that do not run it.
import { constantMeanings } from '../../src/editor/words.js'
import { type DocumentedFunction, isOptional, signatureOf } from '../../src/functions/define.js'
import { documented } from '../../src/functions/documentation.js'
import { graphTypeOf } from '../../src/functions/graph-type.js'
import type { FunctionLibrary } from '../../src/functions/library.js'

/** An operator of the language. */
interface OperatorCapability {
  readonly symbol: string
  readonly name: string
  /** A higher number binds tighter. */
  readonly precedence: number
  readonly associativity: 'left' | 'none'
  readonly returns: 'string' | 'boolean'
}

const comparison = (symbol: string, name: string): OperatorCapability => ({
  symbol,
  name,
  precedence: 1,
  associativity: 'none',
  returns: 'boolean',
})

const operators: readonly OperatorCapability[] = [
  comparison('=', 'equal'),
  comparison('<>', 'not equal'),
  comparison('<', 'less than'),
  comparison('<=', 'less than or equal'),
  comparison('>', 'greater than'),
  comparison('>=', 'greater than or equal'),
  { symbol: '&', name: 'concatenate', precedence: 2, associativity: 'left', returns: 'string' },
]

const functionCapability = (definition: DocumentedFunction): object => ({
  name: definition.name,
  family: definition.family,
  signature: signatureOf(definition),
  parameters: definition.parameters.map((parameter) => ({
    name: parameter.name,
    key: parameter.key,
    type: graphTypeOf(parameter),
    required: !isOptional(parameter),
    repeating: parameter.repeating === true,
    ...(parameter.values === undefined ? {} : { values: parameter.values }),
    doc: parameter.doc,
  })),
  purity: definition.purity,
  dialects: definition.dialects,
  doc: definition.doc,
})

/** Bare words that a parameter takes, each with the parameters that take it. */
const parameterWords = (library: FunctionLibrary): object[] => {
  const takers = new Map<string, string[]>()
  for (const { name, parameters } of library.all()) {
    for (const parameter of parameters) {
      for (const word of parameter.values ?? []) {
        takers.set(word, [...(takers.get(word) ?? []), `${name}.${parameter.name}`])
      }
    }
  }
  return [...takers].map(([name, parameters]) => ({ name, parameters }))
}

/** The content of capabilities.json: the operators, and the functions and constants of a library. */
export const capabilities = (library: FunctionLibrary): object => ({
  operators,
  functions: library.all().map(documented).map(functionCapability),
  constants: [...constantMeanings.map(([name, doc]) => ({ name, doc })), ...parameterWords(library)],
})
