import { globalOptions } from './arguments.js'
import { type Command, formatsOf, type OptionSpec, type OptionTable } from './command.js'
import type { JsonForm } from './json-form.js'

/** A text as a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

/** Prose with its options as code, which no line breaks after their hyphens. */
const withCode = (text: string): string =>
  text.replace(/(?<![\w`-])--[a-z][a-z-]*(?: (?:csv|json))?/g, '`$&`')

/** A paragraph of the help, with markup characters escaped. */
const paragraph = (text: string): string => withCode(text.replace(/[<*_]/g, (sign) => `\\${sign}`))

const termOf = (name: string, { type, short, choices, value }: OptionSpec): string => {
  const taken = type === 'boolean' ? '' : ` ${value ?? choices?.join('|') ?? 'TEXT'}`
  return `${short === undefined ? '' : `-${short}, `}--${name}${taken}`
}

const tableOf = (options: OptionTable): readonly string[] =>
  Object.keys(options).length === 0
    ? []
    : [
        '| option | |',
        '|---|---|',
        ...Object.entries(options).map(
          ([name, spec]) =>
            `| \`${cell(termOf(name, spec))}\` | ${withCode(cell(spec.doc))}${spec.multiple === true ? ' (repeatable)' : ''} |`,
        ),
        '',
      ]

const formOf = ({ with: call, lines, members }: JsonForm): readonly string[] => [
  `JSON${call === undefined ? '' : ` of \`${call}\``}, ${lines === true ? 'one document on each line' : 'one document'}:`,
  '',
  '| member | |',
  '|---|---|',
  ...Object.entries(members).map(([path, doc]) => `| \`${path}\` | ${withCode(cell(doc))} |`),
  '',
]

const sectionOf = (command: Command): readonly string[] => [
  `## ${command.name}`,
  '',
  `${paragraph(command.summary)}.`,
  '',
  '```text',
  ...command.usage.map((usage) => `attrflow ${command.name} ${usage}`.trimEnd()),
  '```',
  '',
  ...(command.details ?? []).flatMap((text) => [paragraph(text), '']),
  ...tableOf(command.options),
  `Formats: ${formatsOf(command).join(', ')}.`,
  '',
  ...(command.json ?? []).flatMap(formOf),
  ...(command.examples.length === 0 ? [] : ['```sh', ...command.examples, '```', '']),
]

/** The page that documents all commands. */
export const commandReference = (commands: readonly Command[]): string =>
  `${[
    '# Commands',
    '',
    'What `attrflow help COMMAND` shows, for every command, and the members of its JSON output. Exit codes: 0 success, 1 problems were found,',
    '2 wrong use or a file that cannot be read in the expected form, 70 an internal error of attrflow, 130 stopped by Ctrl-C.',
    '',
    commands.map(({ name }) => `[${name}](#${name})`).join(' · '),
    '',
    '## Options of every command',
    '',
    ...tableOf(globalOptions),
    'The members of the JSON forms are named by path: `a[].b` is the member b of each entry of the list a, and `*` is any name.',
    'A member that does not apply to a result is left out.',
    '',
    ...commands.flatMap(sectionOf),
  ]
    .join('\n')
    .trimEnd()}\n`
