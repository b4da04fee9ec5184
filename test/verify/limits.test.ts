import { describe, expect, it } from 'vitest'
import { diffLimitNames } from '../../src/lint/index.js'
import {
  defaultLimits,
  type EffectTag,
  effectTags,
  exceededLimits,
  type MappingEffect,
  verdictOf,
} from '../../src/verify/index.js'

const effect = (tags: Partial<Record<EffectTag, number>>, affected = 0): MappingEffect => ({
  objects: 200,
  affected,
  attributes: [],
  tags: Object.fromEntries(Object.entries(tags).map(([tag, count]) => [tag, { count, objects: [] }])),
})

describe('the limits of a comparison', () => {
  it('know every tag', () => {
    expect([...diffLimitNames].sort()).toEqual(['affected', 'removals', ...Object.keys(effectTags)].sort())
  })

  it.each([
    [{ changed: 4 }, { changed: '2%' }, []],
    [{ changed: 5 }, { changed: '2%' }, [['changed', '2%', 5]]],
    [{ changed: 200 }, { changed: '100%' }, []],
    [{ disabled: 1, deleted: 1 }, { removals: 1, disabled: 1 }, [['removals', 1, 2]]],
    [{ created: 7 }, {}, []],
    [
      { failed: 1, disabled: 1 },
      defaultLimits,
      [
        ['failed', 0, 1],
        ['removals', 0, 1],
      ],
    ],
  ])('%j with %j', (tags, limits, expected) => {
    const exceeded = exceededLimits(effect(tags), limits)
    expect(exceeded.map(({ what, before, after }) => [what, before, after])).toEqual(expected)
  })

  it('are named by the verdict', () => {
    const found = effect({ changed: 5 }, 5)
    const exceeded = exceededLimits(found, { affected: 1, changed: '1%' })
    expect(verdictOf({ changes: [], effect: found, breaking: [], exceeded })).toBe(
      '5 of 200 objects are affected; OLD and NEW are the same; over the limit: changed 5, at most 1%; over the limit: affected 5, at most 1',
    )
  })
})
