import { DateTime } from '../dotnet/dates/date-time.js'
import type { DateEnvironment } from '../dotnet/dates/environment.js'
import { beginMetering } from '../dotnet/step-meter.js'
import { isJsonObject } from './json-object.js'
import { func, type OptionRules, requireOptions } from './options.js'
import { cryptoRandom, type RandomSource } from './random.js'
import { defaultSettings, type Settings } from './settings.js'

export type { DateEnvironment } from '../dotnet/dates/environment.js'

/** What an evaluation takes from its surroundings. Everything else is a pure function of the object. */
export interface EvaluationContext extends DateEnvironment {
  readonly random: RandomSource
  /**
   * Whether a candidate of SelectUniqueValue is already taken in the target. Without it, every candidate is
   * free. A candidate is text.
   */
  readonly isTaken: ((candidate: string) => boolean) | undefined
  readonly settings: Settings
}

/** The parts of a context a caller may give. */
export interface ContextInput {
  /** The clock: a Date, an ISO 8601 text, or epoch milliseconds. Default: now. */
  readonly now?: Date | string | number
  readonly random?: RandomSource
  readonly isTaken?: (candidate: string) => boolean
}

const rules: OptionRules<ContextInput> = {
  now: {
    takes: 'a Date, an ISO 8601 text or epoch milliseconds',
    accepts: (now) =>
      (now instanceof Date || typeof now === 'string' || typeof now === 'number') &&
      !Number.isNaN(new Date(now).getTime()),
  },
  random: {
    takes: 'a source such as seededRandom(1)',
    accepts: (random) => typeof (random as RandomSource | null)?.fill === 'function',
  },
  isTaken: func,
}

/**
 * Makes a context.
 * @throws {TypeError} for invalid parts, such as a `now` that is not a date
 * @example
 * const context = createContext({ now: '2026-01-01T00:00:00Z' })
 * compileExpression('CStr(Now())').evaluate({}, context) // { kind: 'value', value: '1/1/2026 12:00:00 AM' }
 */
export const createContext = (
  input: ContextInput = {},
  settings: Settings = defaultSettings,
): EvaluationContext => {
  requireOptions(input, rules)
  return {
    now: DateTime.fromEpochMilliseconds(new Date(input.now ?? Date.now()).getTime()),
    hostTimeZone: settings.hostTimeZone,
    random: input.random ?? cryptoRandom,
    isTaken: input.isTaken,
    settings,
  }
}

const isComplete = (context: ContextInput | EvaluationContext | undefined): context is EvaluationContext =>
  isJsonObject(context) && 'settings' in context && context.now instanceof DateTime

/** The context of the latest evaluation. Most programs have one for many objects; it is checked once. */
let latest: EvaluationContext | undefined

/**
 * Begins the evaluation of an object: returns a complete context, either the one given or one made from its
 * parts, and resets the step budget for regular expressions.
 */
export const contextFrom = (
  context: ContextInput | EvaluationContext | undefined,
  settings: Settings,
): EvaluationContext => {
  if (latest === undefined || context !== latest)
    latest = isComplete(context) ? context : createContext(context, settings)
  beginMetering()
  return latest
}
