import { FlowMarker } from '../values/marker.js'
import { display } from '../values/text.js'
import type { Callee, IrNode, TemplateNode, Yield } from './node.js'
import type { Unit } from './unit.js'

const constantText = (value: Yield): string => (value instanceof FlowMarker ? value.name : display(value))

/** A node as text, for people: calls by name, inputs as `[name]`, shared computations as `$0`. */
export const printNode = (node: IrNode, unit: Pick<Unit, 'inputs'>): string => {
  const show = (operand: IrNode | undefined): string =>
    operand === undefined ? '' : printNode(operand, unit)
  switch (node.op) {
    case 'constant':
      return constantText(node.value)
    case 'input':
      return `[${unit.inputs[node.index]?.name ?? node.index}]`
    case 'call':
      return `${nameOf(node.callee)}(${node.args.map(show).join(', ')})`
    case 'conditional':
      return `if ${show(node.test)} then ${show(node.chosen)} else ${show(node.otherwise)}`
    case 'switch': {
      const cases = node.cases.map(({ key, value }) => `${show(key)}: ${show(value)}`)
      return `switch ${show(node.source)} {${[...cases, `else: ${show(node.otherwise)}`].join(', ')}}`
    }
    case 'coalesce':
      return `coalesce(${node.args.map(show).join(', ')})`
    case 'selectUnique':
      return `selectUnique(${node.candidates.map(show).join(', ')})`
    case 'compare':
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`
    case 'test':
      return `holds(${show(node.value)})`
    case 'logic':
      return `(${node.operands.map(show).join(node.kind === 'and' ? ' and ' : ' or ')})`
    case 'fail':
      return `fail ${node.code}`
    case 'escape':
      return `escape(${show(node.value)})`
    case 'template':
      return `template {${node.pieces.map((piece) => pieceText(piece, unit)).join(' ')}}`
    case 'shared':
      return `$${node.index}`
  }
}

const nameOf = ({ name, made }: Callee): string => (made === undefined ? name : `${name}<${made.factory}>`)

/** A literal, or an input inside the functions that it passes through. */
const pieceText = (piece: TemplateNode['pieces'][number], { inputs }: Pick<Unit, 'inputs'>): string => {
  if (typeof piece === 'string') return JSON.stringify(piece)
  const input = `[${inputs[piece.index]?.name ?? piece.index}]`
  return piece.steps.reduce((inner, step) => `${nameOf(step)}(${inner})`, input)
}

/** A unit as text: its shared computations, guard and roots, one a line. */
export const printUnit = (unit: Unit): string => {
  const lines = unit.shared.map((node, index) => `$${index} = ${printNode(node, unit)}`)
  if (unit.guard !== undefined) lines.push(`guard ${printNode(unit.guard, unit)}`)
  for (const { name, node } of unit.roots) lines.push(`${name} = ${printNode(node, unit)}`)
  return lines.join('\n')
}
