import type { Target } from '../connect/target.js'
import type { JobMapping, LeftOut } from './job.js'

/**
 * The attributes of each mapping that the target refuses or does not store; mappings without such attributes
 * are left out.
 */
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

/** As text, for reports and the log. */
export const leftOutText = ({ refused, dropped }: LeftOut): string =>
  [
    ...(refused.length === 0 ? [] : [`the target refuses ${refused.join(', ')}: left out of requests`]),
    ...(dropped.length === 0
      ? []
      : [`the target does not store ${dropped.join(', ')}: sent, but not expected back`]),
  ].join('; ')
