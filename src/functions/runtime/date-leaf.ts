import type { DateEnvironment } from '../../values/context.js'
import type { Value } from '../../values/value.js'
import { formatDateTime } from './datetime.js'

const CAPACITY = 4_096

/**
 * Whether what a format reads is a whole date, so that the clock supplies nothing. Formats with quotes, escapes
 * or `%` are left to the general way, which is as exact and only slower.
 */
const readsWholeDate = (format: string): boolean =>
  !/["'\\%]/.test(format) &&
  format.length > 1 &&
  /y/.test(format) &&
  /M/.test(format) &&
  /(?<!d)d{1,2}(?!d)/.test(format)

/**
 * FormatDateTime with constant formats. The dates of a population repeat, so results are remembered by text, in
 * bounded memory; only where the host's zone and the clock have no say.
 */
export const dateFormatLeaf = (
  styles: string | undefined,
  inputFormat: string,
  outputFormat: string,
): ((environment: DateEnvironment, source: Value) => Value) => {
  const general = (environment: DateEnvironment, source: Value): Value =>
    formatDateTime(environment, source, styles, inputFormat, outputFormat)
  if (!readsWholeDate(inputFormat)) return general
  const known = new Map<string, Value>()
  return (environment, source) => {
    if (typeof source !== 'string' || environment.hostTimeZone !== 'UTC' || source.length > 64) {
      return general(environment, source)
    }
    const found = known.get(source)
    if (found !== undefined) return found
    const made = general(environment, source)
    if (known.size >= CAPACITY) known.clear()
    known.set(source, made)
    return made
  }
}
