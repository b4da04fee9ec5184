import { createHash } from 'node:crypto'
import { type EntryMapper, type EntryWriter, NoState, type RunFingerprint } from '../../cycle/index.js'
import { createContext } from '../../index.js'
import {
  type CompiledObjectMapping,
  type MappedObject,
  type MapRequest,
  readingCheck,
} from '../../mapping/index.js'
import { UnreadablePopulation } from '../../sources/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import type { SourceRecord } from '../../values/record.js'
import { clockOption, wholeNumber } from '../arguments.js'
import { type CommandArguments, languageOptions } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { refuseToOverwrite } from '../overwriting.js'
import { lineWidthOf, widthOf } from '../style.js'
import { codegenWhereAllowed } from './backend.js'
import { blockMapping, writerOf } from './block-mapping.js'
import { openDestination } from './destination.js'
import type { mapOptions } from './map-options.js'
import { UnreadableBlock } from './map-thread.js'
import { startWorkers, workersWanted } from './map-workers.js'
import { isPlainNdjson } from './ndjson-file.js'
import { openMapping } from './open-mapping.js'
import {
  nameOfInput,
  notesText,
  openEscrow,
  openPopulation,
  type Population,
  readTargets,
} from './population.js'
import { PopulationRun } from './population-run.js'
import { prettyWriter } from './pretty-writer.js'
import { openState, writeRest } from './previous-state.js'
import { Progress } from './progress.js'
import { reportPage } from './report-page.js'
import { summaryView } from './summary-view.js'

type Arguments = CommandArguments<typeof mapOptions>

/** After this many objects the run no longer looks for contested points. */
const MOST_READINGS = 2_000

/** Excel reads a file as UTF-8 if it begins with this mark. */
const BYTE_ORDER_MARK = '\ufeff'

/** The inputs, by path. */
interface Inputs {
  readonly schema: string
  /** The population, or the escrow to replay. */
  readonly objects: string
  readonly replayed: boolean
}

const writerFor = (compiled: CompiledObjectMapping, args: Arguments, io: CliIo): EntryWriter => {
  const { brief, out, scim } = args.options
  const compliant = scim === 'compliant'
  if (args.format === 'pretty')
    return prettyWriter(compiled, {
      brief,
      scim: { compliant },
      width: lineWidthOf(io.stdout),
      style: args.style,
    })
  const writer = writerOf(args.format as 'json' | 'csv', compiled, compliant)
  return args.format === 'json' || out === undefined
    ? writer
    : { ...writer, header: `${BYTE_ORDER_MARK}${writer.header}` }
}

/** Everything that the results of a run depend on. */
const fingerprintOf = async (
  { schema, objects }: Inputs,
  text: string,
  args: Arguments,
  io: CliIo,
): Promise<RunFingerprint> => {
  const {
    out: _out,
    resume: _resume,
    limit: _limit,
    workers: _workers,
    report: _report,
    ...others
  } = args.options
  const { 'checkpoint-every': _every, ...options } = others
  const { target } = args.options
  const { format, settings, dialect, version, functions } = args
  return {
    [`the schema ${schema}`]: createHash('sha256').update(text).digest('hex'),
    [`the file ${objects}`]: await io.files.facts(objects),
    ...(target === undefined ? {} : { [`the file ${target}`]: await io.files.facts(target) }),
    'an option or setting': { options, format, settings, dialect, functions: functions?.path },
    'the version of attrflow': version,
  }
}

const requestFor = async (
  compiled: CompiledObjectMapping,
  now: string,
  args: Arguments,
  io: CliIo,
): Promise<MapRequest> => {
  const { target } = args.options
  const [findTargets] = await readTargets(io, target, compiled)
  const operation = args.options.operation as MapRequest['operation']
  return {
    context: createContext({ now }, compiled.settings),
    ...(operation === undefined ? {} : { operation }),
    ...(findTargets === undefined ? {} : { findTargets }),
  }
}

/**
 * Counts the contested points on which the results of the first objects depend; evaluating every object twice
 * would slow down a large run.
 */
const contestedPoints = (compiled: CompiledObjectMapping, request: MapRequest, args: Arguments) => {
  const found = new Map<string, number>()
  const dependsOn = readingCheck(compiled, languageOptions(args))
  let looked = 0
  const watch = (record: SourceRecord, mapped: MappedObject): void => {
    if (looked++ >= MOST_READINGS) return
    for (const { point } of dependsOn?.(record, mapped, request) ?? [])
      found.set(point.id, (found.get(point.id) ?? 0) + 1)
  }
  return { found, watch }
}

/** The last line of JSON: the counts, and notes about the file. */
const summaryLine = (mapper: EntryMapper, population: Population, stopped: boolean): string => {
  const { shape, renamed } = population.shaper
  const notes = population.notes().map(({ code, severity, message }) => ({ code, severity, message }))
  const source = {
    ...(shape === undefined ? {} : { shape: shape.name }),
    renamed: Object.fromEntries(renamed),
    missing: population.shaper.missing(),
    notes,
  }
  return `${JSON.stringify({ summary: { ...mapper.report.json(), ...(stopped ? { stopped } : {}), source } })}\n`
}

/** Refuses to overwrite an input file, before anything is written. */
const refuseLoss = async (
  { schema, objects, replayed }: Inputs,
  args: Arguments,
  io: CliIo,
): Promise<void> => {
  const { out, escrow, previous, report, target } = args.options
  const read = { SCHEMA: schema, [replayed ? '--replay' : '--source']: objects, '--target': target }
  const written = { '--out': out, '--escrow': escrow, '--previous': previous, '--report': report }
  for (const [option, path] of Object.entries(written))
    if (path !== undefined) await refuseToOverwrite(io, path, read, option)
}

/** Reads, maps and writes a population. Returns the exit code. */
export const runMap = async (inputs: Inputs, args: Arguments, io: CliIo): Promise<number> => {
  await refuseLoss(inputs, args, io)
  const { out, escrow, resume, 'in-scope-only': inScopeOnly } = args.options
  const limit = wholeNumber('limit', args.options.limit, 1) ?? Number.POSITIVE_INFINITY
  const every = wholeNumber('checkpoint-every', args.options['checkpoint-every'], 1) ?? 20_000
  const threshold = wholeNumber('delete-threshold', args.options['delete-threshold'], 1)
  const workers = workersWanted(args, inputs.replayed, io)
  refuseHalfRuns(args, inputs)
  const backend = args.format === 'pretty' ? undefined : codegenWhereAllowed
  const { compiled, source } = await openMapping(inputs.schema, args.options, args, io, backend)
  if (resume && inputs.objects === '-')
    throw new UsageError('--resume reads the objects again: give a file instead of standard input')
  const clock = clockOption(args.options.now)?.toISOString() ?? new Date().toISOString()
  const open = inputs.replayed ? openEscrow : openPopulation
  const population = await open(io, inputs.objects, compiled, args.options)
  const destination = await openDestination(io, {
    out,
    escrow,
    prints: args.options.previous,
    resume,
    rereadable: inputs.objects !== '-',
    now: clock,
    fingerprint: () => fingerprintOf(inputs, source.text, args, io),
  })
  await io.stderr.write(destination.greeting)
  const signal = io.interruption?.()
  try {
    const request = await requestFor(compiled, destination.now, args, io)
    const contested = args.format === 'pretty' ? contestedPoints(compiled, request, args) : undefined
    const writer = writerFor(compiled, args, io)
    const { resumed } = destination
    if (resumed !== undefined) population.shaper.merge(resumed.source.shaper)
    const state = await openState(args.options.previous, destination, io)
    const { reader, mapper } = blockMapping(
      {
        compiled,
        request,
        writer,
        escrow: escrow !== undefined,
        inScopeOnly,
        resumed,
        previous: state?.previous,
        watch: contested?.watch,
      },
      population.shaper,
    )
    if (resumed === undefined || resumed.entries === 0)
      await destination.write({ output: writer.header, escrow: '' })
    const run = new PopulationRun({
      population,
      mapper,
      reader,
      destination,
      limit,
      every,
      size: (await io.files.facts(inputs.objects))?.size,
      progress: new Progress(io, !destination.isTerminal, mapper.report.total),
      signal,
      startWorkers: () =>
        startWorkers(
          workers,
          {
            schema: { path: inputs.schema, text: source.text, job: args.options.job },
            now: destination.now,
            shape: population.shaper.shape?.name,
          },
          args,
          io,
        ),
    })
    const done = await run.map(!inputs.replayed && (await isPlainNdjson(inputs.objects, io)))
    const stopped = signal?.aborted === true
    const unsure = stopped ? '' : await writeRest(state, mapper, destination)
    if (!stopped && threshold !== undefined && mapper.report.removed >= threshold) {
      await destination.discard()
      await io.stderr.write(refusal(mapper.report.removed, threshold))
      return 1
    }
    if (args.format === 'json' && (!stopped || out === undefined))
      await destination.write({ output: summaryLine(mapper, population, stopped), escrow: '' })
    const left = stopped ? await destination.stop(done, mapper) : await destination.finish()
    await io.stderr.write(notesText(inputs.objects, population.notes()) + unsure)
    for (const [id, count] of contested?.found ?? [])
      await io.stderr.write(
        `${plural(count, 'result')} ${count === 1 ? 'depends' : 'depend'} on the contested point ${id}; attrflow explain --readings shows how\n`,
      )
    const toStandardOutput = args.format === 'pretty' || out !== undefined
    const stream = toStandardOutput ? io.stdout : io.stderr
    const style = toStandardOutput ? args.style : args.errorStyle
    await stream.write(summaryView(mapper.report, style, widthOf(stream), stopped))
    if (args.options.report !== undefined) {
      const facts = {
        schema: nameOfInput(inputs.schema),
        objects: nameOfInput(inputs.objects),
        now: destination.now,
        stopped,
        notes: population.notes().map(({ message }) => message),
      }
      await io.files.write(args.options.report, reportPage(mapper.report, facts))
    }
    if (stopped) {
      await io.stderr.write(left ?? '')
      return 130
    }
    if (mapper.report.unreadable)
      throw new UsageError(`nothing in ${nameOfInput(inputs.objects)} could be read`)
    return mapper.report.failed > 0 ? 1 : 0
  } catch (error) {
    await io.stderr.write(await destination.fail())
    if (error instanceof NoState)
      throw new UsageError(`--previous ${shown(String(args.options.previous))}: ${error.message}`)
    throw error instanceof UnreadableBlock || error instanceof UnreadablePopulation
      ? new UsageError(`${nameOfInput(inputs.objects)} cannot be read: ${error.message}`)
      : error
  }
}

/** Refuses options with which objects would seem to be deleted, or would be written too early. */
const refuseHalfRuns = ({ options }: Arguments, { replayed }: Inputs): void => {
  const { previous, limit, out } = options
  if (options['delete-threshold'] !== undefined && out === undefined)
    throw new UsageError(
      '--delete-threshold needs --out FILE, because nothing is written before all results are known',
    )
  if (previous === undefined) return
  for (const [given, option] of [
    [replayed, '--replay'],
    [limit !== undefined, '--limit'],
    [options['in-scope-only'], '--in-scope-only'],
  ] as const)
    if (given)
      throw new UsageError(
        `--previous and ${option} contradict each other: objects left out would seem to be deleted`,
      )
}

const refusal = (removed: number, threshold: number): string =>
  `${plural(removed, 'object')} would be disabled or deleted, and --delete-threshold is ${threshold}: nothing was written. ` +
  'Without --delete-threshold the output lists them; raise it if they are intended.\n'
