import { randomUUID } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parse as parseYaml } from 'yaml'
import { FileSource, ScimTarget } from '../../connect/index.js'
import { type CompiledObjectMapping, compileMapping, SchemaError } from '../../mapping/index.js'
import { runCycle } from '../../provision/cycle.js'
import type { CycleReport, JobDefinition } from '../../provision/job.js'
import { Shaper } from '../../sources/index.js'
import {
  type JobState,
  type LogRow,
  MemoryStore,
  SqliteStore,
  StateError,
  type StateStore,
  scanAll,
} from '../../state/index.js'
import { shown } from '../../text/shown.js'
import { readAttribute } from '../../values/record.js'
import { textForm } from '../../values/text.js'
import { wholeNumber } from '../arguments.js'
import { type Command, type CommandArguments, defineCommand, languageOptions } from '../command.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { plural } from '../style.js'

const scopes = ['Full', 'ForceDeletes', 'QuarantineState', 'Escrows', 'Watermark'] as const

const options = {
  interval: {
    type: 'string',
    value: 'MINUTES',
    doc: 'run: begin a cycle every so many minutes, until Ctrl-C or SIGTERM; the service takes 40',
  },
  scope: { type: 'string', choices: scopes, doc: 'restart: what is forgotten or allowed' },
  status: {
    type: 'string',
    choices: ['success', 'failure', 'skipped', 'warning'],
    doc: 'log: only records with this status',
  },
  id: { type: 'string', value: 'ID', doc: 'log: only records of this object of the source' },
} as const

type Arguments = CommandArguments<typeof options>

/** A job file. Texts such as `${TOKEN}` in the target are taken from the environment. */
interface JobFile {
  readonly schema: string
  readonly objectMappings?: readonly string[]
  readonly state?: string
  /** The population of each kind of object, by source object name. */
  readonly source: Readonly<Record<string, string>>
  readonly identifier?: string
  readonly target: {
    readonly scim: string
    readonly token?: string
    readonly compliant?: boolean
    readonly requestTimeout?: number
  }
  readonly deleteThreshold?: number
  readonly skipOutOfScopeDeletions?: boolean
}

const known = [
  ...['schema', 'objectMappings', 'state', 'source', 'identifier', 'target', 'deleteThreshold'],
  'skipOutOfScopeDeletions',
]

/** A text with `${NAME}` replaced by the environment, so that no secret stands in a file. */
const withEnvironment = (text: string, io: CliIo): string =>
  text.replace(/\$\{(\w+)\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(io.env, name) ? io.env[name] : undefined
    if (value === undefined)
      throw new UsageError(`the environment has no variable ${name}, which the job file names`)
    return value
  })

const readJobFile = async (io: CliIo, path: string): Promise<JobFile> => {
  let value: unknown
  try {
    value = parseYaml(await readText(io, path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${shown(path)} is not YAML: ${(error as Error).message.split('\n')[0]}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${shown(path)} is not a job: it needs schema, source and target`)
  const unknown = Object.keys(value).find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new UsageError(
      `${shown(path)}: there is no member ${shown(unknown)}; known are ${known.join(', ')}`,
    )
  const file = value as JobFile
  const isObject = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one)
  if (typeof file.schema !== 'string') throw new UsageError(`${shown(path)}: schema must name a file`)
  if (!isObject(file.source))
    throw new UsageError(
      `${shown(path)}: source must name a file for each kind of object, such as User: users.ndjson`,
    )
  if (!isObject(file.target) || typeof file.target.scim !== 'string')
    throw new UsageError(`${shown(path)}: target must name a SCIM service: scim: https://…`)
  return file
}

interface OpenJob {
  readonly file: JobFile
  readonly definition: JobDefinition
  readonly mappings: ReadonlyMap<string, CompiledObjectMapping>
  readonly at: (path: string) => string
}

const openJob = async (path: string, args: Arguments, io: CliIo): Promise<OpenJob> => {
  const file = await readJobFile(io, path)
  const folder = dirname(resolve(io.files.directory, path))
  const at = (name: string): string => resolve(folder, name)
  const schema = await readText(io, at(file.schema))
  const wanted = file.objectMappings ?? Object.keys(file.source)
  try {
    const compiled = wanted.map((objectMapping) =>
      compileMapping(schema, { ...languageOptions(args), objectMapping }),
    )
    const errors = compiled.flatMap(({ diagnostics }) =>
      diagnostics.filter(({ severity }) => severity === 'error'),
    )
    if (errors.length > 0)
      throw new UsageError(
        `${shown(file.schema)} has ${plural(errors.length, 'error')}: ${shown(errors[0]!.message)} attrflow check shows all`,
      )
    return {
      file,
      at,
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

const openStore = async ({ file, at }: OpenJob): Promise<StateStore> => {
  if (file.state === undefined) return new MemoryStore()
  try {
    return await SqliteStore.open(at(file.state))
  } catch (error) {
    if (error instanceof StateError) throw new UsageError(error.message)
    throw error
  }
}

const identifiers = ['objectId', 'id', 'externalId', 'WorkerID', 'employeeId']

const cycleOf = (
  job: OpenJob,
  store: StateStore,
  io: CliIo,
  signal: AbortSignal | undefined,
): Promise<CycleReport> => {
  const { file, at, mappings, definition } = job
  const { token, compliant, requestTimeout } = file.target
  const names = file.identifier === undefined ? identifiers : [file.identifier]
  const shapers = new Map(
    definition.mappings.map(({ compiled }) => [
      compiled.objectMapping.sourceObjectName,
      new Shaper(compiled.unit.inputs.map(({ name }) => name)),
    ]),
  )
  const source = new FileSource({
    prepare: (kind, record) => shapers.get(kind)?.apply(record) ?? record,
    files: Object.fromEntries(Object.entries(file.source).map(([kind, path]) => [kind, at(path)])),
    identify: (_kind, record) => {
      for (const name of names) {
        const text = textForm(readAttribute(record, name))
        if (typeof text === 'string' && text !== '') return text
      }
      return undefined
    },
  })
  const target = new ScimTarget({
    url: withEnvironment(file.target.scim, io),
    mappings,
    ...(token === undefined ? {} : { token: withEnvironment(token, io) }),
    ...(compliant === undefined ? {} : { compliant }),
    ...(requestTimeout === undefined ? {} : { requestTimeout }),
  })
  return runCycle(definition, {
    store,
    source,
    target,
    now: Date.now,
    sleep: async (milliseconds) => {
      await pause(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
    },
    uuid: randomUUID,
    ...(signal === undefined ? {} : { signal }),
  })
}

const reportText = ({ cycle, kind, counters, quarantine, stopped }: CycleReport): string => {
  const parts = Object.entries(counters)
    .filter(([name, count]) => count > 0 && name !== 'objects')
    .map(([name, count]) => `${name} ${count}`)
  return `cycle ${cycle} (${kind}): ${plural(counters.objects, 'object')} read${parts.length === 0 ? '' : `; ${parts.join(', ')}`}${stopped ? '; stopped before its end' : ''}\n${
    quarantine === null ? '' : `quarantine: ${quarantine.reason}: ${shown(quarantine.message)}\n`
  }`
}

const runJob = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  const minutes = wholeNumber('interval', args.options.interval, 1)
  const signal = io.interruption?.()
  const store = await openStore(job)
  try {
    for (;;) {
      const report = await cycleOf(job, store, io, signal)
      await io.stdout.write(args.format === 'json' ? `${JSON.stringify(report)}\n` : reportText(report))
      const { quarantine, counters, stopped } = report
      if (minutes === undefined) {
        if (stopped) return 130
        return quarantine !== null || counters.failure > 0 ? 1 : 0
      }
      if (signal?.aborted === true) return 0
      await pause(minutes * 60_000, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
      if ((signal as AbortSignal | undefined)?.aborted === true) return 0
    }
  } finally {
    await store.close()
  }
}

const needsState = (job: OpenJob, verb: string): void => {
  if (job.file.state === undefined)
    throw new UsageError(
      `job ${verb} needs a state that is kept: write "state: job.sqlite" into the job file`,
    )
}

const showStatus = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'status')
  const store = await openStore(job)
  try {
    const { state, links, escrows, intents, removals } = await store.transaction(async (tx) => ({
      state: await tx.get('job', 'job'),
      links: await tx.count('links'),
      escrows: await tx.count('escrows'),
      intents: await tx.count('intents'),
      removals: await tx.count('pending', 'deprovision'),
    }))
    if (args.format === 'json')
      await io.stdout.write(`${JSON.stringify({ ...(state ?? {}), links, escrows, intents, removals })}\n`)
    else if (state === undefined) await io.stdout.write('the job has not run yet: attrflow job run\n')
    else await io.stdout.write(statusText(state, { links, escrows, intents, removals }))
    return state?.quarantine == null ? 0 : 1
  } finally {
    await store.close()
  }
}

const statusText = (
  { status, cycle, quarantine, lastSuccess }: JobState,
  counts: Readonly<Record<'links' | 'escrows' | 'intents' | 'removals', number>>,
): string =>
  [
    `${status}${quarantine === null ? '' : `: ${quarantine.reason}: ${shown(quarantine.message)}`}`,
    `  links ${counts.links}, failed objects ${counts.escrows}, requests without an outcome ${counts.intents}, removals that wait ${counts.removals}`,
    ...(cycle === null
      ? []
      : [`  last cycle ${cycle.number} (${cycle.kind}), begun ${new Date(cycle.startedAt).toISOString()}`]),
    `  last success ${lastSuccess === null ? 'never' : new Date(lastSuccess).toISOString()}`,
    '',
  ].join('\n')

const showLog = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'log')
  const { status, id } = args.options
  const store = await openStore(job)
  const line = ({ at, action, status: how, errorCode, sourceId, summary }: LogRow): string =>
    args.format === 'json'
      ? `${JSON.stringify(summary)}\n`
      : `${new Date(at).toISOString()}  ${action.padEnd(12)} ${how.padEnd(8)} ${shown(sourceId)}${errorCode === null ? '' : `  ${errorCode}`}\n`
  try {
    for await (const rows of scanAll(store, 'log'))
      for (const row of rows)
        if ((status === undefined || row.status === status) && (id === undefined || row.sourceId === id))
          await io.stdout.write(line(row))
    return 0
  } finally {
    await store.close()
  }
}

/** What a restart forgets or allows. */
const restart = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'restart')
  const scope = args.options.scope as (typeof scopes)[number] | undefined
  if (scope === undefined) throw new UsageError(`job restart needs --scope ${scopes.join('|')}`)
  const store = await openStore(job)
  try {
    await store.transaction(async (tx) => {
      const state = await tx.get('job', 'job')
      if (state === undefined) throw new UsageError('the job has not run yet')
      const full = scope === 'Full'
      if (full)
        for (const table of ['links', 'members', 'intents', 'pending', 'staged'] as const)
          await tx.clear(table)
      if (full || scope === 'Escrows') await tx.clear('escrows')
      if (full || scope === 'Watermark') await tx.clear('staged')
      await tx.put('job', {
        ...state,
        forceDeletes: scope === 'ForceDeletes' || state.forceDeletes,
        ...(full || scope === 'Watermark' ? { watermarks: {}, generation: state.generation + 1 } : {}),
        ...(full || scope === 'QuarantineState' || scope === 'ForceDeletes'
          ? { quarantine: null, status: 'active' as const }
          : {}),
      })
    })
    await io.stdout.write(`restarted with scope ${scope}; the next cycle begins with: attrflow job run\n`)
    return 0
  } finally {
    await store.close()
  }
}

const verbs = { run: runJob, status: showStatus, log: showLog, restart } as const

export const jobCommand: Command = defineCommand({
  name: 'job',
  summary: 'Run provisioning cycles against a SCIM service',
  usage: [
    'run JOB [--interval MINUTES]',
    'status JOB',
    'log JOB [--status STATUS] [--id ID]',
    'restart JOB --scope SCOPE',
  ],
  details: [
    'JOB is a YAML or JSON file that names the schema, the files of the objects, the SCIM service and the state; docs/provisioning.md shows one. ' +
      'Secrets are named by environment variables: token: ${SCIM_TOKEN}.',
    'A cycle reads the objects, writes what changed, then references and members, and at last disables and deletes, unless ' +
      'deleteThreshold is reached. What it did is in the log. It can be stopped at any moment; the next cycle goes on.',
    'Exit code 1: an object failed or the job is in quarantine; 130: Ctrl-C stopped the cycle; 2: wrong use.',
  ],
  options,
  examples: [
    'attrflow job run job.yaml',
    'attrflow job run job.yaml --interval 40',
    'attrflow job log job.yaml --status failure',
    'attrflow job restart job.yaml --scope ForceDeletes',
  ],
  async run(args, io) {
    const [verb, path, ...more] = args.positionals
    const act =
      verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb as keyof typeof verbs] : undefined
    if (act === undefined)
      throw new UsageError(`job takes ${Object.keys(verbs).join(', ')}; attrflow help job shows how`)
    if (path === undefined || more.length > 0) throw new UsageError(`job ${verb} needs one job file`)
    return act(await openJob(path, args, io), args, io)
  },
})
