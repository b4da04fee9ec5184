import { jsonForMessage } from '../values/json-for-message.js'
import { isJsonObject } from '../values/json-object.js'
import { unknownName } from '../values/options.js'
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

type Check = (value: unknown, place: string) => readonly string[]

const text: Check = (value, place) =>
  typeof value === 'string' ? [] : [`${place} must be a text, not ${jsonForMessage(value)}`]

const limit: Check = (value, place) =>
  (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) ||
  (typeof value === 'string' && sharePattern.test(value))
    ? []
    : [`${place} takes a number of objects or a share such as "2.5%", not ${jsonForMessage(value)}`]

/** Checks for an object with no other members than these. `place` is its name in messages. */
const members =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value, place) => {
    if (!isJsonObject(value)) return [`${place} must be an object`]
    const known = Object.keys(checks)
    return Object.entries(value).flatMap(([name, member]) => {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined
      return check?.(member, name) ?? [unknownName(`there is no member ${name}`, name, known)]
    })
  }

const config = members({
  $schema: text,
  rules: levelProblems,
  settings: settingsProblems,
  dialect: (value) =>
    value === 'provisioning' || value === 'cloud-sync'
      ? []
      : [`dialect takes "provisioning" or "cloud-sync", not ${jsonForMessage(value)}`],
  baseline: text,
  diff: members({
    limits: members(Object.fromEntries(diffLimitNames.map((name) => [name, limit]))),
    accepted: text,
  }),
} satisfies Record<keyof Config, Check>)

/** The faults of a configuration from a file; if there are none, it is a {@link Config}. */
export const configProblems = (value: unknown): readonly string[] => config(value, 'the configuration')
