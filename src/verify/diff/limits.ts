import type { DiffLimit, DiffLimitName, DiffLimits } from '../../lint/config.js'
import { type EffectTag, effectTags, type MappingEffect } from './effect.js'
import type { SchemaChange } from './schema-change.js'

/** The place of an exceeded limit among the changes. */
export const EFFECT_PATH = 'effect'

/** The limits if none are configured: no object may be disabled or deleted, and none may fail. */
export const defaultLimits: DiffLimits = { removals: 0, failed: 0 }

const meanings: Readonly<Record<DiffLimitName, string>> = {
  ...effectTags,
  affected: 'are affected',
  removals: 'are disabled or deleted',
}

/** The number of objects of one kind. */
export const effectCount = (effect: MappingEffect, name: DiffLimitName): number => {
  if (name === 'affected') return effect.affected
  const tags: readonly EffectTag[] = name === 'removals' ? ['disabled', 'deleted'] : [name]
  return tags.reduce((sum, tag) => sum + (effect.tags[tag]?.count ?? 0), 0)
}

const exceeds = (count: number, limit: DiffLimit, objects: number): boolean =>
  typeof limit === 'number' ? count > limit : count * 100 > Number.parseFloat(limit) * objects

/** The limits that an effect exceeds, each as a breaking change, so that it can be accepted like one. */
export const exceededLimits = (effect: MappingEffect, limits: DiffLimits): readonly SchemaChange[] =>
  (Object.keys(meanings) as DiffLimitName[]).flatMap((name): readonly SchemaChange[] => {
    const [limit, count] = [limits[name], effectCount(effect, name)]
    if (limit === undefined || !exceeds(count, limit, effect.objects)) return []
    return [
      {
        path: EFFECT_PATH,
        what: name,
        before: limit,
        after: count,
        criticality: 'breaking',
        reason: `more objects ${meanings[name]} than the limit allows`,
      },
    ]
  })
