import { closest } from '../text/suggest.js'
import { jsonForMessage } from './json-for-message.js'
import { isJsonObject } from './json-object.js'
import { Misuse } from './misuse.js'

/** The values that one option or setting accepts: in words, and as a test. */
export interface OptionRule {
  readonly takes: string
  accepts(value: unknown): boolean
}

/** A rule for every member of a type of options. */
export type OptionRules<Options> = { readonly [Name in keyof Required<Options>]: OptionRule }

/** Rules by name; a nested table is for an option that is an object of options. */
export interface OptionTable {
  readonly [name: string]: OptionRule | OptionTable
}

export const isText = (value: unknown): value is string => typeof value === 'string'

export const boolean: OptionRule = { takes: 'true or false', accepts: (value) => typeof value === 'boolean' }

export const text: OptionRule = { takes: 'a text', accepts: isText }

export const func: OptionRule = { takes: 'a function', accepts: (value) => typeof value === 'function' }

export const oneOf = (...values: readonly string[]): OptionRule => ({
  takes: values.map((value) => JSON.stringify(value)).join(' or '),
  accepts: (value) => isText(value) && values.includes(value),
})

export const isRule = (rule: OptionRule | OptionTable): rule is OptionRule =>
  typeof rule.accepts === 'function'

/** A message about a name that is not known, with the name that is probably meant, and all that are known. */
export const unknownName = (message: string, name: string, known: readonly string[]): string => {
  const near = closest(name, known)
  const meant = near === undefined ? '' : ` did you mean ${near}?`
  return `${message};${meant} the known names are ${known.join(', ')}`
}

/** What is wrong with options or settings, by their table. An empty list means that they are usable. */
export const optionProblems = (
  kind: 'option' | 'setting',
  given: unknown,
  table: OptionTable,
  path = '',
): string[] => {
  if (!isJsonObject(given))
    return [`${path === '' ? `the ${kind}s` : path} must be an object, not ${jsonForMessage(given)}`]
  const names = Object.keys(table)
  return Object.entries(given).flatMap(([name, member]) => {
    const full = path === '' ? name : `${path}.${name}`
    const rule = Object.hasOwn(table, name) ? table[name] : undefined
    if (rule === undefined) return [unknownName(`unknown ${kind} ${full}`, name, names)]
    if (!isRule(rule)) return optionProblems(kind, member, rule, full)
    return rule.accepts(member) ? [] : [`${full} takes ${rule.takes}, not ${jsonForMessage(member)}`]
  })
}

/** Whether an option has its default. */
const isOmitted = (table: OptionTable, name: string, value: unknown): boolean =>
  value === undefined && Object.hasOwn(table, name)

/**
 * Requires that options are those of a table, with values they accept. An option that is undefined has its
 * default.
 * @throws {TypeError} names every wrong option and what it takes
 */
export const requireOptions = (given: unknown, table: Readonly<Record<string, OptionRule>>): void => {
  if (given instanceof Date || given instanceof Map)
    throw new Misuse(`the options must be an object such as { name: value }, not a ${given.constructor.name}`)
  if (isUsable(given, table)) return
  const stated = isJsonObject(given)
    ? Object.fromEntries(Object.entries(given).filter(([name, value]) => !isOmitted(table, name, value)))
    : given
  const problems = optionProblems('option', stated, table)
  if (problems.length > 0) throw new Misuse(problems.join('\n'))
}

/** The quick answer for the usual case, because requests are checked for every object. */
const isUsable = (given: unknown, table: Readonly<Record<string, OptionRule>>): boolean => {
  if (!isJsonObject(given)) return false
  for (const name in given) {
    const value = given[name]
    // A name that the table inherits is no rule: nothing there has a member `accepts`.
    const rule = table[name]
    if (rule?.accepts === undefined || (value !== undefined && !rule.accepts(value))) return false
  }
  return true
}
