import { redactingCalls } from '../check/redaction.js'
import { type CompileOptions, compileExpression } from '../expression/compile.js'
import { valueJson } from '../expression/outcome-json.js'
import { otherOutcomes } from '../expression/readings.js'
import type { Trace } from '../expression/trace.js'
import type { FunctionLibrary } from '../functions/library.js'
import { outcomeForTarget, readTestInput } from '../graph/responses.js'
import { compileMapping } from '../mapping/compile-mapping.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { contextOfAttribute } from '../mapping/find-targets.js'
import { identifyingAttributes, identityOf } from '../mapping/identity.js'
import type { MappedObjectJson } from '../mapping/mapped-json.js'
import type { MappedObject, MapRequest } from '../mapping/mapped-object.js'
import { type DependsOn, type ReadingCheck, readingCheck } from '../mapping/readings.js'
import type { SynchronizationSchema } from '../schema/model.js'
import type { SourceEntry } from '../sources/source-entry.js'
import type { Span } from '../text/span.js'
import type { Reading } from '../values/contested.js'
import { type ContextInput, createContext } from '../values/context.js'
import { requireMade } from '../values/misuse.js'
import type { Outcome } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'
import { resolveSettings } from '../values/resolve-settings.js'
import type { SettingsInput } from '../values/settings.js'
import type { CoverageGatherer } from './coverage-gatherer.js'
import { type Difference, differencesOf } from './differences.js'
import {
  comparable,
  compareObject,
  compareOutcome,
  contextOf,
  mapCase,
  withoutRedactedJson,
} from './expectations.js'
import type { CaseLines, ExpectedObject, TestCase, TestFile } from './test-file.js'

/** The result of one case. */
export interface TestResult {
  readonly name: string
  /** The line of the case, or of the row of its table, in the file; undefined if the lines are not known. */
  readonly line?: number
  readonly status: 'passed' | 'failed' | 'updated'
  readonly differences: readonly Difference[]
  /** Why it could not be run. */
  readonly problem?: string
  /** The contested points on which its result depends; absent unless they were asked for. */
  readonly dependsOn?: readonly DependsOn[]
  /** The evaluations of the expressions whose attributes differ. */
  readonly traces?: readonly {
    readonly attribute: string
    readonly expression: string
    readonly trace: Trace
    /** The calls whose values must not be shown. */
    readonly redacted: readonly Span[]
  }[]
}

/** How a test file accesses other files. Paths are relative to it. */
export interface TestFiles {
  read(path: string): Promise<string>
  /** The names of the files directly in a folder, in order; undefined if the path is not a folder. */
  filesIn(path: string): Promise<readonly string[] | undefined>
  entries(path: string, compiled: CompiledObjectMapping): Promise<readonly SourceEntry[]>
  write(path: string, text: string): Promise<void>
}

/** The options for running test files. */
export interface TestOptions {
  readonly files: TestFiles
  /** The lines of the cases, as they were read with the file. */
  readonly lines?: readonly CaseLines[]
  readonly library?: FunctionLibrary
  /** Whether to run a case, by its name. Default: all. */
  readonly filter?: (name: string) => boolean
  /** Find the contested points on which the results depend. Default: false. */
  readonly readings?: boolean
  /** Write snapshots instead of comparing them. */
  readonly update?: boolean
  /** Returns the gatherer that counts what the cases reach, by schema. */
  readonly coverage?: (schema: string) => CoverageGatherer
  /** Used instead of the schema that the file names. */
  readonly schema?: SynchronizationSchema
}

/** The object in a case, with the attributes that a body of Graph declares. */
const inputOf = ({ input, testInputObject }: TestCase): ReturnType<typeof readTestInput> | undefined => {
  if (input !== undefined) return { record: input, attributes: undefined }
  return testInputObject ? readTestInput(testInputObject) : undefined
}

/** A result as a snapshot stores it. */
const resultIn = (line: string, place: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`${place} is not JSON; --update writes the snapshot`)
  }
}

/** A case that could not be run. */
const failed = ({ name }: TestCase, error: unknown): TestResult => ({
  name,
  status: 'failed',
  differences: [],
  problem: error instanceof Error ? error.message : String(error),
})

/** A result with the line of its case. */
const placed = ({ name, ...rest }: TestResult, line: number | undefined): TestResult =>
  line === undefined ? { name, ...rest } : { name, line, ...rest }

/** An outcome in a few words. */
const outcomeWords = (outcome: Outcome): string => {
  const { kind } = outcome
  if (kind === 'error') return `error (${outcome.diagnostics[0]?.code ?? ''})`
  return kind === 'value' ? JSON.stringify(valueJson(outcome.value)) : kind
}

/** What depends on a reading, of the objects of a population: how many, and the difference for the first one. */
const byReading = (
  objects: readonly { readonly line: number; readonly found: readonly DependsOn[] }[],
): readonly DependsOn[] => {
  const groups = new Map<Reading, { readonly first: string; readonly one: DependsOn; count: number }>()
  for (const { line, found } of objects)
    for (const one of found) {
      const group = groups.get(one.reading)
      if (group === undefined)
        groups.set(one.reading, { first: `line ${line} ${one.difference}`, one, count: 1 })
      else group.count++
    }
  return [...groups.values()].map(({ first, one, count }) => ({
    ...one,
    difference: `${count} of ${objects.length} objects, on ${first}`,
  }))
}

class FileRun {
  readonly #file: TestFile
  readonly #options: TestOptions
  readonly #readingChecks = new Map<CompiledObjectMapping, ReadingCheck>()
  #mapping: Promise<CompiledObjectMapping> | undefined

  constructor(file: TestFile, options: TestOptions) {
    this.#file = file
    this.#options = options
  }

  async *results(): AsyncGenerator<TestResult> {
    for (const [index, one] of this.#file.cases.entries()) {
      const lines = this.#options.lines?.[index]
      let each: readonly TestCase[]
      try {
        each = await this.#each(one)
      } catch (error) {
        yield placed(failed(one, error), lines?.line)
        continue
      }
      for (const [at, row] of each.entries()) {
        if (this.#options.filter?.(row.name) === false) continue
        const line = lines?.rows[at] ?? lines?.line
        yield placed(await this.#run(row).catch((error: unknown) => failed(row, error)), line)
      }
    }
  }

  /** The cases that a case expands to: one for each row of its table, or each file of its folder. */
  async #each(one: TestCase): Promise<readonly TestCase[]> {
    const { name, source, snapshot, table } = one
    if (table !== undefined)
      return table.map(({ input, expect }, index) => ({
        ...one,
        name: `${name} (${index + 1})`,
        input,
        expect,
      }))
    if (source === undefined || snapshot === undefined) return [one]
    const files = await this.#options.files.filesIn(source)
    return files === undefined
      ? [one]
      : files.map((file) => ({
          ...one,
          name: `${name} (${file})`,
          source: `${source}/${file}`,
          snapshot: `${snapshot}/${file}.ndjson`,
        }))
  }

  async #run(one: TestCase): Promise<TestResult> {
    if (one.expression !== undefined) return this.#runExpression(one, one.expression)
    return one.snapshot === undefined ? this.#runObject(one) : this.#runSnapshot(one, one.snapshot)
  }

  #settings(one: TestCase): SettingsInput {
    return { ...this.#file.settings, ...one.settings } as SettingsInput
  }

  /** The case with the time of the file if it has none. */
  #timed(one: TestCase): TestCase {
    const now = one.now ?? this.#file.now
    return now === undefined ? one : { ...one, now }
  }

  #context(one: TestCase): ContextInput {
    return contextOf(this.#timed(one))
  }

  #runExpression(one: TestCase, expression: string): TestResult {
    const { library } = this.#options
    const { record, attributes } = inputOf(one) ?? readTestInput({})
    const options: CompileOptions = {
      settings: this.#settings(one),
      ...(library === undefined ? {} : { library }),
      ...(attributes === undefined ? {} : { attributes }),
    }
    const compiled = compileExpression(expression, options)
    const context = createContext(this.#context(one), resolveSettings(options.settings))
    const outcome = compiled.evaluate(record, context)
    const differences = compareOutcome(
      one.expect,
      outcomeForTarget(outcome, one.targetAttributeDefinition),
      compiled.redacted,
    )
    const trace = differences.length === 0 ? undefined : compiled.trace(record, context)
    return {
      name: one.name,
      status: differences.length === 0 ? 'passed' : 'failed',
      differences,
      ...this.#dependsOn(
        this.#options.readings === true
          ? otherOutcomes(expression, options, record, context, outcome).map(
              ({ point, reading, outcome: other }) => ({
                point,
                reading,
                difference: compiled.redacted ? other.kind : outcomeWords(other),
              }),
            )
          : [],
      ),
      ...(trace === undefined
        ? {}
        : { traces: [{ attribute: 'value', expression, trace, redacted: redactingCalls(compiled.calls) }] }),
    }
  }

  async #compiled(one: TestCase): Promise<CompiledObjectMapping> {
    const { schema, objectMapping, rule, job } = this.#file
    if (schema === undefined)
      throw new Error(
        'the file names no schema; write "schema: FILE" at its top, or "expression" in the case',
      )
    const gatherer = this.#options.coverage?.(schema)
    const compile = async (): Promise<CompiledObjectMapping> =>
      compileMapping(this.#options.schema ?? (await this.#options.files.read(schema)), {
        ...(objectMapping === undefined ? {} : { objectMapping }),
        ...(rule === undefined ? {} : { rule }),
        ...(job === undefined ? {} : { job }),
        ...(this.#options.library === undefined ? {} : { library: this.#options.library }),
        settings: this.#settings(one),
        ...(gatherer === undefined ? {} : { instrument: gatherer.instrument }),
      })
    if (one.settings !== undefined) return compile()
    this.#mapping ??= compile()
    return this.#mapping
  }

  async #record(one: TestCase, compiled: CompiledObjectMapping): Promise<SourceRecord> {
    if (one.source === undefined) {
      const input = inputOf(one)
      if (input === undefined) throw new Error('the case has neither input nor source')
      return input.record
    }
    if (one.line === undefined && one.id === undefined)
      throw new Error('the case has a source, but no line, id or snapshot')
    const entries = await this.#options.files.entries(one.source, compiled)
    const names = identifyingAttributes(compiled)
    const found = entries.find((entry) =>
      one.line === undefined
        ? entry.record !== undefined && identityOf(names, entry.record) === one.id
        : entry.line === one.line,
    )
    if (found?.record === undefined)
      throw new Error(
        `${one.source} has no object ${one.line === undefined ? `with the id ${one.id}` : `on line ${one.line}`}`,
      )
    return found.record
  }

  #map(
    one: TestCase,
    compiled: CompiledObjectMapping,
    record: SourceRecord,
  ): {
    readonly mapped: MappedObject
    readonly json: MappedObjectJson
    readonly request: MapRequest
    readonly dependsOn: readonly DependsOn[]
  } {
    const { mapped, json, request } = mapCase(compiled, this.#timed(one), record)
    if (this.#file.schema !== undefined) this.#options.coverage?.(this.#file.schema).add(compiled, mapped)
    return {
      mapped,
      json,
      request,
      dependsOn: this.#readings(one, compiled)?.(record, mapped, request) ?? [],
    }
  }

  /** What finds the contested points on which a result depends; made once for a mapping. */
  #readings(one: TestCase, compiled: CompiledObjectMapping): ReadingCheck | undefined {
    const { readings = false, library } = this.#options
    if (!readings) return undefined
    const check =
      this.#readingChecks.get(compiled) ??
      readingCheck(compiled, {
        settings: this.#settings(one),
        ...(library === undefined ? {} : { library }),
      })
    this.#readingChecks.set(compiled, check)
    return check
  }

  #dependsOn(found: readonly DependsOn[]): Pick<TestResult, 'dependsOn'> {
    return this.#options.readings === true ? { dependsOn: found } : {}
  }

  async #runObject(one: TestCase): Promise<TestResult> {
    const compiled = await this.#compiled(one)
    const record = await this.#record(one, compiled)
    const { json, dependsOn, ...how } = this.#map(one, compiled, record)
    const differences = compareObject((one.expect ?? {}) as ExpectedObject, json)
    return {
      name: one.name,
      status: differences.length === 0 ? 'passed' : 'failed',
      differences,
      ...this.#dependsOn(dependsOn),
      ...(differences.length === 0 ? {} : { traces: this.#traces(compiled, record, how, differences) }),
    }
  }

  /** The evaluations of the attributes that differ. */
  #traces(
    compiled: CompiledObjectMapping,
    record: SourceRecord,
    {
      mapped,
      request: { context, findTargets },
    }: { readonly mapped: MappedObject; readonly request: MapRequest },
    differences: readonly Difference[],
  ): NonNullable<TestResult['traces']> {
    return compiled.attributes.flatMap(({ mapping, expression }) => {
      const attribute = mapping.targetAttributeName
      const differs = differences.some(
        ({ path }) => path === `attributes.${attribute}` || path === `notFlowed.${attribute}`,
      )
      if (!differs || mapping.source?.type !== 'Function') return []
      const { settings, dialect } = compiled
      const { library } = this.#options
      const alone = compileExpression(expression, {
        settings,
        dialect,
        ...(library === undefined ? {} : { library }),
      })
      const trace = alone.trace(record, contextOfAttribute(context, findTargets, attribute, mapped))
      return trace === undefined
        ? []
        : [{ attribute, expression, trace, redacted: redactingCalls(alone.calls) }]
    })
  }

  async #runSnapshot(one: TestCase, snapshot: string): Promise<TestResult> {
    if (one.source === undefined) throw new Error('a snapshot needs a source')
    const { files, update = false } = this.#options
    const compiled = await this.#compiled(one)
    const entries = await files.entries(one.source, compiled)
    const depending: { readonly line: number; readonly found: readonly DependsOn[] }[] = []
    const found = entries.map(({ line, record }) => {
      if (record === undefined) return { line, outcome: 'error', reason: 'unreadable' }
      const { json, dependsOn } = this.#map(one, compiled, record)
      depending.push({ line, found: dependsOn })
      return { line, ...comparable(withoutRedactedJson(json)) }
    })
    const readings = this.#dependsOn(byReading(depending))
    const lines = found.map((result) => JSON.stringify(result))
    if (update) {
      await files.write(snapshot, `${lines.join('\n')}\n`)
      return { name: one.name, status: 'updated', differences: [], ...readings }
    }
    const stored = await files.read(snapshot).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; --update writes the snapshot`)
    })
    const expected = stored
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, index) => resultIn(line, `${snapshot}, line ${index + 1},`))
    const differences = Array.from({ length: Math.max(lines.length, expected.length) }, (_, index) => {
      const [before, after] = [expected[index], found[index]]
      const label = `line ${after?.line ?? '?'}`
      if (before === undefined || after === undefined)
        return [{ path: label, expected: before, found: after }]
      return differencesOf(before, JSON.parse(JSON.stringify(after)), true, label)
    }).flat()
    return {
      name: one.name,
      status: differences.length === 0 ? 'passed' : 'failed',
      differences,
      ...readings,
    }
  }
}

/** Runs the cases of a test file, one after the other. A case that cannot be run counts as failed. */
export const runTestFile = (file: TestFile, options: TestOptions): AsyncGenerator<TestResult> => {
  requireMade(file, 'cases', 'a test file, such as readTestFile(text).file')
  requireMade(options, 'files', '{ files }, by which the test file accesses other files')
  return new FileRun(file, options).results()
}
