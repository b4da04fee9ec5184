import type { FunctionBody } from '../../functions/define.js'
import { item } from '../../functions/runtime/collection.js'
import { not } from '../../functions/runtime/logic.js'
import type { Callee, IrNode } from '../../ir/node.js'
import { type Code, js } from './code.js'

/** The constants of a leaf, as its factory takes them. */
type Constants = readonly unknown[]

const slice = (text: Code, from: number, to: number): Code => js`${text}.slice(${from}, ${to})`

interface Clause {
  readonly operator: string
  readonly operands: readonly string[]
}

/** What clauses say of a text that is not "": the answer for it, where one is known. */
const answers: Readonly<Record<string, (text: Code, operand: string) => Code>> = {
  EQUALS: (text, operand) => js`${text} === ${operand}`,
  'NOT EQUALS': (text, operand) => js`${text} !== ${operand}`,
  'IS NULL': () => js`false`,
  'IS NOT NULL': () => js`true`,
}

/** A clause, written out for texts that are not "": everything else is for the leaf. */
const clause = (text: Code, { operator, operands }: Clause, called: Code): Code | undefined => {
  const answer = Object.hasOwn(answers, operator) ? answers[operator] : undefined
  const [operand = ''] = operands
  if (answer === undefined || operands.length > 1) return undefined
  return js`typeof ${text} === 'string' && ${text} !== '' ? ${answer(text, operand)} : ${called}`
}

/**
 * Leaves that are shorter written out than called, by their factories. V8 stops inlining calls in a function as
 * long as those that are generated.
 */
const inlined: ReadonlyMap<
  string,
  (constants: Constants, argument: Code, called: () => Code) => Code | undefined
> = new Map([
  ['leftLeaf', ([length], text) => slice(text, 0, length as number)],
  ['midLeaf', ([from, to], text) => slice(text, from as number, to as number)],
  ['filterClause', ([spec], value, called) => clause(value, spec as Clause, called())],
])

type WriteCall = (args: readonly Code[], nodes: readonly (IrNode | undefined)[]) => Code | undefined

/** Bodies that are short for the kind of value that they mostly get. */
const inlinedBodies: ReadonlyMap<FunctionBody, (body: () => Code) => WriteCall> = new Map([
  [
    not,
    (body: () => Code): WriteCall =>
      ([value]) =>
        js`typeof ${value!} === 'boolean' ? !${value!} : ${body()}(${value!})`,
  ],
  [
    item,
    (body: () => Code): WriteCall =>
      ([list, index], [source, position]) => {
        if (source?.op === 'constant' || position?.op !== 'constant' || !Number.isSafeInteger(position.value))
          return undefined
        const at = Number(position.value) - 1
        if (at < 0) return undefined
        return js`Array.isArray(${list!}) && ${at} < ${list!}.length ? ${list!}[${at}] : ${body()}(${list!}, ${index!})`
      },
  ],
])

/** A call written out; undefined when it is better called. */
export const inlineCall = (
  { made, evaluate }: Callee,
  args: readonly Code[],
  nodes: readonly (IrNode | undefined)[],
  body: () => Code,
  called: () => Code,
): Code | undefined =>
  made === undefined
    ? inlinedBodies.get(evaluate!)?.(body)(args, nodes)
    : inlined.get(made.factory)?.(made.constants, args[0]!, called)
