import { dirname, isAbsolute, join } from 'node:path'
import { readingFinding } from '../../mapping/readings.js'
import type { SourceEntry } from '../../sources/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import {
  type FileResults,
  failureLines,
  githubReport,
  junitReport,
  type MutantTest,
  readTestFile,
  runTestFile,
  type SchemaCoverage,
  type TestFiles,
  type TestResult,
  tapReport,
} from '../../verify/index.js'
import { wholeNumber } from '../arguments.js'
import { type CommandArguments, type CommandBody, defineCommand } from '../command.js'
import { expandArguments, foldersSearched } from '../files-below.js'
import { populationName } from '../input.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { asRecognised, notesText, openPopulation } from '../mapping/population.js'
import { readingLines } from '../mapping/readings-view.js'
import { repositoryPath } from '../repository.js'
import { type Style, widthOf } from '../style.js'
import { coverageText, isBelow, missingText, RunCoverage } from '../testing/coverage.js'
import { type CoverageReport, coverageReports, writeCoverage } from '../testing/coverage-reports.js'
import { type MutantChoice, type MutationTarget, testMutants } from '../testing/mutants.js'
import { runWatching } from '../testing/watch.js'
import { renderTrace } from '../trace-view.js'

const options = {
  name: { type: 'string', short: 'n', value: 'TEXT', doc: 'Run only cases whose name contains this' },
  readings: {
    type: 'boolean',
    doc: 'Name the contested points on which the results of the cases depend. They do not affect the exit code',
  },
  update: {
    type: 'boolean',
    writes: true,
    short: 'u',
    doc: 'Write the snapshots of the cases instead of comparing them',
  },
  watch: {
    type: 'boolean',
    short: 'w',
    doc: 'Run again when a test file, a schema or another file that was read changes, until Ctrl-C',
  },
  coverage: { type: 'boolean', doc: 'Show which branches and clauses no case reaches' },
  'coverage-threshold': {
    type: 'string',
    value: 'PERCENT',
    doc: 'Fail below this share of branches and clauses; implies --coverage',
  },
  'coverage-report': {
    type: 'string',
    multiple: true,
    choices: coverageReports,
    doc: 'Write the coverage as a page with the expressions marked, or in the form of other tools; implies --coverage',
  },
  'coverage-dir': {
    type: 'string',
    writes: true,
    value: 'FOLDER',
    doc: 'The folder for --coverage-report. Default: coverage',
  },
  mutate: {
    type: 'boolean',
    doc: 'Make small mistakes in the mappings, and show which of them no case notices',
  },
  mutant: { type: 'string', value: 'ID', doc: 'Run only this mutant; implies --mutate' },
  'mutant-cache': {
    type: 'string',
    writes: true,
    value: 'FILE',
    doc: 'Keep results in this file, and run only mutants whose attribute or tests changed; implies --mutate',
  },
  'mutation-report': {
    type: 'string',
    writes: true,
    multiple: true,
    value: 'FILE',
    doc: 'Write the mutants as a page (.html) or in the form of mutation-testing-report-schema (.json); implies --mutate',
  },
} as const

type Arguments = CommandArguments<typeof options>

/** The names of test files. */
const testName = /\.test\.(?:ya?ml|json)$/i

const testFiles = {
  wanted: 'tests (files that end in .test.yaml, .test.yml or .test.json)',
  patterns: [testName],
}

/** Whether a file holds a list of objects, or is a page of them. */
const holdsObjects = (path: string, text: string): boolean =>
  populationName.test(path) || /^\s*(?:\[|\{[^[]{0,2000}"(?:value|Resources|Report_Entry)"\s*:)/.test(text)

/** What is searched for test files. */
const pathsOf = ({ positionals }: Arguments): readonly string[] =>
  positionals.length === 0 ? ['.'] : positionals

const filesOf = async (io: CliIo, args: Arguments): Promise<readonly string[]> => {
  const files = await expandArguments(io, pathsOf(args), testFiles)
  for (const file of files)
    if ((await io.files.kind(file)) === 'absent')
      throw new UsageError(`there is no file or folder ${shown(file)}`)
  return files
}

/** A path from a test file: relative to the file, unless it is absolute. */
const beside = (testFile: string, path: string): string =>
  isAbsolute(path) ? path : join(dirname(testFile), path)

/** The files that the tests of one file refer to. */
const filesBeside = (io: CliIo, testFile: string): TestFiles => {
  const at = (path: string): string => beside(testFile, path)
  // Cases and mutants read a population many times; its notes are printed once.
  const told = new Set<string>()
  return {
    read: (path) => readText(io, at(path)),
    filesIn: async (path) =>
      (await io.files.kind(at(path))) === 'directory' ? io.files.namesIn(at(path)) : undefined,
    write: async (path, text) => {
      await io.files.makeDirectory(dirname(at(path)))
      await io.files.write(at(path), text)
    },
    entries: async (path, compiled) => {
      const population = await openPopulation(io, at(path), compiled, asRecognised)
      const entries: SourceEntry[] = []
      for await (const group of population.entries()) entries.push(...group)
      // A file with one object is a case of a folder: it need not have every attribute.
      const notes = population.notes().filter(({ code }) => code !== 'AF4914' || entries.length > 1)
      if (!told.has(path)) await io.stderr.write(notesText(at(path), notes))
      told.add(path)
      return entries
    },
  }
}

const resultText = (result: TestResult, width: number, style: Style): string => {
  const readings = readingLines(result.dependsOn ?? [])
    .map((line) => `      ${line}\n`)
    .join('')
  if (result.status === 'passed') return `  ${style.paint('green', '✓')} ${shown(result.name)}\n${readings}`
  if (result.status === 'updated')
    return `  ${style.paint('yellow', '↻')} ${shown(result.name)}: snapshot written\n${readings}`
  const lines = failureLines(result).map((line) => `      ${shown(line)}\n`)
  const traces = (result.traces ?? []).map(({ attribute, expression, trace, redacted }) => {
    const tree = renderTrace(trace, expression, redacted, width - 8, style)
    return `      ${shown(attribute)} was evaluated like this:\n${tree.replace(/^(?=.)/gm, '        ')}`
  })
  return `  ${style.paint('red', '✗')} ${style.paint('bold', shown(result.name))}\n${lines.join('')}${traces.join('')}${readings}`
}

const render = async (
  files: readonly FileResults[],
  args: Arguments,
  coverages: readonly SchemaCoverage[],
  io: CliIo,
): Promise<string> => {
  switch (args.format) {
    case 'tap':
      return tapReport(files)
    case 'junit':
      return junitReport(files)
    case 'github':
      return githubReport(
        await Promise.all(files.map(async (one) => ({ ...one, file: await repositoryPath(io, one.file) }))),
      )
    default: {
      const totals = totalsOf(files)
      return `${JSON.stringify({
        files: files.map(({ file, results, problems }) => ({
          file,
          ...(problems === undefined ? {} : { problems: problems.map(({ message }) => message) }),
          results: results.map(({ traces: _traces, dependsOn, ...result }) => ({
            ...result,
            ...(dependsOn === undefined ? {} : { readings: dependsOn.map(readingFinding) }),
          })),
        })),
        ...totals,
        ...(coverages.length === 0
          ? {}
          : {
              coverage: Object.fromEntries(coverages.map(({ schema, coverage }) => [schema, coverage])),
            }),
      })}\n`
    }
  }
}

const totalsOf = (
  files: readonly FileResults[],
): { readonly passed: number; readonly failed: number; readonly updated: number } => {
  const count = (status: TestResult['status']): number =>
    files.reduce((sum, { results }) => sum + results.filter((one) => one.status === status).length, 0)
  const unreadable = files.filter(({ problems }) => problems !== undefined).length
  return { passed: count('passed'), failed: count('failed') + unreadable, updated: count('updated') }
}

/** How mutants are run; undefined if they are not. */
const mutantChoice = ({ options: { mutate, mutant, ...rest } }: Arguments): MutantChoice | undefined => {
  const { 'mutant-cache': cache, 'mutation-report': reports } = rest
  for (const path of reports)
    if (!/\.(?:html|json)$/i.test(path))
      throw new UsageError(`--mutation-report takes a file that ends in .html or .json, not ${path}`)
  if (!mutate && mutant === undefined && cache === undefined && reports.length === 0) return undefined
  return { only: mutant, cache, reports }
}

const runTests = async (args: Arguments, io: CliIo): Promise<number> => {
  const { name, update, readings } = args.options
  const threshold = wholeNumber('coverage-threshold', args.options['coverage-threshold'], 0)
  const choice = mutantChoice(args)
  const mutates = choice !== undefined
  if (mutates && !['pretty', 'json'].includes(args.format))
    throw new UsageError('--mutate prints pretty or json')
  if (readings && !['pretty', 'json'].includes(args.format))
    throw new UsageError('--readings prints pretty or json')
  const reports = new Set(args.options['coverage-report'] as readonly CoverageReport[])
  const shows = args.options.coverage || threshold !== undefined || reports.size > 0
  const counted = new RunCoverage()
  const width = widthOf(io.stdout)
  const pretty = args.format === 'pretty'
  const all: FileResults[] = []
  const mutated = new Map<string, { readonly schema: string; readonly tests: MutantTest[] }>()
  for (const file of await filesOf(io, args)) {
    if (pretty) await io.stdout.write(`${args.style.paint('bold', shown(file))}\n`)
    const text = await readText(io, file)
    const reading = holdsObjects(file, text)
      ? {
          problems: [
            { message: `it is a population, not a file of tests; a case names it with source: ${file}` },
          ],
        }
      : readTestFile(text)
    if (reading.problems !== undefined) {
      all.push({ file, results: [], problems: reading.problems })
      if (pretty)
        for (const { message } of reading.problems)
          await io.stdout.write(`  ${args.style.paint('red', '✗')} ${shown(message)}\n`)
      continue
    }
    const results: TestResult[] = []
    const files = filesBeside(io, file)
    if (reading.file.schema !== undefined) {
      const { objectMapping = '', rule = '', job = '' } = reading.file
      const schema = beside(file, reading.file.schema)
      const key = JSON.stringify([schema, objectMapping, rule, job])
      const target = mutated.get(key) ?? { schema, tests: [] }
      target.tests.push({ path: file, file: reading.file, files })
      counted.ignore(schema, reading.file.ignoredBranches ?? [])
      mutated.set(key, target)
    }
    const run = runTestFile(reading.file, {
      files,
      lines: reading.lines,
      update,
      readings,
      ...(shows || mutates ? { coverage: (schema: string) => counted.of(beside(file, schema)) } : {}),
      ...(args.functions === undefined ? {} : { library: args.functions.library }),
      ...(name === undefined ? {} : { filter: (one: string) => one.includes(name) }),
    })
    for await (const result of run) {
      results.push(result)
      if (pretty) await io.stdout.write(resultText(result, width, args.style))
    }
    all.push({ file, results })
  }
  const { passed, failed, updated } = totalsOf(all)
  if (passed + failed + updated === 0)
    throw new UsageError(`no case was run${name === undefined ? '' : `: none has "${name}" in its name`}`)
  const coverages = await counted.schemas(io)
  if (pretty) {
    const parts = [
      args.style.paint('green', `${passed} passed`),
      ...(updated > 0 ? [args.style.paint('yellow', `${plural(updated, 'snapshot')} written`)] : []),
      ...(failed > 0 ? [args.style.paint('red', `${failed} failed`)] : []),
    ]
    await io.stdout.write(`\n${parts.join(', ')}\n`)
  } else if (!mutates || failed > 0) await io.stdout.write(await render(all, args, coverages, io))
  if (pretty && shows) for (const one of coverages) await io.stdout.write(coverageText(one, args.style))
  for (const path of await writeCoverage(coverages, reports, args.options['coverage-dir'] ?? 'coverage', io))
    await io.stderr.write(`coverage: ${shown(path)}\n`)
  const lacking = coverages.filter(({ coverage }) => isBelow(coverage, threshold))
  for (const { schema, coverage } of lacking) {
    const missing = pretty ? '' : missingText(coverage, args.errorStyle)
    await io.stderr.write(`attrflow: coverage of ${shown(schema)} is below ${threshold} %\n${missing}`)
  }
  if (mutates && mutated.size === 0)
    throw new UsageError('no test file names a schema: there is nothing to mutate')
  if (mutates && failed > 0) await io.stderr.write('attrflow: no mutant was run: the cases must pass first\n')
  if (choice === undefined || failed > 0) return failed > 0 || lacking.length > 0 ? 1 : 0
  const targets = [...mutated.values()].map(
    (one): MutationTarget => ({ ...one, coverage: counted.of(one.schema).coverage() }),
  )
  const survived = await testMutants(targets, choice, args, io)
  return lacking.length > 0 ? 1 : survived
}

/** Runs the tests repeatedly. New test files are noticed wherever the arguments search for them. */
const watchTests = async (args: Arguments, io: CliIo): Promise<number> => {
  const watched = {
    run: (noting: CliIo) => runTests(args, noting),
    files: () => filesOf(io, args).catch(() => []),
    folders: () => foldersSearched(io, pathsOf(args)),
  }
  await runWatching(watched, io)
  return 0
}

export const testCommand: CommandBody = defineCommand({
  usage: [
    '[FILE|FOLDER|PATTERN …] [--name TEXT] [--update] [--watch]',
    '[FILE|FOLDER|PATTERN …] --coverage [--coverage-threshold PERCENT]',
    '[FILE|FOLDER|PATTERN …] --coverage-report FORM … [--coverage-dir FOLDER]',
    '[FILE|FOLDER|PATTERN …] --mutate [--mutation-report FILE …] [--mutant-cache FILE]',
    '[FILE|FOLDER|PATTERN …] --mutant ID',
  ],
  details: [
    'Test files end in .test.yaml, .test.yml or .test.json; without arguments, those in the working folder and its subfolders are run. ' +
      'A file names its schema and lists cases: an object with its expected result, or an expression with its expected value. ' +
      'docs/testing.md shows every form; docs/attrflow.test.schema.json describes it for editors.',
    'Only the members that a case names are compared; with "exact: true" no other attributes may flow. Exit code 1 means that a case failed, 2 wrong use.',
  ],
  options,
  formats: ['pretty', 'json', 'tap', 'junit', 'github'],
  json: [
    {
      members: {
        files: 'The test files',
        'files[].file': 'The file',
        'files[].problems': 'Why it cannot be read',
        'files[].results': 'The cases',
        'files[].results[].name': 'The name',
        'files[].results[].line': 'The line of the case in the file',
        'files[].results[].status': 'passed, failed or updated',
        'files[].results[].problem': 'Why it could not be run',
        'files[].results[].differences': 'How the result differs from what is expected',
        'files[].results[].readings': 'With --readings: the contested points on which the result depends',
        passed: 'The number of cases that passed',
        failed: 'The number of cases that failed',
        updated: 'The number of snapshots that were written',
        coverage: 'With --coverage: branches and clauses with their hits, by schema',
      },
    },
    {
      with: '--mutate',
      members: {
        schemaVersion: 'The version of the form, which is mutation-testing-report-schema',
        thresholds: 'The shares that count as high and low',
        framework: 'The name and version of attrflow',
        files: 'The schemas with their mutants',
        'files.*': 'A schema, by its path',
        'files.*.language': 'json',
        'files.*.source': 'Its text',
        'files.*.mutants': 'The mutants, each with its place, status and the cases that killed it',
        testFiles: 'The test files with their cases',
      },
    },
  ],
  examples: [
    'attrflow test',
    'attrflow test mappings/ --format junit',
    'attrflow test users.test.yaml --update',
    'attrflow test mappings --name manager --watch',
    'attrflow test --coverage-report page --coverage-report lcov',
  ],
  run: ((args: Arguments, io: CliIo) =>
    args.options.watch ? watchTests(args, io) : runTests(args, io)) as CommandBody['run'],
})
