import type { IrNode } from './node.js'

/** The operands of a node, in the order of evaluation. */
export const operandsOf = (node: IrNode): readonly IrNode[] => {
  const operands: IrNode[] = []
  everyOperand(node, (operand) => operands.push(operand) > 0)
  return operands
}

/** Whether all operands of a node satisfy the test, in the order of evaluation. It makes no list of them. */
export const everyOperand = (node: IrNode, test: (operand: IrNode) => boolean): boolean => {
  switch (node.op) {
    case 'constant':
    case 'input':
    case 'fail':
    case 'shared':
      return true
    case 'call':
      return everyOf(node.args, test)
    case 'conditional':
      return test(node.test) && test(node.chosen) && test(node.otherwise)
    case 'switch': {
      if (!test(node.source)) return false
      for (const { key, value } of node.cases) if (!test(key) || !test(value)) return false
      return test(node.otherwise)
    }
    case 'coalesce':
      return everyOf(node.args, test)
    case 'selectUnique':
      return everyOf(node.candidates, test)
    case 'compare':
      return test(node.left) && test(node.right)
    case 'test':
    case 'escape':
      return test(node.value)
    case 'logic':
      return everyOf(node.operands, test)
  }
}

const everyOf = (operands: readonly (IrNode | undefined)[], test: (operand: IrNode) => boolean): boolean => {
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i]
    if (operand !== undefined && !test(operand)) return false
  }
  return true
}

/** The list with every node mapped; the list itself when none has changed. */
export const mapNodes = <Node extends IrNode | undefined>(
  nodes: readonly Node[],
  map: (node: IrNode) => IrNode,
): readonly (Node | IrNode)[] => {
  let mapped: (Node | IrNode)[] | undefined
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    if (node === undefined) continue
    const next = map(node)
    if (next === node) continue
    mapped ??= [...nodes]
    mapped[i] = next
  }
  return mapped ?? nodes
}

/** The same node over other operands; the node itself when none has changed. */
export const mapOperands = (node: IrNode, map: (operand: IrNode) => IrNode): IrNode => {
  switch (node.op) {
    case 'constant':
    case 'input':
    case 'fail':
    case 'shared':
      return node
    case 'call': {
      const args = mapNodes(node.args, map)
      return args === node.args ? node : { ...node, args }
    }
    case 'conditional': {
      const [test, chosen, otherwise] = [map(node.test), map(node.chosen), map(node.otherwise)]
      return test === node.test && chosen === node.chosen && otherwise === node.otherwise
        ? node
        : { ...node, test, chosen, otherwise }
    }
    case 'switch': {
      const source = map(node.source)
      const cases = mapCases(node.cases, map)
      const otherwise = map(node.otherwise)
      return source === node.source && cases === node.cases && otherwise === node.otherwise
        ? node
        : { ...node, source, cases, otherwise }
    }
    case 'coalesce': {
      const args = mapNodes(node.args, map)
      return args === node.args ? node : { ...node, args }
    }
    case 'selectUnique': {
      const candidates = mapNodes(node.candidates, map)
      return candidates === node.candidates ? node : { ...node, candidates }
    }
    case 'compare': {
      const [left, right] = [map(node.left), map(node.right)]
      return left === node.left && right === node.right ? node : { ...node, left, right }
    }
    case 'test':
    case 'escape': {
      const value = map(node.value)
      return value === node.value ? node : { ...node, value }
    }
    case 'logic': {
      const operands = mapNodes(node.operands, map)
      return operands === node.operands ? node : { ...node, operands }
    }
  }
}

type Cases = (IrNode & { op: 'switch' })['cases']

const mapCases = (cases: Cases, map: (operand: IrNode) => IrNode): Cases => {
  let mapped: Cases[number][] | undefined
  for (let i = 0; i < cases.length; i++) {
    const known = cases[i]!
    const [key, value] = [map(known.key), map(known.value)]
    if (key === known.key && value === known.value) continue
    mapped ??= [...cases]
    mapped[i] = { key, value }
  }
  return mapped ?? cases
}
