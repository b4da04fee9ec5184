import { readJson } from '../values/read-json.js'
import type { SettingsInput } from '../values/settings.js'
import { settingsProblems } from '../values/settings-schema.js'
import { type CliIo, readText, UsageError } from './io.js'

/** A JSON value from a text that the user named. Throws UsageError when it is not JSON. */
export const jsonFrom = (text: string, name: string): unknown => {
  try {
    return readJson(text)
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${(error as Error).message}`)
  }
}

/** Reads and checks the settings file. Throws UsageError that names every key that is wrong. */
export const readSettings = async (io: CliIo, path: string | undefined): Promise<SettingsInput> => {
  if (path === undefined) return {}
  const settings = jsonFrom(await readText(io, path), path)
  const problems = settingsProblems(settings)
  if (problems.length > 0) throw new UsageError(`${path}: ${problems.join(`\n${path}: `)}`)
  return settings as SettingsInput
}
