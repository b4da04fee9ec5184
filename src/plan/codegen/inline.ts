import { type Code, js } from './code.js'

/** The constants of a leaf, as its factory takes them. */
type Constants = readonly unknown[]

const slice = (text: Code, from: number, to: number): Code => js`${text}.slice(${from}, ${to})`

interface Clause {
  readonly operator: string
  readonly operands: readonly string[]
}

/** A comparison of text with one text that is not "": everything else is for the leaf. */
const clause = (text: Code, { operator, operands }: Clause, leaf: Code): Code | undefined => {
  const [operand] = operands
  if (operand === undefined || operand === '' || operands.length > 1) return undefined
  const isText = js`typeof ${text} === 'string' && ${text} !== ''`
  if (operator === 'EQUALS') return js`${isText} ? ${text} === ${operand} : ${leaf}(${text})`
  return operator === 'NOT EQUALS' ? js`${isText} ? ${text} !== ${operand} : ${leaf}(${text})` : undefined
}

/**
 * Leaves that are shorter written out than called, by their factories. V8 stops inlining calls in a function as
 * long as those that are generated.
 */
const inlined: ReadonlyMap<string, (constants: Constants, argument: Code, leaf: Code) => Code | undefined> =
  new Map([
    ['leftLeaf', ([length], text) => slice(text, 0, length as number)],
    ['midLeaf', ([from, to], text) => slice(text, from as number, to as number)],
    ['filterClause', ([spec], value, leaf) => clause(value, spec as Clause, leaf)],
  ])

/** The call of a leaf written out; undefined when it is better called. */
export const inlineLeaf = (
  made: { readonly factory: string; readonly constants: Constants } | undefined,
  argument: Code,
  leaf: () => Code,
): Code | undefined =>
  made === undefined ? undefined : inlined.get(made.factory)?.(made.constants, argument, leaf())
