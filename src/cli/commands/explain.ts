import { provisioningResult } from '../../graph/index.js'
import { createContext, type SourceRecord, textForm } from '../../index.js'
import {
  type CompiledObjectMapping,
  type DependsOn,
  identifyingAttributes,
  type MappedObject,
  type MapRequest,
  mapObject,
  readingCheck,
  scimRequestOf,
  withoutRedacted,
} from '../../mapping/index.js'
import { readingFinding } from '../../mapping/readings.js'
import type { Note, SourceEntry } from '../../sources/index.js'
import { shown } from '../../text/shown.js'
import { exactJson } from '../../values/exact-json.js'
import { readAttribute } from '../../values/record.js'
import { type CaseOptions, caseOfObject, type TestFile, testFileText } from '../../verify/index.js'
import { storyOf } from '../../views/index.js'
import { clockOption, wholeNumber } from '../arguments.js'
import { type CommandArguments, type CommandBody, defineCommand, languageOptions } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { openMapping, refuseMoreThanSchema } from '../mapping/open-mapping.js'
import {
  faultOf,
  nameOfInput,
  notesText,
  openPopulation,
  type Population,
  readTargets,
} from '../mapping/population.js'
import { readingLines } from '../mapping/readings-view.js'
import { storyView } from '../mapping/story-view.js'
import { mappingOptions, populationOptions } from '../shared-options.js'
import { widthOf } from '../style.js'

const options = {
  source: populationOptions.source,
  shape: populationOptions.shape,
  'app-roles': populationOptions['app-roles'],
  id: {
    type: 'string',
    value: 'X',
    doc: 'The object with this id, matching attribute, user name or employee number',
  },
  line: { type: 'string', value: 'N', doc: 'The object on this line' },
  number: {
    type: 'string',
    value: 'N',
    doc: 'The object with this number, counted from 1 over the whole file',
  },
  ...mappingOptions,
  operation: {
    type: 'string',
    choices: ['create', 'update'],
    doc: 'Assume that the target object is missing (create) or exists (update)',
  },
  target: { type: 'string', value: 'USERS', doc: 'The current objects of the target' },
  scim: populationOptions.scim,
  trace: { type: 'boolean', doc: 'Show the value of every sub-expression' },
  readings: { type: 'boolean', doc: 'Name the contested points on which the result depends' },
  now: populationOptions.now,
  'as-test': {
    type: 'boolean',
    doc: 'Print a test file instead, whose case expects the current result of the object',
  },
} as const

type Arguments = CommandArguments<typeof options>

const carries = (record: SourceRecord, names: readonly string[], id: string): boolean =>
  names.some((name) => {
    const text = textForm(readAttribute(record, name))
    return typeof text === 'string' && text.toLowerCase() === id.toLowerCase()
  })

const eachOf = async function* (population: Population): AsyncGenerator<SourceEntry> {
  for await (const entries of population.entries()) yield* entries
}

/** Finds the entry that the arguments name. */
const findEntry = async (
  population: Population,
  compiled: CompiledObjectMapping,
  args: Arguments,
): Promise<SourceEntry> => {
  const { path } = population
  const line = wholeNumber('line', args.options.line, 1)
  const wanted = wholeNumber('number', args.options.number, 1)
  const { id } = args.options
  const names = identifyingAttributes(compiled)
  let unreadable: string | undefined
  let [number, onLine] = [0, 0]
  let first: SourceEntry | undefined
  for await (const entry of eachOf(population)) {
    number++
    if (number === wanted) return entry
    if (entry.line === line) {
      first ??= entry
      onLine++
    } else if (first !== undefined) break
    if (entry.record === undefined) unreadable ??= faultOf(path, entry)
    if (id !== undefined && entry.record !== undefined && carries(entry.record, names, id)) return entry
  }
  if (first !== undefined && onLine === 1) return first
  if (onLine > 1)
    throw new UsageError(
      `line ${line} of ${nameOfInput(path)} holds ${onLine} objects; choose one with --id X, or with --number N by its place in the file`,
    )
  const sought =
    wanted !== undefined
      ? `with the number ${wanted}; it has ${number}`
      : line === undefined
        ? `with the id ${id}; searched were ${names.join(', ')}`
        : `on line ${line}`
  const removed = population.shaper.notes().find(({ code }) => code === 'AF4923')
  const hidden = [unreadable, removed === undefined ? undefined : shown(removed.message)]
    .map((text) => (text === undefined ? '' : `\n${text}`))
    .join('')
  throw new UsageError(`${nameOfInput(path)} has no object ${sought}${hidden}`)
}

/** The notes that concern this object: missing attributes only if this object lacks them, too. */
const notesOn = (population: Population, { record }: SourceEntry): readonly Note[] =>
  record === undefined ? [] : population.notes()

/** The text of a test file with the object as its case. */
const testOf = (
  schema: string,
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  request: CaseOptions,
  args: Arguments,
): string => {
  const { 'object-mapping': objectMapping, rule, job } = args.options
  const { case: made, hidden } = caseOfObject(compiled, record, request)
  const file: TestFile = {
    schema,
    ...(objectMapping === undefined ? {} : { objectMapping }),
    ...(rule === undefined ? {} : { rule }),
    ...(job === undefined ? {} : { job }),
    now: request.now,
    ...(Object.keys(args.settings).length === 0 ? {} : { settings: { ...args.settings } }),
    cases: [made],
  }
  if (args.format === 'json') return `${exactJson(file)}\n`
  return testFileText(file, [
    'Run with: attrflow test FILE; the schema is relative to this file',
    ...(args.functions === undefined ? [] : [`It needs functions: --functions ${args.functions.path}`]),
    ...(hidden.length === 0
      ? []
      : [`Values of Redact are hidden: this case has [Redact] in ${hidden.join(', ')}`]),
  ])
}

const readingsText = (readings: readonly DependsOn[], { diagnostics }: MappedObject): string => {
  if (readings.length > 0) return readingLines(readings).join('\n')
  return diagnostics.some(({ code }) => code === 'AF4922')
    ? 'The result depends on leaving-scope-in-active-directory (semantics 38); no setting chooses its reading.'
    : 'The result depends on no contested point.'
}

const runExplain = async (schema: string, source: string, args: Arguments, io: CliIo): Promise<number> => {
  const { target, operation, scim, trace } = args.options
  const { compiled } = await openMapping(schema, args.options, args, io)
  const now = clockOption(args.options.now) ?? new Date()
  const context = createContext({ now }, compiled.settings)
  const population = await openPopulation(io, source, compiled, args.options)
  const entry = await findEntry(population, compiled, args)
  await io.stderr.write(notesText(source, notesOn(population, entry)))
  if (entry.record === undefined) throw new UsageError(faultOf(source, entry))
  const [findTargets] = await readTargets(io, target, compiled)
  const request: MapRequest = {
    context,
    ...(operation === undefined ? {} : { operation: operation as 'create' | 'update' }),
    ...(findTargets === undefined ? {} : { findTargets }),
  }
  if (args.options['as-test']) {
    const file = testOf(schema, compiled, entry.record, { ...request, now: now.toISOString() }, args)
    await io.stdout.write(file)
    return 0
  }
  const whole = mapObject(compiled, entry.record, request)
  const mapped = withoutRedacted(compiled, whole)
  // Compares the actual values, because a hidden one differs from every other.
  const readings = args.options.readings
    ? readingCheck(compiled, languageOptions(args))(entry.record, whole, request)
    : undefined
  if (args.format === 'json') {
    const result = provisioningResult(compiled, entry.record, mapped, now.toISOString())
    const answer = readings === undefined ? result : { ...result, readings: readings.map(readingFinding) }
    await io.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
  } else {
    const sent = scimRequestOf(compiled, mapped, { compliant: scim === 'compliant' })
    const story = storyOf(compiled, entry.record, mapped, sent)
    const told = {
      story,
      compiled,
      record: entry.record,
      mapped,
      request: sent,
      findTargets: request.findTargets,
      trace: trace ? context : undefined,
    }
    const title = `${story.title} (${nameOfInput(source)}:${entry.line})`
    await io.stdout.write(storyView(title, told, widthOf(io.stdout), args.style))
  }
  if (readings !== undefined && args.format !== 'json')
    await io.stdout.write(`\n${readingsText(readings, mapped)}\n`)
  return mapped.outcome === 'error' ? 1 : 0
}

export const explainCommand: CommandBody = defineCommand({
  usage: ['SCHEMA --source USERS --id X|--line N|--number N [--trace|--as-test]'],
  details: [
    'The steps are those of on-demand provisioning: the attributes that are read, each clause of the scope with the value it tested, ' +
      'the match queries, every attribute with its expression, value and reason, and the SCIM request. With --json ' +
      'they have the form of Graph’s provisioning steps, in which every value is text; --readings adds the member readings: point, decision, says, difference. Values of Redact are hidden.',
    '--as-test prints a test file. Save it beside the schema as NAME.test.yaml; attrflow test runs it.',
  ],
  options,
  json: [
    {
      members: {
        key: 'The result of the call, in the form of Graph’s provisionOnDemand',
        value: 'What was done, in the form of Graph’s provisioning log',
        'value.action': 'Create, Update, Disable, Delete or Other',
        'value.changeId': 'null',
        'value.startTime': 'When it began',
        'value.endTime': 'When it ended',
        'value.modifiedProperties': 'The attributes that change: displayName, oldValue, newValue',
        'value.provisioningSteps': 'The steps: name, type, status, description, timestamp and details',
        'value.reportableIdentifier': 'The identifier of the object',
        'value.statusInfo': 'The status; for failures also code, reason and advice',
        'value.sourceIdentity': 'The object',
        'value.sourceSystem': 'The source',
        'value.targetIdentity': 'The object of the target',
        'value.targetSystem': 'The target',
        readings: 'With --readings: the contested points on which the result depends',
        'readings[].point': 'The id of the point',
        'readings[].decision': 'The section of the semantics that decides it',
        'readings[].says': 'The other reading',
        'readings[].difference': 'What would differ',
      },
    },
    {
      with: '--as-test',
      members: {
        schema: 'The schema',
        now: 'The time of the evaluation',
        cases: 'One case: name, input and expect',
      },
    },
  ],
  examples: [
    'attrflow explain schema.json --source users.ndjson --id ada.tester@contoso.com',
    'attrflow explain schema.json --source workers.csv --line 4 --trace',
    'attrflow explain schema.json --source workers.csv --line 4 --as-test > worker.test.yaml',
  ],
  async run(args, io) {
    const [schema, ...more] = args.positionals
    if (schema === undefined)
      throw new UsageError('explain needs one schema file; attrflow help explain shows how')
    refuseMoreThanSchema('explain', schema, more, args.options.source)
    const { source, id, line, number } = args.options
    if (source === undefined) throw new UsageError('explain needs the objects: --source USERS')
    if ([id, line, number].filter((one) => one !== undefined).length !== 1)
      throw new UsageError('explain needs one object: --id X, --line N or --number N')
    return runExplain(schema, source, args, io)
  },
})
