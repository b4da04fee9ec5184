import type { Target } from '../connect/target.js'
import type { JobMapping, LeftOut } from './job.js'

/** What the target does not keep of each mapping; mappings of which it keeps everything are not named. */
export const leftOutOf = (
  mappings: readonly JobMapping[],
  { refused = [], dropped = [] }: Target['abilities'],
): readonly LeftOut[] =>
  mappings
    .map(({ key, compiled }): LeftOut => {
      const names = new Set(compiled.attributes.map(({ mapping }) => mapping.targetAttributeName))
      return {
        mapping: key,
        refused: refused.filter((name) => names.has(name)),
        dropped: dropped.filter((name) => names.has(name) && !refused.includes(name)),
      }
    })
    .filter((one) => one.refused.length + one.dropped.length > 0)

/** In words, for reports and the log. */
export const leftOutText = ({ refused, dropped }: LeftOut): string =>
  [
    ...(refused.length === 0 ? [] : [`the target refuses ${refused.join(', ')}: left out of requests`]),
    ...(dropped.length === 0 ? [] : [`the target does not keep ${dropped.join(', ')}: sent, but not missed`]),
  ].join('; ')
