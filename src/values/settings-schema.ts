import { closest } from '../text/suggest.js'
import { jsonForMessage } from './json-for-message.js'
import { defaultSettings, type Settings, type SettingsInput } from './settings.js'

/** What one setting takes, in words and as a test, and what it changes. */
interface SettingRule {
  readonly takes: string
  /** What it changes, in Markdown. */
  readonly doc: string
  accepts(value: unknown): boolean
}

/** The settings below a setting that is an object. */
type SettingRules = Readonly<Record<string, SettingRule>>

const boolean = (doc: string): SettingRule => ({
  takes: 'true or false',
  doc,
  accepts: (value) => typeof value === 'boolean',
})

const oneOf = (doc: string, ...values: readonly string[]): SettingRule => ({
  doc,
  takes: values.map((value) => JSON.stringify(value)).join(' or '),
  accepts: (value) => typeof value === 'string' && values.includes(value),
})

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string'

const isTimeZone = (value: unknown): boolean => {
  if (!isText(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

const nullPolicy = (set: string): SettingRule =>
  oneOf(
    `What a missing value means to negative operators of \`${set}\`: with \`documented\` the clause is false, with \`complement\` it is the opposite of the positive operator.`,
    'documented',
    'complement',
  )

const positiveInteger = (doc: string): SettingRule => ({
  takes: 'a whole number above 0',
  doc,
  accepts: (value) => Number.isSafeInteger(value) && (value as number) > 0,
})

/** Every setting, by name. A table in place of a setting means that the setting is an object of settings. */
const rules: { readonly [Name in keyof Settings]: SettingRule | SettingRules } = {
  caseInsensitiveFunctions: boolean('Accepts names of functions in any case.'),
  nullComparison: oneOf(
    'A comparison with null or "" is false with `service`; with `lenient`, null counts as "".',
    'service',
    'lenient',
  ),
  coalesceSkipsEmpty: boolean('Coalesce skips "" as well as null.'),
  splitTrims: boolean('Split takes blanks off both ends of its items.'),
  branches: oneOf(
    'With `eager`, IIF, Switch and Coalesce fail when a branch that is not taken would (decision 36).',
    'lazy',
    'eager',
  ),
  emptyDates: oneOf('What "" gives where a date is read: an error or null (decision 37).', 'error', 'null'),
  hostTimeZone: {
    takes: 'the IANA name of a time zone, such as "Europe/Berlin"',
    doc: "The zone in which the service's host runs; dates without a zone are read in it.",
    accepts: isTimeZone,
  },
  placeholders: {
    takes: 'an object of texts, such as {"DomainFQDN": "contoso.com"}',
    doc: 'The values of placeholders such as `%DomainFQDN%`, by name without percent signs.',
    accepts: (value) => isObject(value) && Object.values(value).every(isText),
  },
  defaultDomain: {
    takes: 'a text or null',
    doc: 'What DefaultDomain() returns; null when it is unknown.',
    accepts: (value) => value === null || isText(value),
  },
  nullPolicy: {
    groups: nullPolicy('groups'),
    inputFilterGroups: nullPolicy('inputFilterGroups'),
    categoryFilterGroups: nullPolicy('categoryFilterGroups'),
  },
  multivaluedComparison: oneOf(
    'How operators of filters treat an attribute with several values: `byOperator` (positive ones need any of them, negative ones all), `any` or `all`.',
    'byOperator',
    'any',
    'all',
  ),
  flowNullValues: {
    takes: 'a list of target attribute names',
    doc: 'Target attributes whose mapping has the switch for flowing null values on.',
    accepts: (value) => Array.isArray(value) && value.every(isText),
  },
  limits: {
    regexSteps: positiveInteger('The most steps that the regular expressions of one object may take.'),
  },
}

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(rules)

const isRule = (rule: SettingRule | SettingRules): rule is SettingRule => typeof rule.accepts === 'function'

const checkMembers = (
  value: unknown,
  table: Readonly<Record<string, SettingRule | SettingRules>>,
  path: string,
): string[] => {
  if (!isObject(value))
    return [`${path === '' ? 'the settings' : path} must be an object, not ${jsonForMessage(value)}`]
  const names = Object.keys(table)
  return Object.entries(value).flatMap(([name, member]) => {
    const full = path === '' ? name : `${path}.${name}`
    const rule = Object.hasOwn(table, name) ? table[name] : undefined
    if (rule === undefined) {
      const near = closest(name, names)
      const meant = near === undefined ? '' : ` did you mean ${near}?`
      return [`there is no setting ${full};${meant} known are ${names.join(', ')}`]
    }
    if (!isRule(rule)) return checkMembers(member, rule, full)
    return rule.accepts(member) ? [] : [`${full} takes ${rule.takes}, not ${jsonForMessage(member)}`]
  })
}

/** What is wrong with settings that come from a file or a request; nothing means that they are usable. */
export const settingsProblems = (settings: unknown): readonly string[] => checkMembers(settings, rules, '')

/** Settings over other settings: each member given wins; placeholders, null policies and limits one by one. */
export const mergeSettings = (base: SettingsInput, over: SettingsInput): SettingsInput => ({
  ...base,
  ...over,
  placeholders: { ...base.placeholders, ...over.placeholders },
  nullPolicy: { ...base.nullPolicy, ...over.nullPolicy },
  limits: { ...base.limits, ...over.limits },
})

/** The page about all settings. */
export const settingsReference = (): string => {
  const rowsOf = (
    table: Readonly<Record<string, SettingRule | SettingRules>>,
    defaults: Readonly<Record<string, unknown>>,
    path: string,
  ): readonly string[] =>
    Object.entries(table).flatMap(([name, rule]) =>
      isRule(rule)
        ? [`| \`${path}${name}\` | ${rule.takes} | \`${JSON.stringify(defaults[name])}\` | ${rule.doc} |`]
        : rowsOf(rule, defaults[name] as Readonly<Record<string, unknown>>, `${path}${name}.`),
    )
  return `${[
    '# Settings',
    '',
    '`--settings FILE` of every command takes one JSON object, and the `settings` option of the library takes the same. What is not given has its',
    'default, which is a decision about the behaviour of the service: see [semantics](semantics.md).',
    '',
    '```json',
    '{ "hostTimeZone": "Europe/Berlin", "nullPolicy": { "groups": "complement" } }',
    '```',
    '',
    '| setting | takes | default | what it changes |',
    '|---|---|---|---|',
    ...rowsOf(rules, { ...defaultSettings }, ''),
  ].join('\n')}\n`
}
