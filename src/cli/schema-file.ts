import type { Diagnostic } from '../index.js'
import type { JsonDocument } from '../schema/json-document.js'
import { origin, type SynchronizationSchema } from '../schema/model.js'
import { nodeSpan } from '../schema/node-span.js'
import { readSchema } from '../schema/read.js'
import type { GlobalArguments } from './command.js'
import { type CliIo, readText, UsageError } from './io.js'
import { frames } from './report.js'

/** A schema read from a file. */
export interface OpenSchema {
  readonly schema: SynchronizationSchema
  readonly document: JsonDocument
  /** Diagnostics about its form. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a schema for a command that works with it. Throws UsageError if the file is not a schema. */
export const openSchema = async (
  path: string,
  { errorStyle }: Pick<GlobalArguments, 'errorStyle'>,
  io: CliIo,
  job?: string,
): Promise<OpenSchema> => {
  const { schema, diagnostics, document } = readSchema(await readText(io, path), path, job)
  if (schema !== undefined) return { schema, document, diagnostics }
  const why = frames(diagnostics, document, errorStyle).trimEnd()
  throw new UsageError(`${path} is not a synchronization schema\n\n${why}`)
}

/**
 * A text around the schema that is chosen in it: what stands before it, the schema, and what stands behind. A file with
 * a single schema is that schema.
 */
export const aroundSchema = (
  text: string,
  job: string | undefined,
): readonly [before: string, schema: string, behind: string] => {
  const { schema, document } = readSchema(text, undefined, job)
  const chosen = job === undefined ? undefined : schema?.[origin]
  if (chosen === undefined) return ['', text, '']
  const whole = document.source.text
  const { start, end } = nodeSpan(chosen.node)
  return [whole.slice(0, start), whole.slice(start, end), whole.slice(end)]
}
