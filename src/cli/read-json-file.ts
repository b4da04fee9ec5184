import { readJson } from '../values/read-json.js'
import type { SettingsInput } from '../values/settings.js'
import { settingsProblems } from '../values/settings-schema.js'
import { type CliIo, readText, UsageError } from './io.js'

/** Parses a JSON text that the user named. Throws UsageError if it is not JSON. */
export const jsonFrom = (text: string, name: string): unknown => {
  try {
    return readJson(text)
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${(error as Error).message}`)
  }
}

/** Reads a JSON file and checks its value. Throws a UsageError that names every problem. */
export const readChecked = async (
  io: CliIo,
  path: string,
  problemsOf: (value: unknown) => readonly string[],
): Promise<unknown> => {
  const value = jsonFrom(await readText(io, path), path)
  const problems = problemsOf(value)
  if (problems.length > 0) throw new UsageError(`${path}: ${problems.join(`\n${path}: `)}`)
  return value
}

/** Reads and checks the settings file. Throws a UsageError that names every wrong key. */
export const readSettings = async (io: CliIo, path: string): Promise<SettingsInput> =>
  (await readChecked(io, path, settingsProblems)) as SettingsInput
