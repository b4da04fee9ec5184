import { type DocumentedFunction, type FunctionExample, signatureOf } from './define.js'
import { documented } from './documentation.js'
import type { FunctionLibrary } from './library.js'
import {
  availability,
  exampleResult,
  exampleSetting,
  families,
  listBehaviour,
  nullBehaviour,
  parameterSummary,
} from './wording.js'

/** Code in Markdown, also if it contains back-ticks. */
const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)

const cell = (text: string): string => text.replaceAll('|', '\\|')

const parameterTable = ({ parameters }: DocumentedFunction): readonly string[] =>
  parameters.length === 0
    ? []
    : [
        [
          '| Parameter | Takes | Key in Graph | |',
          '|---|---|---|---|',
          ...parameters.map(
            (parameter) =>
              `| ${code(parameter.name)} | ${parameterSummary(parameter)} | ${code(parameter.key)} | ${cell(parameter.doc)} |`,
          ),
        ].join('\n'),
      ]

const exampleItem = (example: FunctionExample): string => {
  const setting = exampleSetting(example)
  const given = setting.length === 0 ? '' : `, where ${setting.map(code).join(', ')}`
  return `- ${code(example.expression)}${given}: ${code(exampleResult(example))}`
}

const errorList = ({ errors }: DocumentedFunction): readonly string[] =>
  errors.length === 0 ? [] : [`Errors: ${errors.map(code).join(', ')}`]

const functionSection = (definition: DocumentedFunction): string =>
  [
    `### ${definition.name}`,
    code(signatureOf(definition)),
    `${definition.doc} ${availability(definition)}`,
    ...parameterTable(definition),
    [nullBehaviour(definition), listBehaviour(definition)]
      .filter((sentence) => sentence !== undefined)
      .join(' '),
    definition.notes.map(({ text, source }) => `- ${text} *(${source})*`).join('\n'),
    ['Examples:', '', ...definition.examples.map(exampleItem)].join('\n'),
    ...errorList(definition),
  ]
    .filter((block) => block !== '')
    .join('\n\n')

/** The reference of a library in Markdown. */
export const functionReference = (library: FunctionLibrary): string => {
  const all = library.all().map(documented)
  const sections = families
    .map(([family, heading]) => ({ heading, members: all.filter((one) => one.family === family) }))
    .filter(({ members }) => members.length > 0)
  return `${[
    '# Functions',
    'Every function of the language, generated from its declaration in `src/functions`. All examples are run by the tests. An optional argument that stands before others is left out by a blank: `Replace([a], "x", , , "y", , )`.',
    sections
      .map(
        ({ heading, members }) =>
          `- **${heading}**: ${members.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(', ')}`,
      )
      .join('\n'),
    ...sections.flatMap(({ heading, members }) => [`## ${heading}`, ...members.map(functionSection)]),
  ].join('\n\n')}\n`
}
