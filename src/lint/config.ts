import { isJsonObject } from '../values/json-object.js'
import { isText, type OptionRule, type OptionTable, oneOf, optionProblems, text } from '../values/options.js'
import type { Dialect, SettingsInput } from '../values/settings.js'
import { settingsProblems } from '../values/settings-schema.js'
import { type Levels, levelProblems } from './levels.js'

/**
 * The limits of `attrflow diff`: the objects with a tag, all affected objects, and those that are disabled or
 * deleted.
 */
export const diffLimitNames = [
  'affected',
  'removals',
  'deleted',
  'disabled',
  'leavesScope',
  'failed',
  'matchingKeyChanged',
  'renamed',
  'created',
  'entersScope',
  'repaired',
  'changed',
] as const

export type DiffLimitName = (typeof diffLimitNames)[number]

/**
 * The maximum number of objects that a change may affect in one way, or a share of the population such as
 * `"2.5%"`.
 */
export type DiffLimit = number | string

export type DiffLimits = Readonly<Partial<Record<DiffLimitName, DiffLimit>>>

/** A limit that is a share, in percent. */
export const sharePattern: RegExp = /^(?:100|\d{1,2}(?:\.\d+)?)%$/

/** The configuration of a project: the file `attrflow.config.json`. */
export interface Config {
  readonly $schema?: string
  /** Levels by rule id or code. */
  readonly rules?: Levels
  readonly settings?: SettingsInput
  readonly dialect?: Dialect
  /** Path of the baseline file, from the folder of the configuration. */
  readonly baseline?: string
  /** The criteria of `attrflow diff`. */
  readonly diff?: {
    readonly limits?: DiffLimits
    /** Path of the file with accepted changes, from the folder of the configuration. */
    readonly accepted?: string
  }
}

const limit: OptionRule = {
  takes: 'a number of objects or a share such as "2.5%"',
  accepts: (value) =>
    (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) ||
    (isText(value) && sharePattern.test(value)),
}

const members = {
  $schema: text,
  rules: levelProblems,
  settings: settingsProblems,
  dialect: oneOf('provisioning', 'cloud-sync'),
  baseline: text,
  diff: {
    limits: Object.fromEntries(diffLimitNames.map((name) => [name, limit])),
    accepted: text,
  },
} satisfies Record<keyof Config, OptionTable[string]>

/** The faults of a configuration from a file; if there are none, it is a {@link Config}. */
export const configProblems = (value: unknown): readonly string[] =>
  isJsonObject(value) ? optionProblems('member', value, members) : ['the configuration must be an object']
