import { type FunctionBody, isStrict, type Parameter } from '../functions/define.js'
import { type ArgumentValue, located } from '../ir/call.js'
import { applyDateCall } from '../ir/date-call.js'
import type { Callee, CallNode, Yield } from '../ir/node.js'
import { parameterFor } from '../ir/parameters.js'
import type { Value } from '../values/value.js'
import { argumentValue, type BuildOperand, type Evaluate, type Operand } from './evaluate.js'
import type { Frame } from './frame.js'

/** Whether a value needs no conversion for a parameter, so that the body can take it unchanged. */
const fits = (parameter: Parameter, value: Value): boolean => {
  switch (parameter.type) {
    case 'String':
      return typeof value === 'string'
    case 'Integer':
      return typeof value === 'number' && Number.isInteger(value)
    case 'DateTime':
      return false
    case 'Any':
      return value !== null || !isStrict(parameter)
  }
}

/** An argument that is not constant, and its position in the call. */
interface Varying {
  readonly operand: Operand
  readonly parameter: Parameter
}

/**
 * Calls, specialised by the number of arguments that vary and by the parameter types. Values that need no
 * conversion, the common case, go straight to the body; all others go through {@link applyDateCall}.
 */
export const callClosure = (node: CallNode, build: BuildOperand): Evaluate => {
  const { callee, extra, site } = node
  const body = callee.evaluate
  if (body === undefined) throw new TypeError(`${callee.name} has no body`)
  const args = node.args.map((argument) => (argument === undefined ? undefined : build(argument)))
  const general: Evaluate = (frame) => {
    const values: ArgumentValue[] = []
    for (const operand of args) values.push(operand === undefined ? undefined : argumentValue(operand, frame))
    return applyDateCall(callee, values, extra, site, frame.context)
  }
  const varying = varyingArguments(node, args)
  if (varying === undefined) return general
  if (callee.takesContext)
    return varying.length === 1 && args.length === 1 ? unaryInContext(node, varying[0]!, body) : general
  switch (varying.length) {
    case 1:
      return unary(node, varying[0]!, bindConstants(node, callee, body))
    case 2:
      return args.length === 2 && extra.length === 0 ? binary(node, varying[0]!, varying[1]!, body) : general
    case 3:
      return args.length === 3 && extra.length === 0 ? ternary(node, varying, body) : general
    default:
      return general
  }
}

/** The arguments that are not constants; undefined if a constant would need a conversion. */
const varyingArguments = (
  node: CallNode,
  args: readonly (Operand | undefined)[],
): readonly Varying[] | undefined => {
  const varying: Varying[] = []
  for (let position = 0; position < args.length; position++) {
    const argument = node.args[position]
    if (argument === undefined) continue
    const parameter = parameterFor(node.callee, position)
    if (argument.op !== 'constant') varying.push({ operand: args[position]!, parameter })
    else if (!fits(parameter, argument.value as Value)) return undefined
  }
  return varying
}

/** The body as a function of the only argument that varies. */
const bindConstants = (node: CallNode, callee: Callee, body: FunctionBody): ((value: Value) => Yield) => {
  const { args, extra } = node
  if (args.length === 1 && extra.length === 0) return body
  const constants: unknown[] = args.map((argument) =>
    argument?.op === 'constant' ? argument.value : undefined,
  )
  const position = args.findIndex((argument) => argument !== undefined && argument.op !== 'constant')
  if (position < 0) throw new TypeError(`${callee.name} has no argument that varies`)
  const [first, second] = [...constants, ...extra]
  const count = args.length + extra.length
  if (count === 2) return position === 0 ? (value) => body(value, second) : (value) => body(first, value)
  const before = constants.slice(0, position)
  const after = [...constants.slice(position + 1), ...extra]
  if (before.length === 0 && after.length === 2) {
    const [x, y] = after
    return (value) => body(value, x, y)
  }
  return (value) => body(...before, value, ...after)
}

const unary = (node: CallNode, { operand, parameter }: Varying, body: (value: Value) => Yield): Evaluate => {
  const { callee, extra, site } = node
  const nullIsNull = isStrict(parameter)
  const positions = node.args.map((argument) =>
    argument?.op === 'constant' ? (argument.value as Value) : undefined,
  )
  const position = node.args.findIndex((argument) => argument !== undefined && argument.op !== 'constant')
  const convert = (frame: Frame, value: Value): Yield =>
    value === null && nullIsNull
      ? null
      : applyDateCall(callee, positions.with(position, value), extra, site, frame.context)
  if (parameter.type === 'String') {
    return (frame) => {
      const value = argumentValue(operand, frame)
      if (typeof value !== 'string') return convert(frame, value)
      try {
        return body(value)
      } catch (thrown) {
        throw located(thrown, site)
      }
    }
  }
  // Clauses of filters are calls of this kind.
  const takesAll = parameter.type === 'Any' && !nullIsNull
  return (frame) => {
    const value = argumentValue(operand, frame)
    if (!takesAll && !fits(parameter, value)) return convert(frame, value)
    try {
      return body(value)
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
}

const unaryInContext = (node: CallNode, { operand, parameter }: Varying, body: FunctionBody): Evaluate => {
  const { callee, extra, site } = node
  return (frame) => {
    const value = argumentValue(operand, frame)
    if (!fits(parameter, value)) return applyDateCall(callee, [value], extra, site, frame.context)
    try {
      return body(frame.context, value, ...extra)
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
}

const takesAnything = ({ parameter }: Varying): boolean => parameter.type === 'Any' && !isStrict(parameter)

const binary = (node: CallNode, first: Varying, second: Varying, body: FunctionBody): Evaluate => {
  const { callee, extra, site } = node
  const takesAll = takesAnything(first) && takesAnything(second)
  return (frame) => {
    const a = argumentValue(first.operand, frame)
    const b = argumentValue(second.operand, frame)
    if (!takesAll && !(fits(first.parameter, a) && fits(second.parameter, b)))
      return applyDateCall(callee, [a, b], extra, site, frame.context)
    try {
      return body(a, b)
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
}

const ternary = (node: CallNode, varying: readonly Varying[], body: FunctionBody): Evaluate => {
  const { callee, extra, site } = node
  const [first, second, third] = varying as readonly [Varying, Varying, Varying]
  return (frame) => {
    const a = argumentValue(first.operand, frame)
    const b = argumentValue(second.operand, frame)
    const c = argumentValue(third.operand, frame)
    if (!fits(first.parameter, a) || !fits(second.parameter, b) || !fits(third.parameter, c)) {
      return applyDateCall(callee, [a, b, c], extra, site, frame.context)
    }
    try {
      return body(a, b, c)
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
}
