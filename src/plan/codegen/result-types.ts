import type { AttributeInfo, AttributeScope } from '../../check/attribute-scope.js'
import { kindsOfCall } from '../../check/result-type.js'
import { operandsOf } from '../../ir/children.js'
import type { IrNode } from '../../ir/node.js'
import { sharedNode, type Unit } from '../../ir/unit.js'
import {
  ANY,
  BOOLEAN,
  DATETIME,
  INTEGER,
  LIST,
  MARKER,
  NULL,
  OBJECT,
  STRING,
  type StaticType,
} from '../../values/static-type.js'

/** The possible kinds of one element of an attribute of this type, after it is read. */
export const elementTypes: Readonly<Record<AttributeInfo['type'], StaticType>> = {
  String: STRING,
  Integer: INTEGER,
  // An identifier, or an object as in role assignments.
  Reference: STRING | OBJECT,
  Binary: STRING,
  Boolean: BOOLEAN,
  DateTime: STRING | DATETIME,
}

const attributeType = (info: AttributeInfo | undefined): StaticType =>
  info === undefined ? ANY : elementTypes[info.type] | NULL | (info.multivalued ? LIST : 0)

/**
 * The kinds of value that the roots of a unit yield for objects that match their schema. Narrower than the
 * types of the nodes, which hold for any object.
 */
export const promisedTypes = (unit: Unit, source: AttributeScope | undefined): readonly StaticType[] => {
  const inputs = unit.inputs.map(({ name }) => attributeType(source?.lookup(name)))
  const union = (nodes: readonly IrNode[]): StaticType => nodes.reduce((type, node) => type | typeOf(node), 0)

  const narrowed = (node: IrNode): StaticType => {
    switch (node.op) {
      case 'input':
        return inputs[node.index] ?? ANY
      case 'call':
        return kindsOfCall(
          node.callee,
          node.args.map((argument) => argument && typeOf(argument)),
        )
      case 'conditional':
        return union([node.chosen, node.otherwise])
      case 'switch':
        return union([...node.cases.map(({ value }) => value), node.otherwise])
      case 'coalesce':
        return union(node.args)
      case 'shared':
        return typeOf(sharedNode(unit, node.index))
      case 'template':
        return typeOf(node.otherwise)
      case 'escape':
        return typeOf(node.value) & ~MARKER
      default:
        return node.type
    }
  }

  const known = new Map<IrNode, StaticType>()
  const typeOf = (node: IrNode): StaticType => {
    let type = known.get(node)
    if (type === undefined) {
      type = narrowed(node) & node.type
      known.set(node, type)
    }
    return type
  }
  return unit.roots.map(({ node }) => typeOf(node) | (escapes(node, unit) ? MARKER : 0))
}

/** Whether a marker inside the node can become the outcome of the root. */
const escapes = (node: IrNode, unit: Unit): boolean =>
  node.op === 'escape' ||
  (node.op === 'shared' && escapes(sharedNode(unit, node.index), unit)) ||
  operandsOf(node).some((operand) => escapes(operand, unit))
