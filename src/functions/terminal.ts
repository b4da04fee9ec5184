import { wrapIndented } from '../text/columns.js'
import { type FunctionDefinition, requireDefinition, signatureOf } from './define.js'
import { documented } from './documentation.js'
import { type FunctionLibrary, requireLibrary } from './library.js'
import {
  availability,
  exampleResult,
  exampleSetting,
  families,
  listBehaviour,
  nullBehaviour,
  parameterSummary,
} from './wording.js'

const titled = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}\n${lines.join('\n')}`]

/**
 * One function in plain text, for a terminal.
 *
 * @param width of the terminal, in characters
 */
export const describeFunction = (declared: FunctionDefinition, width = 80): string => {
  requireDefinition(declared)
  const definition = documented(declared)
  const behaviour = [nullBehaviour(definition), listBehaviour(definition)].filter((one) => one !== undefined)
  return [
    signatureOf(definition),
    wrapIndented([definition.doc, ...behaviour, availability(definition)].join(' '), width, '  '),
    ...titled(
      'Parameters',
      definition.parameters.map(
        (parameter) =>
          `  ${parameter.name} (${parameterSummary(parameter)})\n${wrapIndented(parameter.doc, width, '      ')}`,
      ),
    ),
    ...titled(
      'Notes',
      definition.notes.map(({ text, source }) => wrapIndented(`${text} (${source})`, width, '  ')),
    ),
    ...titled(
      'Examples',
      definition.examples.map((example) =>
        [
          `  ${example.expression}`,
          ...exampleSetting(example).map((given) => `      ${given}`),
          `      → ${exampleResult(example)}`,
        ].join('\n'),
      ),
    ),
  ].join('\n\n')
}

/** All functions in plain text, a line each, by family. */
export const listFunctions = (library: FunctionLibrary, width = 80): string => {
  const all = requireLibrary(library).all()
  const column = Math.max(...all.map(({ name }) => name.length)) + 4
  return families
    .map(([family, heading]) => [
      heading,
      ...all
        .filter((definition) => definition.family === family)

        .map(documented)
        .map(({ name, doc }) => {
          const text = wrapIndented(doc, width, ' '.repeat(column)).trimStart()
          return `  ${name.padEnd(column - 2)}${text}`
        }),
    ])
    .filter((lines) => lines.length > 1)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}
