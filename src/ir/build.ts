import type { Span } from '../text/span.js'
import type { Site } from '../values/fault.js'
import { FlowMarker, ignoreAttributeFlow } from '../values/marker.js'
import {
  BOOLEAN,
  IGNORE_ATTRIBUTE,
  IGNORE_OBJECT,
  kindType,
  MARKER,
  overlaps,
  type StaticType,
} from '../values/static-type.js'
import { kindOf } from '../values/value.js'
import type { ConstantNode, IrNode, TestNode, Yield } from './node.js'

/** The exact type of a value or marker. */
export const typeOf = (value: Yield): StaticType => {
  if (value instanceof FlowMarker) return value === ignoreAttributeFlow ? IGNORE_ATTRIBUTE : IGNORE_OBJECT
  return kindType[kindOf(value)]
}

/** A constant. */
export const constant = (value: Yield, span: Span): ConstantNode => ({
  op: 'constant',
  value,
  type: typeOf(value),
  span,
})

/** The node as an argument: if it can yield a marker, that marker becomes the outcome of the whole root. */
export const asArgument = (node: IrNode): IrNode =>
  overlaps(node.type, MARKER)
    ? { op: 'escape', value: node, type: node.type & ~MARKER, span: node.span }
    : node

/** The node as a condition: unchanged if it is a Boolean already. */
export const asCondition = (node: IrNode, site: Site): IrNode => {
  const value = asArgument(node)
  if (value.type === BOOLEAN) return value
  const test: TestNode = { op: 'test', value, type: BOOLEAN, span: node.span, site }
  return test
}
