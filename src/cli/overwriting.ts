import { shown } from '../text/shown.js'
import { type CliIo, UsageError } from './io.js'

/**
 * Refuses to write to a file that will be read, because its contents would be lost.
 * @param inputs paths by their names on the command line; undefined if not given
 * @param option the name of the output file on the command line
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
