import type {
  CallNode,
  CompareNode,
  IrNode,
  LogicNode,
  SelectUniqueNode,
  SwitchNode,
  Yield,
} from '../ir/node.js'
import { compareValues, switchText } from '../values/compare.js'
import { conditionHolds } from '../values/convert.js'
import { Fault, raise } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import { NULL, STRING, within } from '../values/static-type.js'
import { textOf } from '../values/text.js'
import type { Value } from '../values/value.js'
import { type ArgumentValue, applyCall, located } from './call.js'
import { Escape } from './escape.js'
import type { Frame } from './frame.js'

/** Evaluates a node for the object of a frame. Throws {@link Fault} and {@link Escape}, which roots catch. */
export type Evaluate = (frame: Frame) => Yield

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
  readonly #shared: Evaluate[]

  constructor(options: ClosureOptions) {
    this.#options = options
    this.#shared = []
    // A shared computation only uses earlier ones, so building them in order finds all of them ready.
    for (const node of options.shared) this.#shared.push(this.build(node))
  }

  build(node: IrNode): Evaluate {
    const evaluate = this.#closure(node)
    return this.#options.instrument?.(node, evaluate) ?? evaluate
  }

  /** As {@link build}, for operands that cannot yield a marker. */
  #operand(node: IrNode): (frame: Frame) => Value {
    return this.build(node) as (frame: Frame) => Value
  }

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
        return this.#call(node)
      case 'conditional': {
        const test = this.build(node.test)
        const then = this.build(node.then)
        const otherwise = this.build(node.otherwise)
        return (frame) => (test(frame) === true ? then(frame) : otherwise(frame))
      }
      case 'switch':
        return this.#switch(node)
      case 'coalesce': {
        const args = node.args.map((argument) => this.build(argument))
        const last = args.pop() ?? (() => null)
        const { skipsEmpty } = node
        return (frame) => {
          for (const evaluate of args) {
            const value = evaluate(frame)
            if (!isMissing(value, skipsEmpty)) return value
          }
          return last(frame)
        }
      }
      case 'selectUnique':
        return this.#selectUnique(node)
      case 'compare':
        return this.#compare(node)
      case 'test': {
        const value = this.#operand(node.value)
        const { site } = node
        const name = site.calls.at(-1) ?? 'A condition'
        return (frame) => {
          const found = value(frame)
          if (typeof found === 'boolean') return found
          try {
            return conditionHolds(found, name)
          } catch (thrown) {
            throw located(thrown, site)
          }
        }
      }
      case 'logic':
        return this.#logic(node)
      case 'fail': {
        const { code, args, site } = node
        return () => {
          throw located(new Fault(code, args), site)
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
      case 'shared': {
        const slot = this.#options.inputCount + node.index
        const evaluate = this.#shared[node.index]!
        return (frame) => {
          const known = frame.values[slot]
          if (known !== undefined) return known
          const value = evaluate(frame) as Value
          frame.values[slot] = value
          return value
        }
      }
    }
  }

  #call(node: CallNode): Evaluate {
    const { callee, extra, site } = node
    const args = node.args.map((argument) => (argument === undefined ? undefined : this.#operand(argument)))
    const body = callee.evaluate
    if (body === undefined) throw new TypeError(`${callee.name} has no body`)
    const [only] = args
    const [parameter] = callee.parameters
    const direct =
      args.length === 1 && parameter?.type === 'String' && extra.length === 0 && !callee.takesContext
    if (direct && only !== undefined && callee.errors.length === 0) {
      // Most calls: one text in, and a body that cannot fail.
      const strict = parameter?.required !== false && parameter?.acceptsNull !== true
      if (strict && within(node.args[0]!.type, STRING | NULL)) {
        return (frame) => {
          const value = only(frame)
          return value === null ? null : body(value)
        }
      }
      return (frame) => {
        const value = only(frame)
        return typeof value === 'string'
          ? body(value)
          : applyCall(callee, [value], extra, site, frame.context)
      }
    }
    return (frame) => {
      const values: ArgumentValue[] = []
      for (const evaluate of args) values.push(evaluate === undefined ? undefined : evaluate(frame))
      return applyCall(callee, values, extra, site, frame.context)
    }
  }

  #switch(node: SwitchNode): Evaluate {
    const source = this.#operand(node.source)
    const otherwise = this.build(node.otherwise)
    const cases = node.cases.map(({ key, value }) => ({ key: this.#operand(key), value: this.build(value) }))
    const { site } = node
    return (frame) => {
      const found = source(frame)
      let chosen = otherwise
      try {
        const text = switchText(found)
        for (const { key, value } of cases) {
          if (switchText(key(frame)) !== text) continue
          chosen = value
          break
        }
      } catch (thrown) {
        throw located(thrown, site)
      }
      return chosen(frame)
    }
  }

  #selectUnique(node: SelectUniqueNode): Evaluate {
    const candidates = node.candidates.map((candidate) => this.#operand(candidate))
    const { site } = node
    return (frame) => {
      const { isTaken } = frame.context
      const taken: string[] = []
      for (const candidate of candidates) {
        const value = candidate(frame)
        try {
          if (Array.isArray(value)) raise('AF5003', { function: 'SelectUniqueValue', count: value.length })
          const text = textOf(value)
          if (text === null || text === '') continue
          if (isTaken === undefined || !isTaken(text)) return text
          taken.push(text)
        } catch (thrown) {
          throw located(thrown, site)
        }
      }
      if (taken.length === 0) return null
      throw located(new Fault('AF5006', { candidates: taken.join(', ') }), site)
    }
  }

  #compare(node: CompareNode): Evaluate {
    const left = this.#operand(node.left)
    const right = this.#operand(node.right)
    const { operator, absent, literalEmpty, site } = node
    return (frame) => {
      const a = left(frame)
      const b = right(frame)
      try {
        return compareValues(operator, a, b, absent, literalEmpty)
      } catch (thrown) {
        throw located(thrown, site)
      }
    }
  }

  #logic(node: LogicNode): Evaluate {
    const operands = node.operands.map((operand) => this.build(operand))
    const deciding = node.kind === 'or'
    return (frame) => {
      let fault: unknown
      for (const operand of operands) {
        try {
          if (operand(frame) === deciding) return deciding
        } catch (thrown) {
          fault ??= thrown
        }
      }
      if (fault !== undefined) throw fault
      return !deciding
    }
  }
}

/** Whether Coalesce passes a value over: null, an empty list, and "" where the settings say so. */
const isMissing = (value: Yield, skipsEmpty: boolean): boolean =>
  value === null || (skipsEmpty && value === '') || (Array.isArray(value) && value.length === 0)
