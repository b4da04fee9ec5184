import { createContext } from '../../index.js'
import {
  type CompiledObjectMapping,
  DuplicateSources,
  identifyingAttributes,
  identityOf,
  type MappedObject,
  type MapRequest,
  mapObject,
  mappedDiagnosticJson,
  mappedObjectJson,
  objectFault,
  objectReasons,
  readingCheck,
  scimRequestOf,
  withoutRedacted,
} from '../../mapping/index.js'
import type { SourceEntry } from '../../sources/index.js'
import { shown } from '../../text/shown.js'
import { clockOption, wholeNumber } from '../arguments.js'
import { type Command, type CommandArguments, defineCommand, languageOptions } from '../command.js'
import { type CliIo, UsageError, type WritableFile } from '../io.js'
import { byteOrderMark, csvOf } from '../mapping/csv-view.js'
import { objectView, outcomeText } from '../mapping/object-view.js'
import { mappingOptions, openMapping, populationOptions } from '../mapping/open-mapping.js'
import {
  nameOfInput,
  notesText,
  openPopulation,
  type Population,
  readTargets,
} from '../mapping/population.js'
import { Progress } from '../mapping/progress.js'
import { Summary } from '../mapping/summary.js'
import { refuseToOverwrite } from '../overwriting.js'
import { cut, pad, plural, widthOf } from '../style.js'

const options = {
  source: populationOptions.source,
  shape: populationOptions.shape,
  'app-roles': populationOptions['app-roles'],
  ...mappingOptions,
  operation: {
    type: 'string',
    choices: ['create', 'update'],
    doc: 'Assume that the target object is missing or there; default: what --target tells, else create',
  },
  target: {
    type: 'string',
    value: 'USERS',
    doc: 'The current objects of the target: SCIM resources, or values by target attribute name',
  },
  scim: populationOptions.scim,
  out: {
    type: 'string',
    value: 'FILE',
    doc: 'Write the objects to a file; the summary stays on the terminal',
  },
  now: populationOptions.now,
  limit: { type: 'string', value: 'N', doc: 'Stop after this many objects' },
  brief: { type: 'boolean', doc: 'One line for each object' },
  csv: { type: 'boolean', doc: 'Short for --format csv: a row for each object, a column for each attribute' },
} as const

type Arguments = CommandArguments<typeof options>

/** Output is collected up to about this many characters before it is written. */
const FLUSH_AT = 1 << 16

/** After so many objects the run no longer looks for contested points. */
const MOST_READINGS = 2_000

/** Writes one entry in the format of a run. */
type Writer = (entry: SourceEntry, mapped: MappedObject | undefined) => string

const jsonWriter = (
  compiled: CompiledObjectMapping,
  identifying: readonly string[],
  args: Arguments,
): Writer => {
  const scim = { compliant: args.options.scim === 'compliant' }
  return (entry, mapped) => {
    if (mapped === undefined || entry.record === undefined) {
      const diagnostics = entry.record === undefined ? entry.diagnostics.map(mappedDiagnosticJson) : []
      const scope = { inScope: false, evaluated: false }
      const empty = { outcome: 'error', scope, attributes: {}, notFlowed: {}, diagnostics }
      return `${JSON.stringify({ line: entry.line, ...empty })}\n`
    }
    const id = identityOf(identifying, entry.record)
    const answer = mappedObjectJson(compiled, mapped, scim)
    return `${JSON.stringify({ line: entry.line, ...(id === undefined ? {} : { id }), ...answer })}\n`
  }
}

const prettyWriter = (
  compiled: CompiledObjectMapping,
  identifying: readonly string[],
  args: Arguments,
  width: number,
): Writer => {
  const scim = { compliant: args.options.scim === 'compliant' }
  const { style } = args
  return (entry, mapped) => {
    if (mapped === undefined || entry.record === undefined) {
      const reason =
        entry.record === undefined ? entry.diagnostics.map(({ message }) => shown(message)).join(' ') : ''
      return `${style.paint('bold', `line ${entry.line}`)}  ${outcomeText('error', style)} ${reason}\n${args.options.brief ? '' : '\n'}`
    }
    const id = identityOf(identifying, entry.record) ?? ''
    const visible = withoutRedacted(compiled, mapped)
    if (args.options.brief) return briefLine(entry.line, id, visible, width, args)
    const title = `line ${entry.line}  ${id}`.trimEnd()
    return objectView(title, compiled, visible, scimRequestOf(compiled, visible, scim), width, style)
  }
}

const csvWriter = (
  compiled: CompiledObjectMapping,
  identifying: readonly string[],
  csv: ReturnType<typeof csvOf>,
): Writer => {
  return (entry, mapped) => {
    if (mapped === undefined || entry.record === undefined)
      return csv.unreadable(
        entry.line,
        entry.record === undefined ? entry.diagnostics.map(({ message }) => message).join(' ') : '',
      )
    const id = identityOf(identifying, entry.record) ?? ''
    return csv.row(entry.line, id, withoutRedacted(compiled, mapped))
  }
}

/** One line: what becomes of an object and, for one that is written, how many attributes flow. */
const briefLine = (
  line: number,
  id: string,
  mapped: MappedObject,
  width: number,
  { style }: Arguments,
): string => {
  const flowing = mapped.attributes.filter(({ decision }) => decision.flows).length
  const [first] = mapped.diagnostics
  const detail =
    first !== undefined
      ? `${first.path === undefined ? '' : `${first.path}: `}${first.message}`
      : mapped.outcome === 'skip' || mapped.outcome === 'delete'
        ? objectReasons[mapped.reason]
        : `${flowing} of ${mapped.attributes.length} attributes flow`
  const head = `${String(line).padStart(4)}  ${pad(cut(id, 36), 36)}  `
  return `${head}${outcomeText(mapped.outcome, style, 8)}${cut(detail, Math.max(40, width - head.length - 8))}\n`
}

/** The last line of JSON: the counts, and what there is to say about the file. */
const summaryLine = (summary: Summary, population: Population, stopped: boolean): string => {
  const { shape, renamed } = population.shaper
  const notes = population.notes().map(({ code, severity, message }) => ({ code, severity, message }))
  const file = {
    ...(shape === undefined ? {} : { shape: shape.name }),
    renamed: Object.fromEntries(renamed),
    missing: population.shaper.missing(),
    notes,
  }
  return `${JSON.stringify({ summary: { ...summary.json(), ...(stopped ? { stopped } : {}), source: file } })}\n`
}

const contextOf = (args: Arguments, compiled: CompiledObjectMapping): NonNullable<MapRequest['context']> => {
  const now = clockOption(args.options.now)
  return createContext(now === undefined ? {} : { now }, compiled.settings)
}

/** Reads, maps and writes. One buffer of output is held, and no more input than has arrived. */
const runMap = async (
  schemaPath: string,
  sourcePath: string,
  args: Arguments,
  io: CliIo,
): Promise<number> => {
  const { out, target } = args.options
  if (out !== undefined)
    await refuseToOverwrite(io, out, { SCHEMA: schemaPath, '--source': sourcePath, '--target': target })
  const limit = wholeNumber('limit', args.options.limit, 1) ?? Number.POSITIVE_INFINITY
  const { compiled } = await openMapping(schemaPath, args.options, args, io)
  const context = contextOf(args, compiled)
  const targets = target === undefined ? undefined : await readTargets(io, target, compiled)
  const operation = args.options.operation as MapRequest['operation']
  const request: MapRequest = {
    context,
    ...(operation === undefined ? {} : { operation }),
    ...(targets === undefined ? {} : { findTargets: (attribute, value) => targets.find(attribute, value) }),
  }
  const file = out === undefined ? undefined : await io.files.create(out)
  const output: Pick<WritableFile, 'write'> = file ?? io.stdout
  const width = widthOf(io.stdout)
  const identifying = identifyingAttributes(compiled)
  const csv = args.format === 'csv' ? csvOf(compiled) : undefined
  const write =
    csv !== undefined
      ? csvWriter(compiled, identifying, csv)
      : args.format === 'json'
        ? jsonWriter(compiled, identifying, args)
        : prettyWriter(compiled, identifying, args, width)
  const signal = io.interruption?.()
  const population = await openPopulation(io, sourcePath, compiled, args.options)
  const summary = new Summary()
  const duplicates = new DuplicateSources(compiled)
  // For people the run says on which contested points it depends; looking at each object twice would slow a large one.
  const dependsOn = args.format !== 'pretty' ? undefined : readingCheck(compiled, languageOptions(args))
  const contested = new Map<string, number>()
  const progress = new Progress(io, file !== undefined || !io.stdout.isTTY)
  /** Maps an entry and writes it; whatever fails is the error of this object alone. */
  const written = (entry: SourceEntry): { mapped: MappedObject | undefined; text: string } => {
    if (entry.record === undefined) return { mapped: undefined, text: write(entry, undefined) }
    const { record, line } = entry
    let mapped = mapObject(compiled, record, request)
    try {
      mapped = duplicates.check(mapped, record, line)
      if (summary.total < MOST_READINGS)
        for (const { point } of dependsOn?.(record, mapped, request) ?? [])
          contested.set(point.id, (contested.get(point.id) ?? 0) + 1)
      return { mapped, text: write(entry, mapped) }
    } catch (thrown) {
      const failed: MappedObject = {
        ...mapped,
        outcome: 'error',
        reason: 'EvaluationFailed',
        attributes: [],
        matchKeys: [],
        diagnostics: [objectFault(thrown)],
      }
      return { mapped: failed, text: write(entry, failed) }
    }
  }
  let buffer = csv === undefined ? '' : `${file === undefined ? '' : byteOrderMark}${csv.header}`
  const flush = async (): Promise<void> => {
    if (buffer === '') return
    await progress.clear()
    await output.write(buffer)
    buffer = ''
  }
  try {
    run: for await (const entries of population.entries(signal)) {
      for (const entry of entries) {
        if (summary.total >= limit || signal?.aborted === true) break run
        const { mapped, text } = written(entry)
        if (mapped !== undefined) summary.add(mapped.outcome, mapped.reason, mapped.diagnostics)
        else summary.add('error', 'unreadable', entry.record === undefined ? entry.diagnostics : [])
        buffer += text
        if (buffer.length >= FLUSH_AT) {
          await flush()
          await progress.show(summary)
        }
      }
      await flush()
    }
  } catch (error) {
    await file?.discard()
    throw error
  }
  const stopped = signal?.aborted === true
  if (args.format === 'json') buffer += summaryLine(summary, population, stopped)
  await flush()
  await file?.close()
  await progress.clear()
  await io.stderr.write(notesText(sourcePath, population.notes()))
  for (const [id, count] of contested)
    await io.stderr.write(
      `${plural(count, 'result')} ${count === 1 ? 'depends' : 'depend'} on the contested point ${id}; attrflow explain --readings shows how\n`,
    )
  const toStandardOutput = args.format === 'pretty' || file !== undefined
  await (toStandardOutput ? io.stdout : io.stderr).write(
    summary.render(toStandardOutput ? args.style : args.errorStyle, stopped),
  )
  if (stopped) return 130
  if (summary.unreadable) throw new UsageError(`nothing in ${nameOfInput(sourcePath)} could be read`)
  return summary.failed ? 1 : 0
}

export const mapCommand: Command = defineCommand({
  name: 'map',
  summary: 'Map a population through an object mapping of a schema',
  usage: [
    'SCHEMA --source USERS [--object-mapping NAME] [--json] [--out FILE] …',
    'SCHEMA --source USERS --operation create|update|--target USERS …',
  ],
  details: [
    'For each object: what is done with it and why, the deciding part of the scope, the match query, the attributes ' +
      'that flow and those that do not with the reason, what failed, and for SCIM targets the request. One object that ' +
      'fails does not stop the run. An empty CSV cell is an absent attribute. Values of Redact are shown as [Redact].',
    'With --json, each object is one line: {"line", "id"?, "outcome": "create"|"update"|"disable"|"delete"|"skip"|' +
      '"error", "reason", "scope": {"inScope"}, "attributes": {}, "notFlowed": {}, "diagnostics": [], "scim"?}; it holds ' +
      'redacted values and names them in "redacted". The last line is {"summary": {"objects", "outcomes", "reasons", "errors", ' +
      '"source": {"shape"?, "renamed", "missing", "notes"}}}; the summary for people goes to standard error.',
    'With --csv, each object is a row: line, id, outcome, reason, diagnostics, and a column for each target attribute with the ' +
      'value that flows; lists are joined by ;, and a cell that a spreadsheet would take for a formula begins with an apostrophe.',
    'Exit code 1 means that an object failed or a line could not be read, 2 that nothing could be read, 130 that Ctrl-C stopped the run.',
  ],
  options,
  formats: ['pretty', 'json', 'csv'],
  examples: [
    'attrflow map schema.json --source users.ndjson',
    'attrflow map schema.json --source users.csv --csv --out result.csv',
    'attrflow map schema.json --source users.csv --target current.json --json --out result.ndjson',
    'attrflow map schema.json --source users.json --object-mapping "User->User" --operation update --brief',
  ],
  async run(args, io) {
    const [schema, ...more] = args.positionals
    if (schema === undefined || more.length > 0)
      throw new UsageError('map needs one schema file; attrflow help map shows how')
    const { source, target } = args.options
    if (source === undefined) throw new UsageError('map needs the objects: --source USERS')
    if ([schema, source, target].filter((path) => path === '-').length > 1)
      throw new UsageError('standard input can be read only once')
    if (args.options.csv && args.format !== 'pretty' && args.format !== 'csv')
      throw new UsageError(`--csv and --format ${args.format} contradict each other`)
    return runMap(schema, source, args.options.csv ? { ...args, format: 'csv' } : args, io)
  },
})
