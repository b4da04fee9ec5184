import type { Diagnostic } from '../index.js'
import { renderFrame } from '../print.js'
import { JsonDocument } from '../schema/json-document.js'
import { placeInWords } from '../schema/named-place.js'
import { plural } from '../text/plural.js'
import type { SourceText } from '../text/source-text.js'
import type { CliIo } from './io.js'
import type { Style } from './style.js'

/** The number of diagnostics of each severity. */
export interface Tally {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
}

/** Counts diagnostics by severity. */
export const tally = (diagnostics: readonly Diagnostic[]): Tally => {
  const count = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((d) => d.severity === severity).length
  return { errors: count('error'), warnings: count('warning'), infos: count('info') }
}

/** `2 errors, 1 warning`; `no problems` if there are none. */
export const tallyText = ({ errors, warnings, infos }: Tally, style: Style): string => {
  const parts: string[] = []
  if (errors > 0) parts.push(style.paint('red', plural(errors, 'error')))
  if (warnings > 0) parts.push(style.paint('yellow', plural(warnings, 'warning')))
  if (infos > 0) parts.push(style.paint('cyan', plural(infos, 'note')))
  return parts.length === 0 ? style.paint('green', 'no problems') : parts.join(', ')
}

/** A text that findings are about: an expression, or the document of a schema, whose frames name the place in words. */
export type Examined = SourceText | string | JsonDocument

/** The frames of findings about one text, with a blank line after each. */
export const frames = (
  diagnostics: readonly Diagnostic[],
  examined: Examined,
  { color, columns: width }: Style,
): string => {
  const frame = (d: Diagnostic): string =>
    examined instanceof JsonDocument
      ? renderFrame(d, examined.source, { color, width, place: placeInWords(examined, d.span.start) })
      : renderFrame(d, examined, { color, width })
  return diagnostics.map((d) => `${frame(d)}\n\n`).join('')
}

/** Prints frames on standard error. */
export const reportFrames = async (
  diagnostics: readonly Diagnostic[],
  examined: Examined,
  style: Style,
  io: CliIo,
): Promise<void> => {
  const text = frames(diagnostics, examined, style)
  if (text !== '') await io.stderr.write(text.slice(0, -1))
}
