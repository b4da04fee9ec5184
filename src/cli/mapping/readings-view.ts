import type { DependsOn } from '../../mapping/index.js'
import { shown } from '../../text/shown.js'

/** The contested points on which a result depends, one on each line. */
export const readingLines = (found: readonly DependsOn[]): readonly string[] =>
  found.map(
    ({ point, reading, difference }) =>
      `depends on ${point.id} (semantics ${point.decision}): ${shown(difference)} if this holds: ${reading.says}`,
  )

/** A contested point on which a result depends, as JSON. */
export const readingJson = ({ point, reading, difference }: DependsOn) => ({
  point: point.id,
  decision: point.decision,
  says: reading.says,
  difference,
})
