import { randomUUID } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TargetProfile } from '../../connect/index.js'
import { localBudget } from '../../distribute/budget.js'
import { type CompiledObjectMapping, compileMapping, SchemaError } from '../../mapping/index.js'
import type { CycleWorld, JobDefinition } from '../../provision/job.js'
import { MemoryStore, PostgresStore, SqliteStore, StateError, type StateStore } from '../../state/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import { isJsonObject } from '../../values/json-object.js'
import { boolean, isText, type OptionRule, type OptionRules } from '../../values/options.js'
import type { SettingsInput } from '../../values/settings.js'
import { mergeSettings, settingsProblems } from '../../values/settings-schema.js'
import { type GlobalArguments, languageOptions } from '../command.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { readYaml } from '../read-yaml-file.js'
import { withEnvironment } from './environment.js'
import { filesOf, kindsOf, type SourceFile, sourceOf, sourceProblem } from './job-source.js'
import { sqliteFile } from './job-sql.js'
import { readProfile, type TargetFile, targetOf, targetProblem } from './job-target.js'
import { unknownMember, wrongMember } from './member-problems.js'

/** A job file. In texts of the target and the state, `${TOKEN}` is replaced from the environment. */
export interface JobFile {
  readonly schema: string
  /** The id or name of the job or template whose schema is meant, if the file contains several. */
  readonly job?: string
  readonly objectMappings?: readonly string[]
  /** Settings, in the form of the `--settings` file, whose values take precedence. */
  readonly settings?: SettingsInput
  /** A SQLite file, or the address of a PostgreSQL database: `postgres://user@host/database?schema=NAME`. */
  readonly state?: string
  readonly source: SourceFile
  readonly identifier?: string
  readonly target: TargetFile
  readonly deleteThreshold?: number
  readonly skipOutOfScopeDeletions?: boolean
  /** The most requests per second to the target, by a run or by all workers together. */
  readonly rate?: number
}

const name = (what: string): OptionRule => ({
  takes: what,
  accepts: (value) => isText(value) && value !== '',
})

/** What each member takes, besides `source` and `target`. */
const members: OptionRules<Omit<JobFile, 'source' | 'target' | 'settings'>> = {
  schema: name('the name of a file'),
  job: name('the id or name of a job or template in the file of the schema'),
  objectMappings: {
    takes: 'a list of object mappings by name',
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  },
  state: name('a SQLite file, or the address of a PostgreSQL database'),
  identifier: name('the name of an attribute'),
  deleteThreshold: {
    takes: 'a whole number of objects',
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  },
  skipOutOfScopeDeletions: boolean,
  rate: {
    takes: 'a number of requests per second above 0, up to 100,000',
    accepts: (value) => typeof value === 'number' && value > 0 && value <= 100_000,
  },
}

const known = [...Object.keys(members), 'settings', 'source', 'target']

/** Returns what is wrong with a job file; undefined if it is valid. */
const jobProblem = (file: Readonly<Record<string, unknown>>): string | undefined => {
  const { $schema, ...read } = file
  const unknown = unknownMember('', read, known)
  if (unknown !== undefined) return unknown
  if (!Object.hasOwn(file, 'schema')) return 'schema must name a file'
  const setting = file.settings === undefined ? undefined : settingsProblems(file.settings)[0]
  return wrongMember('', file, members) ?? setting ?? sourceProblem(file.source) ?? targetProblem(file.target)
}

/** Reads a job file. Throws UsageError if it is faulty. */
export const readJobFile = async (io: CliIo, path: string): Promise<JobFile> => {
  const value = await readYaml(io, path)
  if (!isJsonObject(value))
    throw new UsageError(`${shown(path)} is not a job file: it needs schema, source and target`)
  const problem = jobProblem(value)
  if (problem !== undefined) throw new UsageError(`${shown(path)}: ${problem}`)
  return value as unknown as JobFile
}

/** A job that is ready to run. */
export interface OpenJob {
  readonly file: JobFile
  readonly definition: JobDefinition
  readonly mappings: ReadonlyMap<string, CompiledObjectMapping>
  /** How the target deviates from what Entra sends. */
  readonly profile: TargetProfile
  readonly at: (path: string) => string
}

/** Reads a job file and compiles its mappings. Throws UsageError if it is faulty. */
export const openJob = async (path: string, args: GlobalArguments, io: CliIo): Promise<OpenJob> => {
  const file = await readJobFile(io, path)
  const folder = dirname(resolve(io.files.directory, path))
  const at = (name: string): string => resolve(folder, name)
  const schema = await readText(io, at(file.schema))
  const profile = await readProfile(file.target, at, io)
  const wanted = file.objectMappings ?? kindsOf(file.source)
  if (wanted.length === 0)
    throw new UsageError(`${shown(path)}: source names no kind of object, and there are no objectMappings`)
  try {
    const compiled = wanted.map((objectMapping) =>
      compileMapping(schema, {
        ...languageOptions(args),
        settings: mergeSettings(file.settings ?? {}, args.settings),
        objectMapping,
        ...(file.job === undefined ? {} : { job: file.job }),
      }),
    )
    const errors = compiled.flatMap(({ diagnostics }) =>
      diagnostics.filter(({ severity }) => severity === 'error'),
    )
    const [first] = errors
    if (first !== undefined)
      throw new UsageError(
        `${shown(file.schema)} has ${plural(errors.length, 'error')}: ${shown(first.message)} attrflow check shows all`,
      )
    return {
      file,
      at,
      profile,
      mappings: new Map(compiled.map((one) => [one.objectMapping.targetObjectName, one])),
      definition: {
        mappings: compiled.map((one) => ({
          key: `${one.objectMapping.sourceObjectName}->${one.objectMapping.targetObjectName}`,
          compiled: one,
        })),
        ...(file.deleteThreshold === undefined ? {} : { deleteThreshold: file.deleteThreshold }),
        ...(file.skipOutOfScopeDeletions === undefined
          ? {}
          : { skipOutOfScopeDeletions: file.skipOutOfScopeDeletions }),
      },
    }
  } catch (error) {
    if (error instanceof SchemaError) throw new UsageError(`${shown(file.schema)}: ${error.message}`)
    throw error
  }
}

/** Whether a state is in PostgreSQL, not in a file. */
export const isPostgres = (state: string): boolean => /^postgres(ql)?:\/\//i.test(state)

/** The location of a job's state; undefined if the job stores none. */
export const stateOf = ({ file }: OpenJob, io: CliIo): string | undefined =>
  file.state === undefined ? undefined : withEnvironment(file.state, io)

/** Opens the state of a job; a job without one remembers nothing after the process ends. */
export const openStore = async (job: OpenJob, io: CliIo): Promise<StateStore> => {
  const state = stateOf(job, io)
  if (state === undefined) return new MemoryStore()
  try {
    if (isPostgres(state)) return await PostgresStore.open(state)
    const store = await SqliteStore.open(job.at(state))
    await io.files.protect(job.at(state))
    return store
  } catch (error) {
    if (error instanceof StateError) throw new UsageError(error.message)
    throw error
  }
}

/** Protects the files of the source and the target of a job from being overwritten. */
export const protectEnds = async ({ file, at }: OpenJob, io: CliIo): Promise<void> => {
  const databases = [file.source, file.target].map((end) =>
    'sql' in end && typeof end.sql === 'string' ? sqliteFile(withEnvironment(end.sql, io)) : undefined,
  )
  for (const path of [...Object.values(filesOf(file.source)), ...databases])
    if (path !== undefined) await io.files.protect(at(path))
}

/** Everything that a cycle of a job needs from its environment. */
export const worldOf = (
  job: OpenJob,
  store: StateStore,
  io: CliIo,
  signal: AbortSignal | undefined,
): CycleWorld => {
  const { file, mappings, profile } = job
  const source = sourceOf(file.source, { ...job, identifier: file.identifier }, io)
  const target = targetOf(file.target, mappings, profile, job.at, io)
  const sleep = async (milliseconds: number): Promise<void> => {
    await pause(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  }
  return {
    store,
    source,
    target,
    now: Date.now,
    sleep,
    ...(file.rate === undefined ? {} : { admit: localBudget(file.rate, Date.now, sleep) }),
    uuid: randomUUID,
    ...(signal === undefined ? {} : { signal }),
  }
}

/** Closes the connections to source and target. The store stays open. */
export const closeWorld = async ({ source, target }: CycleWorld): Promise<void> => {
  await Promise.allSettled([source.close(), target.close()])
}

/** Provides what a cycle of a job needs from its environment, and closes it after the work. */
export const withWorld = async <T>(
  job: OpenJob,
  store: StateStore,
  io: CliIo,
  work: (world: CycleWorld) => Promise<T>,
  signal: AbortSignal | undefined = io.interruption?.(),
): Promise<T> => {
  const world = worldOf(job, store, io, signal)
  try {
    return await work(world)
  } finally {
    await closeWorld(world)
  }
}
