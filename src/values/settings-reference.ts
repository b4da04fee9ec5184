import { defaultSettings, type Settings } from './settings.js'
import { settingTakes } from './settings-schema.js'

type Docs<Table> = { readonly [Name in keyof Table]: string }

const nullPolicy = (set: string): string =>
  `What a missing value means to negative operators of \`${set}\`: with \`documented\` the clause is false, with \`complement\` it is the opposite of the positive operator.`

/** What each setting changes, in Markdown. Kept apart from the rules, which the preview page loads. */
const docs: Docs<Omit<Settings, 'nullPolicy' | 'limits'>> & {
  readonly nullPolicy: Docs<Settings['nullPolicy']>
  readonly limits: Docs<Settings['limits']>
} = {
  caseInsensitiveFunctions: 'Accepts names of functions in any case.',
  nullComparison: 'A comparison with null or "" is false with `service`; with `lenient`, null counts as "".',
  coalesceSkipsEmpty: 'Coalesce skips "" as well as null.',
  splitTrims: 'Split takes blanks off both ends of its items.',
  branches:
    'With `eager`, IIF, Switch and Coalesce fail when a branch that is not taken would (decision 36).',
  emptyDates: 'The result of reading "" as a date: an error or null (decision 37).',
  hostTimeZone: "The zone in which the service's host runs; dates without a zone are read in it.",
  placeholders: 'The values of placeholders such as `%DomainFQDN%`, by name without percent signs.',
  defaultDomain: 'What DefaultDomain() returns; null when it is unknown.',
  nullPolicy: {
    groups: nullPolicy('groups'),
    inputFilterGroups: nullPolicy('inputFilterGroups'),
    categoryFilterGroups: nullPolicy('categoryFilterGroups'),
  },
  multivaluedComparison:
    'How operators of filters treat an attribute with several values: `byOperator` (positive ones need any of them, negative ones all), `any` or `all`.',
  flowNullValues: 'Target attributes whose mapping lets null values flow.',
  limits: { regexSteps: 'The most steps that the regular expressions of one object may take.' },
}

type Tree = { readonly [name: string]: unknown }

/** The page about all settings. */
export const settingsReference = (): string => {
  const takes = settingTakes()
  const rowsOf = (table: Tree, defaults: Tree, path: string): readonly string[] =>
    Object.entries(table).flatMap(([name, doc]) =>
      typeof doc === 'string'
        ? [
            `| \`${path}${name}\` | ${takes.get(path + name)} | \`${JSON.stringify(defaults[name])}\` | ${doc} |`,
          ]
        : rowsOf(doc as Tree, defaults[name] as Tree, `${path}${name}.`),
    )
  return `${[
    '# Settings',
    '',
    'Settings change how expressions and filters are evaluated. `--settings FILE` of every command reads them from a file with one JSON',
    'object; the `settings` option of the library takes the same object. The defaults are decisions about the behaviour of the service:',
    'see [semantics](semantics.md).',
    '',
    '```json',
    '{ "hostTimeZone": "Europe/Berlin", "nullPolicy": { "groups": "complement" } }',
    '```',
    '',
    '| setting | takes | default | what it changes |',
    '|---|---|---|---|',
    ...rowsOf(docs, { ...defaultSettings }, ''),
  ].join('\n')}\n`
}
