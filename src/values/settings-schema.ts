import { isJsonObject } from './json-object.js'
import {
  boolean,
  isRule,
  isText,
  type OptionRule,
  type OptionTable,
  oneOf,
  optionProblems,
} from './options.js'
import type { Settings, SettingsInput } from './settings.js'

const isTimeZone = (value: unknown): boolean => {
  if (!isText(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

const nullPolicy: OptionRule = oneOf('documented', 'complement')

const positiveInteger: OptionRule = {
  takes: 'a whole number above 0',
  accepts: (value) => Number.isSafeInteger(value) && (value as number) > 0,
}

/** Every setting, by name. A nested table is an object of settings. */
const rules: { readonly [Name in keyof Settings]: OptionRule | OptionTable } = {
  caseInsensitiveFunctions: boolean,
  nullComparison: oneOf('service', 'lenient'),
  coalesceSkipsEmpty: boolean,
  splitTrims: boolean,
  branches: oneOf('lazy', 'eager'),
  emptyDates: oneOf('error', 'null'),
  hostTimeZone: { takes: 'the IANA name of a time zone, such as "Europe/Berlin"', accepts: isTimeZone },
  placeholders: {
    takes: 'an object of texts, such as {"DomainFQDN": "contoso.com"}',
    accepts: (value) => isJsonObject(value) && !(value instanceof Map) && Object.values(value).every(isText),
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
  const add = (table: OptionTable, path: string): void => {
    for (const [name, rule] of Object.entries(table))
      if (isRule(rule)) found.set(`${path}${name}`, rule.takes)
      else add(rule, `${path}${name}.`)
  }
  add(rules, '')
  return found
}

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(rules)

/**
 * The problems of settings that come from a file or a request; an empty list means that they are usable.
 * @example
 * settingsProblems({ splitTrims: 'no' }) // ['splitTrims takes true or false, not "no"']
 */
export const settingsProblems = (settings: unknown): readonly string[] =>
  optionProblems('setting', settings, rules)

/** Merges settings: members of `over` win; placeholders, null policies and limits are merged one by one. */
export const mergeSettings = (base: SettingsInput, over: SettingsInput): SettingsInput => ({
  ...base,
  ...over,
  placeholders: { ...base.placeholders, ...over.placeholders },
  nullPolicy: { ...base.nullPolicy, ...over.nullPolicy },
  limits: { ...base.limits, ...over.limits },
})
