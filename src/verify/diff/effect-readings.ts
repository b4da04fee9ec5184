import type { CompiledObjectMapping, ObjectMappingOptions } from '../../mapping/compile-object-mapping.js'
import {
  type DependsOn,
  type ReadingFinding,
  readingFinding,
  underOtherReadings,
} from '../../mapping/readings.js'
import type { SourceRecord } from '../../values/record.js'
import { EffectGatherer, type EffectOptions, type ObjectEffect } from './effect.js'

interface Counting {
  readonly point: DependsOn['point']
  readonly reading: DependsOn['reading']
  readonly gatherer: EffectGatherer
  count: number
  /** The first object, and how its effect differs. */
  first: string
}

const wordsOf = (effect: ObjectEffect | undefined): string =>
  effect === undefined ? 'unaffected' : effect.tags.join(' and ') || effect.after.outcome

/**
 * Finds the contested points on which the effect of a change depends: with OLD and NEW under another reading, an
 * object gets other tags or outcomes.
 */
export class EffectReadings {
  readonly #counts: readonly Counting[]

  constructor(
    before: CompiledObjectMapping,
    after: CompiledObjectMapping,
    options: ObjectMappingOptions,
    effect: EffectOptions,
  ) {
    this.#counts = underOtherReadings([before, after], options).map(
      ({ point, reading, mappings: [old, now] }) => ({
        point,
        reading,
        gatherer: new EffectGatherer(old, now, { ...effect, listed: 0 }),
        count: 0,
        first: '',
      }),
    )
  }

  /**
   * Compares the effect on an object with its effects under the other readings.
   * @param found the effect under the readings that are followed; undefined if there is none
   */
  add(record: SourceRecord, line: number, found: ObjectEffect | undefined): void {
    for (const one of this.#counts) {
      const other = one.gatherer.add(record, line)
      const [now, then] = [wordsOf(found), wordsOf(other)]
      if (now === then) continue
      const id = found?.id ?? other?.id ?? ''
      if (one.count++ === 0) one.first = `${id} is ${then}, not ${now},`
    }
  }

  /** The points on which the effect depends, with the number of objects and the first one. */
  dependsOn(): readonly ReadingFinding[] {
    return this.#counts
      .filter(({ count }) => count > 0)
      .map(({ point, reading, count, first }) =>
        readingFinding({
          point,
          reading,
          difference: `${first}${count === 1 ? '' : ` and ${count - 1} more differ`}`,
        }),
      )
  }
}
