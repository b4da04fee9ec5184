import {
  type CompletionItem,
  completeExpression,
  type EditorContext,
  hoverExpression,
  type SignatureHelp,
  signatureHelp,
} from '../editor/index.js'
import { type CompileOptions, environmentOf } from '../expression/compile.js'
import { compileObjectMapping, type ObjectMappingChoice } from '../mapping/index.js'
import { type ObjectMapping, readSchema, writeSchema } from '../schema/index.js'
import type { Span } from '../text/span.js'
import { exactJson } from '../values/exact-json.js'
import type { SettingsInput } from '../values/settings.js'
import { settingsProblems } from '../values/settings-schema.js'
import { type ObjectStory, objectStory } from '../views/index.js'
import type {
  CompareView,
  ExpressionView,
  FilterDraft,
  FilterView,
  SchemaView,
  UsersView,
  UserTitle,
} from './answers.js'
import { compareView } from './compare-view.js'
import { expressionView } from './expression-view.js'
import { filterView, scopeOf } from './filter-view.js'
import { findingOf } from './finding.js'
import { schemaTextOf } from './schema-text.js'
import { type OpenSchema, schemaView, withMappingExpression, withObjectMapping } from './schema-view.js'
import { noUsers, type ReadUsers, readUsers, titlesOf } from './users.js'

/** How many users the page offers to choose from. */
const MOST_TITLES = 1000

/** The answer to an edit: the new schema, and why the edit was refused. */
export interface Edited {
  readonly view: SchemaView
  readonly problem: string | undefined
}

/** What a file turned out to be. */
export interface Opened {
  readonly schema?: SchemaView
  readonly users?: UsersView
}

const nothingOpen: OpenSchema = {
  schema: undefined,
  name: '',
  faults: [],
  choices: [],
  chosen: 0,
  settings: {},
  compiled: undefined,
  changed: false,
}

/** A schema with one of its enabled object mappings chosen and compiled. */
const opened = (open: Omit<OpenSchema, 'choices' | 'compiled'>): OpenSchema => {
  const { schema, settings } = open
  const choices = (schema?.synchronizationRules ?? []).flatMap((rule) =>
    rule.objectMappings
      .filter(({ enabled }) => enabled)
      .map((objectMapping): ObjectMappingChoice => ({ rule, objectMapping })),
  )
  const chosen = Math.min(open.chosen, Math.max(0, choices.length - 1))
  const choice = choices[chosen]
  const compiled =
    schema === undefined || choice === undefined
      ? undefined
      : compileObjectMapping(schema, choice.rule, choice.objectMapping, { settings })
  return { ...open, choices, chosen, compiled }
}

/** The settings in the text of a settings file; "" is none. */
const readSettings = (text: string): { readonly settings: SettingsInput } | { readonly problem: string } => {
  if (text.trim() === '') return { settings: {} }
  try {
    const settings: unknown = JSON.parse(text)
    const [problem] = settingsProblems(settings)
    return problem === undefined
      ? { settings: settings as SettingsInput }
      : { problem: `Settings: ${problem}.` }
  } catch {
    return { problem: 'The settings are not JSON.' }
  }
}

/**
 * The state of the page: a schema and users. It runs in a worker, does not know the page, and returns only
 * plain data.
 */
export class Session {
  #open = nothingOpen
  #file: { readonly name: string; readonly bytes: Uint8Array } | undefined
  #users: Pick<ReadUsers, 'records' | 'reading'> = noUsers
  /** The schema to compare with. */
  #new: { readonly name: string; readonly text: string } | undefined

  /** Reads a file: a schema if its contents say so, otherwise users. */
  async open(bytes: Uint8Array, name: string): Promise<Opened> {
    const text = await schemaTextOf(bytes)
    return text === undefined
      ? { users: await this.users(bytes, name) }
      : { schema: await this.schema(text, name) }
  }

  /** Reads a schema; loaded users are read again with its attribute names. */
  async schema(text: string, name: string): Promise<SchemaView> {
    const { schema, diagnostics } = readSchema(text, name)
    const faults = diagnostics.map(findingOf)
    return this.#show(opened({ ...this.#open, schema, name, faults, chosen: 0, changed: false }))
  }

  /** Chooses one of the object mappings. */
  async choose(index: number): Promise<SchemaView> {
    return this.#show(opened({ ...this.#open, chosen: index }))
  }

  /** Evaluates everything by other settings, given as the text of a settings file; faulty ones change nothing. */
  async settings(text: string): Promise<Edited> {
    const read = readSettings(text)
    if ('problem' in read) return { view: schemaView(this.#open), problem: read.problem }
    return { view: await this.#show(opened({ ...this.#open, ...read })), problem: undefined }
  }

  async #show(open: OpenSchema): Promise<SchemaView> {
    this.#open = open
    if (this.#file !== undefined) await this.users(this.#file.bytes, this.#file.name)
    return schemaView(open)
  }

  /** Reads users in any form that `sources` supports. */
  async users(bytes: Uint8Array, name: string): Promise<UsersView> {
    this.#file = { name, bytes }
    const read = await readUsers(bytes, name, this.#open.compiled)
    this.#users = read
    return read.view
  }

  /** The settings, dialect and attributes of the chosen mapping. */
  #options(): CompileOptions {
    const { compiled, settings } = this.#open
    return {
      ...(compiled === undefined ? { settings } : { settings: compiled.settings, dialect: compiled.dialect }),
      ...(compiled?.ends.source === undefined ? {} : { attributes: compiled.ends.source }),
    }
  }

  #editorContext(): EditorContext {
    return { environment: environmentOf(this.#options()), attributes: this.#open.compiled?.ends.source }
  }

  /** Everything about an expression, for one user and for all. */
  expression(text: string, user: number): ExpressionView {
    const view = expressionView(text, this.#options(), this.#users.reading, user)
    const indexes = view.results?.rows.map(({ index }) => index) ?? []
    return { ...view, titles: this.#titles(indexes).map(({ title }) => title) }
  }

  complete(text: string, offset: number): readonly CompletionItem[] {
    return completeExpression(text, offset, this.#editorContext())
  }

  hover(text: string, offset: number): { readonly span: Span; readonly contents: string } | undefined {
    return hoverExpression(text, offset, this.#editorContext())
  }

  /** The signature of the call around an offset. */
  signature(text: string, offset: number): SignatureHelp | undefined {
    return signatureHelp(text, offset, this.#editorContext())
  }

  /** The users whose titles contain a text, some of them; the selected one is always among them. */
  findUsers(wanted: string, selected: number): readonly UserTitle[] {
    const found = this.#titles(this.#users.records.keys()).filter(
      ({ index, title }) => index === selected || title.toLowerCase().includes(wanted.toLowerCase()),
    )
    const rest = found.slice(MOST_TITLES).find(({ index }) => index === selected)
    return [...(rest === undefined ? [] : [rest]), ...found.slice(0, MOST_TITLES)]
  }

  /** The title of a user, as in the list of them. */
  title(user: number): string {
    return this.#titles([user])[0]?.title ?? ''
  }

  #titles(indexes: Iterable<number>): readonly UserTitle[] {
    return titlesOf(this.#open.compiled, this.#users.records, indexes)
  }

  /** The story of a user; undefined without a schema or users. */
  story(user: number): ObjectStory | undefined {
    const [{ compiled }, record] = [this.#open, this.#users.records[user]]
    return compiled === undefined || record === undefined ? undefined : objectStory(compiled, record)
  }

  /** The attributes of a user as they were read, as JSON. */
  attributes(user: number): readonly (readonly [name: string, value: string])[] {
    const record = (this.#users.records[user] ?? {}) as Readonly<Record<string, unknown>>
    return Object.entries(record).map(([name, value]) => [name, exactJson(value) ?? ''])
  }

  /** How many users pass the scope; with a draft, by the edited filter, compared with the stored one. */
  filter(draft?: FilterDraft): FilterView | undefined {
    const { compiled } = this.#open
    return compiled === undefined ? undefined : filterView(compiled, this.#users.reading, draft)
  }

  /** The effect of another schema: OLD is the loaded one, NEW the given file, or that of the last call. */
  async compare(bytes?: Uint8Array, name = ''): Promise<CompareView | undefined> {
    if (bytes !== undefined) this.#new = { name, text: (await schemaTextOf(bytes)) ?? '' }
    const { compiled, settings } = this.#open
    return this.#new && compareView(compiled, this.#file, this.#new, settings)
  }

  /** Replaces the expression of a mapping, as text and stored tree. */
  async edit(index: number, text: string): Promise<Edited> {
    const objectMapping = this.#open.choices[this.#open.chosen]?.objectMapping
    if (objectMapping === undefined) return { view: schemaView(this.#open), problem: 'Load a schema first.' }
    const { edited, problem } = withMappingExpression(objectMapping, index, text)
    return { view: await this.#replace(edited), problem }
  }

  /** Stores an edited filter in the schema. */
  async storeFilter(draft: FilterDraft): Promise<Edited> {
    const objectMapping = this.#open.choices[this.#open.chosen]?.objectMapping
    if (objectMapping === undefined) return { view: schemaView(this.#open), problem: 'Load a schema first.' }
    const scope = scopeOf(draft, objectMapping.scope)
    const edited = scope === objectMapping.scope ? objectMapping : { ...objectMapping, scope }
    return { view: await this.#replace(edited), problem: undefined }
  }

  async #replace(edited: ObjectMapping): Promise<SchemaView> {
    const { schema, choices, chosen } = this.#open
    const choice = choices[chosen]
    if (schema === undefined || choice === undefined || edited === choice.objectMapping)
      return schemaView(this.#open)
    return this.#show(
      opened({ ...this.#open, schema: withObjectMapping(schema, choice, edited), changed: true }),
    )
  }

  /** The schema as a file. */
  save(): string {
    return this.#open.schema === undefined ? '' : writeSchema(this.#open.schema)
  }
}
