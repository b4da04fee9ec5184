import { wrapIndented } from '../text/columns.js'
import { display } from '../values/text.js'
import type { Value } from '../values/value.js'
import type { FilterOperator, OperatorExample, RefusedOperator } from './define.js'
import { findOperator, knownOperators } from './operators.js'
import { verdictForMissing } from './runtime/behaviour.js'

/**
 * All operators with their conditions, as printed by `attrflow operators`.
 * @param width of the terminal, in characters
 */
export const renderOperatorList = (width = 80): string => {
  const nameWidth = Math.max(...knownOperators.map(({ name }) => name.length))
  const rows = knownOperators.map((operator) => {
    const start = `${operator.name.padEnd(nameWidth)}  ${operator.arity.padEnd(6)}  `
    return start + wrapIndented(summary(operator), width, ' '.repeat(start.length)).trimStart()
  })
  return rows.join('\n')
}

/**
 * One operator in full, as plain text; undefined if the name is unknown.
 * @param width of the terminal, in characters
 */
export const renderOperator = (name: string, width = 80): string | undefined => {
  const operator = findOperator(name)
  if (operator === undefined) return undefined
  const facts = factsOf(operator).map(([label, fact]) => `  ${label}: ${fact}`)
  const notes = operator.notes.map((note) => wrapIndented(noteText(note), width, '  '))
  const examples = operator.supported
    ? operator.examples.map((example) => `  ${exampleText(operator, example)}`)
    : []
  const blocks = [[operator.name, wrapIndented(operator.doc, width, '  ')], facts, notes, examples]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

/** The reference page of all operators, in Markdown. */
export const renderOperatorPage = (): string => {
  const rows = knownOperators.map(
    (operator) =>
      `| [${code(operator.name)}](#${anchor(operator)}) | ${operator.arity} | ${summary(operator)} |`,
  )
  const sections = knownOperators.map((operator) => {
    const lines = [`<a id="${anchor(operator)}"></a>`, '', `## ${code(operator.name)}`, '', operator.doc, '']
    lines.push(...factsOf(operator).map(([name, fact]) => `- ${name}: ${fact}`))
    lines.push(...operator.notes.map((note) => `- ${noteText(note)}`))
    if (operator.supported) {
      const examples = operator.examples.map((example) => exampleText(operator, example))
      lines.push('', '```text', ...examples, '```')
    }
    return lines.join('\n')
  })
  return `${[introduction, ['| operator | arity | holds if |', '|---|---|---|', ...rows].join('\n'), ...sections].join('\n\n')}\n`
}

const introduction = `# Operators of scoping filters

Generated from the declarations in \`src/filter/operators\`. Clauses of a group hold together, groups of a set are alternatives. Names match in any
case, with blanks or underscores. A positive operator holds if any value of the attribute and any operand satisfies it, a negative one
if none does. The empty text and a list without values count as null. Each example is run by a test.`

const summary = (operator: FilterOperator | RefusedOperator): string =>
  operator.supported ? firstSentence(operator.doc) : `not evaluated: ${operator.reason}.`

const firstSentence = (text: string): string => `${text.replace(/\. .*|\.$/s, '')}.`

const code = (text: string): string => `\`${text}\``

const anchor = ({ name }: FilterOperator | RefusedOperator): string =>
  name
    .toLowerCase()
    .replace('!&', 'no-bits')
    .replace('&', 'bits')
    .replace(/[\s_]+/g, '-')

const noteText = ({ text, source }: { readonly text: string; readonly source: string }): string =>
  `${text} (${source})`

const factsOf = (operator: FilterOperator | RefusedOperator): readonly (readonly [string, string])[] => {
  if (!operator.supported) {
    return [
      ['Not evaluated', `${operator.reason}.`],
      ['Instead', operator.hint],
    ]
  }
  const { portalLabel, arity, attributeTypes, negates, behaviour, published } = operator
  const documented = verdictForMissing(behaviour, 'documented')
  const complement = verdictForMissing(behaviour, 'complement')
  return [
    ['Portal', portalLabel],
    ['Operands', arity === 'unary' ? 'none' : 'one (several are alternatives)'],
    ['Attribute types', attributeTypes.join(', ')],
    [
      'Null',
      documented === complement
        ? String(documented)
        : `${documented} under the documented null policy, ${complement} under complement`,
    ],
    ...(negates === undefined ? [] : [['Negates', negates] as const]),
    ['Listed by Graph', published ? 'yes' : 'no'],
  ]
}

const exampleText = (
  { name, arity }: FilterOperator,
  { value, operands = [], verdict }: OperatorExample,
): string => {
  const right = arity === 'unary' ? '' : ` ${operands.join(', ')}`
  const outcome =
    typeof verdict === 'object'
      ? `${verdict.documented} (documented), ${verdict.complement} (complement)`
      : String(verdict)
  return `${operandText(value)} ${name}${right}  →  ${outcome}`
}

const operandText = (value: Value): string =>
  Array.isArray(value) ? `[${(value as readonly Value[]).map(display).join(', ')}]` : display(value)
