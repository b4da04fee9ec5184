import { findOperator, knownOperators, renderOperator, renderOperatorList } from '../../filter/index.js'
import { type FilterOperatorSchema, filterOperatorSchemas } from '../../graph/index.js'
import { unknownName } from '../arguments.js'
import { type CommandBody, defineCommand } from '../command.js'
import { widthOf } from '../style.js'

const canonicalName = (name: string): string => {
  const operator = findOperator(name)
  if (operator !== undefined) return operator.name
  const names = knownOperators.map((known) => known.name)
  throw unknownName('operator', name, names)
}

const schemasOf = (names: readonly string[]): readonly FilterOperatorSchema[] =>
  names.length === 0
    ? filterOperatorSchemas()
    : filterOperatorSchemas({ unpublished: true }).filter(({ name }) => names.includes(name))

export const operatorsCommand: CommandBody = defineCommand({
  usage: ['[NAME …]'],
  details: ['With --json, the operators in the form in which Graph lists them.'],
  options: {},
  json: [
    {
      members: {
        value: 'The operators',
        'value[].name': 'The name',
        'value[].arity': 'Unary or Binary',
        'value[].multivaluedComparisonType': 'Whether All or Any of several values must satisfy it',
        'value[].supportedAttributeTypes': 'The types of attributes that it takes',
      },
    },
  ],
  examples: ['attrflow operators', `attrflow operators 'IS NOT NULL'`, 'attrflow operators --json'],
  async run(args, io) {
    const names = args.positionals.map(canonicalName)
    const width = widthOf(io.stdout)
    if (args.format === 'json') {
      await io.stdout.write(`${JSON.stringify({ value: schemasOf(names) }, null, 2)}\n`)
    } else if (names.length === 0) {
      await io.stdout.write(
        `${renderOperatorList(width)}\n\nattrflow operators NAME shows everything about one.\n`,
      )
    } else {
      await io.stdout.write(`${names.map((name) => renderOperator(name, width)).join('\n\n')}\n`)
    }
    return 0
  },
})
