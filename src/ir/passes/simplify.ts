import type { FunctionBody } from '../../functions/define.js'
import { cBool, textItself } from '../../functions/runtime/conversion.js'
import { not } from '../../functions/runtime/logic.js'
import {
  join,
  normalizeDiacritics,
  stripSpaces,
  toLower,
  toUpper,
  trim,
} from '../../functions/runtime/text.js'
import { FlowMarker } from '../../values/marker.js'
import { BOOLEAN, NULL, STRING, type StaticType, within } from '../../values/static-type.js'
import { operandsOf } from '../children.js'
import { isTotal } from '../effects.js'
import type { CallNode, IrNode } from '../node.js'
import { definePass, type Pass, rewriteNodes } from './define.js'

/**
 * Bodies of functions of one text for which f(f(x)) = f(x), for every x that f accepts. Functions are
 * identified by their bodies, because a library may define others under these names.
 */
const idempotent: ReadonlySet<FunctionBody | undefined> = new Set<FunctionBody>([
  toLower,
  toUpper,
  stripSpaces,
  trim,
  normalizeDiacritics,
])

const isConstantText = (node: IrNode | undefined): boolean =>
  node?.op === 'constant' && typeof node.value === 'string'

/** Whether both are the same constant, or both are omitted. */
const isSameConstant = (a: IrNode | undefined, b: IrNode | undefined): boolean =>
  a === undefined || b === undefined
    ? a === b
    : a.op === 'constant' && b.op === 'constant' && a.value === b.value

/** Whether two calls have the same constants after their first arguments. */
const haveSameRest = (a: CallNode['args'], b: CallNode['args']): boolean => {
  if (a.length !== b.length) return false
  for (let i = 1; i < a.length; i++) if (!isSameConstant(a[i], b[i])) return false
  return true
}

/** `Join(s, a, Join(s, b, c), d)` joins all four: an empty inner join is skipped, and so are its parts. */
const flattenJoin = (node: CallNode): IrNode => {
  const { args, callee } = node
  const separator = args[0]
  if (!isConstantText(separator)) return node
  const sources = args.slice(1)
  const isNested = (source: IrNode | undefined): source is CallNode =>
    source?.op === 'call' && source.callee === callee && isSameConstant(source.args[0], separator)
  if (!sources.some((source) => isNested(source) || isSkippedByJoin(source))) return node
  const flat: (IrNode | undefined)[] = []
  // From the end: an inner join converts its parts before the arguments after it are evaluated, so that its
  // own fault is reported first.
  let failsLater = false
  for (const source of sources.toReversed()) {
    const parts = isNested(source) && !failsLater ? source.args.slice(1) : [source]
    flat.unshift(...parts)
    const operands = isNested(source) ? operandsOf(source) : source === undefined ? [] : [source]
    failsLater ||= !operands.every(isTotal)
  }
  const kept = flat.filter((source) => !isSkippedByJoin(source))
  return kept.length === sources.length && flat.length === sources.length
    ? node
    : { ...node, args: [separator, ...kept] }
}

const isSkippedByJoin = (node: IrNode | undefined): boolean =>
  node === undefined || (node.op === 'constant' && (node.value === null || node.value === ''))

/** Whether a node always yields a value of these kinds; a node that always fails has no kind. */
const yieldsOnly = ({ type }: IrNode, kinds: StaticType): boolean => type !== 0 && within(type, kinds)

const simplifyCall = (node: CallNode): IrNode => {
  const { callee, args } = node
  const first = args[0]
  switch (callee.evaluate) {
    case join:
      return flattenJoin(node)
    case not:
      // Not(Not(x)) is x if x is a Boolean; for anything else it is a conversion.
      return first?.op === 'call' && first.callee === callee && first.args[0]?.type === BOOLEAN
        ? first.args[0]
        : node
    case textItself:
      return first !== undefined && yieldsOnly(first, STRING | NULL) ? first : node
    case cBool:
      return first !== undefined && yieldsOnly(first, BOOLEAN | NULL) ? first : node
    default:
      if (!idempotent.has(callee.evaluate) || first?.op !== 'call' || first.callee !== callee) return node
      return haveSameRest(args, first.args) ? first : node
  }
}

const simplify = (node: IrNode): IrNode => {
  switch (node.op) {
    case 'call':
      return simplifyCall(node)
    case 'escape':
      return node.value.op === 'constant' && !(node.value.value instanceof FlowMarker) ? node.value : node
    case 'conditional': {
      const { test } = node
      // Swaps the branches: Not gives a Boolean, which is all that the test needs.
      if (test.op !== 'call' || test.callee.evaluate !== not || test.args[0]?.type !== BOOLEAN) return node
      return { ...node, test: test.args[0], chosen: node.otherwise, otherwise: node.chosen }
    }
    case 'logic':
      return node.operands.length > 1 ? node : (node.operands[0] ?? node)
    default:
      return node
  }
}

export const simplifyNodes: Pass = definePass({
  name: 'simplify',
  doc: 'Removes calls that change nothing: nested joins, double casing, double negation.',
  run: rewriteNodes(simplify),
})
