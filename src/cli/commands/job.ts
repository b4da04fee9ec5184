import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { MissingDriver } from '../../connect/index.js'
import { runCycle } from '../../provision/cycle.js'
import { findDrift } from '../../provision/drift.js'
import { eventsOf } from '../../provision/events.js'
import type { CycleReport, CycleWorld } from '../../provision/job.js'
import { readMetrics } from '../../provision/metrics.js'
import { type ChosenObject, sourceOfObjects } from '../../provision/on-demand.js'
import { comparePlans, type Plan } from '../../provision/plan.js'
import { type ResetScope, resetScopes, restartJob } from '../../provision/restart.js'
import { nextCycleAt } from '../../provision/schedule.js'
import { MOST_MEMBERS } from '../../serve/on-demand.js'
import { type JobState, type StateStore, scanAll } from '../../state/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import { closest } from '../../text/suggest.js'
import { wholeNumber } from '../arguments.js'
import { type CommandArguments, type CommandBody, defineCommand } from '../command.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { cycleText } from '../job/cycle-text.js'
import { isPostgres, type OpenJob, openJob, openStore, protectEnds, withWorld } from '../job/job-file.js'
import { cycleMembers, logMembers } from '../job/json-members.js'
import { whyText, writeAlerts, writeLog, writeMetrics } from '../job/log-output.js'
import { newJob } from '../job/new-job.js'
import { planNextCycle } from '../job/next-cycle.js'
import { planPage } from '../job/plan-page.js'
import { driftLine, planView } from '../job/plan-view.js'
import { Progress } from '../mapping/progress.js'
import { jsonFrom } from '../read-json-file.js'
import { jobOption } from '../shared-options.js'

const scopes = resetScopes.filter((scope) => scope !== 'None')

const options = {
  job: { ...jobOption, doc: `init: ${jobOption.doc.replace(/^./, (first) => first.toLowerCase())}` },
  store: {
    type: 'string',
    value: 'STATE',
    doc: 'the state, instead of that of the job file: a SQLite file or postgres://user@host/database?schema=NAME',
  },
  interval: {
    type: 'string',
    value: 'MINUTES',
    doc: 'run, worker: start a cycle every N minutes, until Ctrl-C or SIGTERM; the service does so every 40',
  },
  concurrency: {
    type: 'string',
    value: 'NUMBER',
    doc: 'worker: how many requests may be open at once; default: that of the target',
  },
  scope: { type: 'string', choices: scopes, doc: 'restart: what to forget or allow' },
  status: {
    type: 'string',
    choices: ['success', 'failure', 'skipped', 'warning'],
    doc: 'log: only records with this status',
  },
  where: {
    type: 'string',
    value: 'FILTER',
    doc: "log: only records that meet a condition in the syntax of Graph's $filter: errorCode eq 'EntryConflict' and activityDateTime ge 2026-01-01",
  },
  shape: {
    type: 'string',
    choices: ['graph', 'log-analytics'],
    doc: 'log: one JSON record on each line, in this form',
  },
  id: { type: 'string', value: 'ID', doc: 'log: only records of this object; on-demand: the object' },
  kind: {
    type: 'string',
    value: 'NAME',
    doc: 'on-demand: the name of the source object type, if the job has several',
  },
  member: {
    type: 'string',
    multiple: true,
    value: 'ID',
    doc: 'on-demand, up to 5 times: a member of the group that is provisioned with it; no other member changes',
  },
  plan: { type: 'string', value: 'FILE', doc: 'apply: the plan to carry out' },
  out: {
    type: 'string',
    writes: true,
    value: 'FILE',
    doc: 'init: write the job file; plan: write the plan to a file, for apply',
  },
  html: { type: 'string', writes: true, value: 'FILE', doc: 'plan: write the plan as an HTML page' },
  events: {
    type: 'boolean',
    doc: 'run: write events for operators to standard error, as log records of OpenTelemetry in JSON',
  },
  repair: { type: 'boolean', doc: 'drift: send again what was last sent' },
} as const

type Arguments = CommandArguments<typeof options>

/** The option that names the state again in another command. */
const stateArguments = ({ options: { store } }: Arguments): readonly string[] =>
  store === undefined ? [] : ['--store', store.replace(/(?<=:\/\/[^/@]*):[^/@]*@/, ':…@')]

/** Writes the report of a cycle. */
const writeReport = async (
  { file }: OpenJob,
  store: StateStore,
  report: CycleReport,
  args: Arguments,
  io: CliIo,
): Promise<void> => {
  if (args.format === 'json') return io.stdout.write(`${JSON.stringify(report)}\n`)
  await io.stdout.write(
    await cycleText(
      store,
      report,
      file.state === undefined
        ? undefined
        : [...args.positionals.slice(1, 2), ...stateArguments(args)].join(' '),
    ),
  )
}

/** Runs a cycle, and shows its progress on a terminal. */
const runShown = async (job: OpenJob, world: CycleWorld, io: CliIo): Promise<CycleReport> => {
  const line = new Progress(io, true, 0)
  try {
    return await runCycle(job.definition, {
      ...world,
      progress: ({ objects, failure, skip }, share) => {
        const remarks = [[skip, 'skipped'] as const, [failure, 'failed'] as const]
          .filter(([count]) => count > 0)
          .map(([count, what]) => `${count} ${what}`)
        void line.show({
          total: objects,
          remarks,
          read: share ?? 0,
          size: share === undefined ? undefined : 1,
        })
      },
    })
  } finally {
    await line.clear()
  }
}

const NO_STATE =
  'attrflow: this job stores no state, so each run reads and matches everything again, and keeps no log. To change this, write "state: job.sqlite" into the job file\n'

/** 130 if interrupted, 1 if an object failed or the cycle was not completed. */
const exitCodeOf = ({ stopped, quarantine, failure, counters }: CycleReport): number =>
  stopped ? 130 : quarantine !== null || failure !== null || counters.failure > 0 ? 1 : 0

const DISABLED =
  'the job is disabled: it was in quarantine for four weeks. Correct the cause, then: attrflow job restart --scope QuarantineState'

const runJob = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  const minutes = wholeNumber('interval', args.options.interval, 1)
  const signal = io.interruption?.()
  const store = await openStore(job, io)
  try {
    const found = await store.transaction((tx) => tx.get('job', 'job'))
    if (found?.status === 'disabled') throw new UsageError(DISABLED)
    for (let before = found?.quarantine ?? null; ; ) {
      const report = await withWorld(job, store, io, (world) => runShown(job, world, io), signal)
      await writeReport(job, store, report, args, io)
      const after = await store.transaction((tx) => tx.get('job', 'job'))
      if (args.options.events && after !== undefined)
        for (const event of eventsOf(before, after, report, Date.now()))
          await io.stderr.write(`${JSON.stringify(event)}\n`)
      before = after?.quarantine ?? null
      if (minutes === undefined) {
        if (job.file.state === undefined) await io.stderr.write(NO_STATE)
        return exitCodeOf(report)
      }
      if (signal?.aborted === true) return 0
      const next = nextCycleAt(after, minutes * 60_000, Date.now())
      if (next === null) {
        await io.stderr.write(`attrflow: ${DISABLED}\n`)
        return 1
      }
      await pause(next - Date.now(), undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
      if ((signal as AbortSignal | undefined)?.aborted === true) return 0
    }
  } finally {
    await store.close()
  }
}

const needsState = (job: OpenJob, verb: string): void => {
  if (job.file.state === undefined)
    throw new UsageError(
      `job ${verb} needs a stored state: write "state: job.sqlite" into the job file, or give --store`,
    )
}

const showStatus = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'status')
  const store = await openStore(job, io)
  try {
    const { state, links, escrows, intents, removals } = await readMetrics(store)
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
    `  links ${counts.links}, failed objects ${counts.escrows}, requests without an outcome ${counts.intents}, waiting removals ${counts.removals}`,
    ...(cycle === null
      ? []
      : [`  last cycle ${cycle.number} (${cycle.kind}), started ${new Date(cycle.startedAt).toISOString()}`]),
    `  last success ${lastSuccess === null ? 'never' : new Date(lastSuccess).toISOString()}`,
    '',
  ].join('\n')

const showLog = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'log')
  const { status, id, where, shape } = args.options
  const form =
    shape === 'log-analytics' ? shape : args.format === 'json' || shape === 'graph' ? 'graph' : 'pretty'
  const store = await openStore(job, io)
  try {
    await writeLog(store, { status, id, where, form }, io)
    return 0
  } finally {
    await store.close()
  }
}

const showMetrics = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'metrics')
  const store = await openStore(job, io)
  try {
    await writeMetrics(store, args.positionals[1] ?? '-', io)
    return 0
  } finally {
    await store.close()
  }
}

const showAlerts = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'alerts')
  const store = await openStore(job, io)
  try {
    return (await writeAlerts(store, args.format === 'json', io, Date.now())) === 0 ? 0 : 1
  } finally {
    await store.close()
  }
}

/** Forgets or allows what the scope says. */
const restart = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'restart')
  const scope = args.options.scope as ResetScope | undefined
  if (scope === undefined) throw new UsageError(`job restart needs --scope ${scopes.join('|')}`)
  const store = await openStore(job, io)
  try {
    if (!(await restartJob(store, [scope]))) throw new UsageError('the job has not run yet')
    await io.stdout.write(`restarted with scope ${scope}; the next cycle begins with: attrflow job run\n`)
    return 0
  } finally {
    await store.close()
  }
}

const plan = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  const store = await openStore(job, io)
  try {
    const found = await planNextCycle(job, store, io, io.interruption?.())
    const { out, html } = args.options
    await protectEnds(job, io)
    if (out !== undefined) await io.files.write(out, `${JSON.stringify(found, null, 2)}\n`)
    if (html !== undefined) await io.files.write(html, planPage(found))
    await io.stdout.write(args.format === 'json' ? `${JSON.stringify(found)}\n` : planView(found, args.style))
    return found.quarantine !== null || found.failure !== null || found.counters.failure > 0 ? 1 : 0
  } finally {
    await store.close()
  }
}

const readPlan = async (io: CliIo, path: string): Promise<Plan> => {
  const value = jsonFrom(await readText(io, path), path) as Partial<Plan> | null
  if (value?.version !== 1 || !Array.isArray(value.changes) || typeof value.digest !== 'string')
    throw new UsageError(`${shown(path)} is not a plan: job plan --out writes one`)
  return value as Plan
}

/** Carries out a plan, unless source, target or state have changed since it was made. */
const apply = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  const { plan: path } = args.options
  if (path === undefined) throw new UsageError('job apply needs --plan FILE, which job plan --out wrote')
  const looked = await readPlan(io, path)
  const store = await openStore(job, io)
  try {
    const now = await planNextCycle(job, store, io, undefined)
    if (now.digest !== looked.digest) {
      const { added, removed } = comparePlans(looked, now)
      await io.stderr.write(
        `attrflow: the plan is out of date: ${plural(added, 'change')} would be made that are not in it, ` +
          `${plural(removed, 'change')} in it would no longer be made. Nothing was written; plan again.\n`,
      )
      return 1
    }
    const report = await withWorld(job, store, io, (world) => runShown(job, world, io))
    await writeReport(job, store, report, args, io)
    return exitCodeOf(report)
  } finally {
    await store.close()
  }
}

/** An object of the source, of the first of some kinds that has it. Throws UsageError if none has. */
const chosenObject = async (
  { source }: CycleWorld,
  kinds: readonly string[],
  id: string,
): Promise<ChosenObject> => {
  for (const kind of kinds) {
    const found = await source.get(kind, id)
    if (found.outcome === 'done') return { kind, id, record: found.value }
    if (found.outcome !== 'gone') throw new UsageError(`${shown(source.name)}: ${shown(found.reason)}`)
  }
  throw new UsageError(
    `${shown(source.name)} has no ${kinds.map((kind) => shown(kind)).join(' or ')} with the identifier ${shown(id)}`,
  )
}

/** Provisions one object now, or a group with some of its members. */
const onDemand = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  const { id, kind: named } = args.options
  if (id === undefined)
    throw new UsageError('job on-demand needs --id ID, the identifier of an object of the source')
  const kinds = job.definition.mappings.map(({ compiled }) => compiled.objectMapping.sourceObjectName)
  const [kind = ''] = named === undefined ? kinds : [named]
  if (!kinds.includes(kind))
    throw new UsageError(`the job has no objects named ${shown(kind)}; it has ${kinds.join(', ')}`)
  const { member: members } = args.options
  if (members.length > MOST_MEMBERS)
    throw new UsageError(`job on-demand takes up to ${MOST_MEMBERS} members, as the service does`)
  const store = await openStore(job, io)
  try {
    const report = await withWorld(job, store, io, async (world) => {
      const objects = [await chosenObject(world, [kind], id)]
      for (const member of members) objects.push(await chosenObject(world, kinds, member))
      return runCycle(
        {
          ...job.definition,
          only: new Set(objects.map((one) => one.id)),
          ...(members.length === 0 ? {} : { members: new Set(members) }),
        },
        { ...world, source: sourceOfObjects(world.source, objects) },
      )
    })
    for await (const rows of scanAll(store, 'log', { prefix: [report.cycle] }))
      for (const row of rows) {
        const { summary, action, status, sourceId } = row
        await io.stdout.write(
          args.format === 'json'
            ? `${JSON.stringify(summary)}\n`
            : `${action}  ${status}  ${shown(sourceId)}${whyText(row)}\n`,
        )
      }
    const broken = report.quarantine ?? report.failure
    if (broken !== null) await io.stderr.write(`attrflow: ${broken.code}: ${shown(broken.message)}\n`)
    return exitCodeOf(report)
  } finally {
    await store.close()
  }
}

const drift = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  needsState(job, 'drift')
  const store = await openStore(job, io)
  let count = 0
  try {
    const options = args.options.repair ? { repair: true } : {}
    await withWorld(job, store, io, async (world) => {
      for await (const found of findDrift(job.definition, world, options)) {
        if (!found.repaired) count++
        await io.stdout.write(args.format === 'json' ? `${JSON.stringify(found)}\n` : driftLine(found))
      }
    })
    if (args.format !== 'json')
      await io.stdout.write(
        count === 0
          ? 'no drift: the target is as it was last written\n'
          : `${plural(count, 'object')} drifted\n`,
      )
    return count === 0 ? 0 : 1
  } finally {
    await store.close()
  }
}

const work = async (job: OpenJob, args: Arguments, io: CliIo): Promise<number> => {
  const { runJobWorker } = await import('../job/worker.js')
  return runJobWorker(job, io, {
    concurrency: wholeNumber('concurrency', args.options.concurrency, 1),
    minutes: wholeNumber('interval', args.options.interval, 1),
    ready: () => io.stderr.write('attrflow: worker ready\n'),
    ended: (report, store) => writeReport(job, store, report, args, io),
  })
}

const verbs = {
  plan,
  apply,
  run: runJob,
  worker: work,
  status: showStatus,
  log: showLog,
  metrics: showMetrics,
  alerts: showAlerts,
  restart,
  'on-demand': onDemand,
  drift,
} as const

export const jobCommand: CommandBody = defineCommand({
  usage: [
    'init SCHEMA [--out JOB]',
    'plan JOB [--out FILE] [--html FILE]',
    'apply JOB --plan FILE',
    'run JOB [--interval MINUTES] [--store STATE] [--events]',
    'worker JOB --store postgres://… [--interval MINUTES] [--concurrency NUMBER]',
    'status JOB',
    'log JOB [--status STATUS] [--id ID] [--where FILTER]',
    'metrics JOB',
    'alerts JOB',
    'restart JOB --scope SCOPE',
    'on-demand JOB --id ID [--kind NAME] [--member ID]…',
    'drift JOB [--repair]',
  ],
  details: [
    'JOB is a YAML or JSON file that names the schema, the source, the target and the state; docs/provisioning.md shows one. ' +
      `Secrets are taken from environment variables: token: \${SCIM_TOKEN}.`,
    'A cycle reads the objects and writes what changed, then references and members, and finally disables and deletes, unless ' +
      'deleteThreshold is reached. The log says what it did. It can be stopped at any moment; the next cycle continues.',
    'worker takes part in cycles that any number of workers share through one PostgreSQL database; without ' +
      '--interval it ends with the cycle. After SIGTERM it waits for the answers to its open requests and ends.',
    'init writes a job file for a schema, with a comment at each member. It asks no questions and connects to nothing.',
    'plan shows what the next cycle would do and writes nothing; apply does it, unless source, target or state changed since. ' +
      'on-demand provisions one object now. drift compares the target with what was last sent.',
    'metrics prints the state for Prometheus; alerts prints spikes of failures or removals, silence, and unresolved members, with exit code 1 if ' +
      'there are any.',
    'Exit code 1: an object failed or the job is in quarantine; 130: Ctrl-C stopped the cycle; 2: wrong use.',
  ],
  options,
  json: [
    {
      with: 'plan',
      members: {
        version: 'The version of the form: 1',
        createdAt: 'When the plan was made',
        kind: 'initial or incremental',
        counters: 'As in the report of a cycle',
        removals: 'The number of objects that would be disabled or deleted',
        deleteThreshold: 'The number of removals that the job refuses',
        changes: 'The changes',
        'changes[].action': 'create, update, disable or delete',
        'changes[].kind': 'The kind of object',
        'changes[].sourceId': 'The object of the source',
        'changes[].targetId': 'The object of the target; planned:N for one that would be created',
        'changes[].reason': 'Why',
        'changes[].values': 'The values: attribute, before, after',
        problems: 'The objects that are skipped, fail or get a warning: sourceId, status, code, reason',
        leftOut: 'The attributes that the target refuses or does not store',
        quarantine: 'Why the job would be in quarantine, or null',
        failure: 'What would end the cycle, or null',
        digest: 'The hash by which job apply recognises the plan',
      },
    },
    {
      with: 'apply',
      members: cycleMembers,
    },
    {
      with: 'run',
      lines: true,
      members: cycleMembers,
    },
    {
      with: 'status',
      members: {
        key: 'job',
        id: 'The id of the job',
        epoch: 'Increased when a run takes over the job',
        generation: 'Increased when every object must be processed again',
        mappingHash: 'The hash of the mappings',
        watermarks: 'Where reading of each source continues',
        status: 'active, paused, quarantine or disabled',
        quarantine: 'Why the job is in quarantine, or null',
        forceDeletes: 'Whether the next cycle may exceed deleteThreshold',
        cycle: 'The last cycle: number, id, kind, times and counters',
        steadySince: 'Since when no cycle had writes or failures, in milliseconds since 1970, or null',
        lastSuccess: 'When a cycle last succeeded, in milliseconds since 1970, or null',
        links: 'The number of objects that the job manages',
        escrows: 'The number of objects that failed',
        intents: 'The number of requests without an outcome',
        removals: 'The number of removals that wait',
      },
    },
    {
      with: 'log',
      lines: true,
      members: logMembers,
    },
    {
      with: 'alerts',
      lines: true,
      members: {
        kind: 'failureSpike, removalSpike, noEvents or unresolvedMembers',
        message: 'The problem and its figures',
      },
    },
    {
      with: 'on-demand',
      lines: true,
      members: logMembers,
    },
    {
      with: 'drift',
      lines: true,
      members: {
        mapping: 'The object mapping',
        sourceId: 'The object of the source',
        targetId: 'The object of the target',
        state: 'changed, gone or unreadable',
        values: 'The values that differ: attribute, sent, found',
        repaired: 'Whether it was repaired',
        reason: 'The answer of the target, if the object could not be read or repaired',
      },
    },
  ],
  examples: [
    'attrflow job init schema.json --out job.yaml',
    'attrflow job plan job.yaml --out plan.json --html plan.html',
    'attrflow job apply job.yaml --plan plan.json',
    'attrflow job run job.yaml',
    'attrflow job run job.yaml --interval 40',
    'attrflow job worker job.yaml --store postgres://attrflow@db.example/attrflow?schema=hr --interval 40',
    'attrflow job log job.yaml --status failure',
    'attrflow job restart job.yaml --scope ForceDeletes',
  ],
  async run(args, io) {
    const [verb, path, ...more] = args.positionals
    const act =
      verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb as keyof typeof verbs] : undefined
    if (verb === 'init') {
      if (path === undefined || more.length > 0) throw new UsageError('job init needs one schema file')
      return newJob(path, args.options, args, io)
    }
    if (act === undefined) {
      const names = ['init', ...Object.keys(verbs)]
      const near = verb === undefined ? undefined : closest(verb, names)
      const unknown = verb === undefined ? '' : `, not ${shown(verb)}`
      const meant = near === undefined ? 'attrflow help job shows how' : `did you mean ${near}?`
      throw new UsageError(`job takes ${names.join(', ')}${unknown}; ${meant}`)
    }
    if (path === undefined || more.length > 0) throw new UsageError(`job ${verb} needs one job file`)
    try {
      const job = await openJob(path, args, io)
      const { store } = args.options
      if (store === undefined) return await act(job, args, io)
      // Like other options, it is relative to the current folder; a state in the file is relative to that file.
      const state = isPostgres(store) ? store : resolve(io.files.directory, store)
      return await act({ ...job, file: { ...job.file, state } }, args, io)
    } catch (error) {
      if (error instanceof MissingDriver) throw new UsageError(error.message)
      throw error
    }
  },
})
