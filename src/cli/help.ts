import { wrap } from '../text/columns.js'
import { globalOptions } from './arguments.js'
import { type Command, formatsOf, type OptionSpec, type OptionTable } from './command.js'
import { definitionList, type Style } from './style.js'

const optionTerm = (name: string, spec: OptionSpec): string => {
  const value = spec.type === 'boolean' ? '' : ` ${spec.value ?? spec.choices?.join('|') ?? 'TEXT'}`
  return `${spec.short === undefined ? '' : `-${spec.short}, `}--${name}${value}`
}

const optionRows = (options: OptionTable): [string, string][] =>
  Object.entries(options).map(([name, spec]) => [
    optionTerm(name, spec),
    spec.multiple === true ? `${spec.doc} (repeatable)` : spec.doc,
  ])

const section = (title: string, lines: readonly string[], style: Style): string[] =>
  lines.length === 0 ? [] : ['', style.paint('bold', title), ...lines]

/** The help of attrflow itself. */
export const generalHelp = (
  commands: readonly Pick<Command, 'name' | 'summary'>[],
  width: number,
  style: Style,
): string => {
  const list = definitionList(
    commands.map(({ name, summary }) => [name, summary]),
    width,
  )
  return `${[
    'attrflow: parse, check, explain and run Microsoft Entra attribute mappings',
    '',
    `${style.paint('bold', 'Usage')}  attrflow COMMAND [ARGUMENTS] [OPTIONS]`,
    ...section('Commands', list, style),
    ...section('Options of every command', definitionList(optionRows(globalOptions), width), style),
    '',
    'Exit codes: 0 success, 1 problems were found, 2 wrong use or a file that cannot be read in the expected form.',
    'attrflow help COMMAND shows more about one command.',
  ].join('\n')}\n`
}

/** The help of one command. */
export const commandHelp = (command: Command, width: number, style: Style): string => {
  const globals = { ...globalOptions, format: { ...globalOptions.format, choices: formatsOf(command) } }
  return `${[
    `attrflow ${command.name}: ${command.summary}`,
    '',
    ...command.usage.map((usage, index) => {
      const title = index === 0 ? style.paint('bold', 'Usage') : '     '
      return `${title}  attrflow ${command.name} ${usage}`.trimEnd()
    }),
    ...(command.details ?? []).flatMap((paragraph) => ['', ...wrap(paragraph, width)]),
    ...section('Options', definitionList(optionRows(command.options), width), style),
    ...section('Options of every command', definitionList(optionRows(globals), width), style),
    ...section(
      'Examples',
      command.examples.map((example) => `  ${example}`),
      style,
    ),
  ].join('\n')}\n`
}
