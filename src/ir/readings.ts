import { defineFunction, type FunctionDefinition, type Parameter } from '../functions/define.js'
import { lastOf, nullIfEmpty } from '../functions/runtime/logic.js'
import type { Span } from '../text/span.js'
import type { Site } from '../values/fault.js'
import { ANY, MARKER, NULL, overlaps, type StaticType } from '../values/static-type.js'
import { asArgument } from './build.js'
import { isTotal } from './effects.js'
import type { Callee, IrNode } from './node.js'

/** Compiles the alternative readings of contested points (semantics 36 and 37). */

const internal = (
  name: string,
  parameter: Omit<Parameter, 'key'>,
  evaluate: FunctionDefinition['evaluate'],
): Callee =>
  defineFunction({
    name,
    family: 'logic',
    parameters: [parameter],
    returns: ANY,
    dialects: [],
    ...(evaluate === undefined ? {} : { evaluate }),
  })

const last = internal(
  'all branches',
  { name: 'branch', type: 'Any', acceptsNull: true, repeating: true },
  lastOf,
)
const empty = internal('empty date', { name: 'source', type: 'Any', acceptsNull: true }, nullIfEmpty)

const call = (callee: Callee, args: readonly IrNode[], type: StaticType, span: Span, site: Site): IrNode => ({
  op: 'call',
  callee,
  args,
  extra: [],
  type,
  span,
  site,
})

/**
 * A conditional whose branches are all evaluated first: if one fails, the conditional fails. Branches that
 * cannot fail are left out, and so are those that can be a flow marker: the marker of a branch that is not
 * taken must not become the outcome.
 */
export const eagerly = (node: IrNode, branches: readonly IrNode[], site: Site): IrNode => {
  const forced = branches.filter((branch) => !isTotal(branch) && !overlaps(branch.type, MARKER))
  if (forced.length === 0) return node
  return call(last, [...forced, asArgument(node)], node.type, node.span, site)
}

/** The argument of a date function, with null instead of "". */
export const withoutEmptyDate = (node: IrNode, site: Site): IrNode =>
  node.op === 'constant' && node.value !== '' ? node : call(empty, [node], node.type | NULL, node.span, site)
