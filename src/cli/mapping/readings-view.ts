import { type DependsOn, readingFinding, readingText } from '../../mapping/readings.js'
import { shown } from '../../text/shown.js'

/** The contested points on which a result depends, one on each line. */
export const readingLines = (found: readonly DependsOn[]): readonly string[] =>
  found.map((one) => shown(readingText(readingFinding(one))))
