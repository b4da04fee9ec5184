import type { BoundArgument } from '../check/bound.js'
import { parseDateTime } from '../dotnet/dates/index.js'
import { DotnetFailure } from '../dotnet/failure.js'
import type { FunctionDefinition, Parameter } from '../functions/define.js'
import type { Domain } from '../functions/domain.js'
import type { Argument, Expression } from '../syntax/ast.js'
import { createContext } from '../values/context.js'
import { isFalseText, isTrueText } from '../values/convert.js'
import {
  BOOLEAN,
  DATETIME,
  DECIMAL,
  INTEGER,
  LIST,
  MARKER,
  NULL,
  OBJECT,
  overlaps,
  STRING,
  within,
} from '../values/static-type.js'

/**
 * A conversion that fails for some value: AF5001 for a value of another form, AF5003 for a list instead of a
 * single value, AF5008 for an object instead of text.
 */
export interface Failure {
  /** The call or comparison that would fail. */
  readonly node: Expression
  readonly function: string
  readonly code: 'AF5001' | 'AF5003' | 'AF5008'
  /** The argument that causes the failure. */
  readonly argument: Expression
  /** Its parameter; undefined for an operand, and for an argument of a lazy function. */
  readonly parameter?: Parameter
}

const anywhere = createContext({ now: 0 })

const isDate = (text: string): boolean => {
  try {
    parseDateTime(text, anywhere)
    return true
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return false
  }
}

const isBooleanText = (text: string): boolean => isTrueText(text) || isFalseText(text)

const everyText = (domain: Domain, test: (text: string) => boolean): boolean =>
  domain.texts !== undefined && [...domain.texts].every(test)

/** Whether every single value converts to the type of a parameter. */
const converts = (parameter: Parameter, domain: Domain): boolean => {
  const kinds = domain.kinds & ~(NULL | MARKER | LIST)
  const inside = overlaps(domain.kinds, LIST) ? domain.elements : 0
  switch (parameter.type) {
    case 'String':
      return true
    case 'Integer':
      return within(kinds, INTEGER | DECIMAL | (domain.integral ? STRING : 0))
    case 'DateTime':
      return within(kinds, DATETIME | (everyText(domain, isDate) ? STRING : 0))
    case 'Any':
      break
  }
  switch (parameter.reads) {
    case 'boolean':
      return within(
        kinds,
        BOOLEAN | INTEGER | DECIMAL | (domain.integral || everyText(domain, isBooleanText) ? STRING : 0),
      )
    // These two apply to functions that take a list element by element.
    case 'date':
      return within(kinds | inside, NULL | DATETIME | (everyText(domain, isDate) ? STRING : 0))
    case 'formattedDate':
      return within(kinds | inside, NULL | DATETIME)
    default:
      return true
  }
}

const nodeOf = (argument: Argument): Expression | undefined =>
  argument.type === 'OmittedArgument' ? undefined : argument

/** The failing conversions of a call's arguments; only errors that its declaration states. */
export const failuresOf = (
  node: Expression,
  definition: FunctionDefinition,
  bound: readonly BoundArgument[],
  domains: readonly Domain[],
): readonly Failure[] => {
  const found: Failure[] = []
  const { errors, mapsOverLists, name } = definition
  let lists = 0
  bound.forEach(({ argument: written, parameter }, index) => {
    const argument = nodeOf(written)
    const domain = domains[index]
    if (argument === undefined || domain === undefined) return
    const add = (code: Failure['code'], part: Expression): void => {
      if (errors.includes(code)) found.push({ node, function: name, code, argument: part, parameter })
    }
    const isList = overlaps(domain.kinds, LIST)
    const inside = isList ? domain.elements : 0
    const isText = parameter.type === 'String'
    const isLiteralInteger = parameter.type === 'Integer' && argument.type === 'StringLiteral'
    const fails = !converts(parameter, domain) && !isLiteralInteger
    if (fails || parameter.form !== undefined) add('AF5001', argument)
    const takesList = (isText && mapsOverLists) || (parameter.type === 'Any' && parameter.takesLists === true)
    if (isList && isText && mapsOverLists) lists++
    if ((isList && !takesList) || overlaps(inside, LIST) || lists > 1) add('AF5003', argument)
    if (overlaps(domain.kinds | inside, OBJECT) || overlaps(inside, LIST)) add('AF5008', argument)
  })
  return found
}

/**
 * The failing conversions of an operand of a comparison, a source or key of Switch, or a candidate: lists and
 * objects.
 */
export const operandFailures = (
  node: Expression,
  name: string,
  ...operands: readonly (readonly [Expression, Domain])[]
): readonly Failure[] =>
  operands.flatMap(([argument, { kinds }]): Failure[] => [
    ...(overlaps(kinds, LIST) ? [{ node, function: name, code: 'AF5003' as const, argument }] : []),
    ...(overlaps(kinds, OBJECT) ? [{ node, function: name, code: 'AF5008' as const, argument }] : []),
  ])
