import { type EffectTag, effectTags, type MappingEffect } from './effect.js'
import type { SchemaChange } from './structure.js'

/** What a limit counts: the objects of a tag, those affected in any way, or those that are disabled or deleted. */
export type LimitName = EffectTag | 'affected' | 'removals'

/** The most objects of each kind that a change may touch. */
export type Limits = Readonly<Partial<Record<LimitName, number>>>

/** What holds where no limit is set: nobody is disabled or deleted, and nobody fails. */
export const defaultLimits: Limits = { removals: 0, failed: 0 }

/** How many objects of one kind there are. */
export const effectCount = (effect: MappingEffect, name: LimitName): number => {
  if (name === 'affected') return effect.affected
  const tags: readonly EffectTag[] = name === 'removals' ? ['disabled', 'deleted'] : [name]
  return tags.reduce((sum, tag) => sum + (effect.tags[tag]?.count ?? 0), 0)
}

const words: Readonly<Record<LimitName, string>> = {
  ...effectTags,
  affected: 'are affected',
  removals: 'are disabled or deleted',
}

/** The limits that an effect exceeds, each as a breaking change, so that it is reviewed like one. */
export const exceededLimits = (effect: MappingEffect, limits: Limits): readonly SchemaChange[] =>
  (Object.keys(words) as LimitName[]).flatMap((name): readonly SchemaChange[] => {
    const [most, count] = [limits[name], effectCount(effect, name)]
    if (most === undefined || count <= most) return []
    return [
      {
        path: 'effect',
        what: name,
        before: most,
        after: count,
        criticality: 'breaking',
        reason: `more objects ${words[name]} than the limit allows`,
      },
    ]
  })
