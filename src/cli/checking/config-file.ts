import { dirname, join, resolve } from 'node:path'
import { type Config, configProblems, type Level, type Levels, levelProblems } from '../../lint/index.js'
import { mergeSettings } from '../../settings.js'
import type { GlobalArguments } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { readChecked } from '../read-json-file.js'
import { isRepository } from '../repository.js'

/** The name of a configuration that is found automatically. */
const CONFIG = 'attrflow.config.json'

/** A configuration, and the folder that its paths are relative to. */
export interface OpenConfig {
  readonly config: Config
  readonly folder: string
}

/**
 * Finds the configuration for a file, or for an expression that is not in a file. Each configuration is read
 * once.
 */
export type ConfigFinder = (file?: string) => Promise<OpenConfig>

/**
 * The named configuration; else the nearest one from the folder of a file upwards, to the root of its git
 * repository. For an expression that is not in a file the search starts at the working folder.
 */
export const configFinder = (io: CliIo, named: string | undefined): ConfigFinder => {
  const nothing: OpenConfig = { config: {}, folder: io.files.directory }
  const read = async (path: string): Promise<OpenConfig> => ({
    config: (await readChecked(io, path, configProblems)) as Config,
    folder: dirname(resolve(io.files.directory, path)),
  })
  if (named !== undefined) {
    let config: Promise<OpenConfig> | undefined
    return () => {
      config ??= read(named)
      return config
    }
  }
  const byFolder = new Map<string, Promise<OpenConfig>>()
  const lookUp = async (folder: string): Promise<OpenConfig> => {
    const path = join(folder, CONFIG)
    // Messages name the file of the working folder as the user would.
    if ((await io.files.kind(path)) === 'file') return read(folder === io.files.directory ? CONFIG : path)
    const above = dirname(folder)
    return above === folder || (await isRepository(io, folder)) ? nothing : of(above)
  }
  const of = (folder: string): Promise<OpenConfig> => {
    const found = byFolder.get(folder) ?? lookUp(folder)
    byFolder.set(folder, found)
    return found
  }
  return (file) => of(file === undefined ? io.files.directory : dirname(resolve(io.files.directory, file)))
}

/** The arguments of a run, completed from the configuration. */
export const withConfig = <Arguments extends GlobalArguments>(
  args: Arguments,
  { settings = {}, dialect }: Config,
): Arguments => ({
  ...args,
  settings: mergeSettings(settings, args.settings),
  dialect: args.dialect ?? dialect,
})

/** The levels from `--rule ID=LEVEL`, which override those of the configuration. */
export const levelsFrom = (config: Config, options: readonly string[]): Levels => {
  const chosen: Record<string, Level> = { ...config.rules }
  for (const option of options) {
    const at = option.indexOf('=')
    if (at < 0) throw new UsageError(`--rule takes ID=LEVEL, not ${option}`)
    const given = { [option.slice(0, at)]: option.slice(at + 1) }
    const [problem] = levelProblems(given)
    if (problem !== undefined) throw new UsageError(`--rule ${option}: ${problem}`)
    Object.assign(chosen, given)
  }
  return chosen
}
