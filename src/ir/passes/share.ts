import { mapOperands, operandsOf, reduceOperands } from '../children.js'
import { isPure, isPureItself } from '../effects.js'
import { markOf, mixed, NodeKeys } from '../key.js'
import type { IrNode } from '../node.js'
import type { Unit } from '../unit.js'
import { definePass, type Pass } from './define.js'

/** Cheaper to recompute than to store. */
const isTrivial = (node: IrNode): boolean =>
  node.op === 'constant' || node.op === 'input' || node.op === 'shared' || node.op === 'fail'

/** A node that only passes on a value is shared through its operand. */
const isTransparent = (node: IrNode): boolean => node.op === 'escape' || node.op === 'test'

/** Whether it may be shared, provided that it is pure. */
const isCandidateItself = (node: IrNode): boolean =>
  !isTrivial(node) && !isTransparent(node) && node.op !== 'logic'

const isCandidate = (node: IrNode): boolean => isCandidateItself(node) && isPure(node)

/** The fingerprint of an impure node. */
const IMPURE = -1

/**
 * Whether two candidates have the same fingerprint. Most expressions repeat nothing, and fingerprints are
 * cheaper than keys.
 */
const mayRepeat = (unit: Unit): boolean => {
  const seen = new Set<number>()
  let repeats = false
  const step = (mark: number, operand: IrNode): number => {
    const inner = visit(operand)
    return mark === IMPURE || inner === IMPURE ? IMPURE : mixed(mark, inner)
  }
  const visit = (node: IrNode): number => {
    const mark = reduceOperands(node, isPureItself(node) ? markOf(node) : IMPURE, step)
    if (mark === IMPURE || !isCandidateItself(node)) return mark
    if (seen.has(mark)) repeats = true
    else seen.add(mark)
    return mark
  }
  unit.shared.forEach(visit)
  if (unit.guard !== undefined) visit(unit.guard)
  for (const { node } of unit.roots) visit(node)
  return repeats
}

const reference = (index: number, { type, span }: IrNode, original: boolean): IrNode => ({
  op: 'shared',
  index,
  original,
  type,
  span,
})

/**
 * Finds repeated computations in the unit, largest first. Evaluation stays lazy: a shared computation runs
 * when the first of its places needs it, and a fault is raised again at each place.
 */
const share = (unit: Unit): Unit => {
  if (!mayRepeat(unit)) return unit
  const keys = new NodeKeys()
  const counts = new Map<string, number>()
  const count = (node: IrNode): void => {
    if (isCandidate(node)) {
      const key = keys.keyOf(node)
      const seen = (counts.get(key) ?? 0) + 1
      counts.set(key, seen)
      // The inside of a repeated part is repeated with it and need not be counted again.
      if (seen > 1) return
    }
    operandsOf(node).forEach(count)
  }
  const { guard, roots } = unit
  for (const node of [
    ...unit.shared,
    ...(guard === undefined ? [] : [guard]),
    ...roots.map(({ node }) => node),
  ])
    count(node)

  const shared: IrNode[] = [...unit.shared]
  const indexes = new Map<string, number>()
  const replace = (node: IrNode): IrNode => {
    const key = isCandidate(node) ? keys.keyOf(node) : ''
    if (key === '' || (counts.get(key) ?? 0) < 2) return mapOperands(node, replace)
    const known = indexes.get(key)
    if (known !== undefined) return reference(known, node, false)
    // Operands first, so that a shared computation only refers to earlier ones.
    const index = shared.push(mapOperands(node, replace)) - 1
    indexes.set(key, index)
    return reference(index, node, true)
  }
  return {
    ...unit,
    guard: guard === undefined ? undefined : replace(guard),
    roots: roots.map(({ name, node }) => ({ name, node: replace(node) })),
    shared,
  }
}

export const shareComputations: Pass = definePass({
  name: 'share',
  doc: 'Computes an expression that occurs several times in a unit, also across attributes, at most once for an object.',
  run: share,
})
