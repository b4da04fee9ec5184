import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parse as parseYaml } from 'yaml'
import { type CompiledObjectMapping, compileMapping, SchemaError } from '../../mapping/index.js'
import { readSchema, type SynchronizationSchema } from '../../schema/index.js'
import { shown } from '../../text/shown.js'
import {
  type AcceptedChange,
  acceptedProblem,
  acceptingLine,
  type ChangeReview,
  type CounterexampleSearch,
  type CoverageGatherer,
  diffMarkdown,
  diffPage,
  EffectGatherer,
  type EffectTag,
  effectTags,
  type MappingEffect,
  reviewChanges,
  type SchemaChange,
  type SchemaDiff,
  schemaChanges,
  searchCounterexample,
  searchLines,
} from '../../verify/index.js'
import { wholeNumber } from '../arguments.js'
import { type CommandArguments, type CommandBody, defineCommand, languageOptions } from '../command.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { faultOf, notesText, openPopulation, readTargets } from '../mapping/population.js'
import { openSchema } from '../schema-file.js'
import { mappingOptions, populationOptions } from '../shared-options.js'
import { cut, pad, plural, type Style, widthOf } from '../style.js'

const options = {
  against: {
    type: 'string',
    value: 'REF',
    doc: 'Compare with the file as it is in this git revision, such as main',
  },
  source: populationOptions.source,
  shape: populationOptions.shape,
  'app-roles': populationOptions['app-roles'],
  target: { type: 'string', value: 'USERS', doc: 'The current objects of the target' },
  ...mappingOptions,
  list: {
    type: 'string',
    choices: Object.keys(effectTags),
    doc: 'Name the objects to which this happens, one a line',
  },
  tries: {
    type: 'string',
    value: 'N',
    doc: 'Without --source: how many generated objects are tried to find a difference. Default 4000; 0: none',
  },
  accepted: {
    type: 'string',
    value: 'FILE',
    doc: 'Changes that were looked at, each with a reason and perhaps a last day: YAML or JSON. They end no pipeline',
  },
  'max-removals': {
    type: 'string',
    value: 'N',
    doc: 'The most objects that NEW may disable or delete. Default 0',
  },
} as const

type Arguments = CommandArguments<typeof options>

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

interface Sides {
  readonly before: SynchronizationSchema
  readonly after: SynchronizationSchema
}

const sidesOf = async (args: Arguments, io: CliIo): Promise<Sides> => {
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

const compiledSide = (
  schema: SynchronizationSchema,
  side: string,
  args: Arguments,
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

const effectOf = async (
  { before, after }: Sides,
  source: string,
  args: Arguments,
  io: CliIo,
): Promise<MappingEffect> => {
  const [old, now] = [compiledSide(before, 'OLD', args), compiledSide(after, 'NEW', args)]
  const { target } = args.options
  const targets = target === undefined ? undefined : await readTargets(io, target, now)
  const gatherer = new EffectGatherer(old, now, {
    request:
      targets === undefined ? {} : { findTargets: (attribute, value) => targets.find(attribute, value) },
  })
  const population = await openPopulation(io, source, now, args.options)
  population.shaper.alsoRead(old.unit.inputs.map(({ name }) => name))
  for await (const entries of population.entries(io.interruption?.())) {
    for (const entry of entries) {
      if (entry.record === undefined) await io.stderr.write(`${faultOf(source, entry)}\n`)
      else gatherer.add(entry.record, entry.line)
    }
  }
  await io.stderr.write(notesText(source, population.notes()))
  return gatherer.effect()
}

/** Looks for an object that both sides treat differently; undefined where it is not clear which mapping is meant. */
const searchOf = async (
  { before, after }: Sides,
  tries: number,
  args: Arguments,
  io: CliIo,
): Promise<CounterexampleSearch | undefined> => {
  try {
    return searchCounterexample(compiledSide(before, 'OLD', args), compiledSide(after, 'NEW', args), {
      tries,
      instrumented: (gatherer) => compiledSide(after, 'NEW', args, gatherer),
    })
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    await io.stderr.write(`attrflow: no counterexample was searched: ${shown(error.message)}\n`)
    return undefined
  }
}

const countOf = (effect: MappingEffect | undefined, ...tags: readonly EffectTag[]): number =>
  tags.reduce((sum, tag) => sum + (effect?.tags[tag]?.count ?? 0), 0)

/** One line that says whether to look closer. */
const verdictOf = (changes: readonly SchemaChange[], effect: MappingEffect | undefined): string => {
  if (effect !== undefined) {
    if (effect.affected === 0)
      return `NEW does the same as OLD to all ${plural(effect.objects, 'object')} of the file, with ${plural(changes.length, 'change')} of the schema`
    const part = (count: number, one: string, several: string): string[] =>
      count === 0 ? [] : [`${count} ${count === 1 ? one : several}`]
    return [
      `${effect.affected} of ${plural(effect.objects, 'object')} ${effect.affected === 1 ? 'is' : 'are'} affected`,
      ...part(countOf(effect, 'deleted', 'disabled'), 'is disabled or deleted', 'are disabled or deleted'),
      ...part(countOf(effect, 'leavesScope'), 'leaves the scope', 'leave the scope'),
      ...part(countOf(effect, 'failed'), 'fails', 'fail'),
    ].join(', ')
  }
  if (changes.length === 0) return 'OLD and NEW are the same'
  const breaking = changes.filter(({ criticality }) => criticality === 'breaking').length
  return `${plural(changes.length, 'change')}${breaking > 0 ? `, of which ${breaking} can hand over, disable or delete accounts` : ''}`
}

const colors = { breaking: 'red', risky: 'yellow', safe: 'green' } as const

const sideText = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)

const prettyDiff = (
  { verdict, changes, effect, search }: SchemaDiff,
  width: number,
  style: Style,
): string => {
  const lines = [style.paint('bold', verdict), '']
  for (const tag of Object.keys(effectTags) as EffectTag[]) {
    const found = effect?.tags[tag]
    if (found === undefined) continue
    const some = found.objects.slice(0, 3).join(', ')
    lines.push(
      cut(
        `  ${String(found.count).padStart(6)}  ${effectTags[tag]}: ${some}${found.count > 3 ? ', …' : ''}`,
        width,
      ),
    )
  }
  if (effect !== undefined && effect.attributes.length > 0) {
    lines.push('', style.paint('bold', 'attributes'))
    for (const { attribute, changed, toNull, fromNull, pairs } of effect.attributes) {
      const share = Math.round((1000 * changed) / Math.max(1, effect.objects)) / 10
      const nulls = [
        ...(toNull > 0 ? [`${toNull} to null`] : []),
        ...(fromNull > 0 ? [`${fromNull} from null`] : []),
      ].join(', ')
      lines.push(
        `  ${pad(cut(attribute, 50), 40)} ${changed} (${share} %)${nulls === '' ? '' : `, ${nulls}`}`,
      )
      for (const pair of pairs)
        lines.push(
          `    ${cut(`${JSON.stringify(pair.before)} → ${JSON.stringify(pair.after)}  ×${pair.count}  ${pair.samples.join(', ')}`, width - 4)}`,
        )
    }
  }
  if (search !== undefined)
    lines.push(
      style.paint('bold', search.counterexample === undefined ? 'search' : 'counterexample'),
      ...searchLines(search).map((line) => `  ${shown(line)}`),
    )
  if (changes.length > 0) {
    lines.push('', style.paint('bold', 'changes of the schema'))
    for (const { path, what, before, after, criticality, reason } of changes) {
      lines.push(`  ${style.paint(colors[criticality], criticality)} ${cut(`${path}: ${what}`, width - 12)}`)
      lines.push(`    OLD ${cut(sideText(before), width - 8)}`, `    NEW ${cut(sideText(after), width - 8)}`)
      lines.push(`    ${style.paint('dim', reason)}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const runDiff = async (args: Arguments, io: CliIo): Promise<number> => {
  const { source, target, list } = args.options
  if (source === undefined && (target !== undefined || list !== undefined))
    throw new UsageError('--target and --list need the objects: --source USERS')
  const most = wholeNumber('max-removals', args.options['max-removals']) ?? 0
  const sides = await sidesOf(args, io)
  const changes = schemaChanges(sides.before, sides.after)
  const review = reviewChanges(changes, await readAccepted(args.options.accepted, io), today())
  const effect = source === undefined ? undefined : await effectOf(sides, source, args, io)
  const tries = wholeNumber('tries', args.options.tries) ?? 4000
  const search =
    source !== undefined || changes.length === 0 || tries === 0
      ? undefined
      : await searchOf(sides, tries, args, io)
  const diff: SchemaDiff = {
    verdict: verdictOf(changes, effect),
    changes,
    effect,
    ...(search === undefined ? {} : { search }),
  }
  const exceeded =
    effect === undefined
      ? review.open.some(({ criticality }) => criticality === 'breaking')
      : countOf(effect, 'deleted', 'disabled') > most || countOf(effect, 'failed') > 0
  if (list !== undefined) {
    const objects = effect?.tags[list as EffectTag]?.objects ?? []
    await io.stdout.write(objects.map((one) => `${shown(one)}\n`).join(''))
  } else if (args.format === 'json') await io.stdout.write(`${JSON.stringify(diff)}\n`)
  else if (args.format === 'markdown') await io.stdout.write(diffMarkdown(diff))
  else if (args.format === 'html') await io.stdout.write(diffPage(diff))
  else await io.stdout.write(prettyDiff(diff, widthOf(io.stdout), args.style))
  await io.stderr.write(reviewText(review, effect === undefined))
  return exceeded ? 1 : 0
}

/** The day of today, in UTC. */
const today = (): string => new Date().toISOString().slice(0, 10)

const readAccepted = async (path: string | undefined, io: CliIo): Promise<readonly AcceptedChange[]> => {
  if (path === undefined) return []
  let value: unknown
  try {
    value = parseYaml(await readText(io, path)) ?? []
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${shown(path)} is not YAML: ${(error as Error).message.split('\n')[0]}`)
  }
  const problem = acceptedProblem(value)
  if (problem !== undefined) throw new UsageError(`${shown(path)}: ${problem}`)
  return value as readonly AcceptedChange[]
}

/** What there is to say about accepted changes, and how to accept those that would end a pipeline. */
const reviewText = ({ open, accepted, expired, unused }: ChangeReview, decides: boolean): string => {
  const breaking = decides ? open.filter(({ criticality }) => criticality === 'breaking') : []
  return [
    ...accepted.map(({ change, by }) => `accepted: ${change.path}: ${change.what}: ${by.reason}`),
    ...expired.map(
      ({ path, what, until }) => `no longer accepted since the end of ${until}: ${path}: ${what}`,
    ),
    ...unused.map(({ path, what }) => `accepted, and not among the changes any more: ${path}: ${what}`),
    ...(breaking.length === 0
      ? []
      : ['to accept what can do harm, add to the file of --accepted:', ...breaking.map(acceptingLine)]),
  ]
    .map((line) => `${shown(line)}\n`)
    .join('')
}

export const diffCommand: CommandBody = defineCommand({
  usage: [
    'OLD NEW [--source USERS [--target USERS]]',
    'SCHEMA --against REF [--source USERS [--target USERS]]',
  ],
  details: [
    'Without a population: what changed, mapping by mapping and clause by clause, and how much harm it can do; and the smallest generated object that OLD and NEW treat differently, or how far the search went. With --source, each object ' +
      'is mapped both ways: how many get other values, enter or leave the scope, are created, disabled, deleted, or fail.',
    'With --accepted, changes that somebody looked at end no pipeline: a list of {path, what, change, reason, until?}. The lines to add ' +
      'are printed; an entry holds for the very change, and no longer than until the day that it names.',
    'Exit code 1: with --source, NEW disables or deletes more objects than --max-removals, or objects fail that did not; ' +
      'without, a change can hand over, disable or delete accounts. 2 is wrong use.',
  ],
  options,
  formats: ['pretty', 'json', 'markdown', 'html'],
  examples: [
    'attrflow diff old.json new.json',
    'attrflow diff schema.json --against main --source users.ndjson --format markdown',
    'attrflow diff old.json new.json --source users.ndjson --list leavesScope',
    'attrflow diff old.json new.json --source users.ndjson --format html > effect.html',
    'attrflow diff schema.json --against main --accepted accepted.yaml',
  ],
  run: runDiff as CommandBody['run'],
})
