import { catalogue, type DiagnosticCode, diagnosticExamples } from '../../diagnostics/index.js'
import {
  badExample,
  codeNamed,
  configurableNames,
  exampleParts,
  filterRules,
  ruleDocumentation,
  rules,
} from '../../lint/index.js'
import { wrapIndented } from '../../text/columns.js'
import { unknownName } from '../arguments.js'
import { type CommandBody, defineCommand } from '../command.js'
import { definitionList, widthOf } from '../style.js'

/** A rule of lint or of filters, as this command shows it. */
interface Shown {
  readonly id: string
  readonly code: DiagnosticCode
  readonly scope: string
}

const all: readonly Shown[] = [...rules, ...filterRules.map((rule) => ({ ...rule, scope: 'filter' }))]

const scopes: readonly (readonly [string, string])[] = [
  ['expression', 'Expressions'],
  ['mapping', 'Attribute mappings'],
  ['objectMapping', 'Object mappings'],
  ['filter', 'Scoping filters'],
]

const ruleNamed = (name: string): Shown => {
  const code = codeNamed(name)
  const found = all.find((rule) => rule.code === code)
  if (found !== undefined) return found
  // Every diagnostic has a page, including those that no rule can switch off.
  const other = name.toUpperCase()
  if (Object.hasOwn(catalogue, other))
    return { id: other, code: other as DiagnosticCode, scope: 'diagnostic' }
  throw unknownName('rule', name, configurableNames())
}

const indented = (text: string, width: number): string => wrapIndented(text, width, '  ')

const page = ({ id, code, scope }: Shown, width: number): string => {
  const { severity, message, help } = catalogue[code]
  const rule = rules.find((one) => one.code === code)
  const rationale = rule && ruleDocumentation[rule.code].rationale
  const example = (title: string, parts: readonly [string, string]): string =>
    `${title}\n  ${parts[0]}${parts[1] === '' ? '' : `\n${indented(parts[1], width)}`}`
  return [
    `${id} (${[...(id === code ? [] : [code]), severity, scope].join(', ')})`,
    indented([message, rationale ?? '', help].join(' '), width),
    ...(rule === undefined
      ? [example('Found', [diagnosticExamples[code], ''])]
      : [
          example('Found', exampleParts(badExample(rule))),
          example('Better', exampleParts(ruleDocumentation[rule.code].good)),
        ]),
  ].join('\n\n')
}

const list = (width: number): string =>
  scopes
    .map(([scope, title]) => {
      const rows = all
        .filter((rule) => rule.scope === scope)
        .map(({ id, code }): [string, string] => [
          id,
          `${catalogue[code].severity}. ${catalogue[code].message}`,
        ])
      return [title, ...definitionList(rows, width)].join('\n')
    })
    .join('\n\n')

const json = ({ id, code, scope }: Shown): object => {
  const { severity, message, help } = catalogue[code]
  const rule = rules.find((one) => one.code === code)
  const rationale = rule && ruleDocumentation[rule.code].rationale
  return { id, code, scope, severity, message, help, ...(rationale === undefined ? {} : { rationale }) }
}

export const rulesCommand: CommandBody = defineCommand({
  usage: ['[ID|CODE …]'],
  options: {},
  json: [
    {
      members: {
        value: 'The rules',
        'value[].id': 'The id',
        'value[].code': 'The code, such as AF9001',
        'value[].scope': 'What the rule looks at',
        'value[].severity': 'The default level',
        'value[].message': 'The message, with placeholders',
        'value[].help': 'What to do about it',
        'value[].rationale': 'Why the rule exists',
      },
    },
  ],
  examples: [
    'attrflow rules',
    'attrflow rules join-separator',
    'attrflow rules AF1007',
    'attrflow rules --json',
  ],
  async run(args, io) {
    const chosen = args.positionals.map(ruleNamed)
    const width = widthOf(io.stdout)
    if (args.format === 'json') {
      const value = (chosen.length === 0 ? all : chosen).map(json)
      await io.stdout.write(`${JSON.stringify({ value }, null, 2)}\n`)
    } else if (chosen.length === 0) {
      await io.stdout.write(`${list(width)}\n\nattrflow rules ID shows everything about one.\n`)
    } else await io.stdout.write(`${chosen.map((rule) => page(rule, width)).join('\n\n')}\n`)
    return 0
  },
})
