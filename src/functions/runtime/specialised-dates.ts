import type { DateEnvironment } from '../../values/context.js'
import type { Value } from '../../values/value.js'
import { formatDateTime } from './datetime.js'
import { positionalFormat } from './positional-date.js'

/**
 * FormatDateTime with constant formats. Dates of a fixed width are rearranged by position if that suffices;
 * other texts and pairs of formats take the general way.
 */
export const dateFormatBody = (
  styles: string | undefined,
  inputFormat: string,
  outputFormat: string,
): ((environment: DateEnvironment, source: Value) => Value) => {
  const general = (environment: DateEnvironment, source: Value): Value =>
    formatDateTime(environment, source, styles, inputFormat, outputFormat)
  // Styles change how offsets and blanks are read; without them, the documented default applies.
  const positional = styles === undefined ? positionalFormat(inputFormat, outputFormat) : undefined
  if (positional === undefined) return general
  return (environment, source) => {
    if (typeof source !== 'string' || environment.hostTimeZone !== 'UTC') return general(environment, source)
    return positional(source) ?? general(environment, source)
  }
}
