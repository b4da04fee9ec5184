import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { FunctionLibrary } from '../functions/library.js'
import { closest } from '../text/suggest.js'
import { parseClock } from '../values/clock.js'
import type { ContextInput } from '../values/context.js'
import { isJsonObject } from '../values/json-object.js'
import { isText, type OptionRule, oneOf, text } from '../values/options.js'
import { readJson, TooDeep } from '../values/read-json.js'
import type { SourceRecord } from '../values/record.js'
import type { Dialect, SettingsInput } from '../values/settings.js'
import { mergeSettings, settingsProblems } from '../values/settings-schema.js'
import { type CompiledExpression, compileExpression } from './compile.js'
import { diagnosticJson, type OutcomeJson, outcomeJson } from './outcome-json.js'

/** Defaults for all requests of a batch; a request's own members take precedence. */
export interface BatchOptions {
  readonly settings?: SettingsInput
  readonly dialect?: Dialect
  readonly library?: FunctionLibrary
  readonly now?: Date
}

/** The answer to one line. */
export interface BatchAnswer {
  /** One line of JSON, without a line ending. */
  readonly line: string
  /** Whether the line was a request; its outcome may still be an error. */
  readonly wellFormed: boolean
}

/** The parsed members of a request. */
interface Request {
  readonly expression: string
  readonly input: SourceRecord
  readonly dialect: Dialect | undefined
  readonly context: ContextInput
  readonly settings: SettingsInput | undefined
}

type Members = Readonly<Record<string, unknown>>

/** The number of compiled expressions that are kept for later lines. */
const CACHE_SIZE = 1000

const nowhere = { start: 0, end: 0 } as const

/** The members of a request, their accepted values in words, and their tests. */
const members: Readonly<Record<string, OptionRule>> = {
  id: { takes: 'any value', accepts: () => true },
  expression: text,
  input: { takes: 'an object', accepts: isJsonObject },
  dialect: oneOf('provisioning', 'cloud-sync'),
  now: {
    takes: 'an ISO 8601 date and time',
    accepts: (value) => isText(value) && parseClock(value) !== undefined,
  },
  taken: { takes: 'a list of texts', accepts: (value) => Array.isArray(value) && value.every(isText) },
  settings: { takes: 'an object', accepts: isJsonObject },
}

const memberNames = Object.keys(members)

const describe = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'boolean') return 'a Boolean'
  if (typeof value !== 'string') return 'a number'
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value)
}

const own = (value: Members, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined)

/** Problems of a request; warnings leave it usable. */
const checkRequest = (request: Members): Diagnostic[] => {
  const problems: Diagnostic[] = []
  if (!Object.hasOwn(request, 'expression'))
    problems.push(diagnostic('AF4903', nowhere, { member: 'expression' }))
  for (const [name, value] of Object.entries(request)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined
    if (member === undefined) {
      const known = closest(name, memberNames)
      if (known !== undefined && !Object.hasOwn(request, known))
        problems.push(diagnostic('AF4906', nowhere, { name, known }))
    } else if (!member.accepts(value)) {
      const found = describe(value)
      problems.push(diagnostic('AF4902', nowhere, { member: name, expected: member.takes, found }))
    } else if (name === 'settings') {
      for (const reason of settingsProblems(value)) problems.push(diagnostic('AF4904', nowhere, { reason }))
    }
  }
  return problems
}

const toRequest = (request: Members, now: Date | undefined): Request => {
  const clock = own(request, 'now') as string | undefined
  const taken = own(request, 'taken') as readonly string[] | undefined
  const takenSet = taken === undefined ? undefined : new Set(taken)
  const at = clock === undefined ? now : parseClock(clock)
  return {
    expression: own(request, 'expression') as string,
    input: (own(request, 'input') ?? {}) as SourceRecord,
    dialect: own(request, 'dialect') as Dialect | undefined,
    settings: own(request, 'settings') as SettingsInput | undefined,
    context: {
      ...(at === undefined ? {} : { now: at }),
      ...(takenSet === undefined ? {} : { isTaken: (candidate: string) => takenSet.has(candidate) }),
    },
  }
}

/** Writes an answer; an integer id keeps its digits, however long it is. */
const write = (id: unknown, answer: OutcomeJson): string => {
  const body = JSON.stringify(answer, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  if (id === undefined) return body
  const idText =
    typeof id === 'bigint'
      ? id.toString()
      : JSON.stringify(id, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
  return `{"id":${idText},${body.slice(1)}`
}

/**
 * Evaluates requests, one JSON object a line: `{"id"?, "expression", "input"?, "dialect"?, "now"?, "taken"?,
 * "settings"?}`. The answer is `{"id"?, "outcome", "value"?, "text"?, "diagnostics"}`. It never throws
 * because of a line: a line that is not a request gets an answer with the outcome `error` and a diagnostic
 * AF49xx. A limited number of compiled expressions is kept for lines that repeat them.
 */
export class Batch {
  readonly #options: BatchOptions
  readonly #compiled: Map<string, CompiledExpression> = new Map()

  constructor(options: BatchOptions = {}) {
    this.#options = options
  }

  /** Answers one line. */
  answer(line: string): BatchAnswer {
    let id: unknown
    try {
      let request: unknown
      try {
        request = readJson(line)
      } catch (error) {
        if (error instanceof TooDeep) id = own(Object(JSON.parse(line)), 'id')
        if (error instanceof TooDeep || !(error instanceof SyntaxError)) throw error
        const reason = error.message.replace(/\.$/, '')
        return this.#refuse(undefined, [diagnostic('AF4901', nowhere, { reason })])
      }
      if (!isJsonObject(request)) {
        const reason = `it is ${describe(request)}`
        return this.#refuse(undefined, [diagnostic('AF4901', nowhere, { reason })])
      }
      id = own(request, 'id')
      const problems = checkRequest(request)
      if (problems.some((problem) => problem.severity === 'error')) return this.#refuse(id, problems)
      const { expression, input, dialect, context, settings } = toRequest(request, this.#options.now)
      const compiled = this.#compile(expression, dialect, settings)
      const answer = {
        ...outcomeJson(compiled.evaluate(input, context), compiled.diagnostics),
        ...(compiled.redacted ? { redacted: true as const } : {}),
      }
      const diagnostics = [...problems.map(diagnosticJson), ...answer.diagnostics]
      return { line: write(id, { ...answer, diagnostics }), wellFormed: true }
    } catch (error) {
      // A line must not end the batch, neither by nesting that overflows the stack nor by a bug of ours.
      const reason = error instanceof Error ? error.message : String(error)
      return this.#refuse(typeof id === 'object' ? undefined : id, [
        diagnostic('AF4905', nowhere, { reason }),
      ])
    }
  }

  #refuse(id: unknown, problems: readonly Diagnostic[]): BatchAnswer {
    const answer: OutcomeJson = { outcome: 'error', diagnostics: problems.map(diagnosticJson) }
    return { line: write(id, answer), wellFormed: false }
  }

  #compile(
    text: string,
    dialect: Dialect | undefined,
    settings: SettingsInput | undefined,
  ): CompiledExpression {
    const key = `${dialect ?? ''}\n${settings === undefined ? '' : JSON.stringify(settings)}\n${text}`
    const known = this.#compiled.get(key)
    if (known !== undefined) return known
    const { settings: base = {}, library, dialect: usual } = this.#options
    const chosen = dialect ?? usual
    const compiled = compileExpression(text, {
      settings: settings === undefined ? base : mergeSettings(base, settings),
      ...(chosen === undefined ? {} : { dialect: chosen }),
      ...(library === undefined ? {} : { library }),
    })
    const oldest = this.#compiled.size >= CACHE_SIZE ? this.#compiled.keys().next().value : undefined
    if (oldest !== undefined) this.#compiled.delete(oldest)
    this.#compiled.set(key, compiled)
    return compiled
  }
}
