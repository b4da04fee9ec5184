import { closest } from '../text/suggest.js'
import { jsonForMessage } from '../values/json-for-message.js'
import type { Dialect, SettingsInput } from '../values/settings.js'
import { settingsProblems } from '../values/settings-schema.js'
import { type Levels, levelProblems } from './levels.js'

/** The configuration of a project: the file `attrflow.config.json`. */
export interface Config {
  readonly $schema?: string
  /** Levels by rule id or code. */
  readonly rules?: Levels
  readonly settings?: SettingsInput
  readonly dialect?: Dialect
  /** Path of the baseline file, from the folder of the configuration. */
  readonly baseline?: string
}

const isText = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [] : [`must be a text, not ${jsonForMessage(value)}`]

const checks: Readonly<Record<keyof Config, (value: unknown) => readonly string[]>> = {
  $schema: (value) => isText(value).map((problem) => `$schema ${problem}`),
  rules: levelProblems,
  settings: settingsProblems,
  dialect: (value) =>
    value === 'provisioning' || value === 'cloud-sync'
      ? []
      : [`dialect takes "provisioning" or "cloud-sync", not ${jsonForMessage(value)}`],
  baseline: (value) => isText(value).map((problem) => `baseline ${problem}`),
}

/** What is wrong with a configuration that comes from a file; nothing means that it is a {@link Config}. */
export const configProblems = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return ['the configuration must be an object']
  const known = Object.keys(checks)
  return Object.entries(value).flatMap(([name, member]) => {
    if (Object.hasOwn(checks, name)) return checks[name as keyof Config](member)
    const near = closest(name, known)
    return [
      `there is no member ${name};${near === undefined ? '' : ` did you mean ${near}?`} the known names are ${known.join(', ')}`,
    ]
  })
}
