import type { BoundArgument, BoundCall, BoundCalls, BoundExpression } from '../check/bound.js'
import type { CheckEnvironment } from '../check/environment.js'
import { kindsOfCall } from '../check/result-type.js'
import { concatenation } from '../functions/concatenation.js'
import { languageConstants } from '../functions/constants.js'
import { type FunctionDefinition, takesDate } from '../functions/define.js'
import type {
  Argument,
  Comparison,
  Concatenation,
  Expression,
  FunctionCall,
  Name,
  Placeholder,
} from '../syntax/ast.js'
import { hexFromText, integerFromText } from '../values/convert.js'
import type { Site } from '../values/fault.js'
import type { Settings } from '../values/settings.js'
import { ANY, BOOLEAN, NULL, STRING } from '../values/static-type.js'
import { fromInput, integer } from '../values/value.js'
import { asArgument, asCondition, constant } from './build.js'
import type { InputTable } from './inputs.js'
import type { CallNode, CompareNode, IrNode } from './node.js'
import { eagerly, withoutEmptyDate } from './readings.js'
import { markRedacted } from './redaction.js'

/**
 * Lowers a checked expression without errors into a node over the inputs of a unit. Names, argument
 * positions, settings and laziness are resolved here; the backends only evaluate.
 */
export const lowerExpression = (
  { expression, calls: bound }: BoundExpression,
  { settings }: CheckEnvironment,
  inputs: InputTable,
): IrNode => markRedacted(lower({ bound, settings, inputs, calls: [] }, expression), bound)

/** The context of lowering a node. */
interface LoweringContext {
  readonly bound: BoundCalls
  readonly settings: Settings
  readonly inputs: InputTable
  /** The names of the calls around, outermost first. */
  readonly calls: readonly string[]
}

const inside = ({ bound, settings, inputs, calls }: LoweringContext, name: string): LoweringContext => ({
  bound,
  settings,
  inputs,
  calls: [...calls, name],
})

const lower = (place: LoweringContext, node: Expression): IrNode => {
  switch (node.type) {
    case 'StringLiteral':
      return constant(node.value, node.span)
    case 'IntegerLiteral':
      return constant(integer(node.value), node.span)
    case 'DecimalLiteral':
      return constant(fromInput(Number(node.text)), node.span)
    case 'AttributeReference':
      return { op: 'input', index: place.inputs.indexOf(node.name), type: ANY, span: node.span }
    case 'Placeholder':
      return lowerPlaceholder(place, node)
    case 'Name':
      return lowerName(node)
    case 'FunctionCall':
      return lowerCall(place, node)
    case 'Comparison':
      return lowerComparison(place, node)
    case 'Concatenation':
      return lowerConcatenation(place, node)
    case 'InvalidExpression':
      throw new TypeError('an expression with syntax errors cannot be lowered')
  }
}

const lowerArgument = (place: LoweringContext, node: Expression): IrNode => asArgument(lower(place, node))

/** A branch, key, default or candidate; a blank one is null. */
const lowerOrNull = (place: LoweringContext, argument: Argument | undefined, call: FunctionCall): IrNode => {
  if (argument === undefined) return constant(null, { start: call.span.end - 1, end: call.span.end - 1 })
  return argument.type === 'OmittedArgument' ? constant(null, argument.span) : lower(place, argument)
}

const lowerPlaceholder = ({ settings, calls }: LoweringContext, { name, span }: Placeholder): IrNode => {
  const { placeholders } = settings
  const value = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined
  if (value !== undefined) return constant(value, span)
  return { op: 'fail', code: 'AF5004', args: { name: `%${name}%` }, type: 0, span, site: { span, calls } }
}

const lowerName = ({ name, span }: Name): IrNode => {
  const known = languageConstants.get(name)
  // Any other name is an enum value, which the checker has found in the parameter's values.
  return constant(known === undefined ? name : known.value, span)
}

const isEmpty = (operand: Expression): boolean => operand.type === 'StringLiteral' && operand.value === ''

const emptyOperands = ({ left, right }: Comparison): CompareNode['literalEmpty'] =>
  isEmpty(left) ? (isEmpty(right) ? 'both' : 'left') : isEmpty(right) ? 'right' : ''

const lowerComparison = (outer: LoweringContext, node: Comparison): IrNode => {
  const { operator, span } = node
  const place = inside(outer, operator)
  return {
    op: 'compare',
    operator,
    left: lowerArgument(place, node.left),
    right: lowerArgument(place, node.right),
    absent: place.settings.nullComparison === 'service' ? 'fails' : 'empty',
    literalEmpty: emptyOperands(node),
    type: BOOLEAN,
    span,
    site: { span, calls: place.calls },
  }
}

const lowerConcatenation = (outer: LoweringContext, { left, right, span }: Concatenation): IrNode => {
  const place = inside(outer, '&')
  const [before, after] = [lowerArgument(place, left), lowerArgument(place, right)]
  return {
    op: 'call',
    callee: concatenation,
    args: [before, after],
    extra: nothing,
    type: kindsOfCall(concatenation, [before.type, after.type]),
    span,
    site: { span, calls: place.calls },
  }
}

const lowerCall = (outer: LoweringContext, node: FunctionCall): IrNode => {
  const call = outer.bound.get(node)
  if (call === undefined) throw new TypeError(`${node.name} is not bound`)
  const { definition } = call
  const place = inside(outer, definition.name)
  switch (definition.form) {
    case 'conditional':
      return lowerConditional(place, node)
    case 'switch':
      return lowerSwitch(place, call)
    case 'coalesce':
      return lowerCoalesce(place, call)
    case 'selectUnique': {
      const candidates = node.arguments.map((argument) => asArgument(lowerOrNull(place, argument, node)))
      return {
        op: 'selectUnique',
        candidates,
        type: STRING | NULL,
        span: node.span,
        site: siteOf(place, node),
      }
    }
    case 'call':
      return lowerEager(place, call)
  }
}

const siteOf = ({ calls }: LoweringContext, { span }: Argument): Site => ({ span, calls })

const lowerConditional = (place: LoweringContext, node: FunctionCall): IrNode => {
  const [condition, yes, no] = node.arguments
  const test = asCondition(lowerOrNull(place, condition, node), siteOf(place, condition ?? node))
  const chosen = lowerOrNull(place, yes, node)
  const otherwise = lowerOrNull(place, no, node)
  const type = chosen.type | otherwise.type
  const conditional: IrNode = { op: 'conditional', test, chosen, otherwise, type, span: node.span }
  return place.settings.branches === 'eager'
    ? eagerly(conditional, [chosen, otherwise], siteOf(place, node))
    : conditional
}

const lowerSwitch = (place: LoweringContext, { node, given }: BoundCall): IrNode => {
  const source = asArgument(lowerOrNull(place, given[0], node))
  const otherwise = lowerOrNull(place, given[1], node)
  const cases = []
  let { type } = otherwise
  for (let i = 2; i < given.length; i += 2) {
    const key = asArgument(lowerOrNull(place, given[i], node))
    const value = lowerOrNull(place, given[i + 1], node)
    cases.push({ key, value })
    type |= value.type
  }
  const site = siteOf(place, node)
  const choice: IrNode = { op: 'switch', source, cases, otherwise, type, span: node.span, site }
  return place.settings.branches === 'eager'
    ? eagerly(choice, [otherwise, ...cases.map(({ value }) => value)], site)
    : choice
}

const lowerCoalesce = (place: LoweringContext, { node, given }: BoundCall): IrNode => {
  const args = given.map((argument) => lowerOrNull(place, argument, node))
  let type = args.at(-1)?.type ?? NULL
  for (const argument of args) type |= argument.type & ~NULL
  const skipsEmpty = place.settings.coalesceSkipsEmpty
  const choice: IrNode = { op: 'coalesce', args, skipsEmpty, type, span: node.span }
  return place.settings.branches === 'eager' ? eagerly(choice, args, siteOf(place, node)) : choice
}

const nothing: readonly unknown[] = []

const lowerEager = (place: LoweringContext, { node, definition, arguments: bound }: BoundCall): CallNode => {
  const { parameters, settings } = definition
  const args: (IrNode | undefined)[] = []
  for (const { repeating } of parameters) if (!repeating) args.push(undefined)
  for (const argument of bound) {
    while (args.length < argument.position) args.push(undefined)
    args[argument.position] = lowerBound(place, argument)
  }
  return {
    op: 'call',
    callee: definition,
    args,
    extra: settings.length === 0 ? nothing : settings.map((name) => place.settings[name]),
    type: kindsOfCall(
      definition,
      args.map((argument) => argument?.type),
    ),
    span: node.span,
    site: { ...siteOf(place, node), ...convertedArgument(definition, bound) },
  }
}

const isLiteral = ({ argument: { type } }: BoundArgument): boolean =>
  type === 'OmittedArgument' || type.endsWith('Literal')

/** The argument whose value the call may be unable to read, if there is exactly one. */
const convertedArgument = (
  { errors }: FunctionDefinition,
  bound: readonly BoundArgument[],
): Pick<Site, 'argument'> => {
  const read = bound.filter((one) => !isLiteral(one))
  const converted = read.filter(({ parameter: { type } }) => type === 'Integer' || type === 'DateTime')
  const meant = converted.length > 0 || !errors.includes('AF5001') ? converted : read
  const [only, second] = meant
  return only === undefined || second !== undefined ? {} : { argument: only.argument.span }
}

const lowerBound = (place: LoweringContext, { argument, parameter }: BoundArgument): IrNode | undefined => {
  if (argument.type === 'OmittedArgument') {
    // A blank in the repeating part is a null among the values; anywhere else it is an absent argument.
    return parameter.repeating ? constant(null, argument.span) : undefined
  }
  if (parameter.type === 'Integer' && argument.type === 'StringLiteral') {
    const value = integerFromText(argument.value) ?? hexFromText(argument.value)
    if (value !== undefined) return constant(value, argument.span)
  }
  const lowered = lowerArgument(place, argument)
  return takesDate(parameter) && place.settings.emptyDates === 'null'
    ? withoutEmptyDate(lowered, siteOf(place, argument))
    : lowered
}
