import type { IrNode } from './node.js'
import type { Root, Unit } from './unit.js'

/** Folds over the operands of a node, in the order of evaluation, without building a list. */
export const reduceOperands = <Result>(
  node: IrNode,
  start: Result,
  step: (result: Result, operand: IrNode) => Result,
): Result => {
  switch (node.op) {
    case 'constant':
    case 'input':
    case 'fail':
    case 'shared':
      return start
    case 'call':
    case 'coalesce':
      return reduceNodes(node.args, start, step)
    case 'conditional':
      return step(step(step(start, node.test), node.chosen), node.otherwise)
    case 'switch': {
      let result = step(start, node.source)
      for (const { key, value } of node.cases) result = step(step(result, key), value)
      return step(result, node.otherwise)
    }
    case 'selectUnique':
      return reduceNodes(node.candidates, start, step)
    case 'compare':
      return step(step(start, node.left), node.right)
    case 'test':
    case 'escape':
      return step(start, node.value)
    case 'logic':
      return reduceNodes(node.operands, start, step)
    case 'template':
      return step(start, node.otherwise)
  }
}

const reduceNodes = <Result>(
  nodes: readonly (IrNode | undefined)[],
  start: Result,
  step: (result: Result, operand: IrNode) => Result,
): Result => {
  let result = start
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    if (node !== undefined) result = step(result, node)
  }
  return result
}

/** The operands of a node, in the order of evaluation. */
export const operandsOf = (node: IrNode): readonly IrNode[] => {
  const operands: IrNode[] = []
  reduceOperands(node, operands, collect)
  return operands
}

const collect = (operands: IrNode[], operand: IrNode): IrNode[] => {
  operands.push(operand)
  return operands
}

/** The list with every node mapped; the same list if nothing changes. */
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

/** The unit with every top-level node mapped; the same unit if nothing changes. */
export const mapUnit = (unit: Unit, map: (node: IrNode) => IrNode): Unit => {
  const shared = mapNodes(unit.shared, map)
  const guard = unit.guard === undefined ? undefined : map(unit.guard)
  const roots = mapRoots(unit.roots, map)
  return shared === unit.shared && guard === unit.guard && roots === unit.roots
    ? unit
    : { ...unit, shared, guard, roots }
}

const mapRoots = (roots: readonly Root[], map: (node: IrNode) => IrNode): readonly Root[] => {
  let mapped: Root[] | undefined
  for (const [i, { name, node }] of roots.entries()) {
    const next = map(node)
    if (next === node) continue
    mapped ??= [...roots]
    mapped[i] = { name, node: next }
  }
  return mapped ?? roots
}

/** The same node with other operands; the same node if nothing changes. */
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
    case 'template': {
      const otherwise = map(node.otherwise)
      return otherwise === node.otherwise ? node : { ...node, otherwise }
    }
  }
}

type Cases = (IrNode & { op: 'switch' })['cases']

const mapCases = (cases: Cases, map: (operand: IrNode) => IrNode): Cases => {
  let mapped: Cases[number][] | undefined
  for (const [i, known] of cases.entries()) {
    const [key, value] = [map(known.key), map(known.value)]
    if (key === known.key && value === known.value) continue
    mapped ??= [...cases]
    mapped[i] = { key, value }
  }
  return mapped ?? cases
}
