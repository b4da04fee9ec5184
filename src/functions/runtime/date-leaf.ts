import type { DateEnvironment } from '../../values/context.js'
import type { Value } from '../../values/value.js'
import { formatDateTime } from './datetime.js'
import { positionalFormat } from './positional-date.js'

/**
 * FormatDateTime with constant formats. Dates of a fixed width are moved by position, where that is all there is to
 * do; every other text, and every other pair of formats, takes the general way.
 */
export const dateFormatLeaf = (
  styles: string | undefined,
  inputFormat: string,
  outputFormat: string,
): ((environment: DateEnvironment, source: Value) => Value) => {
  const general = (environment: DateEnvironment, source: Value): Value =>
    formatDateTime(environment, source, styles, inputFormat, outputFormat)
  // Styles change what offsets and blanks mean; without them, the documented default holds.
  const positional = styles === undefined ? positionalFormat(inputFormat, outputFormat) : undefined
  if (positional === undefined) return general
  return (environment, source) => {
    if (typeof source !== 'string' || environment.hostTimeZone !== 'UTC') return general(environment, source)
    return positional(source) ?? general(environment, source)
  }
}
