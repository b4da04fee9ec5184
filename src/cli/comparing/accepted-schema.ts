import { shown } from '../../text/shown.js'
import { type CliIo, readText, UsageError } from '../io.js'

/** Where the last accepted state of a schema is kept: beside it. For `app.schema.json` and `app.json` it is `app.accepted.json`. */
export const acceptedPath = (schema: string): string => {
  if (schema === '-')
    throw new UsageError('the accepted schema is kept beside a file, and standard input is none')
  return `${schema.replace(/(?:\.schema)?\.json$/i, '')}.accepted.json`
}

/** Keeps a schema as the accepted one. */
export const acceptSchema = async (io: CliIo, schema: string): Promise<void> => {
  const path = acceptedPath(schema)
  await io.files.replace(path, await readText(io, schema))
  await io.stderr.write(`accepted: ${shown(path)}\n`)
}
