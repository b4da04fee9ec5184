import { typeOf } from '../../src/ir/build.js'
import { operandsOf } from '../../src/ir/children.js'
import type { IrNode } from '../../src/ir/node.js'
import { printNode } from '../../src/ir/print.js'
import type { Unit } from '../../src/ir/unit.js'
import { BOOLEAN, MARKER, NULL, overlaps, type StaticType, within } from '../../src/values/static-type.js'

/** What is wrong with one node, apart from its operands. */
const faultOf = (node: IrNode, unit: Unit, sharedBefore: number): string | undefined => {
  switch (node.op) {
    case 'constant':
      return within(typeOf(node.value), node.type) ? undefined : 'has a type that leaves out its value'
    case 'input':
      return node.index < unit.inputs.length ? undefined : 'reads an input that is not there'
    case 'shared':
      if (node.index >= sharedBefore) return 'uses a shared computation that does not come before it'
      return within(unit.shared[node.index]!.type, node.type)
        ? undefined
        : 'has a type that leaves out kinds of its computation'
    case 'call':
      return callFault(node)
    case 'conditional':
      if (node.test.type !== BOOLEAN) return 'decides by what is not a Boolean'
      return branchFault(node, [node.chosen, node.otherwise])
    case 'switch':
      return branchFault(node, [...node.cases.map(({ value }) => value), node.otherwise])
    case 'coalesce':
      // Null is passed over, except in the last place.
      return branchFault(node, node.args, (index) => (index < node.args.length - 1 ? NULL : 0))
    case 'escape':
      return within(node.value.type & ~MARKER, node.type) ? undefined : 'leaves out kinds of its operand'
    case 'compare':
    case 'test':
      return node.type === BOOLEAN ? undefined : 'is not a Boolean'
    case 'logic':
      if (node.type !== BOOLEAN) return 'is not a Boolean'
      return node.operands.every(({ type }) => type === BOOLEAN)
        ? undefined
        : 'combines what is not a Boolean'
    case 'template':
      return within(node.otherwise.type, node.type) ? undefined : 'has a type that leaves out its other way'
    case 'selectUnique':
    case 'fail':
      return undefined
  }
}

const callFault = ({ callee, args }: IrNode & { readonly op: 'call' }): string | undefined => {
  if (callee.evaluate === undefined) return 'calls a function without a body'
  const repeats = callee.parameters.some(({ repeating }) => repeating)
  return args.length <= callee.parameters.length || repeats ? undefined : 'has more arguments than parameters'
}

/** A node with branches can yield what each of them can. */
const branchFault = (
  node: IrNode,
  branches: readonly IrNode[],
  dropped: (index: number) => StaticType = () => 0,
): string | undefined =>
  branches.every(({ type }, index) => within(type & ~dropped(index), node.type))
    ? undefined
    : 'has a type that leaves out a branch'

/** Whether the node passes an operand's marker on; all others must have had it escape before. */
const mayYieldMarker = (node: IrNode, operand: IrNode): boolean => {
  switch (node.op) {
    case 'conditional':
      return operand !== node.test
    case 'switch':
      return operand === node.otherwise || node.cases.some(({ value }) => value === operand)
    case 'coalesce':
    case 'escape':
      return true
    default:
      return false
  }
}

/**
 * What is wrong with a unit: inputs and shared computations out of range or order, types that promise less than
 * a node can yield, markers where none may be. Nothing means that the backends may rely on it; a pass must keep
 * it so.
 */
export const verifyUnit = (unit: Unit): readonly string[] => {
  const faults: string[] = []
  const visit = (node: IrNode, place: string, sharedBefore: number): void => {
    const say = (fault: string): void => {
      faults.push(`${place}: ${printNode(node, unit)} ${fault}`)
    }
    const fault = faultOf(node, unit, sharedBefore)
    if (fault !== undefined) say(fault)
    for (const operand of operandsOf(node)) {
      if (overlaps(operand.type, MARKER) && !mayYieldMarker(node, operand)) say('takes a marker for a value')
      visit(operand, place, sharedBefore)
    }
  }
  unit.shared.forEach((node, index) => {
    visit(node, `$${index}`, index)
  })
  if (unit.guard !== undefined) {
    visit(unit.guard, 'guard', unit.shared.length)
    if (unit.guard.type !== BOOLEAN) faults.push('guard: is not a Boolean')
  }
  for (const { name, node } of unit.roots) visit(node, name, unit.shared.length)
  return faults
}
