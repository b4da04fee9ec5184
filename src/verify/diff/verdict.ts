import type { DiffLimitName } from '../../lint/config.js'
import type { MappingEffect } from './effect.js'
import { effectCount } from './limits.js'
import type { SchemaChange } from './schema-change.js'

/** The results of a comparison, after a review. */
export interface ReviewedDiff {
  readonly changes: readonly SchemaChange[]
  readonly effect: MappingEffect | undefined
  /** The breaking changes that nobody has accepted. */
  readonly breaking: readonly SchemaChange[]
  /** The exceeded limits that nobody has accepted. */
  readonly exceeded: readonly SchemaChange[]
}

const counted = (count: number, one: string, several: string): string =>
  `${count} ${count === 1 ? one : several}`

const told: readonly (readonly [DiffLimitName, string, string])[] = [
  ['removals', 'is disabled or deleted', 'are disabled or deleted'],
  ['leavesScope', 'leaves the scope', 'leave the scope'],
  ['failed', 'fails', 'fail'],
]

const effectText = (effect: MappingEffect): string => {
  const { objects, affected } = effect
  const all = counted(objects, 'object', 'objects')
  if (affected === 0) return `NEW gives the same results as OLD for all ${all} of the file`
  return [
    `${affected} of ${all} ${affected === 1 ? 'is' : 'are'} affected`,
    ...told.flatMap(([name, one, several]) => {
      const count = effectCount(effect, name)
      return count === 0 ? [] : [counted(count, one, several)]
    }),
  ].join(', ')
}

const changesText = (changes: number, breaking: number): string => {
  if (changes === 0) return 'OLD and NEW are the same'
  const text = counted(changes, 'change of the schema', 'changes of the schema')
  return breaking === 0 ? text : `${text}, of which ${breaking} can hand over, disable or delete accounts`
}

/** One line that says whether a closer look is needed, and names each exceeded limit. */
export const verdictOf = ({ changes, effect, breaking, exceeded }: ReviewedDiff): string =>
  [
    ...(effect === undefined ? [] : [effectText(effect)]),
    changesText(changes.length, breaking.length),
    ...exceeded.map(({ what, before, after }) => `over the limit: ${what} ${after}, at most ${before}`),
  ].join('; ')
