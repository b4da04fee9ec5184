import { type ContestedPoint, otherReadings, type Reading } from '../values/contested.js'
import type { EvaluationContext } from '../values/context.js'
import type { Outcome } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'
import { resolveSettings } from '../values/resolve-settings.js'
import { mergeSettings } from '../values/settings-schema.js'
import { type CompileOptions, compileExpression } from './compile.js'
import { outcomeMembers } from './outcome-json.js'

/** The outcome of an expression under a reading of a contested point that is not followed. */
export interface OtherOutcome {
  readonly point: ContestedPoint
  readonly reading: Reading
  readonly outcome: Outcome
}

const keyOf = (outcome: Outcome): string =>
  outcome.kind === 'error' ? `${outcome.diagnostics[0]?.code}` : JSON.stringify(outcomeMembers(outcome))

/**
 * The readings of contested points under which an expression has another outcome for an object.
 * @param followed the outcome under the settings of `options`
 */
export const otherOutcomes = (
  text: string,
  options: CompileOptions,
  record: SourceRecord,
  context: EvaluationContext,
  followed: Outcome,
): readonly OtherOutcome[] =>
  otherReadings.flatMap(({ point, reading }) => {
    const settings = mergeSettings(options.settings ?? {}, reading.settings)
    const outcome = compileExpression(text, { ...options, settings }).evaluate(record, {
      ...context,
      settings: resolveSettings(settings),
    })
    return keyOf(outcome) === keyOf(followed) ? [] : [{ point, reading, outcome }]
  })
