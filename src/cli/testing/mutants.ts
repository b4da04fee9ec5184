import { compileMapping } from '../../mapping/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import {
  type CachedMutants,
  type Coverage,
  type Killer,
  type Mutant,
  type MutantResult,
  type MutantTest,
  mutantKeys,
  mutantsOf,
  mutationReport,
  readCachedMutants,
  runMutants,
  type SchemaMutants,
} from '../../verify/index.js'
import { type GlobalArguments, languageOptions } from '../command.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { libraryOf } from '../library.js'
import type { Style } from '../style.js'
import { writeMutationReport } from './mutation-page.js'

/** The test files of one object mapping. */
export interface MutationTarget {
  readonly schema: string
  readonly tests: readonly MutantTest[]
  readonly coverage: Coverage
}

const survives = ({ status }: MutantResult): boolean => status === 'survived' || status === 'uncovered'

const resultLine = ({ mutant, status, killedBy, reason }: MutantResult, style: Style): string => {
  const head = `  ${style.paint(status === 'killed' ? 'green' : 'yellow', mutant.id)}  ${shown(mutant.where)}: ${shown(mutant.what)}`
  const change = `${shown(mutant.before)} → ${mutant.after === '' ? 'nothing' : shown(mutant.after)}`
  const fate = {
    killed: `killed by "${shown(killedBy?.name ?? '')}" of ${shown(killedBy?.path ?? '')}`,
    survived: 'no case notices',
    uncovered: 'no case reaches it',
    ignored: `ignored: ${shown(reason ?? '')}`,
  }[status]
  return `${head}\n      ${mutant.mutation}: ${change}\n      ${fate}\n`
}

/** The results of one schema, and the ignored mutants of its test files that no longer exist. */
interface TestedMutants extends SchemaMutants {
  readonly stale: readonly string[]
}

const schemaText = ({ schema, results, stale }: TestedMutants, style: Style): string => {
  const count = (status: MutantResult['status']): number =>
    results.filter((one) => one.status === status).length
  const left = results.filter(survives)
  const [killed, ignored] = [count('killed'), count('ignored')]
  return [
    `\n${style.paint('bold', shown(schema))}: ${plural(left.length, 'mutant')} of ${results.length} survived, ${killed} killed, ${ignored} ignored\n`,
    ...left.map((one) => resultLine(one, style)),
    ...stale.map((id) => `  ignoredMutants names ${shown(id)}, which is no longer a mutant\n`),
  ].join('')
}

/** How to run and report mutants. */
export interface MutantChoice {
  /** The identifier of the only mutant to run. */
  readonly only: string | undefined
  /** The file in which results are kept for the next run. */
  readonly cache: string | undefined
  /** Files to write the report to, as JSON or as a page. */
  readonly reports: readonly string[]
}

/** The results of earlier runs, from a file that may not exist. */
const readCache = async (io: CliIo, path: string | undefined): Promise<CachedMutants['killers']> => {
  if (path === undefined || (await io.files.kind(path)) === 'absent') return {}
  const cached = readCachedMutants(await readText(io, path))
  if (cached === undefined)
    throw new UsageError(`${path} does not contain results of mutants; name a new file, or delete it`)
  return cached.killers
}

/** Runs the mutants of each schema; prints survivors first. Returns the exit code. */
export const testMutants = async (
  targets: readonly MutationTarget[],
  { only, cache, reports }: MutantChoice,
  args: GlobalArguments,
  io: CliIo,
): Promise<number> => {
  // A cache key cannot cover the code of the user's functions.
  if (cache !== undefined && args.functions !== undefined)
    throw new UsageError('--mutant-cache cannot be combined with --functions: the functions may have changed')
  const signal = io.interruption?.()
  const all: TestedMutants[] = []
  const earlier = await readCache(io, cache)
  const killers: Record<string, Killer> = {}
  for (const { schema, tests, coverage } of targets) {
    const text = await readText(io, schema)
    const { objectMapping, rule, job, settings } = tests[0]?.file ?? {}
    const compiled = compileMapping(text, {
      ...languageOptions(args),
      ...(settings === undefined ? {} : { settings }),
      ...(objectMapping === undefined ? {} : { objectMapping }),
      ...(rule === undefined ? {} : { rule }),
      ...(job === undefined ? {} : { job }),
    })
    const every = mutantsOf(compiled, libraryOf(args))
    const identifiers = new Set(every.map(({ id }) => id))
    const ignored = tests.flatMap(({ file }) => file.ignoredMutants ?? [])
    const stale = ignored.map(({ id }) => id).filter((id) => !identifiers.has(id))
    const mutants = every.filter(({ id }) => only === undefined || id === only)
    const results: MutantResult[] = []
    const keyOf = cache === undefined ? undefined : await mutantKeys(compiled, tests, [args.version])
    const known = (mutant: Mutant): Killer | undefined => {
      const key = keyOf?.(mutant)
      return key !== undefined && Object.hasOwn(earlier, key) ? earlier[key] : undefined
    }
    for await (const result of runMutants(mutants, tests, { library: libraryOf(args), coverage, known })) {
      results.push(result)
      if (keyOf !== undefined && result.status !== 'ignored')
        killers[keyOf(result.mutant)] = result.killedBy ?? null
      if (io.stderr.isTTY) await io.stderr.write(`\r${results.length} of ${mutants.length} mutants`)
      if (signal?.aborted === true) break
    }
    if (io.stderr.isTTY) await io.stderr.write('\r\u001b[K')
    if (signal?.aborted === true)
      await io.stderr.write(`attrflow: interrupted after ${results.length} of ${mutants.length} mutants\n`)
    all.push({ schema, text, results, stale })
    if (signal?.aborted === true) break
  }
  const results = all.flatMap((one) => one.results)
  if (only !== undefined && results.length === 0)
    throw new UsageError(`there is no mutant ${shown(only)}; attrflow test --mutate lists those that survive`)
  // If a run did not try all mutants, the earlier results of the others are kept.
  const isWhole = only === undefined && signal?.aborted !== true
  if (cache !== undefined) {
    const content: CachedMutants = { version: 1, killers: isWhole ? killers : { ...earlier, ...killers } }
    await io.files.replace(cache, `${JSON.stringify(content)}\n`)
  }
  const report = mutationReport(all, args.version)
  for (const path of reports) await writeMutationReport(report, path, io)
  if (args.format === 'json') await io.stdout.write(`${JSON.stringify(report)}\n`)
  else if (only === undefined) for (const one of all) await io.stdout.write(schemaText(one, args.style))
  else for (const one of results) await io.stdout.write(resultLine(one, args.style))
  return results.some(survives) || signal?.aborted === true ? 1 : 0
}
