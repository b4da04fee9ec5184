import { seeded } from '../workload/random.js'

/** A median with the interval that holds it in 95 % of the samples drawn anew from the rounds. */
export interface Estimate {
  readonly median: number
  readonly low: number
  readonly high: number
  /** The rounds it was made from. */
  readonly rounds: readonly number[]
}

const RESAMPLES = 10_000

/** The middle of a list that is not empty. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The median and its 95 % bootstrap interval (percentiles; the draws are seeded). */
export const estimate = (rounds: readonly number[]): Estimate => {
  if (rounds.length === 0) throw new RangeError('there are no rounds')
  const random = seeded(rounds.length)
  const medians = Array.from({ length: RESAMPLES }, () =>
    medianOf(rounds.map(() => rounds[Math.floor(random() * rounds.length)]!)),
  ).sort((a, b) => a - b)
  return {
    median: medianOf(rounds),
    low: medians[Math.floor(RESAMPLES * 0.025)]!,
    high: medians[Math.ceil(RESAMPLES * 0.975) - 1]!,
    rounds,
  }
}
