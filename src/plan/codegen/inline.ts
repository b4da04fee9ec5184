import type { FunctionBody } from '../../functions/define.js'
import { item } from '../../functions/runtime/collection.js'
import { not } from '../../functions/runtime/logic.js'
import type { Callee, IrNode } from '../../ir/node.js'
import { type Code, js } from './code.js'

const slice = (text: Code, from: number, to: number): Code => js`${text}.slice(${from}, ${to})`

interface Clause {
  readonly operator: string
  readonly operands: readonly string[]
}

/** The answers of clauses for a text that is not "", where they can be written inline. */
const answers: Readonly<Record<string, (text: Code, operand: string) => Code>> = {
  EQUALS: (text, operand) => js`${text} === ${operand}`,
  'NOT EQUALS': (text, operand) => js`${text} !== ${operand}`,
  'IS NULL': () => js`false`,
  'IS NOT NULL': () => js`true`,
}

/** A clause, written inline for texts that are not ""; all other values go to the specialised body. */
const clause = (text: Code, { operator, operands }: Clause, called: Code): Code | undefined => {
  const answer = Object.hasOwn(answers, operator) ? answers[operator] : undefined
  const [operand = ''] = operands
  if (answer === undefined || operands.length > 1) return undefined
  return js`typeof ${text} === 'string' && ${text} !== '' ? ${answer(text, operand)} : ${called}`
}

/** Writes a call inline; undefined if it should be called as usual. */
type WriteCall = (call: {
  /** The constants of a specialised body, as its factory takes them; none for any other body. */
  readonly constants: readonly unknown[]
  readonly args: readonly Code[]
  readonly nodes: readonly (IrNode | undefined)[]
  readonly called: () => Code
}) => Code | undefined

/**
 * Calls that are shorter inline, for the kind of value that they usually get: specialised bodies by their
 * factory, others by the body. V8 does not inline calls in functions as long as the generated ones.
 */
const inlined: ReadonlyMap<string | FunctionBody, WriteCall> = new Map<string | FunctionBody, WriteCall>([
  ['leftBody', ({ constants: [length], args: [text] }) => text && slice(text, 0, length as number)],
  ['midBody', ({ constants: [from, to], args: [text] }) => text && slice(text, from as number, to as number)],
  [
    'filterClause',
    ({ constants: [spec], args: [value], called }) => value && clause(value, spec as Clause, called()),
  ],
  [not, ({ args: [value], called }) => value && js`typeof ${value} === 'boolean' ? !${value} : ${called()}`],
  [
    item,
    ({ args: [list], nodes: [source, position], called }) => {
      if (source?.op === 'constant' || position?.op !== 'constant' || !Number.isSafeInteger(position.value))
        return undefined
      const at = Number(position.value) - 1
      if (at < 0 || list === undefined) return undefined
      return js`Array.isArray(${list}) && ${at} < ${list}.length ? ${list}[${at}] : ${called()}`
    },
  ],
])

/** A call, written inline if that is shorter. */
export const writeCall = (
  { made, evaluate }: Callee,
  args: readonly Code[],
  nodes: readonly (IrNode | undefined)[],
  called: () => Code,
): Code => {
  const key = made?.factory ?? evaluate
  const write = key === undefined ? undefined : inlined.get(key)
  return write?.({ constants: made?.constants ?? [], args, nodes, called }) ?? called()
}
