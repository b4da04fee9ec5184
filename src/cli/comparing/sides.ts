import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type CompiledObjectMapping, compileMapping, SchemaError } from '../../mapping/index.js'
import { readSchema, type SynchronizationSchema } from '../../schema/index.js'
import { shown } from '../../text/shown.js'
import type { CoverageGatherer } from '../../verify/index.js'
import { languageOptions } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { openSchema } from '../schema-file.js'
import type { DiffArguments } from './options.js'

/** The text of a file in a git revision. */
const fileAt = async (io: CliIo, ref: string, path: string): Promise<string> => {
  if (!/^[\w./@{}~^-]+$/.test(ref) || ref.startsWith('-'))
    throw new UsageError(`--against takes a git revision, not ${shown(ref)}`)
  try {
    const { stdout } = await promisify(execFile)('git', ['show', `${ref}:./${path}`], {
      cwd: io.files.directory,
      maxBuffer: 1 << 28,
    })
    return stdout
  } catch (error) {
    const why = (error as { stderr?: string }).stderr?.trim() ?? (error as Error).message
    throw new UsageError(`cannot read ${shown(path)} of ${shown(ref)}: ${shown(why)}`)
  }
}

/** The schemas that are compared: OLD and NEW. */
export interface Sides {
  readonly before: SynchronizationSchema
  readonly after: SynchronizationSchema
}

/** Reads both sides. */
export const sidesOf = async (args: DiffArguments, io: CliIo): Promise<Sides> => {
  const { against, job } = args.options
  const [first, second, ...more] = args.positionals
  if (against !== undefined) {
    if (first === undefined || second !== undefined)
      throw new UsageError('diff --against REF takes one schema')
    const { schema, diagnostics } = readSchema(await fileAt(io, against, first), first, job)
    if (schema === undefined)
      throw new UsageError(
        `${shown(first)} of ${shown(against)} is no schema: ${diagnostics[0]?.message ?? ''}`,
      )
    return { before: schema, after: (await openSchema(first, args, io, job)).schema }
  }
  if (first === undefined || second === undefined || more.length > 0)
    throw new UsageError('diff needs two schemas, OLD and NEW, or one with --against REF')
  const [before, after] = [await openSchema(first, args, io, job), await openSchema(second, args, io, job)]
  return { before: before.schema, after: after.schema }
}

/** Compiles the object mapping of a side that the options choose. Throws UsageError when there is none. */
export const compiledSide = (
  schema: SynchronizationSchema,
  side: string,
  args: DiffArguments,
  gatherer?: CoverageGatherer,
): CompiledObjectMapping => {
  const { 'object-mapping': objectMapping, rule } = args.options
  try {
    return compileMapping(schema, {
      ...languageOptions(args),
      ...(gatherer === undefined ? {} : { instrument: gatherer.instrument }),
      ...(objectMapping === undefined ? {} : { objectMapping }),
      ...(rule === undefined ? {} : { rule }),
    })
  } catch (error) {
    if (error instanceof SchemaError) throw new UsageError(`${side}: ${error.message}`)
    throw error
  }
}
