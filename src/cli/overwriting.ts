import { shown } from '../text/shown.js'
import { type CliIo, UsageError } from './io.js'

/**
 * Refuses to write to a file that is going to be read: it would be lost.
 * @param inputs paths by what the command line calls them; undefined for what is not given
 * @param option what the command line calls the file that is written
 */
export const refuseToOverwrite = async (
  io: CliIo,
  out: string,
  inputs: Readonly<Record<string, string | undefined>>,
  option = '--out',
): Promise<void> => {
  for (const [name, path] of Object.entries(inputs)) {
    if (path !== undefined && path !== '-' && (await io.files.isSame(path, out)))
      throw new UsageError(`${option} ${shown(out)} would overwrite ${name}; write to another file`)
  }
}
