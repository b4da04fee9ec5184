import { catalogue } from '../diagnostics/catalogue.js'
import { diagnosticExamples } from '../diagnostics/examples.js'
import type { Rule } from './define.js'
import { type MappingExample, type RuleExample, ruleDocumentation } from './documentation.js'
import { filterRules } from './filter-rules.js'
import { rules } from './rules/index.js'

const scopes: readonly (readonly [Rule['scope'], string])[] = [
  ['expression', 'Expressions'],
  ['mapping', 'Attribute mappings'],
  ['objectMapping', 'Object mappings'],
]

const surroundings = ({ target, ...example }: MappingExample): string => {
  const { definition = {}, attributes = {} } = example
  const members = (of: object): string =>
    Object.entries(of)
      .map(([name, value]) => (value === true ? name : `${name} ${JSON.stringify(value)}`))
      .join(', ')
  const parts = [
    `to ${target}${Object.keys(definition).length === 0 ? '' : ` (${members(definition)})`}`,
    ...(example.matchingPriority === undefined ? [] : [`matching priority ${example.matchingPriority}`]),
    ...(example.flowType === undefined ? [] : [`flow type ${example.flowType}`]),
    ...(example.defaultValue === undefined ? [] : [`default ${JSON.stringify(example.defaultValue)}`]),
    ...(example.from === undefined ? [] : [`from ${example.from}`]),
    ...(example.directory === undefined ? [] : [`in ${example.directory}`]),
    ...Object.entries(attributes).map(([name, of]) => `[${name}] is ${members(of)}`),
  ]
  return parts.join('; ')
}

/** An example in one line, in two parts: the expression and its environment. */
export const exampleParts = (example: RuleExample): readonly [string, string] =>
  typeof example === 'string' ? [example, ''] : [example.expression ?? '(no source)', surroundings(example)]

/** The example that raises a rule. */
export const badExample = ({ code }: Rule): RuleExample =>
  ruleDocumentation[code].bad ?? diagnosticExamples[code]

const shown = (title: string, example: RuleExample): string => {
  const [expression, around] = exampleParts(example)
  const visible = expression.replaceAll('\u00a0', '⍽')
  return `${title}${around === '' ? '' : ` (${around})`}:\n\n\`\`\`\n${visible}\n\`\`\``
}

const section = (rule: Rule): string => {
  const { severity, message, help } = catalogue[rule.code]
  const { rationale, good } = ruleDocumentation[rule.code]
  return [
    `### ${rule.id}`,
    `${rule.code}, ${severity}. ${message.replaceAll('{', '*{').replaceAll('}', '}*')}`,
    `${rationale} ${help}`,
    shown('Found', badExample(rule)),
    shown('Better', good),
  ].join('\n\n')
}

const filterRow = ({ id, code }: (typeof filterRules)[number]): string => {
  const { severity, message, help } = catalogue[code]
  return `| ${id} | ${code} | ${severity} | ${`${message} ${help}`.replaceAll('|', '\\|')} |`
}

const configuration = `## Configuration

\`attrflow check\` reads the file of \`--config\`, or the nearest \`attrflow.config.json\`: it is looked for from the folder of each file upwards, to the root of its git repository, and from the working folder for expressions of the command line. Paths in it start from its own folder; its JSON schema is [attrflow.config.schema.json](attrflow.config.schema.json). \`attrflow diff\` reads it, too: [how many objects a change may affect](ci.md#how-many-objects-a-change-may-affect).

\`\`\`json
{
  "rules": { "iif-null-test": "off", "required-null": "error", "AF2007": "info" },
  "dialect": "cloud-sync",
  "settings": { "placeholders": { "DomainFQDN": "example.org" } },
  "baseline": "lint.baseline.json"
}
\`\`\`

\`--update-baseline\` writes what is found now into the baseline; from then on only what is new is shown. A finding is known by its file (as a path from the baseline), its code, and the names of its rule, object mapping and target attribute, not by its line, so that edits elsewhere do not bring it back. When a code is found more often in one place than before, the new ones are shown. Errors are never passed over.

What depends on the schema takes objects to fit it: an attribute that is not required can be absent; it has a list of values exactly if it is multi-valued; a Boolean is a Boolean or its text, an integer an integer or its text.`

/** The reference of all rules, in Markdown. */
export const lintReference = (): string =>
  `${[
    '# Lint rules',
    'Generated from the rules; `npm run generate` writes it. `attrflow check` runs them on expressions and schemas, `attrflow rules` shows them. Levels (`off`, `info`, `warning`, `error`) are set by rule in `attrflow.config.json` or with `--rule ID=LEVEL`; errors cannot be turned off.',
    configuration,
    ...scopes.flatMap(([scope, title]) => [
      `## ${title}`,
      ...rules.filter((rule) => rule.scope === scope).map(section),
    ]),
    '## Scoping filters',
    ['| Rule | Code | Level | What it says |', '|---|---|---|---|', ...filterRules.map(filterRow)].join('\n'),
  ].join('\n\n')}\n`
