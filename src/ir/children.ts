import type { IrNode } from './node.js'

/** The operands of a node, in the order of evaluation. */
export const operandsOf = (node: IrNode): readonly IrNode[] => {
  switch (node.op) {
    case 'constant':
    case 'input':
    case 'fail':
    case 'shared':
      return []
    case 'call':
      return node.args.filter((argument) => argument !== undefined)
    case 'conditional':
      return [node.test, node.chosen, node.otherwise]
    case 'switch':
      return [node.source, ...node.cases.flatMap(({ key, value }) => [key, value]), node.otherwise]
    case 'coalesce':
      return node.args
    case 'selectUnique':
      return node.candidates
    case 'compare':
      return [node.left, node.right]
    case 'test':
    case 'escape':
      return [node.value]
    case 'logic':
      return node.operands
  }
}

/** The same node over other operands; the node itself when none has changed. */
export const mapOperands = (node: IrNode, map: (operand: IrNode) => IrNode): IrNode => {
  let changed = false
  const each = (operand: IrNode): IrNode => {
    const mapped = map(operand)
    if (mapped !== operand) changed = true
    return mapped
  }
  const rebuilt = rebuild(node, each)
  return changed ? rebuilt : node
}

const rebuild = (node: IrNode, each: (operand: IrNode) => IrNode): IrNode => {
  switch (node.op) {
    case 'constant':
    case 'input':
    case 'fail':
    case 'shared':
      return node
    case 'call':
      return {
        ...node,
        args: node.args.map((argument) => (argument === undefined ? undefined : each(argument))),
      }
    case 'conditional':
      return { ...node, test: each(node.test), chosen: each(node.chosen), otherwise: each(node.otherwise) }
    case 'switch':
      return {
        ...node,
        source: each(node.source),
        cases: node.cases.map(({ key, value }) => ({ key: each(key), value: each(value) })),
        otherwise: each(node.otherwise),
      }
    case 'coalesce':
      return { ...node, args: node.args.map(each) }
    case 'selectUnique':
      return { ...node, candidates: node.candidates.map(each) }
    case 'compare':
      return { ...node, left: each(node.left), right: each(node.right) }
    case 'test':
    case 'escape':
      return { ...node, value: each(node.value) }
    case 'logic':
      return { ...node, operands: node.operands.map(each) }
  }
}
