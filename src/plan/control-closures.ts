import { located } from '../ir/call.js'
import type {
  CompareNode,
  ConditionalNode,
  IrNode,
  LogicNode,
  SelectUniqueNode,
  SwitchNode,
  TestNode,
  Yield,
} from '../ir/node.js'
import { internalised } from '../text/internalised.js'
import { compareValues, switchText } from '../values/compare.js'
import { conditionHolds } from '../values/convert.js'
import { selectUnique } from '../values/select-unique.js'
import { BOOLEAN, DECIMAL, INTEGER, NULL, STRING, within } from '../values/static-type.js'
import type { Value } from '../values/value.js'
import { argumentValue, type BuildOperand, type Evaluate, type Operand, operandValue } from './evaluate.js'
import type { Frame } from './frame.js'

/** IIF: evaluates only one of the two. */
export const conditionalClosure = (node: ConditionalNode, build: BuildOperand): Evaluate => {
  const test = build(node.test)
  const chosen = build(node.chosen)
  const otherwise = build(node.otherwise)
  return (frame) => operandValue(operandValue(test, frame) === true ? chosen : otherwise, frame)
}

/** A comparison. Text compared with constant text, the common case, needs no conversion. */
export const compareClosure = (node: CompareNode, build: BuildOperand): Evaluate => {
  const left = build(node.left)
  const right = build(node.right)
  const { operator, absent, literalEmpty, site } = node
  const general = (a: Value, b: Value): boolean => {
    try {
      return compareValues(operator, a, b, absent, literalEmpty)
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
  const text = node.right.op === 'constant' ? node.right.value : undefined
  if (typeof text === 'string' && text !== '' && literalEmpty === '') {
    const constant = internalised(text)
    if (operator === '=') {
      return (frame) => {
        const value = argumentValue(left, frame)
        return typeof value === 'string' ? value === constant : general(value, constant)
      }
    }
    if (operator === '<>' && absent === 'fails') {
      return (frame) => {
        const value = argumentValue(left, frame)
        return typeof value === 'string' ? value !== constant && value !== '' : general(value, constant)
      }
    }
  }
  return (frame) => general(argumentValue(left, frame), argumentValue(right, frame))
}

/** A condition whose type is not Boolean. */
export const testClosure = (node: TestNode, build: BuildOperand): Evaluate => {
  const operand = build(node.value)
  const { site } = node
  const name = site.calls.at(-1) ?? 'A condition'
  return (frame) => {
    const value = argumentValue(operand, frame)
    if (typeof value === 'boolean') return value
    try {
      return conditionHolds(value, name)
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
}

/**
 * The text with which Switch compares a constant; undefined if it varies, or if it is a constant without a
 * text form, which fails only when it is reached.
 */
export const constantSwitchText = (node: IrNode): string | undefined =>
  node.op === 'constant' && within(node.type, NULL | STRING | BOOLEAN | INTEGER | DECIMAL)
    ? switchText(node.value as Value)
    : undefined

/** The text of every key, if all are constants. */
const constantKeys = (node: SwitchNode): readonly string[] | undefined => {
  const keys: string[] = []
  for (const { key } of node.cases) {
    const text = constantSwitchText(key)
    if (text === undefined) return undefined
    keys.push(text)
  }
  return keys
}

/** Results by key, and the default, if all are constants. */
const constantTable = (
  node: SwitchNode,
  keys: readonly string[],
): readonly [ReadonlyMap<string, Yield>, Yield] | undefined => {
  if (node.otherwise.op !== 'constant') return undefined
  const results = new Map<string, Yield>()
  for (const [index, { value }] of node.cases.entries()) {
    if (value.op !== 'constant') return undefined
    const key = keys[index]!
    if (!results.has(key)) results.set(key, value.value)
  }
  return [results, node.otherwise.value]
}

/** Switch: by a table if the keys are constants, else key by key. */
export const switchClosure = (node: SwitchNode, build: BuildOperand): Evaluate => {
  const source = build(node.source)
  const otherwise = build(node.otherwise)
  const values = node.cases.map(({ value }) => build(value))
  const { site } = node
  const textOf = (value: Value): string => {
    if (typeof value === 'string') return value
    try {
      return switchText(value)
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
  const known = constantKeys(node)
  if (known !== undefined) {
    const table = new Map<string, Operand>()
    known.forEach((key, index) => {
      // The first of several equal keys counts.
      if (!table.has(key)) table.set(key, values[index]!)
    })
    // An instrumented plan has a closure for each constant, too, and needs to see which one is used.
    const constants = typeof otherwise === 'number' ? constantTable(node, known) : undefined
    if (constants !== undefined) {
      const [results, fallback] = constants
      return (frame) => {
        const result = results.get(textOf(argumentValue(source, frame)))
        return result === undefined ? fallback : result
      }
    }
    return (frame) => {
      const chosen = table.get(textOf(argumentValue(source, frame)))
      return operandValue(chosen === undefined ? otherwise : chosen, frame)
    }
  }
  const keys = node.cases.map(({ key }) => build(key))
  return (frame) => {
    const text = textOf(argumentValue(source, frame))
    for (let i = 0; i < keys.length; i++) {
      if (textOf(argumentValue(keys[i]!, frame)) === text) return operandValue(values[i]!, frame)
    }
    return operandValue(otherwise, frame)
  }
}

/** All or any; a failing operand matters only if the others do not decide. */
export const logicClosure = (node: LogicNode, build: BuildOperand): Evaluate => {
  const operands = node.operands.map(build)
  const deciding = node.kind === 'or'
  // One operand failed, so the others are evaluated to see whether they decide. They are pure, so evaluating
  // them again changes nothing.
  const despiteFaults = (frame: Frame): boolean => {
    let fault: unknown
    for (const operand of operands) {
      try {
        if (operandValue(operand, frame) === deciding) return deciding
      } catch (thrown) {
        fault ??= thrown
      }
    }
    if (fault !== undefined) throw fault
    return !deciding
  }
  return (frame) => {
    try {
      for (let i = 0; i < operands.length; i++)
        if (operandValue(operands[i]!, frame) === deciding) return deciding
      return !deciding
    } catch {
      return despiteFaults(frame)
    }
  }
}

/** SelectUniqueValue: evaluates the candidates one by one until one is free. */
export const selectUniqueClosure = (node: SelectUniqueNode, build: BuildOperand): Evaluate => {
  const candidates = node.candidates.map(build)
  const { site } = node
  return (frame) => {
    try {
      return selectUnique(
        candidates.length,
        (index) => argumentValue(candidates[index]!, frame),
        frame.context,
      )
    } catch (thrown) {
      throw located(thrown, site)
    }
  }
}
