import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js'
import type { FunctionDefinition, LiteralProblem, Parameter, ParameterType } from '../functions/define.js'
import type { Argument } from '../syntax/ast.js'
import { hexFromText, integerFromText } from '../values/convert.js'
import {
  ANY,
  BOOLEAN,
  DATETIME,
  DECIMAL,
  describeType,
  INTEGER,
  LIST,
  MARKER,
  NULL,
  OBJECT,
  overlaps,
  STRING,
  type StaticType,
} from '../values/static-type.js'
import type { BoundArgument } from './bound.js'

/** The kinds that convert to a parameter type. */
const accepted = (type: ParameterType, mapsOverLists: boolean): StaticType => {
  switch (type) {
    case 'String':
      return ANY & ~OBJECT & ~(mapsOverLists ? 0 : LIST)
    case 'Integer':
      return NULL | STRING | INTEGER | DECIMAL
    case 'DateTime':
      return NULL | STRING | DATETIME
    case 'Any':
      return ANY
  }
}

const typeNames: Readonly<Record<ParameterType, string>> = {
  String: 'text',
  Integer: 'an integer',
  DateTime: 'a date and time',
  Any: 'a value',
}

/** Checks one argument against its parameter: presence, type, enum values and the form of literals. */
export const checkArgument = (
  definition: FunctionDefinition,
  { argument, parameter, position }: BoundArgument,
  type: StaticType,
): Diagnostic | undefined => {
  if (argument.type === 'OmittedArgument') return checkOmitted(definition, argument, parameter, position)
  if (parameter.values !== undefined) return checkEnum(definition, parameter, argument)
  if (argument.type === 'Comparison' && parameter.type !== 'Any')
    return mismatch(definition, parameter, argument, 'a comparison')
  if (parameter.type === 'Integer') {
    if (argument.type === 'DecimalLiteral') {
      const integer = argument.text.replace(/\..*$/, '') || '0'
      const args = { ...namesOf(definition, parameter), value: argument.text, integer }
      return diagnostic('AF3013', argument.span, args)
    }
    if (argument.type === 'StringLiteral') {
      const { value } = argument
      return integerFromText(value) === undefined && hexFromText(value) === undefined
        ? mismatch(definition, parameter, argument, `"${value}"`)
        : undefined
    }
  }
  const literal = literalText(argument)
  if (literal !== undefined && parameter.checkLiteral !== undefined) {
    const problem = parameter.checkLiteral(literal)
    return problem === undefined ? undefined : literalFault(definition, parameter, problem, argument, literal)
  }
  // No kind converts to the parameter's type: the call would fail, or be null, for every object.
  const kinds = type & ~MARKER
  if (kinds !== 0 && !overlaps(kinds, accepted(parameter.type, definition.mapsOverLists)))
    return mismatch(definition, parameter, argument, describeType(kinds & ~NULL))
  if (
    parameter.type !== 'Any' &&
    kinds === BOOLEAN &&
    argument.type === 'Name' &&
    parameter.type !== 'String'
  ) {
    return mismatch(definition, parameter, argument, argument.name)
  }
  return undefined
}

const namesOf = (
  definition: FunctionDefinition,
  parameter: Parameter,
): { readonly function: string; readonly parameter: string } => ({
  function: definition.name,
  parameter: parameter.name,
})

const mismatch = (
  definition: FunctionDefinition,
  parameter: Parameter,
  { span }: Argument,
  found: string,
): Diagnostic =>
  diagnostic('AF3003', span, {
    ...namesOf(definition, parameter),
    expected: typeNames[parameter.type],
    found,
  })

const checkOmitted = (
  definition: FunctionDefinition,
  { span }: Argument,
  parameter: Parameter,
  position: number,
): Diagnostic | undefined => {
  if (definition.form === 'switch' && position >= 2 && position % 2 === 0)
    return diagnostic('AF3006', span, {})
  const mayBeBlank = parameter.required === false || parameter.repeating === true
  return mayBeBlank ? undefined : diagnostic('AF3002', span, namesOf(definition, parameter))
}

const checkEnum = (
  definition: FunctionDefinition,
  parameter: Parameter,
  argument: Argument,
): Diagnostic | undefined => {
  const values = parameter.values ?? []
  const written = argument.type === 'Name' ? argument.name : literalText(argument)
  if (written === undefined || values.includes(written)) return undefined
  return diagnostic('AF2006', argument.span, {
    ...namesOf(definition, parameter),
    name: written,
    values: values.join(', '),
  })
}

/** The text of a literal for a text parameter; the stored form of a number is this text. */
const literalText = (argument: Argument): string | undefined => {
  switch (argument.type) {
    case 'StringLiteral':
      return argument.value
    case 'IntegerLiteral':
      return String(argument.value)
    case 'DecimalLiteral':
      return String(Number(argument.text))
    default:
      return undefined
  }
}

const literalFault = (
  definition: FunctionDefinition,
  parameter: Parameter,
  { code, reason, start, end }: LiteralProblem,
  argument: Argument,
  value: string,
): Diagnostic => {
  if (code === 'AF3003') {
    const args = { ...namesOf(definition, parameter), expected: reason, found: `"${value}"` }
    return diagnostic(code, argument.span, args)
  }
  // The fault's offsets count in the value. Escapes make the source text longer, so the span is narrowed only
  // for literals without escapes.
  const isText = argument.type === 'StringLiteral'
  const plain = isText && argument.span.end - argument.span.start === value.length + 2
  const span =
    plain && start !== undefined
      ? {
          start: argument.span.start + 1 + start,
          end: argument.span.start + 1 + Math.max(end ?? start + 1, start + 1),
        }
      : argument.span
  return diagnostic(code, span, { reason })
}
