import type { ScopeDecision } from '../../filter/decide.js'
import type { MappedObject } from '../../mapping/mapped-object.js'
import type { EffectTag, ObjectEffect } from './effect.js'

/** The clauses and attributes that caused a tag, the most frequent first. */
export type EffectCauses = Readonly<
  Partial<Record<EffectTag, readonly { readonly cause: string; readonly count: number }[]>>
>

const clauseOf = ({ clause, group, set }: ScopeDecision): string | undefined => clause ?? group ?? set

/** The target attribute whose expression failed; else the reason why the object failed. */
const failureOf = ({ attributes, reason }: MappedObject): string =>
  attributes.find(({ decision }) => !decision.flows && decision.reason === 'failed')?.attribute.mapping
    .targetAttributeName ?? reason

/** The first attribute by which an object is matched in another way. */
const changedKey = (before: MappedObject, after: MappedObject): string | undefined =>
  [...after.matchKeys, ...before.matchKeys].find(({ targetAttribute: name, query }) =>
    [before, after].some(
      ({ matchKeys }) => matchKeys.find(({ targetAttribute }) => targetAttribute === name)?.query !== query,
    ),
  )?.targetAttribute

const causeOf = (tag: EffectTag, { before, after }: ObjectEffect): string | undefined => {
  switch (tag) {
    case 'entersScope':
      return clauseOf(before.scope.decide())
    case 'leavesScope':
      return clauseOf(after.scope.decide())
    case 'matchingKeyChanged':
      return changedKey(before, after)
    case 'failed':
      return failureOf(after)
    case 'repaired':
      return failureOf(before)
    case 'disabled':
    case 'deleted':
    case 'created':
      return after.reason
    default:
      return undefined
  }
}

/** Counts, object by object, which clause or attribute caused an effect. */
export class CauseCounter {
  readonly #counts = new Map<EffectTag, Map<string, number>>()

  note(effect: ObjectEffect): void {
    for (const tag of effect.tags) {
      const cause = causeOf(tag, effect)
      if (cause === undefined) continue
      const counts = this.#counts.get(tag) ?? new Map<string, number>()
      this.#counts.set(tag, counts.set(cause, (counts.get(cause) ?? 0) + 1))
    }
  }

  /** The causes counted so far. */
  causes(): EffectCauses {
    return Object.fromEntries(
      [...this.#counts].map(([tag, counts]) => [
        tag,
        [...counts].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count),
      ]),
    )
  }
}
