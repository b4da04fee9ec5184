import { createHash } from 'node:crypto'
import {
  csvWriter,
  EntryMapper,
  type EntryWriter,
  jsonWriter,
  type RunFingerprint,
} from '../../cycle/index.js'
import { createContext } from '../../index.js'
import {
  type CompiledObjectMapping,
  type MappedObject,
  type MapRequest,
  readingCheck,
} from '../../mapping/index.js'
import type { SourceRecord } from '../../values/record.js'
import { clockOption, wholeNumber } from '../arguments.js'
import { type CommandArguments, languageOptions } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { refuseToOverwrite } from '../overwriting.js'
import { plural, widthOf } from '../style.js'
import { type Destination, openDestination } from './destination.js'
import type { mapOptions } from './map-options.js'
import { openMapping } from './open-mapping.js'
import {
  nameOfInput,
  notesText,
  openEscrow,
  openPopulation,
  type Population,
  readTargets,
} from './population.js'
import { prettyWriter } from './pretty-writer.js'
import { Progress } from './progress.js'
import { summaryView } from './summary-view.js'

type Arguments = CommandArguments<typeof mapOptions>

/** After so many objects the run no longer looks for contested points. */
const MOST_READINGS = 2_000

/** What stands in front of a file for Excel to read it as UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

/** What is read, by path. */
interface Inputs {
  readonly schema: string
  /** The population, or the escrow that is replayed. */
  readonly objects: string
  readonly replayed: boolean
}

const writerFor = (compiled: CompiledObjectMapping, args: Arguments, io: CliIo): EntryWriter => {
  const scim = { compliant: args.options.scim === 'compliant' }
  if (args.format === 'json') return jsonWriter(compiled, scim)
  if (args.format === 'pretty') {
    const { brief } = args.options
    return prettyWriter(compiled, { brief, scim, width: widthOf(io.stdout), style: args.style })
  }
  const csv = csvWriter(compiled)
  return args.options.out === undefined ? csv : { ...csv, header: `${BYTE_ORDER_MARK}${csv.header}` }
}

/** Everything that the results of a run depend on. */
const fingerprintOf = async (
  { schema, objects }: Inputs,
  text: string,
  args: Arguments,
  io: CliIo,
): Promise<RunFingerprint> => {
  const { out: _out, resume: _resume, limit: _limit, 'checkpoint-every': _every, ...options } = args.options
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
  const targets = target === undefined ? undefined : await readTargets(io, target, compiled)
  const operation = args.options.operation as MapRequest['operation']
  return {
    context: createContext({ now }, compiled.settings),
    ...(operation === undefined ? {} : { operation }),
    ...(targets === undefined ? {} : { findTargets: (attribute, value) => targets.find(attribute, value) }),
  }
}

/** Counts on which contested points the first objects of a run depend; looking at each object twice would slow a large one. */
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

/** The last line of JSON: the counts, and what there is to say about the file. */
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

/** Refuses to write over what is read, before anything is. */
const refuseLoss = async (
  { schema, objects, replayed }: Inputs,
  args: Arguments,
  io: CliIo,
): Promise<void> => {
  const { out, escrow, target } = args.options
  const read = { SCHEMA: schema, [replayed ? '--replay' : '--source']: objects, '--target': target }
  if (out !== undefined) await refuseToOverwrite(io, out, read)
  if (escrow === undefined) return
  await refuseToOverwrite(io, escrow, read, '--escrow')
  if (out !== undefined && (await io.files.isSame(out, escrow)))
    throw new UsageError('--out and --escrow name one file; the escrow needs a file of its own')
}

/** Reads, maps and writes a population. Gives the exit code. */
export const runMap = async (inputs: Inputs, args: Arguments, io: CliIo): Promise<number> => {
  await refuseLoss(inputs, args, io)
  const { out, escrow, resume } = args.options
  const limit = wholeNumber('limit', args.options.limit, 1) ?? Number.POSITIVE_INFINITY
  const every = wholeNumber('checkpoint-every', args.options['checkpoint-every'], 1) ?? 20_000
  const { compiled, source } = await openMapping(inputs.schema, args.options, args, io)
  if (resume && inputs.objects === '-')
    throw new UsageError(
      '--resume reads the objects from their beginning: give a file instead of standard input',
    )
  const clock = clockOption(args.options.now)?.toISOString() ?? new Date().toISOString()
  const population = await (inputs.replayed ? openEscrow : openPopulation)(
    io,
    inputs.objects,
    compiled,
    args.options,
  )
  const size = (await io.files.facts(inputs.objects))?.size
  const destination = await openDestination(io, {
    out,
    escrow,
    resume,
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
    const mapper = new EntryMapper({
      compiled,
      request,
      writer,
      escrow: escrow !== undefined,
      resumed,
      watch: contested?.watch,
    })
    if (resumed === undefined || resumed.entries === 0)
      await destination.write({ output: writer.header, escrow: '' })
    const done = await mapEntries({ population, mapper, destination, limit, every, size, io, signal })
    const stopped = signal?.aborted === true
    if (args.format === 'json' && (!stopped || out === undefined))
      await destination.write({ output: summaryLine(mapper, population, stopped), escrow: '' })
    const left = stopped ? await destination.stop(done, mapper) : await destination.finish()
    await io.stderr.write(notesText(inputs.objects, population.notes()))
    for (const [id, count] of contested?.found ?? [])
      await io.stderr.write(
        `${plural(count, 'result')} ${count === 1 ? 'depends' : 'depend'} on the contested point ${id}; attrflow explain --readings shows how\n`,
      )
    const toStandardOutput = args.format === 'pretty' || out !== undefined
    const stream = toStandardOutput ? io.stdout : io.stderr
    const style = toStandardOutput ? args.style : args.errorStyle
    await stream.write(summaryView(mapper.report, style, widthOf(stream), stopped))
    if (stopped) {
      await io.stderr.write(left ?? '')
      return 130
    }
    if (mapper.report.unreadable)
      throw new UsageError(`nothing in ${nameOfInput(inputs.objects)} could be read`)
    return mapper.report.failed > 0 ? 1 : 0
  } catch (error) {
    await io.stderr.write(await destination.fail())
    throw error
  }
}

interface Mapping {
  readonly population: Population
  readonly mapper: EntryMapper
  readonly destination: Destination
  readonly limit: number
  /** A checkpoint is made after so many entries. */
  readonly every: number
  readonly size: number | undefined
  readonly io: CliIo
  readonly signal: AbortSignal | undefined
}

/** Maps the entries that are not done yet. Gives how many are done then. */
const mapEntries = async (mapping: Mapping): Promise<number> => {
  const { population, mapper, destination, limit, every, size, io, signal } = mapping
  const before = destination.resumed?.entries ?? 0
  const progress = new Progress(io, !destination.isTerminal, before)
  let done = 0
  let saved = before
  try {
    for await (const entries of population.entries(signal)) {
      for (const entry of entries) {
        if (done >= limit || signal?.aborted === true) return done
        done++
        if (done <= before) continue
        const wait = destination.write(mapper.take(entry))
        if (wait !== undefined) await wait
        if (done - saved >= every) {
          saved = done
          await progress.clear()
          await destination.checkpoint(done, mapper)
        }
      }
      await destination.pause()
      await progress.show({ report: mapper.report, read: population.bytesRead, size })
    }
    return done
  } finally {
    await progress.clear()
  }
}
