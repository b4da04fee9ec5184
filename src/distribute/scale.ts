import { PARTITIONS } from '../state/partition.js'

/** What a cycle of a job with several workers has to do, and with what. */
export interface ScaleInput {
  /** Objects that are written; objects that have not changed cost a read of the source and no request. */
  readonly objects: number
  /** Requests that an object takes: two for one that is searched and created. */
  readonly requests: number
  readonly workers: number
  /** Objects that one worker has under way at once. */
  readonly concurrency: number
  /** Milliseconds from a request to its answer. */
  readonly latency: number
  /** Requests a second that the target takes from all workers together; undefined: as many as come. */
  readonly rate?: number
  /** Milliseconds that an object waits for the state, beside its requests. */
  readonly state: number
  /** Milliseconds of a processor that an object takes in a worker. */
  readonly cpu: number
  /** Objects a second whose transactions the database carries out. */
  readonly database: number
}

/** What a cycle takes, and what holds it up. */
export interface ScaleEstimate {
  readonly objectsPerSecond: number
  readonly seconds: number
  /** `rate` and `latency` are the target's; `cpu` is the workers', `database` that of the state. */
  readonly limit: 'rate' | 'latency' | 'cpu' | 'database'
}

/**
 * Estimates a cycle by its narrowest part. An object is handled by one runner from its first request to its last, and a
 * partition by one runner at a time, so that no more objects are under way than there are partitions.
 */
export const estimateScale = (input: ScaleInput): ScaleEstimate => {
  const { objects, requests, workers, concurrency, latency, rate, state, cpu, database } = input
  const underWay = Math.min(workers * concurrency, PARTITIONS)
  const limits = {
    latency: (underWay * 1000) / (requests * latency + state),
    cpu: (workers * 1000) / cpu,
    database,
    rate: rate === undefined ? Number.POSITIVE_INFINITY : rate / requests,
  }
  const [limit, objectsPerSecond] = (Object.entries(limits) as [ScaleEstimate['limit'], number][]).reduce(
    (least, one) => (one[1] < least[1] ? one : least),
  )
  return { objectsPerSecond, seconds: objects / objectsPerSecond, limit }
}

/** What an hour costs. */
export interface Prices {
  readonly worker: number
  readonly database: number
}

/** What the workers and the database cost for the time of a cycle. */
export const costOf = (
  { workers }: Pick<ScaleInput, 'workers'>,
  { seconds }: Pick<ScaleEstimate, 'seconds'>,
  prices: Prices,
): number => (seconds / 3600) * (workers * prices.worker + prices.database)
