/**
 * Validates and merges settings that come from a file or a form.
 * @module attrflow/settings
 */

export type { Settings, SettingsInput } from './values/settings.js'
export { mergeSettings, settingNames, settingsProblems } from './values/settings-schema.js'
