import type { FunctionBody, Parameter } from '../functions/define.js'
import { type ArgumentValue, located } from '../ir/call.js'
import { applyDateCall } from '../ir/date-call.js'
import type { Callee, CallNode, IrNode, Yield } from '../ir/node.js'
import { parameterFor } from '../ir/parameters.js'
import type { Value } from '../values/value.js'
import type { Evaluate, InputIndex } from './evaluate.js'
import type { Frame } from './frame.js'

type Operand = (frame: Frame) => Value

/** Whether a value needs no conversion for a parameter, so that the body may have it as it is. */
const fits = (parameter: Parameter, value: Value): boolean => {
  switch (parameter.type) {
    case 'String':
      return typeof value === 'string'
    case 'Integer':
      return typeof value === 'number' && Number.isInteger(value)
    case 'DateTime':
      return false
    case 'Any':
      return value !== null || parameter.acceptsNull === true || parameter.required === false
  }
}

const isStrict = (parameter: Parameter): boolean =>
  parameter.required !== false && parameter.acceptsNull !== true

/** An argument that varies, and where it stands among the positions of the call. */
interface Varying {
  readonly evaluate: Operand
  readonly parameter: Parameter
  /** The index of the input, when the argument is one. */
  readonly index: number | undefined
}

/**
 * Calls, specialised by how many arguments vary and by what their parameters take. The common case, values that
 * need no conversion, goes straight to the body; everything else takes the way of {@link applyDateCall}.
 */
export const callClosure = (
  node: CallNode,
  build: (node: IrNode) => Operand,
  inputIndex: InputIndex,
): Evaluate => {
  const { callee, extra, site } = node
  const body = callee.evaluate
  if (body === undefined) throw new TypeError(`${callee.name} has no body`)
  const args = node.args.map((argument) => (argument === undefined ? undefined : build(argument)))
  const general: Evaluate = (frame) => {
    const values: ArgumentValue[] = []
    for (const evaluate of args) values.push(evaluate === undefined ? undefined : evaluate(frame))
    return applyDateCall(callee, values, extra, site, frame.context)
  }
  const varying = varyingArguments(node, args, inputIndex)
  if (varying === undefined) return general
  const fail = (thrown: unknown): never => {
    throw located(thrown, site)
  }
  if (callee.takesContext)
    return varying.length === 1 && args.length === 1 ? unaryInContext(node, varying[0]!, body) : general
  switch (varying.length) {
    case 1:
      return unary(node, varying[0]!, bindConstants(node, callee, body), fail)
    case 2:
      return args.length === 2 && extra.length === 0
        ? binary(node, varying[0]!, varying[1]!, body, fail)
        : general
    case 3:
      return args.length === 3 && extra.length === 0 ? ternary(node, varying, body, fail) : general
    default:
      return general
  }
}

/** The arguments that are not constants; undefined when a constant would need a conversion. */
const varyingArguments = (
  node: CallNode,
  args: readonly (Operand | undefined)[],
  inputIndex: InputIndex,
): readonly Varying[] | undefined => {
  const varying: Varying[] = []
  for (let position = 0; position < args.length; position++) {
    const operand = node.args[position]
    if (operand === undefined) continue
    const parameter = parameterFor(node.callee, position)
    if (operand.op !== 'constant')
      varying.push({ evaluate: args[position]!, parameter, index: inputIndex(operand) })
    else if (!fits(parameter, operand.value as Value)) return undefined
  }
  return varying
}

/** The body as a function of the one argument that varies. */
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

const unary = (
  node: CallNode,
  { evaluate, parameter, index }: Varying,
  body: (value: Value) => Yield,
  fail: (thrown: unknown) => never,
): Evaluate => {
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
  const attempt = (value: Value): Yield => {
    try {
      return body(value)
    } catch (thrown) {
      return fail(thrown)
    }
  }
  if (parameter.type === 'String') {
    // Attributes are the most frequent argument: read here, they save a call.
    if (index !== undefined) {
      return (frame) => {
        const value = frame.values[index]!
        return typeof value === 'string' ? attempt(value) : convert(frame, value)
      }
    }
    return (frame) => {
      const value = evaluate(frame)
      return typeof value === 'string' ? attempt(value) : convert(frame, value)
    }
  }
  if (parameter.type === 'Any' && !nullIsNull) {
    if (index === undefined) return (frame) => attempt(evaluate(frame))
    // Clauses of filters are of this kind.
    return (frame) => {
      try {
        return body(frame.values[index]!)
      } catch (thrown) {
        return fail(thrown)
      }
    }
  }
  return (frame) => {
    const value = evaluate(frame)
    return fits(parameter, value) ? attempt(value) : convert(frame, value)
  }
}

const unaryInContext = (node: CallNode, { evaluate, parameter }: Varying, body: FunctionBody): Evaluate => {
  const { callee, extra, site } = node
  return (frame) => {
    const value = evaluate(frame)
    if (!fits(parameter, value)) return applyDateCall(callee, [value], extra, site, frame.context)
    try {
      return body(frame.context, value, ...extra)
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
}

const takesAnything = ({ parameter }: Varying): boolean => parameter.type === 'Any' && !isStrict(parameter)

const binary = (
  node: CallNode,
  first: Varying,
  second: Varying,
  body: FunctionBody,
  fail: (thrown: unknown) => never,
): Evaluate => {
  const { callee, extra, site } = node
  const attempt = (a: Value, b: Value): Yield => {
    try {
      return body(a, b)
    } catch (thrown) {
      return fail(thrown)
    }
  }
  if (takesAnything(first) && takesAnything(second)) {
    const [x, y] = [first.index, second.index]
    if (x !== undefined && y !== undefined) return (frame) => attempt(frame.values[x]!, frame.values[y]!)
    return (frame) => attempt(first.evaluate(frame), second.evaluate(frame))
  }
  return (frame) => {
    const a = first.evaluate(frame)
    const b = second.evaluate(frame)
    return fits(first.parameter, a) && fits(second.parameter, b)
      ? attempt(a, b)
      : applyDateCall(callee, [a, b], extra, site, frame.context)
  }
}

const ternary = (
  node: CallNode,
  varying: readonly Varying[],
  body: FunctionBody,
  fail: (thrown: unknown) => never,
): Evaluate => {
  const { callee, extra, site } = node
  const [first, second, third] = varying as readonly [Varying, Varying, Varying]
  return (frame) => {
    const a = first.evaluate(frame)
    const b = second.evaluate(frame)
    const c = third.evaluate(frame)
    if (!fits(first.parameter, a) || !fits(second.parameter, b) || !fits(third.parameter, c)) {
      return applyDateCall(callee, [a, b, c], extra, site, frame.context)
    }
    try {
      return body(a, b, c)
    } catch (thrown) {
      return fail(thrown)
    }
  }
}
