import type { CheckEnvironment } from '../check/environment.js'
import {
  type DocumentedFunction,
  type DocumentedParameter,
  type FunctionDefinition,
  type Parameter,
  parameterAt,
} from '../functions/define.js'
import { documented } from '../functions/documentation.js'
import {
  cultureName,
  dateInterval,
  dateTimeStyles,
  inputFormat,
  outputFormat,
  regularExpression,
} from '../functions/literals.js'
import { stringValue } from '../syntax/grammar.js'
import type { CallArgument, EnclosingCall } from './position.js'
import type { OpenToken } from './scan.js'

/** A parameter for an argument. */
export interface Expectation {
  readonly definition: DocumentedFunction
  readonly parameter: DocumentedParameter
  /** Declared position; repetitions of a parameter are numbered onwards. */
  readonly position: number
  /** The shorter form that binds it; undefined for the declared form. */
  readonly alternative: number | undefined
}

/** The function of a call; the case of its name does not matter while it is being written. */
export const calleeOf = (
  { name }: Pick<EnclosingCall, 'name'>,
  { library }: CheckEnvironment,
): DocumentedFunction | undefined => {
  const definition = library.get(name) ?? library.getFolded(name)
  return definition && documented(definition)
}

/**
 * The possible parameters of the argument at the cursor, the most likely first. There are several if a
 * shorter form binds differently and more arguments may follow.
 */
export const expectationsAt = (
  call: EnclosingCall,
  environment: CheckEnvironment,
): readonly Expectation[] => {
  const definition = calleeOf(call, environment)
  if (definition === undefined) return []
  const { argumentIndex, arguments: args } = call
  const declared = { position: argumentIndex, alternative: undefined }
  const shorter = (definition.alternatives ?? []).flatMap(({ count, positions }, alternative) =>
    args.length <= count
      ? [{ position: positions[argumentIndex] ?? argumentIndex, alternative, fits: args.length === count }]
      : [],
  )
  return [...shorter.filter(({ fits }) => fits), declared, ...shorter.filter(({ fits }) => !fits)].flatMap(
    ({ position, alternative }) => {
      const parameter = parameterAt(definition, position)
      return parameter === undefined ? [] : [{ definition, parameter, position, alternative }]
    },
  )
}

/** A kind of literal with proposals and explanations. */
export type LiteralKind = 'culture' | 'interval' | 'styles' | 'inputFormat' | 'outputFormat' | 'regex'

// The check of a literal identifies its kind, so declarations do not state it again.
const kinds: ReadonlyMap<Parameter['checkLiteral'], LiteralKind> = new Map([
  [cultureName, 'culture'],
  [dateInterval, 'interval'],
  [dateTimeStyles, 'styles'],
  [inputFormat, 'inputFormat'],
  [outputFormat, 'outputFormat'],
  [regularExpression, 'regex'],
])

/** The kind of a literal for the parameter; undefined for plain text. */
export const literalKind = (parameter: Parameter): LiteralKind | undefined =>
  parameter.checkLiteral && kinds.get(parameter.checkLiteral)

/** The value of a string, complete or not. */
export const tokenValue = ({ text, closed }: OpenToken): string => stringValue(closed ? text : `${text}"`)

/** The argument for a parameter, by its key in Graph. */
export const argumentOf = (
  call: EnclosingCall,
  { parameters }: FunctionDefinition,
  key: string,
): CallArgument | undefined => call.arguments[parameters.findIndex((parameter) => parameter.key === key)]

/** The value of an argument that is only a string. */
export const literalOf = (argument: CallArgument | undefined): string | undefined => {
  const token = argument?.tokens.length === 1 ? argument.tokens[0] : undefined
  return token?.kind === 'String' ? tokenValue(token) : undefined
}
