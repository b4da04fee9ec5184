import { type ParseArgsConfig, parseArgs } from 'node:util'

import { closest } from '../text/suggest.js'
import { parseClock } from '../values/clock.js'
import type { OptionSpec, OptionTable } from './command.js'
import { UsageError } from './io.js'
import { argumentMeant, optionMeant } from './synonyms.js'

/** The options that every command takes. */
export const globalOptions = {
  format: { type: 'string', value: 'FORMAT', doc: 'How to print' },
  json: { type: 'boolean', doc: 'Short for --format json' },
  settings: { type: 'string', value: 'FILE', doc: 'A file with the settings, one JSON object' },
  dialect: {
    type: 'string',
    choices: ['provisioning', 'cloud-sync'],
    doc: 'The documentation by which functions are reported as undocumented',
  },
  functions: {
    type: 'string',
    value: 'MODULE',
    doc: 'An ES module that exports functions of your own (defineFunction). The module is run',
  },
  color: {
    type: 'string',
    choices: ['auto', 'always', 'never'],
    doc: 'Whether to use colour; auto: on a terminal, unless NO_COLOR is set',
  },
  help: { type: 'boolean', short: 'h', doc: 'Show this help' },
  version: { type: 'boolean', short: 'V', doc: 'Show the version' },
} as const satisfies OptionTable

/** The arguments as given, checked against a table of options. */
export interface ParsedArguments {
  readonly positionals: readonly string[]
  /** Every option of the table; false, undefined or an empty list if it was not given. */
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
}

const spell = (token: { readonly rawName: string }): string => token.rawName

const unknownOption = (
  token: { readonly name: string; readonly rawName: string },
  table: OptionTable,
): string => {
  const { name } = token
  const near =
    optionMeant(name, table) ??
    (token.rawName.startsWith('--') ? closest(name, Object.keys(table)) : undefined)
  if (near !== undefined) return `unknown option ${spell(token)}; did you mean --${near}?`
  const argument = argumentMeant(name)
  if (argument !== undefined)
    return `unknown option ${spell(token)}; ${argument} is an argument, not an option`
  return `unknown option ${spell(token)}; put -- before an argument that begins with a dash`
}

/** Parses arguments strictly. Throws UsageError for arguments that the table does not know or allow. */
export const parseArguments = (args: readonly string[], table: OptionTable): ParsedArguments => {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const [name, { type, short, multiple }] of Object.entries(table))
    options[name] = { type, ...(short === undefined ? {} : { short }), multiple: multiple === true }
  const parsed = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const values = new Map<string, string | boolean | string[]>()
  for (const token of parsed.tokens) {
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(table, token.name) ? table[token.name] : undefined
    if (spec === undefined) throw new UsageError(unknownOption(token, table))
    take(token, spec, values)
  }
  const given = Object.entries(table).map(([name, { type, multiple }]) => {
    const absent = type === 'boolean' ? false : multiple === true ? [] : undefined
    return [name, values.get(name) ?? absent] as const
  })
  return { positionals: parsed.positionals, values: Object.fromEntries(given) }
}

const take = (
  token: {
    readonly name: string
    readonly rawName: string
    readonly value: string | undefined
    readonly inlineValue: boolean | undefined
  },
  spec: OptionSpec,
  values: Map<string, string | boolean | string[]>,
): void => {
  const { name, value, inlineValue } = token
  const spelled = spell(token)
  if (spec.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${spelled} takes no value`)
    values.set(name, true)
    return
  }
  if (value === undefined || (inlineValue !== true && value.startsWith('-') && value.length > 1))
    throw new UsageError(
      `${spelled} needs a value: ${spelled} ${spec.value ?? spec.choices?.join('|') ?? 'TEXT'}`,
    )
  if (spec.choices !== undefined && !spec.choices.includes(value))
    throw new UsageError(`${spelled} takes ${spec.choices.join(', ')}, not ${value}`)
  const earlier = values.get(name)
  if (spec.multiple === true) values.set(name, [...(Array.isArray(earlier) ? earlier : []), value])
  else if (earlier !== undefined) throw new UsageError(`${spelled} is given twice`)
  else values.set(name, value)
}

/** A whole number from an option; undefined if the option was not given. */
export const wholeNumber = (name: string, text: string | undefined, least = 0): number | undefined => {
  if (text === undefined) return undefined
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (value < least) throw new UsageError(`--${name} takes a whole number of at least ${least}, not ${text}`)
  return value
}

/** The error for a name that a reference does not list: `there is no rule X; did you mean Y?` */
export const unknownName = (what: string, name: string, names: readonly string[]): UsageError => {
  const near = closest(name, names)
  const meant = near === undefined ? `attrflow ${what}s lists them` : `did you mean ${near}?`
  return new UsageError(`there is no ${what} ${name}; ${meant}`)
}

/** The time of --now; undefined if the option was not given. */
export const clockOption = (text: string | undefined): Date | undefined => {
  if (text === undefined) return undefined
  const clock = parseClock(text)
  if (clock === undefined)
    throw new UsageError(`--now takes an ISO 8601 date and time, such as 2025-07-30T12:00:00Z, not ${text}`)
  return clock
}

/**
 * The index of the command's name: the first argument that is neither a global option nor its value; -1 if
 * there is none.
 */
export const commandIndex = (args: readonly string[]): number => {
  const takesValue = new Map<string, boolean>(
    Object.entries(globalOptions).map(([name, { type }]) => [`--${name}`, type === 'string']),
  )
  let isValue = false
  for (const [i, arg] of args.entries()) {
    if (isValue) isValue = false
    else if (!arg.startsWith('-')) return i
    else if (arg === '--') return i + 1 < args.length ? i + 1 : -1
    else isValue = takesValue.get(arg) === true
  }
  return -1
}
