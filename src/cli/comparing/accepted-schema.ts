import { shown } from '../../text/shown.js'
import { type CliIo, readText, UsageError } from '../io.js'

/**
 * The path of the last accepted version of a schema, beside it: `app.accepted.json` for `app.schema.json` and
 * `app.json`.
 */
export const acceptedPath = (schema: string): string => {
  if (schema === '-')
    throw new UsageError('standard input has no accepted schema, because it is stored beside the file')
  return `${schema.replace(/(?:\.schema)?\.json$/i, '')}.accepted.json`
}

/** Stores a schema as the accepted version. */
export const acceptSchema = async (io: CliIo, schema: string): Promise<void> => {
  const path = acceptedPath(schema)
  await io.files.replace(path, await readText(io, schema))
  await io.stderr.write(`accepted: ${shown(path)}\n`)
}
