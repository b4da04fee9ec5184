import { located } from '../ir/call.js'
import type { CoalesceNode, IrNode, SharedNode, Yield } from '../ir/node.js'
import { Fault } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import type { Value } from '../values/value.js'
import { callClosure } from './call-closures.js'
import {
  compareClosure,
  conditionalClosure,
  logicClosure,
  selectUniqueClosure,
  switchClosure,
  testClosure,
} from './control-closures.js'
import { Escape } from './escape.js'
import { type BuildOperand, type Evaluate, operandValue } from './evaluate.js'
import { templateClosure } from './template-closures.js'

/** Called for every closure that is built; its result replaces the closure. Tracing uses it. */
export type Instrument = (node: IrNode, evaluate: Evaluate) => Evaluate

/** The parts of a unit from which closures are built. */
export interface ClosureOptions {
  /** The number of inputs; in a frame, the shared computations follow them. */
  readonly inputCount: number
  readonly shared: readonly IrNode[]
  readonly instrument?: Instrument | undefined
}

/** The closures of one unit under construction. */
export interface Closures {
  readonly build: (node: IrNode) => Evaluate
  readonly operand: BuildOperand
  /**
   * The initial values of a frame: undefined for inputs and shared computations, then all constants of the
   * closures.
   */
  readonly values: (Yield | undefined)[]
}

/** The environment in which the closures of one unit are built. */
interface Building extends Closures {
  readonly options: ClosureOptions
  readonly shared: readonly Evaluate[]
}

/**
 * The default backend: turns nodes into closures, without run-time code generation, so that it works under a strict
 * content security policy.
 */
export const closuresOf = (options: ClosureOptions): Closures => {
  const { instrument } = options
  const shared: Evaluate[] = []
  const values: (Yield | undefined)[] = []
  for (let i = 0; i < options.inputCount + options.shared.length; i++) values.push(undefined)
  const build = (node: IrNode): Evaluate => {
    const evaluate = closureOf(node, building)
    return instrument === undefined ? evaluate : instrument(node, evaluate)
  }
  const operand: BuildOperand = (node) => {
    if (instrument === undefined) {
      if (node.op === 'input') return node.index
      if (node.op === 'constant') return values.push(node.value) - 1
    }
    return build(node)
  }
  const building: Building = { options, shared, values, build, operand }
  // A shared computation only uses earlier ones, so they are built in order.
  for (const node of options.shared) shared.push(build(node))
  return building
}

const closureOf = (node: IrNode, building: Building): Evaluate => {
  const { build, operand } = building
  switch (node.op) {
    case 'constant': {
      const { value } = node
      return () => value
    }
    case 'input': {
      const { index } = node
      return (frame) => frame.values[index]!
    }
    case 'call':
      return callClosure(node, operand)
    case 'conditional':
      return conditionalClosure(node, operand)
    case 'switch':
      return switchClosure(node, operand)
    case 'coalesce':
      return coalesceClosure(node, operand)
    case 'selectUnique':
      return selectUniqueClosure(node, operand)
    case 'compare':
      return compareClosure(node, operand)
    case 'test':
      return testClosure(node, operand)
    case 'logic':
      return logicClosure(node, operand)
    case 'fail': {
      const { code, args, wording, site } = node
      return () => {
        throw located(new Fault(code, args, wording), site)
      }
    }
    case 'escape': {
      const evaluate = build(node.value)
      return (frame) => {
        const value = evaluate(frame)
        if (value instanceof FlowMarker) throw new Escape(value)
        return value
      }
    }
    case 'shared':
      return sharedClosure(node, building)
    case 'template':
      return templateClosure(node, build(node.otherwise))
  }
}

const coalesceClosure = (node: CoalesceNode, build: BuildOperand): Evaluate => {
  const args = node.args.map(build)
  const last = args.pop()
  if (last === undefined) return () => null
  const { skipsEmpty } = node
  const [only] = args
  if (args.length === 1 && only !== undefined) {
    return (frame) => {
      const value = operandValue(only, frame)
      return isMissing(value, skipsEmpty) ? operandValue(last, frame) : value
    }
  }
  return (frame) => {
    for (let i = 0; i < args.length; i++) {
      const value = operandValue(args[i]!, frame)
      if (!isMissing(value, skipsEmpty)) return value
    }
    return operandValue(last, frame)
  }
}

const sharedClosure = (node: SharedNode, { options, shared }: Building): Evaluate => {
  const slot = options.inputCount + node.index
  const evaluate = shared[node.index]!
  const site = node.original ? undefined : { span: node.span, calls: [] }
  return (frame) => {
    const known = frame.values[slot]
    if (known !== undefined) return known
    try {
      const value = evaluate(frame) as Value
      frame.values[slot] = value
      return value
    } catch (thrown) {
      // Positions inside the computation belong to another place, perhaps in another expression.
      if (site !== undefined && thrown instanceof Fault)
        thrown.site = thrown.site?.redacted === true ? { ...site, redacted: true } : site
      throw thrown
    }
  }
}

/** Whether Coalesce skips a value: null, an empty list, and "" if the settings say so. */
const isMissing = (value: Yield, skipsEmpty: boolean): boolean =>
  typeof value === 'string'
    ? skipsEmpty && value === ''
    : value === null || (Array.isArray(value) && value.length === 0)
