import { execFile } from 'node:child_process'
import { basename, dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type CompiledObjectMapping, compileObjectMapping } from '../../mapping/index.js'
import { readSchema, type SynchronizationSchema } from '../../schema/index.js'
import { shown } from '../../text/shown.js'
import { mappingPairs, type PlacedMapping } from '../../verify/diff/structure.js'
import type { CoverageGatherer } from '../../verify/index.js'
import { languageOptions } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { compileChosen } from '../mapping/open-mapping.js'
import { openSchema } from '../schema-file.js'
import { acceptedPath } from './accepted-schema.js'
import type { DiffArguments } from './options.js'

/** The text of a file in a git revision. */
const fileAt = async (io: CliIo, ref: string, path: string): Promise<string> => {
  if (!/^[\w./@{}~^-]+$/.test(ref) || ref.startsWith('-'))
    throw new UsageError(`--against takes a git revision, not ${shown(ref)}`)
  try {
    // In the folder of the file, which may be in another repository than the working folder.
    const file = resolve(io.files.directory, path)
    const { stdout } = await promisify(execFile)('git', ['show', `${ref}:./${basename(file)}`], {
      cwd: dirname(file),
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

const schemaAt = async (io: CliIo, ref: string, path: string, job: string | undefined) => {
  const { schema, diagnostics } = readSchema(await fileAt(io, ref, path), path, job)
  if (schema !== undefined) return schema
  throw new UsageError(`${shown(path)} of ${shown(ref)} is not a schema: ${diagnostics[0]?.message ?? ''}`)
}

/** Reads both sides. OLD is a file, a git revision of NEW, or the accepted version of NEW. */
export const sidesOf = async (args: DiffArguments, io: CliIo): Promise<Sides> => {
  const { against, job } = args.options
  const read = async (path: string): Promise<SynchronizationSchema> =>
    (await openSchema(path, args, io, job)).schema
  const [first, second, ...more] = args.positionals
  if (first === undefined || more.length > 0)
    throw new UsageError('diff takes one schema, or two: OLD and NEW')
  if (second !== undefined) {
    if (against !== undefined) throw new UsageError('diff --against REF takes one schema')
    return { before: await read(first), after: await read(second) }
  }
  if (against !== undefined)
    return { before: await schemaAt(io, against, first, job), after: await read(first) }
  const accepted = acceptedPath(first)
  if ((await io.files.kind(accepted)) === 'absent')
    throw new UsageError(
      `diff needs OLD: there is no accepted schema ${shown(accepted)}; attrflow diff ${shown(first)} --accept writes it`,
    )
  return { before: await read(accepted), after: await read(first) }
}

/** Compiles an object mapping of a side, with the instrument of a gatherer if there is one. */
export type CompileSide = (gatherer?: CoverageGatherer) => CompiledObjectMapping

const instrumentOf = (gatherer: CoverageGatherer | undefined) =>
  gatherer === undefined ? {} : { instrument: gatherer.instrument }

/** Compiles the chosen object mapping of a side. Throws UsageError if the choice is not clear. */
const chosenSide =
  (schema: SynchronizationSchema, side: string, args: DiffArguments): CompileSide =>
  (gatherer) =>
    compileChosen(`${side}: the schema`, schema, args.options, {
      ...languageOptions(args),
      ...instrumentOf(gatherer),
    })

/** The chosen object mapping on both sides. */
export const chosenSides = (
  { before, after }: Sides,
  args: DiffArguments,
): readonly [CompileSide, CompileSide] => [chosenSide(before, 'OLD', args), chosenSide(after, 'NEW', args)]

/** The enabled object mappings of both sides, those that changed if there are some. */
const changedSides = (
  { before, after }: Sides,
  args: DiffArguments,
): readonly (readonly [CompileSide, CompileSide])[] => {
  const pairs = mappingPairs(before, after).flatMap(([old, now]) =>
    old?.mapping.enabled === true && now?.mapping.enabled === true ? [[old, now] as const] : [],
  )
  const changed = pairs.filter(([old, now]) => JSON.stringify(old.mapping) !== JSON.stringify(now.mapping))
  const side =
    (schema: SynchronizationSchema, { rule, mapping }: PlacedMapping): CompileSide =>
    (gatherer) =>
      compileObjectMapping(schema, rule, mapping, { ...languageOptions(args), ...instrumentOf(gatherer) })
  return (changed.length > 0 ? changed : pairs).map(([old, now]) => [side(before, old), side(after, now)])
}

/** The object mappings to search: the chosen one, or all that changed. */
export const searchedSides = (
  sides: Sides,
  args: DiffArguments,
): readonly (readonly [CompileSide, CompileSide])[] => {
  const { 'object-mapping': objectMapping, rule } = args.options
  return objectMapping === undefined && rule === undefined
    ? changedSides(sides, args)
    : [chosenSides(sides, args)]
}
