/**
 * Settings that come from a file or a form: what is wrong with them, and one set above another.
 * @module attrflow/settings
 */

export type { Settings, SettingsInput } from './values/settings.js'
export { mergeSettings, settingNames, settingsProblems } from './values/settings-schema.js'
