import { defaultSettings, type Settings, type SettingsInput } from './settings.js'
import { settingsProblems } from './settings-schema.js'

/**
 * Completes settings with the defaults.
 * @throws {TypeError} names every setting that is unknown or has an invalid value
 */
export const resolveSettings = (input?: SettingsInput): Settings => {
  if (input === undefined || input === defaultSettings) return defaultSettings
  const problems = settingsProblems(input)
  if (problems.length > 0) throw new TypeError(problems.join('\n'))
  return {
    ...defaultSettings,
    ...input,
    nullPolicy: { ...defaultSettings.nullPolicy, ...input.nullPolicy },
    limits: { ...defaultSettings.limits, ...input.limits },
  }
}
