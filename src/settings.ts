/** Settings that come from a file or a form: what is wrong with them, and one set above another. */
export type { Settings, SettingsInput } from './values/settings.js'
export { mergeSettings, settingNames, settingsProblems } from './values/settings-schema.js'
