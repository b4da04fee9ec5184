import { closest } from '../text/suggest.js'
import { jsonForMessage } from './json-for-message.js'
import { isJsonObject } from './json-object.js'
import type { Settings, SettingsInput } from './settings.js'

/** The values that one setting accepts: in words, and as a test. */
interface SettingRule {
  readonly takes: string
  accepts(value: unknown): boolean
}

/** The settings below a setting that is an object. */
type SettingRules = Readonly<Record<string, SettingRule>>

const boolean: SettingRule = { takes: 'true or false', accepts: (value) => typeof value === 'boolean' }

const oneOf = (...values: readonly string[]): SettingRule => ({
  takes: values.map((value) => JSON.stringify(value)).join(' or '),
  accepts: (value) => typeof value === 'string' && values.includes(value),
})

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

const nullPolicy: SettingRule = oneOf('documented', 'complement')

const positiveInteger: SettingRule = {
  takes: 'a whole number above 0',
  accepts: (value) => Number.isSafeInteger(value) && (value as number) > 0,
}

/** Every setting, by name. A nested table is an object of settings. */
const rules: { readonly [Name in keyof Settings]: SettingRule | SettingRules } = {
  caseInsensitiveFunctions: boolean,
  nullComparison: oneOf('service', 'lenient'),
  coalesceSkipsEmpty: boolean,
  splitTrims: boolean,
  branches: oneOf('lazy', 'eager'),
  emptyDates: oneOf('error', 'null'),
  hostTimeZone: { takes: 'the IANA name of a time zone, such as "Europe/Berlin"', accepts: isTimeZone },
  placeholders: {
    takes: 'an object of texts, such as {"DomainFQDN": "contoso.com"}',
    accepts: (value) => isJsonObject(value) && Object.values(value).every(isText),
  },
  defaultDomain: { takes: 'a text or null', accepts: (value) => value === null || isText(value) },
  nullPolicy: {
    groups: nullPolicy,
    inputFilterGroups: nullPolicy,
    categoryFilterGroups: nullPolicy,
  },
  multivaluedComparison: oneOf('byOperator', 'any', 'all'),
  flowNullValues: {
    takes: 'a list of target attribute names',
    accepts: (value) => Array.isArray(value) && value.every(isText),
  },
  limits: { regexSteps: positiveInteger },
}

/** The values that a setting accepts, in words, by its path: `nullPolicy.groups`. */
export const settingTakes = (): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const add = (table: Readonly<Record<string, SettingRule | SettingRules>>, path: string): void => {
    for (const [name, rule] of Object.entries(table))
      if (isRule(rule)) found.set(`${path}${name}`, rule.takes)
      else add(rule, `${path}${name}.`)
  }
  add(rules, '')
  return found
}

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(rules)

const isRule = (rule: SettingRule | SettingRules): rule is SettingRule => typeof rule.accepts === 'function'

const checkMembers = (
  value: unknown,
  table: Readonly<Record<string, SettingRule | SettingRules>>,
  path: string,
): string[] => {
  if (!isJsonObject(value))
    return [`${path === '' ? 'the settings' : path} must be an object, not ${jsonForMessage(value)}`]
  const names = Object.keys(table)
  return Object.entries(value).flatMap(([name, member]) => {
    const full = path === '' ? name : `${path}.${name}`
    const rule = Object.hasOwn(table, name) ? table[name] : undefined
    if (rule === undefined) {
      const near = closest(name, names)
      const meant = near === undefined ? '' : ` did you mean ${near}?`
      return [`there is no setting ${full};${meant} the known names are ${names.join(', ')}`]
    }
    if (!isRule(rule)) return checkMembers(member, rule, full)
    return rule.accepts(member) ? [] : [`${full} takes ${rule.takes}, not ${jsonForMessage(member)}`]
  })
}

/** The problems of settings that come from a file or a request; an empty list means that they are usable. */
export const settingsProblems = (settings: unknown): readonly string[] => checkMembers(settings, rules, '')

/** Merges settings: members of `over` win; placeholders, null policies and limits are merged one by one. */
export const mergeSettings = (base: SettingsInput, over: SettingsInput): SettingsInput => ({
  ...base,
  ...over,
  placeholders: { ...base.placeholders, ...over.placeholders },
  nullPolicy: { ...base.nullPolicy, ...over.nullPolicy },
  limits: { ...base.limits, ...over.limits },
})
