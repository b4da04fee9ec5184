import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import type { FunctionDefinition, Parameter, ParameterType } from '../functions/define.js'
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

/** The kinds that convert to a parameter type. */
const accepted = (type: ParameterType, lifts: boolean): StaticType => {
  switch (type) {
    case 'String':
      return ANY & ~OBJECT & ~(lifts ? 0 : LIST)
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
  parameter: Parameter,
  argument: Argument,
  type: StaticType,
  position: number,
): Diagnostic[] => {
  const names = { function: definition.name, parameter: parameter.name }
  const mismatch = (found: string): Diagnostic[] => [
    diagnostic('AF3003', argument.span, { ...names, expected: typeNames[parameter.type], found }),
  ]
  if (argument.type === 'OmittedArgument') {
    if (definition.form === 'switch' && position >= 2 && position % 2 === 0)
      return [diagnostic('AF3006', argument.span, {})]
    const mayBeBlank = parameter.required === false || parameter.repeating === true
    return mayBeBlank ? [] : [diagnostic('AF3002', argument.span, names)]
  }
  if (parameter.values !== undefined) return checkEnum(definition, parameter, argument)
  if (argument.type === 'Comparison' && parameter.type !== 'Any') return mismatch('a comparison')
  if (parameter.type === 'Integer') {
    if (argument.type === 'DecimalLiteral') {
      const integer = argument.text.replace(/\..*$/, '') || '0'
      return [diagnostic('AF3013', argument.span, { ...names, value: argument.text, integer })]
    }
    if (argument.type === 'StringLiteral') {
      const { value } = argument
      if (integerFromText(value) === undefined && hexFromText(value) === undefined)
        return mismatch(`"${value}"`)
      return []
    }
  }
  if (argument.type === 'StringLiteral' && parameter.checkLiteral !== undefined) {
    return checkLiteral(definition, parameter, parameter.checkLiteral(argument.value), argument)
  }
  // Nothing in common with what converts: it would fail, or be null, for every object.
  const kinds = type & ~MARKER
  if (kinds !== 0 && !overlaps(kinds, accepted(parameter.type, definition.lifts)))
    return mismatch(describeType(kinds & ~NULL))
  if (
    parameter.type !== 'Any' &&
    kinds === BOOLEAN &&
    argument.type === 'Name' &&
    parameter.type !== 'String'
  ) {
    return mismatch(argument.name)
  }
  return []
}

const checkEnum = (
  definition: FunctionDefinition,
  parameter: Parameter,
  argument: Argument,
): Diagnostic[] => {
  const values = parameter.values ?? []
  const written =
    argument.type === 'Name' ? argument.name : argument.type === 'StringLiteral' ? argument.value : undefined
  if (written === undefined || values.includes(written)) return []
  const args = {
    name: written,
    parameter: parameter.name,
    function: definition.name,
    values: values.join(', '),
  }
  return [diagnostic('AF2006', argument.span, args)]
}

const checkLiteral = (
  definition: FunctionDefinition,
  parameter: Parameter,
  problem: ReturnType<NonNullable<Parameter['checkLiteral']>>,
  argument: Extract<Argument, { type: 'StringLiteral' }>,
): Diagnostic[] => {
  if (problem === undefined) return []
  const { code, reason, start, end } = problem
  if (code === 'AF3003') {
    const args = {
      parameter: parameter.name,
      function: definition.name,
      expected: reason,
      found: `"${argument.value}"`,
    }
    return [diagnostic(code, argument.span, args)]
  }
  // The fault's offsets count in the value; escapes make the source text longer, so they only narrow the
  // span when the literal has none.
  const plain = argument.span.end - argument.span.start === argument.value.length + 2
  const span =
    plain && start !== undefined
      ? {
          start: argument.span.start + 1 + start,
          end: argument.span.start + 1 + Math.max(end ?? start + 1, start + 1),
        }
      : argument.span
  return [diagnostic(code, span, { reason })]
}
