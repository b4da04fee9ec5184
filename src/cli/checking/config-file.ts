import { type Config, configProblems, type Level, type Levels, levelProblems } from '../../lint/index.js'
import { type CliIo, UsageError } from '../io.js'
import { readChecked } from '../read-json-file.js'

/** The configuration that is read when none is named. */
const DEFAULT_CONFIG = 'attrflow.config.json'

/** Reads and checks the configuration: the file named, else the one of the current directory if there is one. */
export const readConfig = async (io: CliIo, named: string | undefined): Promise<Config> => {
  if (named === undefined && (await io.files.kind(DEFAULT_CONFIG)) !== 'file') return {}
  return (await readChecked(io, named ?? DEFAULT_CONFIG, configProblems)) as Config
}

/** The levels of `--rule ID=LEVEL`, over those of the configuration. */
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
