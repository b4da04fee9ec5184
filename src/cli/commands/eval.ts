import { outcomeJson } from '../../batch.js'
import { type OtherOutcome, otherOutcomes } from '../../expression/readings.js'
import {
  type CompiledExpression,
  compileExpression,
  createContext,
  type Diagnostic,
  display,
  hasErrors,
  isRedacted,
  kindOf,
  type Outcome,
  redactingCalls,
  type SourceRecord,
  type Span,
  textForm,
} from '../../index.js'
import { miscasedAttributes } from '../../lint/miscased-attributes.js'
import { readingFinding, readingText } from '../../mapping/readings.js'
import { isJsonObject } from '../../values/json-object.js'
import { REDACTED } from '../../values/redacted.js'
import { resolveSettings } from '../../values/resolve-settings.js'
import { clockOption } from '../arguments.js'
import { type CommandArguments, type CommandBody, defineCommand, languageOptions } from '../command.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { evaluationMembers } from '../json-form.js'
import { quoting } from '../quoting.js'
import { jsonFrom } from '../read-json-file.js'
import { reportFrames } from '../report.js'
import { populationOptions } from '../shared-options.js'
import { widthOf } from '../style.js'
import { renderTrace, traceJson } from '../trace-view.js'

const options = {
  input: {
    type: 'string',
    value: 'FILE|JSON',
    doc: 'The source object: JSON, a JSON file, or - for standard input',
  },
  attribute: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    doc: 'One attribute, as text; several with the same name make a list',
  },
  now: { type: 'string', value: 'ISO', doc: 'The current time, ISO 8601; UTC if it has no zone' },
  trace: { type: 'boolean', doc: 'Show the value of every sub-expression' },
  file: { type: 'string', value: 'FILE', doc: 'The file that contains the expression' },
  readings: {
    type: 'boolean',
    doc: 'Also evaluate by the other readings of contested points, and name those with a different result',
  },
  source: populationOptions.source,
  shape: populationOptions.shape,
  'app-roles': populationOptions['app-roles'],
  limit: { type: 'string', value: 'N', doc: 'With --source: stop after this many objects' },
  batch: {
    type: 'boolean',
    doc: 'Evaluate requests from FILE or standard input, one JSON object on each line, and answer each with a line',
  },
} as const

type Arguments = CommandArguments<typeof options>

/** The source object: --input, overridden by each --attribute. */
const readInput = async (args: Arguments, io: CliIo): Promise<SourceRecord> => {
  const { input, attribute } = args.options
  const record = new Map<string, unknown>()
  if (input !== undefined) {
    const inline = input.trimStart().startsWith('{')
    const name = inline ? '--input' : input
    const value = jsonFrom(inline ? input : await readText(io, input), name)
    if (!isJsonObject(value)) throw new UsageError(`${name} must contain one JSON object`)
    for (const [key, member] of Object.entries(value)) record.set(key, member)
  }
  const texts = new Map<string, string[]>()
  for (const pair of attribute) {
    const equals = pair.indexOf('=')
    if (equals < 1) throw new UsageError(`--attribute takes NAME=VALUE, not ${pair}`)
    const name = pair.slice(0, equals)
    texts.set(name, [...(texts.get(name) ?? []), pair.slice(equals + 1)])
  }
  for (const [name, values] of texts) record.set(name, values.length === 1 ? values[0] : values)
  return Object.fromEntries(record)
}

const readExpression = async (args: Arguments, io: CliIo): Promise<string> => {
  const [expression, ...more] = args.positionals
  const { file } = args.options
  if (file !== undefined && expression !== undefined)
    throw new UsageError('give the expression or --file, not both')
  if (more.length > 0)
    throw new UsageError(
      'eval takes one expression; put it in quotes, so that the shell passes it as one argument',
    )
  if (file !== undefined) return (await readText(io, file)).trimEnd()
  if (expression === undefined) throw new UsageError('eval needs an expression; attrflow help eval shows how')
  return expression === '-' ? (await readText(io, '-')).trimEnd() : expression
}

/** An outcome in words. */
export const inWords = (outcome: Exclude<Outcome, { kind: 'error' }>, hidden: boolean): string => {
  switch (outcome.kind) {
    case 'null':
      return 'null: the expression has no value'
    case 'ignoreAttribute':
      return 'ignore attribute: the attribute does not flow'
    case 'ignoreObject':
      return 'ignore object: the whole object is skipped'
    case 'value': {
      const { value } = outcome
      const kind = kindOf(value)
      if (hidden) return `${kind}: ${REDACTED}`
      if (kind === 'object') return `object: ${String(textForm(value))}`
      if (typeof value === 'string') return `string: ${JSON.stringify(value)}`
      if (!Array.isArray(value)) return `${kind}: ${display(value)}`
      const texts = textForm(value) as readonly string[]
      return [`list of ${value.length}`, ...texts.map((text) => `  ${JSON.stringify(text)}`)].join('\n')
    }
  }
}

const printJson = async (
  compiled: CompiledExpression,
  diagnostics: readonly Diagnostic[],
  outcome: Outcome,
  trace: ReturnType<CompiledExpression['trace']>,
  redacted: readonly Span[],
  readings: readonly OtherOutcome[] | undefined,
  io: CliIo,
): Promise<void> => {
  const answer = {
    ...outcomeJson(outcome, diagnostics),
    ...(isRedacted(compiled.expression.span, redacted) ? { redacted: true } : {}),
    ...(trace === undefined ? {} : { trace: traceJson(trace, compiled.source.text, redacted) }),
    ...(readings === undefined
      ? {}
      : {
          readings: readings.map(({ point, reading, outcome: other }) => ({
            point: point.id,
            decision: point.decision,
            says: reading.says,
            ...outcomeJson(other, other.kind === 'error' ? other.diagnostics : []),
          })),
        }),
  }
  await io.stdout.write(
    `${JSON.stringify(answer, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`,
  )
}

const print = async (
  compiled: CompiledExpression,
  diagnostics: readonly Diagnostic[],
  outcome: Outcome,
  trace: ReturnType<CompiledExpression['trace']>,
  redacted: readonly Span[],
  args: Arguments,
  io: CliIo,
): Promise<void> => {
  const { source, expression } = compiled
  await reportFrames(diagnostics, source, args.errorStyle, io)
  if (trace !== undefined) {
    const tree = renderTrace(trace, source.text, redacted, widthOf(io.stdout), args.style)
    await io.stdout.write(`${tree}\n`)
  }
  if (outcome.kind !== 'error')
    await io.stdout.write(`${inWords(outcome, isRedacted(expression.span, redacted))}\n`)
  else if (!hasErrors(diagnostics)) await reportFrames(outcome.diagnostics, source, args.errorStyle, io)
}

export const evalCommand: CommandBody = defineCommand({
  usage: [
    'EXPRESSION [--input FILE|JSON] [--attribute NAME=VALUE …] [--now ISO] [--trace]',
    'EXPRESSION --source USERS [--limit N]',
    '--file FILE [--input FILE|JSON] …',
    '--batch [FILE|-]',
  ],
  details: [
    'The EXPRESSION - means standard input. Exit code 1 means that the expression has an error or failed.',
    'With --source, the expression is evaluated for every object of a population: a table, or with --json a line ' +
      '{"line", "id"?, "outcome", "value"?, "text"?, "diagnostics"} for each object and {"summary": {"objects", ' +
      '"outcomes", "errors"}} at the end. Exit code 1 then means that it failed for an object.',
    'A line for --batch is {"id"?, "expression", "input"?: {}, "dialect"?, "now"?, "taken"?: [], "settings"?: {}}, ' +
      'its answer {"id"?, "outcome": "value"|"null"|"ignoreAttribute"|"ignoreObject"|"error", "value"?, "text"?, ' +
      '"diagnostics": []}. Exit code 1 means that a line could not be read; outcomes do not change it.',
    quoting,
  ],
  options,
  json: [
    {
      members: {
        ...evaluationMembers,
        trace:
          'With --trace: the expression and, in children, its parts, each with expression, span, outcome, value and text',
        readings: 'With --readings: the contested points on which the result depends',
        'readings[].point': 'The id of the point',
        'readings[].decision': 'The section of the semantics that decides it',
        'readings[].says': 'The other reading',
        'readings[].outcome': 'The outcome under that reading; value, text and diagnostics as above',
        'readings[].value': 'As above',
        'readings[].text': 'As above',
        'readings[].diagnostics': 'As above',
      },
    },
    {
      with: '--source',
      lines: true,
      members: {
        line: 'The line of the object',
        id: 'Its identifier, if it has one',
        ...evaluationMembers,
        summary: 'Only in the last line, which has no other member',
        'summary.objects': 'The number of objects',
        'summary.outcomes': 'The number of objects by outcome',
        'summary.errors': 'The number of errors by code',
      },
    },
  ],
  examples: [
    `attrflow eval 'Join(" ", [givenName], [surname])' --attribute givenName=Ada --attribute surname=Berg`,
    `attrflow eval 'ToLower([mail])' --input user.json --trace`,
    `attrflow eval 'ToLower([mail])' --source users.csv`,
    'attrflow eval --batch requests.jsonl > answers.jsonl',
  ],
  async run(args, io) {
    const now = clockOption(args.options.now)
    if (args.options.batch) {
      const { file, input, attribute, trace, source } = args.options
      if (file !== undefined || input !== undefined || source !== undefined || attribute.length > 0 || trace)
        throw new UsageError(
          '--batch takes its input from the lines; only --now, --settings and --dialect can be combined with it',
        )
      if (args.positionals.length > 1) throw new UsageError('--batch takes one file')
      const { runBatch } = await import('./eval-batch.js')
      return runBatch(args.positionals[0] ?? '-', args, now, io)
    }
    const text = await readExpression(args, io)
    if (args.options.source !== undefined) {
      const { input, attribute, trace, readings } = args.options
      if (input !== undefined || attribute.length > 0 || trace || readings)
        throw new UsageError(
          '--source takes the objects from a file; only --now, --limit and --shape can be combined with it',
        )
      const { runOverPopulation } = await import('./eval-population.js')
      return runOverPopulation(text, args.options.source, args, now, io)
    }
    const record = await readInput(args, io)
    const compiled = compileExpression(text, languageOptions(args))
    const context = createContext(
      now === undefined ? {} : { now },
      resolveSettings(languageOptions(args).settings),
    )
    // With a trace, its own outcome is shown: a second evaluation could draw other random values.
    const trace = args.options.trace ? compiled.trace(record, context) : undefined
    const outcome = trace?.outcome ?? compiled.evaluate(record, context)
    const redacted = redactingCalls(compiled.calls)
    const diagnostics = hasErrors(compiled.diagnostics)
      ? compiled.diagnostics
      : [...compiled.diagnostics, ...miscasedAttributes(compiled.expression, record)]
    const readings = args.options.readings
      ? otherOutcomes(text, languageOptions(args), record, context, outcome)
      : undefined
    if (args.format === 'json') await printJson(compiled, diagnostics, outcome, trace, redacted, readings, io)
    else {
      await print(compiled, diagnostics, outcome, trace, redacted, args, io)
      if (readings !== undefined)
        await io.stdout.write(readingsText(readings, isRedacted(compiled.expression.span, redacted)))
    }
    return outcome.kind === 'error' ? 1 : 0
  },
})

const readingsText = (readings: readonly OtherOutcome[], hidden: boolean): string =>
  readings.length === 0
    ? 'the result depends on no contested point\n'
    : readings
        .map(({ point, reading, outcome }) => {
          const words =
            outcome.kind === 'error'
              ? `error ${outcome.diagnostics[0]?.code ?? ''}`
              : inWords(outcome, hidden)
          return `${readingText(readingFinding({ point, reading, difference: words }))}\n`
        })
        .join('')
