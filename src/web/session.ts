import {
  type CompletionItem,
  completeExpression,
  describeExpression,
  hoverExpression,
} from '../editor/index.js'
import {
  analyzeExpression,
  type CompiledExpression,
  compileExpression,
  environmentOf,
} from '../expression/compile.js'
import { createContext, type SourceRecord, standardLibrary } from '../index.js'
import { lintExpression } from '../lint/index.js'
import { lintSchema } from '../lint/lint-schema.js'
import {
  type CompiledObjectMapping,
  checkSchema,
  compileObjectMapping,
  describeChoice,
  identifyingAttributes,
  identityOf,
  mapObject,
  type ObjectMappingChoice,
} from '../mapping/index.js'
import { REDACTED, redactedSources } from '../mapping/redacted.js'
import { expressionTextOf, withExpression } from '../schema/expression-tree.js'
import { readSchema, type SynchronizationSchema, writeSchema } from '../schema/index.js'
import { readPopulation, Shaper } from '../sources/index.js'
import { printExpression } from '../syntax/print.js'
import { tokenize } from '../syntax/tokenize.js'
import type { Span } from '../text/span.js'
import { EffectGatherer, effectTags, type MappingEffect } from '../verify/diff/effect.js'
import { type SchemaChange, schemaChanges } from '../verify/diff/structure.js'
import {
  type ObjectStory,
  objectStory,
  type PopulationResults,
  populationResults,
  type TraceView,
  traceTree,
  valueText,
} from '../views/index.js'

/** A finding as the page shows it. */
export interface Finding {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly help: string | undefined
  readonly span: Span
  readonly fixes: readonly {
    readonly title: string
    readonly edits: readonly { readonly span: Span; readonly text: string }[]
  }[]
}

/** One row of the table of mappings. */
export interface MappingRow {
  readonly index: number
  readonly target: string
  readonly expression: string
  readonly type: string
  readonly matching: number
  readonly flowType: string
  readonly defaultValue: string
  readonly reads: readonly string[]
  readonly findings: readonly Finding[]
}

/** What the page knows of the schema. */
export interface SchemaView {
  readonly name: string
  readonly faults: readonly Finding[]
  /** The object mappings to choose from; one is chosen. */
  readonly mappings: readonly string[]
  readonly chosen: number
  readonly rows: readonly MappingRow[]
  readonly source: string
  readonly target: string
  readonly dialect: string
  readonly changed: boolean
}

/** What the page knows of the users. */
export interface UsersView {
  readonly name: string
  readonly count: number
  /** Their titles, up to a limit. */
  readonly titles: readonly string[]
  readonly shape: string | undefined
  readonly renamed: readonly (readonly [attribute: string, place: string])[]
  readonly notes: readonly { readonly code: string; readonly severity: string; readonly message: string }[]
  readonly faults: readonly { readonly line: number; readonly message: string }[]
}

/** An expression for the chosen user. */
export interface ExpressionView {
  readonly findings: readonly Finding[]
  readonly tokens: readonly { readonly kind: string; readonly span: Span }[]
  readonly canonical: string | undefined
  readonly description: string | undefined
  readonly outcome: string | undefined
  readonly value: string | undefined
  readonly trace: TraceView | undefined
  readonly results: PopulationResults | undefined
}

/** A clause over the population. */
export interface FilterView {
  readonly inScope: number
  readonly outOfScope: number
  readonly failed: number
  readonly sentence: string
  readonly sets: readonly {
    readonly set: string
    readonly groups: readonly {
      readonly title: string
      readonly passes: number
      readonly clauses: readonly {
        readonly text: string
        readonly passes: number
        readonly example: string
      }[]
    }[]
  }[]
}

/** Two schemas over the loaded users. */
export interface CompareView {
  readonly name: string
  readonly changes: readonly SchemaChange[]
  readonly effect: MappingEffect | undefined
  /** What the tags of the effect say, in words. */
  readonly tagWords: Readonly<Record<string, string>>
  readonly problem: string | undefined
}

/** By what people tell users apart, the most readable first; redacted attributes are left out. */
const titleAttributes = (compiled: CompiledObjectMapping | undefined): readonly string[] => {
  const readable = ['displayName', 'userPrincipalName', 'userName', 'mail', 'id']
  if (compiled === undefined) return readable
  const hidden = redactedSources(compiled)
  return [...readable.filter((name) => !hidden.has(name)), ...identifyingAttributes(compiled)]
}

/** How many titles a list of users shows. */
const MOST_TITLES = 1000

/** How many users a live count looks at. */
const MOST_COUNTED = 10_000

const outcomeWords: Readonly<Record<string, string>> = {
  value: 'A value flows.',
  null: 'The result is null: nothing flows, unless the mapping has a default value.',
  error: 'The expression fails, and the whole object with it.',
  ignoreAttribute: 'IgnoreAttributeFlow: the attribute keeps its value in the target.',
  ignoreObject: 'IgnoreObjectFlow: the whole object is skipped.',
}

const findingOf = (d: {
  code: string
  severity: Finding['severity']
  message: string
  span: Span
  hint?: string
  fixes?: readonly { title: string; edits: readonly { span: Span; text: string }[] }[]
}): Finding => ({
  code: d.code,
  severity: d.severity,
  message: d.message,
  help: d.hint,
  span: d.span,
  fixes: (d.fixes ?? []).map(({ title, edits }) => ({ title, edits })),
})

/**
 * What the page works on: a schema, users, and the answers to its questions. It runs in a worker, knows no page, and
 * everything it gives is plain data.
 */
export class Session {
  #schema: SynchronizationSchema | undefined
  #schemaName = ''
  #faults: readonly Finding[] = []
  #choices: readonly ObjectMappingChoice[] = []
  #chosen = 0
  #compiled: CompiledObjectMapping | undefined
  #changed = false
  #users: { readonly name: string; readonly bytes: Uint8Array } | undefined
  #records: readonly SourceRecord[] = []

  /** Reads a schema; users that are loaded are read again by its names. */
  async schema(text: string, name: string): Promise<SchemaView> {
    const reading = readSchema(text, name)
    this.#schemaName = name
    this.#schema = reading.schema
    this.#changed = false
    this.#faults = reading.diagnostics.map(findingOf)
    return this.#choose(0)
  }

  /** Chooses one of the object mappings. */
  async choose(index: number): Promise<SchemaView> {
    return this.#choose(index)
  }

  async #choose(index: number): Promise<SchemaView> {
    const all = (this.#schema?.synchronizationRules ?? []).flatMap((rule) =>
      rule.objectMappings.map((objectMapping): ObjectMappingChoice => ({ rule, objectMapping })),
    )
    this.#choices = all.filter(({ objectMapping }) => objectMapping.enabled)
    this.#chosen = Math.min(index, Math.max(0, this.#choices.length - 1))
    const choice = this.#choices[this.#chosen]
    this.#compiled =
      this.#schema === undefined || choice === undefined
        ? undefined
        : compileObjectMapping(this.#schema, choice.rule, choice.objectMapping)
    if (this.#users !== undefined) await this.users(this.#users.bytes, this.#users.name)
    return this.schemaView()
  }

  /** The table of the chosen object mapping, with what check and lint find at each row. */
  schemaView(): SchemaView {
    const compiled = this.#compiled
    const schema = this.#schema
    const choice = this.#choices[this.#chosen]
    const found =
      schema === undefined || choice === undefined
        ? []
        : this.#findings({
            ...schema,
            synchronizationRules: [{ ...choice.rule, objectMappings: [choice.objectMapping] }],
          })
    const rows = (compiled?.attributes ?? []).map(({ mapping, expression, analyzed }, index): MappingRow => {
      const at = `.attributeMappings[${index}]`
      return {
        index,
        target: mapping.targetAttributeName,
        expression,
        type: mapping.source?.type ?? 'None',
        matching: mapping.matchingPriority,
        flowType: mapping.flowType,
        defaultValue: mapping.defaultValue ?? '',
        reads: analyzed?.attributes ?? [],
        findings: found.filter(({ path }) => path?.includes(`${at}.`) || path?.endsWith(at)).map(findingOf),
      }
    })
    return {
      name: this.#schemaName,
      faults: [
        ...this.#faults,
        ...found.filter(({ path }) => !path?.includes('.attributeMappings[')).map(findingOf),
      ],
      mappings: this.#choices.map(describeChoice),
      chosen: this.#chosen,
      rows,
      source: choice?.rule.sourceDirectoryName ?? '',
      target: choice?.rule.targetDirectoryName ?? '',
      dialect: compiled?.dialect ?? 'provisioning',
      changed: this.#changed,
    }
  }

  #findings(only: SynchronizationSchema): ReturnType<typeof checkSchema> {
    return [...checkSchema(only), ...lintSchema(only)]
  }

  /** Reads users in any form that `sources` knows. */
  async users(bytes: Uint8Array, name: string): Promise<UsersView> {
    this.#users = { name, bytes }
    const compiled = this.#compiled
    const read = compiled?.unit.inputs.map((input) => input.name) ?? []
    const shaper = new Shaper(read)
    const records: SourceRecord[] = []
    const faults: { line: number; message: string }[] = []
    const notes: { code: string; severity: string; message: string }[] = []
    const pieces = (async function* () {
      yield bytes
    })()
    try {
      const groups = readPopulation(pieces, name, {
        isMultivalued: (attribute) => compiled?.ends.source?.get(attribute)?.multivalued === true,
        note: ({ code, severity, message }) => notes.push({ code, severity, message }),
      })
      for await (const entries of groups) {
        for (const entry of entries) {
          if (entry.record !== undefined) records.push(shaper.apply(entry.record))
          else faults.push({ line: entry.line, message: entry.diagnostics[0]?.message ?? 'unreadable' })
        }
      }
    } catch (thrown) {
      faults.push({ line: 1, message: thrown instanceof Error ? thrown.message : String(thrown) })
    }
    this.#records = records
    if (records.length > 0)
      for (const { code, severity, message } of shaper.notes()) notes.push({ code, severity, message })
    const names = titleAttributes(compiled)
    return {
      name,
      count: records.length,
      titles: records
        .slice(0, MOST_TITLES)
        .map((record, index) => identityOf(names, record) ?? `object ${index + 1}`),
      shape: shaper.shape?.title,
      renamed: [...shaper.renamed],
      notes,
      faults: faults.slice(0, 50),
    }
  }

  #compile(text: string): CompiledExpression {
    const compiled = this.#compiled
    return compileExpression(text, {
      ...(compiled === undefined ? {} : { settings: compiled.settings, dialect: compiled.dialect }),
      ...(compiled?.ends.source === undefined ? {} : { attributes: compiled.ends.source }),
    })
  }

  #environment(): ReturnType<typeof environmentOf> {
    const compiled = this.#compiled
    return environmentOf({
      ...(compiled === undefined ? {} : { settings: compiled.settings, dialect: compiled.dialect }),
      ...(compiled?.ends.source === undefined ? {} : { attributes: compiled.ends.source }),
    })
  }

  /** Everything about an expression: findings, meaning, the value for a user, and the results over all users. */
  expression(text: string, user: number): ExpressionView {
    const environment = this.#environment()
    const analyzed = analyzeExpression(text, environment)
    const findings = [...analyzed.diagnostics, ...lintExpression(analyzed, environment)].map(findingOf)
    const tokens = tokenize(text).map(({ kind, span }) => ({ kind, span }))
    const failed = findings.some(({ severity }) => severity === 'error')
    const nothing = {
      canonical: undefined,
      description: undefined,
      outcome: undefined,
      value: undefined,
      trace: undefined,
      results: undefined,
    }
    if (failed) return { findings, tokens, ...nothing }
    const compiled = this.#compile(text)
    const record = this.#records[user] ?? {}
    const context = createContext({ now: new Date() })
    const trace = compiled.trace(record, context)
    const outcome = trace?.outcome ?? compiled.evaluate(record, context)
    return {
      findings,
      tokens,
      canonical: printExpression(compiled.expression),
      description: describeExpression(compiled.expression, standardLibrary),
      outcome:
        outcome.kind === 'error'
          ? `${outcomeWords.error} ${outcome.diagnostics[0]?.message ?? ''}`
          : outcomeWords[outcome.kind],
      value: outcome.kind === 'value' ? (compiled.redacted ? REDACTED : valueText(outcome.value)) : undefined,
      trace: trace === undefined ? undefined : traceTree(compiled, trace),
      results: this.#records.length === 0 ? undefined : populationResults(compiled, this.#records),
    }
  }

  complete(text: string, offset: number): readonly CompletionItem[] {
    return completeExpression(text, offset, {
      environment: this.#environment(),
      attributes: this.#compiled?.ends.source,
    })
  }

  hover(text: string, offset: number): { readonly span: Span; readonly contents: string } | undefined {
    return hoverExpression(text, offset, {
      environment: this.#environment(),
      attributes: this.#compiled?.ends.source,
    })
  }

  /** The story of a user; undefined without a schema or users. */
  story(user: number): ObjectStory | undefined {
    const record = this.#records[user]
    return this.#compiled === undefined || record === undefined
      ? undefined
      : objectStory(this.#compiled, record)
  }

  /** The attributes of a user as they were read, in words. */
  attributes(user: number): readonly (readonly [name: string, value: string])[] {
    const record = this.#records[user]
    return record === undefined
      ? []
      : Object.entries(record as Readonly<Record<string, unknown>>).map(([name, value]) => [
          name,
          JSON.stringify(value) ?? '',
        ])
  }

  /** How many users pass each clause of the scope. */
  filter(): FilterView | undefined {
    const compiled = this.#compiled
    if (compiled === undefined) return undefined
    const counts = { inScope: 0, outOfScope: 0, failed: 0 }
    const passes = new Map<string, number>()
    const examples = new Map<string, string>()
    const records = this.#records.slice(0, MOST_COUNTED)
    const explained = records.map((record) => mapObject(compiled, record).scope)
    for (const scope of explained) {
      const { sets } = scope.explain()
      if (scope.inScope === true) counts.inScope++
      else if (scope.inScope === false) counts.outOfScope++
      else counts.failed++
      for (const set of Object.values(sets)) {
        set?.groups.forEach((group, g) => {
          if (group.verdict === true) passes.set(`${set.set}/${g}`, (passes.get(`${set.set}/${g}`) ?? 0) + 1)
          group.clauses.forEach((clause, c) => {
            const key = `${set.set}/${g}/${c}`
            if (clause.verdict === true) passes.set(key, (passes.get(key) ?? 0) + 1)
            else if (!examples.has(key)) examples.set(key, clause.reason)
          })
        })
      }
    }
    const { sets, sentence } = explained[0]?.explain() ?? compiled.explainScope(() => null)
    return {
      ...counts,
      sentence: Object.values(sets).some((set) => set !== undefined) ? '' : sentence,
      sets: Object.values(sets).flatMap((set) =>
        set === undefined
          ? []
          : [
              {
                set: set.set,
                groups: set.groups.map((group, g) => ({
                  title: group.title,
                  passes: passes.get(`${set.set}/${g}`) ?? 0,
                  clauses: group.clauses.map((clause, c) => ({
                    text: [clause.sourceOperandName, clause.operatorName, ...clause.operands].join(' '),
                    passes: passes.get(`${set.set}/${g}/${c}`) ?? 0,
                    example: examples.get(`${set.set}/${g}/${c}`) ?? '',
                  })),
                })),
              },
            ],
      ),
    }
  }

  /** What another schema would change: OLD is the loaded one, NEW the other. */
  compare(text: string, name: string): CompareView {
    const { schema } = readSchema(text, name)
    const [old, choice] = [this.#schema, this.#choices[this.#chosen]]
    const problem = (reason: string): CompareView => ({
      name,
      changes: [],
      effect: undefined,
      tagWords: effectTags,
      problem: reason,
    })
    if (schema === undefined) return problem(`${name} is not a synchronization schema.`)
    if (old === undefined || choice === undefined || this.#compiled === undefined)
      return problem('Load a schema first.')
    const changes = schemaChanges(old, schema)
    const other = schema.synchronizationRules
      .flatMap((rule) => rule.objectMappings.map((objectMapping) => ({ rule, objectMapping })))
      .find(
        ({ objectMapping }) =>
          objectMapping.sourceObjectName === choice.objectMapping.sourceObjectName &&
          objectMapping.targetObjectName === choice.objectMapping.targetObjectName,
      )
    if (other === undefined)
      return {
        name,
        changes,
        effect: undefined,
        tagWords: effectTags,
        problem: 'NEW has no object mapping of these objects.',
      }
    const gatherer = new EffectGatherer(
      this.#compiled,
      compileObjectMapping(schema, other.rule, other.objectMapping),
      { listed: 20 },
    )
    for (const [index, record] of this.#records.entries()) gatherer.add(record, index + 1)
    return { name, changes, effect: gatherer.effect(), tagWords: effectTags, problem: undefined }
  }

  /** Gives a mapping another expression, text and stored tree; why it cannot, otherwise undefined. */
  async edit(
    index: number,
    text: string,
  ): Promise<{ readonly view: SchemaView; readonly problem: string | undefined }> {
    const choice = this.#choices[this.#chosen]
    const mapping = choice?.objectMapping.attributeMappings[index]
    if (
      this.#schema === undefined ||
      choice === undefined ||
      mapping === undefined ||
      mapping.source === null
    )
      return { view: this.schemaView(), problem: 'This mapping has no source to change.' }
    if (text === expressionTextOf(mapping.source, standardLibrary))
      return { view: this.schemaView(), problem: undefined }
    const { source, diagnostics } = withExpression(mapping.source, text, standardLibrary)
    if (source === null)
      return { view: this.schemaView(), problem: diagnostics[0]?.message ?? 'The expression is faulty.' }
    this.#schema = {
      ...this.#schema,
      synchronizationRules: this.#schema.synchronizationRules.map((rule) =>
        rule !== choice.rule
          ? rule
          : {
              ...rule,
              objectMappings: rule.objectMappings.map((one) =>
                one !== choice.objectMapping
                  ? one
                  : {
                      ...one,
                      attributeMappings: one.attributeMappings.map((other, at) =>
                        at === index ? { ...other, source } : other,
                      ),
                    },
              ),
            },
      ),
    }
    this.#changed = true
    return { view: await this.#choose(this.#chosen), problem: undefined }
  }

  /** The schema as a file. */
  save(): string {
    return this.#schema === undefined ? '' : writeSchema(this.#schema)
  }
}
