import { DateTime } from '../../dotnet/dates/index.js'
import { compareValues, switchMatches } from '../../values/compare.js'
import { conditionHolds } from '../../values/convert.js'
import { Fault } from '../../values/fault.js'
import { FlowMarker } from '../../values/marker.js'
import type { Value } from '../../values/value.js'
import { constant } from '../build.js'
import type { CallNode, ConstantNode, IrNode, SwitchNode } from '../node.js'
import { applyPure } from '../pure-call.js'
import { definePass, type Pass, rewriteNodes } from './define.js'

/** Longer texts are not folded: they would enlarge generated code more than they speed up evaluation. */
const LONGEST_FOLDED = 4_096

const isConstant = (node: IrNode): node is ConstantNode & { value: Value } =>
  node.op === 'constant' && !(node.value instanceof FlowMarker)

/** The result of evaluating; undefined if it fails, which then happens at run time as before. */
const attempt = <T>(evaluate: () => T): T | undefined => {
  try {
    return evaluate()
  } catch (thrown) {
    if (thrown instanceof Fault) return undefined
    throw thrown
  }
}

const foldCall = (node: CallNode): IrNode => {
  const { callee, args, extra } = node
  for (const argument of args) if (argument !== undefined && !isConstant(argument)) return node
  // Reading a DateTime from text needs the clock and the host's zone, which are not known yet.
  if (callee.purity !== 'pure' || callee.parameters.some(({ type }) => type === 'DateTime')) return node
  const values = args.map((argument) => (argument as (ConstantNode & { value: Value }) | undefined)?.value)
  const value = attempt(() => applyPure(callee, values, extra, node.site))
  // A DateTime has no literal form in generated code.
  if (value === undefined || value instanceof DateTime) return node
  if (typeof value === 'string' && value.length > LONGEST_FOLDED) return node
  return constant(value, node.span)
}

const foldSwitch = (node: SwitchNode): IrNode => {
  const { source } = node
  if (!isConstant(source)) return node
  for (const { key, value } of node.cases) {
    if (!isConstant(key)) return node
    const matches = attempt(() => switchMatches(source.value, key.value))
    if (matches === undefined) return node
    if (matches) return value
  }
  return attempt(() => switchMatches(source.value, '')) === undefined ? node : node.otherwise
}

const fold = (node: IrNode): IrNode => {
  switch (node.op) {
    case 'call':
      return foldCall(node)
    case 'switch':
      return foldSwitch(node)
    case 'conditional':
      return isConstant(node.test) ? (node.test.value === true ? node.chosen : node.otherwise) : node
    case 'test': {
      const { value, site } = node
      if (!isConstant(value)) return node
      const holds = attempt(() => conditionHolds(value.value, site.calls.at(-1) ?? ''))
      return holds === undefined ? node : constant(holds, node.span)
    }
    case 'compare': {
      const { left, right, operator, absent, literalEmpty } = node
      if (!isConstant(left) || !isConstant(right)) return node
      const holds = attempt(() => compareValues(operator, left.value, right.value, absent, literalEmpty))
      return holds === undefined ? node : constant(holds, node.span)
    }
    default:
      return node
  }
}

export const foldConstants: Pass = definePass({
  name: 'fold-constants',
  doc: 'Evaluates pure calls, comparisons and conditions whose operands are constants.',
  run: rewriteNodes(fold),
})
