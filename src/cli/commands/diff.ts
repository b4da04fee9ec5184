import { resolve } from 'node:path'
import type { DiffLimits } from '../../lint/index.js'
import type { CompiledObjectMapping, ReadingFinding } from '../../mapping/index.js'
import { shown } from '../../text/shown.js'
import { readingLines } from '../../verify/diff/markdown.js'
import {
  breakingOf,
  CauseCounter,
  type ChangeReview,
  type CounterexampleSearch,
  defaultLimits,
  diffMarkdown,
  diffPage,
  EFFECT_PATH,
  type EffectCauses,
  EffectGatherer,
  type EffectOptions,
  EffectReadings,
  exceededLimits,
  type MappingEffect,
  reviewChanges,
  type SchemaDiff,
  schemaChanges,
  searchCounterexample,
  selectionsDiffer,
  verdictOf,
} from '../../verify/index.js'
import { mappingName } from '../../verify/mapping-name.js'
import { clockOption, wholeNumber } from '../arguments.js'
import { configFinder, type OpenConfig, withConfig } from '../checking/config-file.js'
import { type CommandBody, defineCommand, languageOptions } from '../command.js'
import { readAccepted, reviewText, today } from '../comparing/accepted-file.js'
import { acceptedPath, acceptSchema } from '../comparing/accepted-schema.js'
import { type DiffArguments, diffOptions } from '../comparing/options.js'
import { prettyDiff } from '../comparing/pretty.js'
import { chosenSides, type Sides, searchedSides, sidesOf } from '../comparing/sides.js'
import { type CliIo, UsageError } from '../io.js'
import { faultOf, nameOfInput, notesText, openPopulation, readTargets } from '../mapping/population.js'
import { Progress } from '../mapping/progress.js'
import { openSchema } from '../schema-file.js'
import { widthOf } from '../style.js'

/** The most objects that are listed for a tag without --list. */
const MOST_NAMED = 1000

const NOTHING_TAKEN =
  'attrflow: SelectUniqueValue gives its first candidate for every object; with --target USERS, candidates that these users have are taken\n'

/** What a change does to a population. */
interface PopulationEffect {
  /** With --readings: the contested points on which the effect depends. */
  readonly readings: readonly ReadingFinding[] | undefined
  readonly effect: MappingEffect
  readonly causes: EffectCauses
  /** How many entries could not be read. */
  readonly unreadable: number
  /** Whether Ctrl-C ended the comparison before the end of the population. */
  readonly stopped: boolean
}

/** The effect of a change on a population. With --list, the objects are written as they are found. */
const effectOf = async (
  sides: Sides,
  source: string,
  args: DiffArguments,
  io: CliIo,
): Promise<PopulationEffect> => {
  const [before, after] = chosenSides(sides, args)
  const [old, now] = [before(), after()]
  await io.stderr.write(faultsText(old, now))
  const { target, list } = args.options
  const [findOld, findNew] = await readTargets(io, target, old, now)
  if (target === undefined && selectionsDiffer(old, now)) await io.stderr.write(NOTHING_TAKEN)
  const clock = clockOption(args.options.now) ?? (args.options.readings ? new Date() : undefined)
  const options: EffectOptions = {
    ...(clock === undefined ? {} : { request: { context: { now: clock } } }),
    ...(findOld === undefined || findNew === undefined ? {} : { findTargets: [findOld, findNew] }),
    listed: MOST_NAMED,
  }
  const gatherer = new EffectGatherer(old, now, options)
  const readings = args.options.readings
    ? new EffectReadings(old, now, languageOptions(args), options)
    : undefined
  const causes = new CauseCounter()
  const population = await openPopulation(io, source, now, args.options)
  population.shaper.alsoRead(old.unit.inputs.map(({ name }) => name))
  const signal = io.interruption?.()
  const progress = new Progress(io, list === undefined || !io.stdout.isTTY, 0)
  const size = (await io.files.facts(source))?.size
  let [total, affected, unreadable] = [0, 0, 0]
  for await (const entries of population.entries(signal)) {
    // What was read of the last line is not an object.
    if (signal?.aborted === true) break
    for (const entry of entries) {
      total++
      if (entry.record === undefined) {
        unreadable++
        await progress.clear()
        await io.stderr.write(`${faultOf(source, entry)}\n`)
        continue
      }
      const found = gatherer.add(entry.record, entry.line)
      readings?.add(entry.record, entry.line, found)
      if (found === undefined) continue
      affected++
      causes.note(found)
      if (found.tags.some((tag) => tag === list)) await io.stdout.write(`${shown(found.id)}\n`)
    }
    const remarks = affected === 0 ? [] : [`${affected} affected`]
    await progress.show({ total, remarks, read: population.bytesRead, size })
  }
  await progress.clear()
  await io.stderr.write(notesText(source, population.notes()))
  const effect = gatherer.effect()
  const stopped = signal?.aborted === true
  if (effect.objects === 0 && unreadable > 0 && !stopped)
    throw new UsageError(`nothing in ${nameOfInput(source)} could be read`)
  return { effect, causes: causes.causes(), unreadable, stopped, readings: readings?.dependsOn() }
}

/** Names the attributes with errors: they have no value for any object, and hide other differences. */
const faultsText = (...sides: readonly [CompiledObjectMapping, CompiledObjectMapping]): string =>
  sides
    .flatMap(({ attributes }, index) =>
      attributes.flatMap(({ mapping, errors: [error] }) =>
        error === undefined
          ? []
          : [
              `${index === 0 ? 'OLD' : 'NEW'}: ${mapping.targetAttributeName} cannot be evaluated: ${error.message}`,
            ],
      ),
    )
    .map((line) => `attrflow: ${shown(line)}\n`)
    .join('')

/** Searches for an object that OLD and NEW treat differently, in each object mapping that changed. */
const searchOf = async (
  sides: Sides,
  tries: number,
  args: DiffArguments,
  io: CliIo,
): Promise<CounterexampleSearch> => {
  const now = clockOption(args.options.now)
  const searched = searchedSides(sides, args)
  const found: CounterexampleSearch[] = []
  for (const [before, after] of searched) {
    const compiled = [before(), after()] as const
    await io.stderr.write(faultsText(...compiled))
    const options = { tries, instrumented: { before, after }, ...(now === undefined ? {} : { now }) }
    const search = searchCounterexample(...compiled, options)
    const { counterexample } = search
    if (counterexample !== undefined) {
      const mapping = mappingName(compiled[1].objectMapping)
      return searched.length === 1 ? search : { ...search, counterexample: { ...counterexample, mapping } }
    }
    found.push(search)
  }
  return {
    tried: found.reduce((sum, { tried }) => sum + tried, 0),
    unreached: found.flatMap(({ unreached }) => unreached),
  }
}

const render = (diff: SchemaDiff, args: DiffArguments, io: CliIo): string => {
  switch (args.format) {
    case 'json':
      return `${JSON.stringify(diff)}\n`
    case 'markdown':
      return diffMarkdown(diff)
    case 'html':
      return diffPage(diff)
    default:
      return prettyDiff(diff, widthOf(io.stdout), args.style)
  }
}

const limitsOf = ({ options }: DiffArguments, { config }: OpenConfig): DiffLimits => {
  const removals = wholeNumber('max-removals', options['max-removals'])
  return { ...defaultLimits, ...config.diff?.limits, ...(removals === undefined ? {} : { removals }) }
}

const acceptedFile = ({ options }: DiffArguments, { config, folder }: OpenConfig): string | undefined => {
  const configured = config.diff?.accepted
  return options.accepted ?? (configured === undefined ? undefined : resolve(folder, configured))
}

/** Whether there is nothing to compare with, because the first version of the schema is being accepted. */
const isFirstAccepted = async ({ options, positionals }: DiffArguments, io: CliIo): Promise<boolean> =>
  options.accept &&
  options.against === undefined &&
  positionals.length === 1 &&
  (await io.files.kind(acceptedPath(positionals[0] ?? ''))) === 'absent'

interface Comparison {
  readonly diff: SchemaDiff
  readonly review: ChangeReview
  /** Whether Ctrl-C ended it before the end of the population. */
  readonly stopped: boolean
}

/** Compares both sides, and reviews the changes. */
const compare = async (
  sides: Sides,
  args: DiffArguments,
  open: OpenConfig,
  io: CliIo,
): Promise<Comparison> => {
  const { source } = args.options
  const accepted = await readAccepted(acceptedFile(args, open), io)
  const limits = limitsOf(args, open)
  const changes = schemaChanges(sides.before, sides.after)
  const tries = wholeNumber('tries', args.options.tries) ?? 4000
  const found = source === undefined ? undefined : await effectOf(sides, source, args, io)
  const searches = source === undefined && changes.length > 0 && tries > 0
  const search = searches ? await searchOf(sides, tries, args, io) : undefined
  const excesses = found === undefined ? [] : exceededLimits(found.effect, limits)
  // Without a population, nothing is known about the limits that an entry accepts.
  const applicable = found === undefined ? accepted.filter(({ path }) => path !== EFFECT_PATH) : accepted
  const review = reviewChanges([...changes, ...excesses], applicable, today())
  const exceeded = review.open.filter((one) => excesses.includes(one))
  const breaking = breakingOf(review).filter((one) => !exceeded.includes(one))
  const { effect, causes, unreadable, readings, stopped = false } = found ?? {}
  const common = { changes, effect, exceeded, ...(unreadable === undefined ? {} : { unreadable }) }
  const diff: SchemaDiff = {
    verdict: verdictOf({ ...common, stopped, breaking }),
    ...common,
    ...(causes === undefined ? {} : { causes }),
    ...(readings === undefined ? {} : { readings }),
    ...(search === undefined ? {} : { search }),
  }
  return { diff, review, stopped }
}

const runDiff = async (given: DiffArguments, io: CliIo): Promise<number> => {
  const { source, target, list, accept } = given.options
  if (source === undefined && (target !== undefined || list !== undefined))
    throw new UsageError('--target and --list need --source USERS')
  if (source === undefined && given.options.readings) throw new UsageError('--readings needs --source USERS')
  const schema = given.positionals.at(-1)
  const open = await configFinder(io, given.options.config)(schema)
  const args = withConfig(given, open.config)
  if (schema !== undefined && (await isFirstAccepted(args, io))) {
    await openSchema(schema, args, io, args.options.job)
    await acceptSchema(io, schema)
    return 0
  }
  const { diff, review, stopped } = await compare(await sidesOf(args, io), args, open, io)
  if (list === undefined) await io.stdout.write(render(diff, args, io))
  else if (diff.readings !== undefined)
    await io.stderr.write(`${readingLines(diff.readings).map(shown).join('\n')}\n`)
  if (stopped) return 130
  await io.stderr.write(reviewText(review))
  const { unreadable = 0 } = diff
  if (unreadable > 0) return 1
  if (!accept || schema === undefined) return breakingOf(review).length > 0 ? 1 : 0
  await acceptSchema(io, schema)
  return 0
}

export const diffCommand: CommandBody = defineCommand({
  usage: [
    'OLD NEW [--source USERS [--target USERS]]',
    'SCHEMA --against REF [--source USERS [--target USERS]]',
    'SCHEMA [--accept] [--source USERS [--target USERS]]',
  ],
  details: [
    'Without a population: what changed, mapping by mapping and clause by clause, how risky each change is, and the smallest generated object that OLD and NEW treat differently, or how much the search covered. With --source, each object ' +
      'is mapped with both schemas: how many get other values, enter or leave the scope, are created, disabled, deleted, or fail.',
    'With one schema and no REF, OLD is its last accepted version: app.accepted.json beside app.schema.json, which --accept ' +
      'writes.',
    'Exit code 1: a change can hand over, disable or delete accounts; or, with --source, more objects are affected than a limit ' +
      'allows, or an object could not be read. Without a configuration, no object may be disabled or deleted, and none may fail that did not fail before. 2: wrong use. 130: Ctrl-C stopped the comparison.',
    'Changes and exceeded limits in the file of --accepted do not count. The file is a list of {path, what, change, reason, until?}; the lines to ' +
      'add are printed. An entry accepts one change only, until the end of the day that it names.',
  ],
  options: diffOptions,
  formats: ['pretty', 'json', 'markdown', 'html'],
  json: [
    {
      members: {
        verdict: 'The result in a sentence',
        changes: 'The changes of the schema',
        'changes[].path': 'The place, in words',
        'changes[].what': 'What changed',
        'changes[].before': 'Its value in OLD',
        'changes[].after': 'Its value in NEW',
        'changes[].criticality': 'How risky it is',
        'changes[].reason': 'Why',
        exceeded: 'The limits that are exceeded and not accepted, in the form of changes',
        unreadable: 'With --source: how many objects could not be read',
        effect: 'With --source: how the objects are affected',
        'effect.objects': 'The number of objects',
        'effect.affected': 'How many are affected',
        'effect.attributes': 'The attributes whose values change, with pairs of values',
        'effect.tags': 'The effects by tag, such as leavesScope',
        causes: 'With --source: the clauses and attributes that cause the effects',
        readings: 'With --readings: the contested points on which the effect depends',
        'readings[].point': 'The id of the point',
        'readings[].decision': 'The section of the semantics that decides it',
        'readings[].says': 'The other reading',
        'readings[].difference': 'For how many objects the effect differs, and how for the first',
        search: 'Without --source: the search for an object that OLD and NEW treat differently',
        'search.tried': 'How many objects were tried',
        'search.counterexample':
          'The object that was found: input, operation and effect; the object mapping, if several were searched; the time and the taken candidates of SelectUniqueValue, if the effect depends on them',
        'search.unreached': 'The branches and clauses that no object reached',
      },
    },
  ],
  examples: [
    'attrflow diff old.json new.json',
    'attrflow diff schema.json --against main --source users.ndjson --format markdown',
    'attrflow diff schema.json --accept',
    'attrflow diff old.json new.json --source users.ndjson --list leavesScope',
    'attrflow diff old.json new.json --source users.ndjson --format html > effect.html',
    'attrflow diff schema.json --against main --accepted accepted.yaml',
  ],
  run: runDiff as CommandBody['run'],
})
