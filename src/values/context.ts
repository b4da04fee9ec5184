import { DateTime } from '../dotnet/dates/date-time.js'
import type { DateEnvironment } from '../dotnet/dates/environment.js'
import { beginMetering } from '../dotnet/step-meter.js'
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

/** Makes a context. Throws a RangeError when `now` is not a date: that is a caller's bug, not a user's fault. */
export const createContext = (
  input: ContextInput = {},
  settings: Settings = defaultSettings,
): EvaluationContext => {
  const milliseconds = new Date(input.now ?? Date.now()).getTime()
  if (Number.isNaN(milliseconds)) throw new RangeError(`now is not a date: ${String(input.now)}`)
  return {
    now: DateTime.fromEpochMilliseconds(milliseconds),
    hostTimeZone: settings.hostTimeZone,
    random: input.random ?? cryptoRandom,
    isTaken: input.isTaken,
    settings,
  }
}

/**
 * Begins the evaluation of an object: returns a complete context, either the one given or one made from its
 * parts, and resets the step budget for regular expressions.
 */
export const contextFrom = (
  context: ContextInput | EvaluationContext | undefined,
  settings: Settings,
): EvaluationContext => {
  beginMetering()
  return context !== undefined && 'settings' in context ? context : createContext(context, settings)
}
