import { catalogue, type DiagnosticCode } from './catalogue.js'
import { diagnosticExamples } from './examples.js'

/** The families of codes, by how they begin. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^AF1/, 'Syntax'],
  [/^AF2/, 'Names'],
  [/^AF3/, 'Types and limits'],
  [/^AF4/, 'Schemas, mappings, filters and files'],
  [/^AF5/, 'Evaluation'],
  [/^AF6/, 'Provisioning'],
  [/^AF9/, 'Lint'],
]

const inCell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ')

/** The page of the diagnostics: every code with its message, what to do, and an example. */
export const diagnosticReference = (): string => {
  const codes = Object.keys(catalogue).sort() as DiagnosticCode[]
  const parts = families.flatMap(([pattern, title]) => {
    const found = codes.filter((code) => pattern.test(code))
    if (found.length === 0) return []
    return [
      `## ${title}`,
      '',
      ...found.flatMap((code) => {
        const { severity, message, help } = catalogue[code]
        const example = diagnosticExamples[code]
        return [
          `### ${code}`,
          '',
          `${severity}: ${inCell(message)}`,
          '',
          inCell(help),
          '',
          'Example:',
          '',
          '```',
          example.length > 300 ? `${example.slice(0, 299)}…` : example,
          '```',
          '',
        ]
      }),
    ]
  })
  return [
    '# Diagnostics',
    '',
    'Every code that attrflow reports, generated from the catalogue. A code never changes its meaning. Words in braces stand',
    'for the value found. `attrflow rules CODE` shows a rule of lint with examples; [lint](lint.md) has all of them.',
    '',
    ...parts,
  ].join('\n')
}
