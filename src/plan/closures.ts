import { located } from '../ir/call.js'
import type { CoalesceNode, IrNode, SharedNode, Yield } from '../ir/node.js'
import { Fault } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import type { Value } from '../values/value.js'
import { callClosure } from './call-closures.js'
import {
  compareClosure,
  logicClosure,
  selectUniqueClosure,
  switchClosure,
  testClosure,
} from './control-closures.js'
import { Escape } from './escape.js'
import type { Evaluate, InputIndex } from './evaluate.js'
import type { Frame } from './frame.js'

/** Called for every closure that is built; what it returns takes its place. Tracing hooks in here. */
export type Instrument = (node: IrNode, evaluate: Evaluate) => Evaluate

/** What building closures needs to know of the unit. */
export interface ClosureOptions {
  /** How many inputs there are; shared computations are kept behind them in a frame. */
  readonly inputCount: number
  readonly shared: readonly IrNode[]
  readonly instrument?: Instrument
}

/**
 * The default backend: turns nodes into closures, without run-time code generation, so that it works under a
 * strict content security policy.
 */
export class ClosureBuilder {
  readonly #options: ClosureOptions
  readonly #shared: Evaluate[] = []

  constructor(options: ClosureOptions) {
    this.#options = options
    // A shared computation only uses earlier ones, so building them in order finds all of them ready.
    for (const node of options.shared) this.#shared.push(this.build(node))
  }

  readonly build = (node: IrNode): Evaluate => {
    const evaluate = this.#closure(node)
    return this.#options.instrument?.(node, evaluate) ?? evaluate
  }

  /** As {@link build}, for operands: markers have left the root before they get here. */
  readonly #operand = (node: IrNode): ((frame: Frame) => Value) => this.build(node) as (frame: Frame) => Value

  readonly #inputIndex: InputIndex = (node) =>
    node.op === 'input' && this.#options.instrument === undefined ? node.index : undefined

  #closure(node: IrNode): Evaluate {
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
        return callClosure(node, this.#operand, this.#inputIndex)
      case 'conditional': {
        const test = this.build(node.test)
        const chosen = this.build(node.chosen)
        const otherwise = this.build(node.otherwise)
        return (frame) => (test(frame) === true ? chosen(frame) : otherwise(frame))
      }
      case 'switch':
        return switchClosure(node, this.#operand, this.build)
      case 'coalesce':
        return this.#coalesce(node)
      case 'selectUnique':
        return selectUniqueClosure(node, this.#operand)
      case 'compare':
        return compareClosure(node, this.#operand, this.#inputIndex)
      case 'test':
        return testClosure(node, this.#operand)
      case 'logic':
        return logicClosure(node, this.build)
      case 'fail': {
        const { code, args, wording, site } = node
        return () => {
          throw located(new Fault(code, args, wording), site)
        }
      }
      case 'escape': {
        const evaluate = this.build(node.value)
        return (frame) => {
          const value = evaluate(frame)
          if (value instanceof FlowMarker) throw new Escape(value)
          return value
        }
      }
      case 'shared':
        return this.#sharedPlace(node)
    }
  }

  #coalesce(node: CoalesceNode): Evaluate {
    const args = node.args.map(this.build)
    const last = args.pop() ?? (() => null)
    const { skipsEmpty } = node
    const [only] = args
    if (args.length === 1 && only !== undefined) {
      return (frame) => {
        const value = only(frame)
        return isMissing(value, skipsEmpty) ? last(frame) : value
      }
    }
    return (frame) => {
      for (let i = 0; i < args.length; i++) {
        const value = args[i]!(frame)
        if (!isMissing(value, skipsEmpty)) return value
      }
      return last(frame)
    }
  }

  #sharedPlace(node: SharedNode): Evaluate {
    const slot = this.#options.inputCount + node.index
    const evaluate = this.#shared[node.index]!
    const site = node.original ? undefined : { span: node.span, calls: [] }
    return (frame) => {
      const known = frame.values[slot]
      if (known !== undefined) return known
      try {
        const value = evaluate(frame) as Value
        frame.values[slot] = value
        return value
      } catch (thrown) {
        // Positions inside the computation are those of another place, perhaps in another expression.
        if (site !== undefined && thrown instanceof Fault)
          thrown.site = thrown.site?.redacted === true ? { ...site, redacted: true } : site
        throw thrown
      }
    }
  }
}

/** Whether Coalesce passes a value over: null, an empty list, and "" where the settings say so. */
const isMissing = (value: Yield, skipsEmpty: boolean): boolean =>
  value === null || (skipsEmpty && value === '') || (Array.isArray(value) && value.length === 0)
