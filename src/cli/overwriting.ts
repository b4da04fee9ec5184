import { normalize } from 'node:path'
import { UsageError } from './io.js'

/**
 * Refuses to write to a file that is read: it would be lost before it is read to its end.
 * @param inputs paths by what the command line calls them; undefined for what is not given
 */
export const refuseToOverwrite = (
  out: string,
  inputs: Readonly<Record<string, string | undefined>>,
): void => {
  for (const [name, path] of Object.entries(inputs)) {
    if (path !== undefined && path !== '-' && normalize(path) === normalize(out))
      throw new UsageError(`--out ${out} would overwrite ${name}; write to another file`)
  }
}
