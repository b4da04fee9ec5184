import { parse } from 'yaml'
import { shown } from '../text/shown.js'
import { yamlReason } from '../text/yaml-reason.js'
import { type CliIo, readText, UsageError } from './io.js'

/**
 * Reads a YAML or JSON file; null if it is empty. Throws UsageError if it cannot be read or is not YAML.
 * @param name how messages name the file
 */
export const readYaml = async (io: CliIo, path: string, name = path): Promise<unknown> => {
  const text = await readText(io, path)
  try {
    return parse(text)
  } catch (error) {
    throw new UsageError(`${shown(name)} is not YAML: ${yamlReason(error as Error)}`)
  }
}
