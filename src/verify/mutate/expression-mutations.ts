import type { FunctionDefinition } from '../../functions/define.js'
import { readsAttribute } from '../../lint/calls.js'
import type { Argument, ComparisonOperator, Expression, FunctionCall } from '../../syntax/ast.js'
import { quoteString } from '../../syntax/print.js'
import { defineMutation, type ExpressionSurroundings, type Mutation, type TextChange } from './mutation.js'

const otherOperators: Readonly<Record<ComparisonOperator, readonly ComparisonOperator[]>> = {
  '=': ['<>'],
  '<>': ['='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
}

const textOf = ({ span }: Argument, { text }: ExpressionSurroundings): string =>
  text.slice(span.start, span.end)

const calleeOf = (node: Expression, { calls }: ExpressionSurroundings): FunctionDefinition | undefined =>
  node.type === 'FunctionCall' ? calls.get(node)?.definition : undefined

/** A call with other arguments. */
const withArguments = (
  call: FunctionCall,
  args: readonly Argument[],
  around: ExpressionSurroundings,
): string => `${call.name}(${args.map((one) => textOf(one, around)).join(', ')})`

const without = <T>(items: readonly T[], index: number, count = 1): readonly T[] => [
  ...items.slice(0, index),
  ...items.slice(index + count),
]

const swapped = <T>(items: readonly T[], index: number): readonly T[] => [
  ...items.slice(0, index),
  ...items.slice(index + 1, index + 2),
  ...items.slice(index, index + 1),
  ...items.slice(index + 2),
]

const comparison = defineMutation({
  name: 'comparison',
  doc: 'Another comparison operator: = instead of <>, < instead of <=.',
  of: 'expression',
  mutate: (node) =>
    node.type !== 'Comparison'
      ? []
      : otherOperators[node.operator].map((text) => ({
          span: node.operatorSpan,
          text,
          what: `${text} in place of ${node.operator}`,
        })),
})

const branch = defineMutation({
  name: 'branch',
  doc: 'An IIF that always takes the same branch, or a Switch whose default is one of its values.',
  of: 'expression',
  mutate: (node, around) => {
    const callee = calleeOf(node, around)
    if (node.type !== 'FunctionCall') return []
    if (callee?.form === 'conditional')
      return node.arguments.slice(1, 3).flatMap((argument, index): readonly TextChange[] =>
        argument.type === 'OmittedArgument'
          ? []
          : [
              {
                span: node.span,
                text: textOf(argument, around),
                what: `${node.name}: the condition ${index === 0 ? 'always' : 'never'} holds`,
              },
            ],
      )
    if (callee?.form !== 'switch') return []
    const [, otherwise, , first] = node.arguments
    if (otherwise === undefined || first === undefined || textOf(otherwise, around) === textOf(first, around))
      return []
    return [
      {
        span: otherwise.span,
        text: textOf(first, around),
        what: `${node.name}: the first value as the default`,
      },
    ]
  },
})

const key = defineMutation({
  name: 'key',
  doc: 'A Switch without one of its keys.',
  of: 'expression',
  mutate: (node, around) => {
    if (node.type !== 'FunctionCall' || calleeOf(node, around)?.form !== 'switch') return []
    const [, otherwise, ...pairs] = node.arguments
    return pairs.flatMap((argument, index): readonly TextChange[] => {
      if (index % 2 === 1) return []
      const text =
        pairs.length <= 2 && otherwise !== undefined
          ? textOf(otherwise, around)
          : withArguments(node, without(node.arguments, index + 2, 2), around)
      return [{ span: node.span, text, what: `${node.name}: without the key ${textOf(argument, around)}` }]
    })
  },
})

const argument = defineMutation({
  name: 'argument',
  doc: 'A call without one of its optional or repeated arguments, or with two of them swapped.',
  of: 'expression',
  mutate: (node, around) => {
    const callee = calleeOf(node, around)
    if (node.type !== 'FunctionCall' || callee === undefined) return []
    if (callee.form === 'conditional' || callee.form === 'switch') return []
    const { name, arguments: given } = node
    const bound = new Map(
      around.calls.get(node)?.arguments.map(({ argument, parameter }) => [argument, parameter] as const),
    )
    const repeats = (argument: Argument | undefined): boolean =>
      argument !== undefined && bound.get(argument)?.repeating === true
    const replaced = (args: readonly Argument[], what: string): TextChange => ({
      span: node.span,
      text:
        args[0] !== undefined && args.length === 1 && callee.form === 'coalesce'
          ? textOf(args[0], around)
          : withArguments(node, args, around),
      what,
    })
    return given.flatMap((one, index): readonly TextChange[] => {
      if (one.type === 'OmittedArgument') return []
      const changes: TextChange[] = []
      if (repeats(one) && given.filter(repeats).length > 1)
        changes.push(replaced(without(given, index), `${name}: without ${textOf(one, around)}`))
      else if (!repeats(one) && bound.get(one)?.required === false)
        changes.push({ span: one.span, text: '', what: `${name}: without ${textOf(one, around)}` })
      const next = given[index + 1]
      const pair = (repeats(one) && repeats(given[index + 1])) || (given.length === 2 && index === 0)
      if (pair && next !== undefined && next.type !== 'OmittedArgument' && callee.form !== 'selectUnique')
        changes.push(
          replaced(swapped(given, index), `${name}: ${textOf(next, around)} before ${textOf(one, around)}`),
        )
      return changes
    })
  },
})

const call = defineMutation({
  name: 'call',
  doc: 'An argument instead of the call, as if the function had been forgotten.',
  of: 'expression',
  mutate: (node, around) => {
    if (node.type !== 'FunctionCall' || calleeOf(node, around)?.form !== 'call') return []
    const kept = node.arguments.find(readsAttribute)
    return kept === undefined
      ? []
      : [{ span: node.span, text: textOf(kept, around), what: `without ${node.name}` }]
  },
})

const concatenation = defineMutation({
  name: 'concatenation',
  doc: 'Only one side of &.',
  of: 'expression',
  mutate: (node, around) =>
    node.type !== 'Concatenation'
      ? []
      : [node.left, node.right].map((side) => ({
          span: node.span,
          text: textOf(side, around),
          what: `${textOf(side, around)} alone`,
        })),
})

const truths: ReadonlyMap<string, string> = new Map([
  ['true', 'False'],
  ['false', 'True'],
])

const constant = defineMutation({
  name: 'constant',
  doc: 'Another constant: an empty text, True instead of False, a number one higher or lower.',
  of: 'expression',
  mutate: (node) => {
    const change = (text: string): TextChange => ({ span: node.span, text, what: `${text} as the constant` })
    if (node.type === 'Name') {
      const other = truths.get(node.name.toLowerCase())
      return other === undefined ? [] : [change(other)]
    }
    if (node.type === 'IntegerLiteral')
      return [node.value + 1n, ...(node.value > 0n ? [node.value - 1n] : [])].map((value) =>
        change(`${value}`),
      )
    if (node.type !== 'StringLiteral') return []
    const other = truths.get(node.value.toLowerCase())
    return [change(quoteString(other ?? (node.value === '' ? 'mutant' : '')))]
  },
})

const attribute = defineMutation({
  name: 'attribute',
  doc: 'Another attribute of the same type.',
  of: 'expression',
  mutate: (node, { otherAttribute }) => {
    if (node.type !== 'AttributeReference') return []
    const other = otherAttribute(node.name)
    return other === undefined
      ? []
      : [{ span: node.span, text: `[${other}]`, what: `[${other}] in place of [${node.name}]` }]
  },
})

/** The mutations of expressions. */
export const expressionMutations: readonly Mutation[] = [
  comparison,
  branch,
  key,
  argument,
  call,
  concatenation,
  constant,
  attribute,
]
