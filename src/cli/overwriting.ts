import { shown } from '../text/shown.js'
import { type CliIo, UsageError } from './io.js'

/**
 * Refuses to write to a file that is going to be read: it would be lost.
 * @param inputs paths by what the command line calls them; undefined for what is not given
 */
export const refuseToOverwrite = async (
  io: CliIo,
  out: string,
  inputs: Readonly<Record<string, string | undefined>>,
): Promise<void> => {
  for (const [name, path] of Object.entries(inputs)) {
    if (path !== undefined && path !== '-' && (await io.files.isSame(path, out)))
      throw new UsageError(`--out ${shown(out)} would overwrite ${name}; write to another file`)
  }
}
