import type { DiffLimitName } from '../../lint/config.js'
import { plural } from '../../text/plural.js'
import { requireMade } from '../../values/misuse.js'
import type { MappingEffect } from './effect.js'
import { effectCount } from './limits.js'
import type { SchemaChange } from './schema-change.js'
import { predicate } from './wording.js'

/** The results of a comparison, after a review. */
export interface ReviewedDiff {
  readonly changes: readonly SchemaChange[]
  readonly effect: MappingEffect | undefined
  /** How many entries of the population could not be read. Default 0. */
  readonly unreadable?: number
  /** Whether the comparison was stopped before the end of the population. Default false. */
  readonly stopped?: boolean
  /** The breaking changes that nobody has accepted. */
  readonly breaking: readonly SchemaChange[]
  /** The exceeded limits that nobody has accepted. */
  readonly exceeded: readonly SchemaChange[]
}

const told: readonly (readonly [DiffLimitName, string])[] = [
  ['removals', 'are disabled or deleted'],
  ['leavesScope', 'leave the scope'],
  ['failed', 'fail'],
]

const effectText = (effect: MappingEffect): string => {
  const { objects, affected } = effect
  if (objects === 0) return 'the file has no objects'
  if (affected === 0)
    return `NEW gives the same results as OLD for ${objects === 1 ? 'the only object' : `all ${objects} objects`} of the file`
  return [
    `${affected} of ${plural(objects, 'object')} ${predicate(affected, 'are affected')}`,
    ...told.flatMap(([name, words]) => {
      const count = effectCount(effect, name)
      return count === 0 ? [] : [`${count} ${predicate(count, words)}`]
    }),
  ].join(', ')
}

const changesText = (changes: number, breaking: number): string => {
  if (changes === 0) return 'OLD and NEW are the same'
  const text = `${plural(changes, 'change')} of the schema`
  if (breaking === 0) return text
  return `${text}, ${changes === 1 ? 'which' : `of which ${breaking}`} can hand over, disable or delete accounts`
}

/** One line that says whether a closer look is needed, and names each exceeded limit. */
export const verdictOf = (diff: ReviewedDiff): string => {
  requireMade(diff, 'changes', 'a comparison, with changes and exceeded')
  const { changes, effect, unreadable = 0, stopped = false, breaking, exceeded } = diff
  return [
    ...(stopped ? ['the comparison was stopped: the rest of the file was not compared'] : []),
    ...(effect === undefined ? [] : [effectText(effect)]),
    ...(unreadable === 0 ? [] : [`${plural(unreadable, 'object')} could not be read`]),
    changesText(changes.length, breaking.length),
    ...exceeded.map(({ what, before, after }) => `over the limit: ${what} ${after}, at most ${before}`),
  ].join('; ')
}
