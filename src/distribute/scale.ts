import { PARTITIONS } from '../state/partition.js'

/** The work of a cycle of a job with several workers, and the resources for it. */
export interface ScaleInput {
  /** Objects that are written; an unchanged object costs a read of the source and no request. */
  readonly objects: number
  /** Requests for each object: two for one that is searched and created. */
  readonly requests: number
  readonly workers: number
  /** How many objects a worker processes at once. */
  readonly concurrency: number
  /** Milliseconds from a request to its answer. */
  readonly latency: number
  /** Requests per second that the target accepts from all workers together; undefined: no limit. */
  readonly rate?: number
  /** Milliseconds that an object waits for the state, in addition to its requests. */
  readonly state: number
  /** Milliseconds of processor time that an object takes in a worker. */
  readonly cpu: number
  /** Objects per second whose transactions the database can process. */
  readonly database: number
}

/** How long a cycle takes, and what limits it. */
export interface ScaleEstimate {
  readonly objectsPerSecond: number
  readonly seconds: number
  /** `rate` and `latency` depend on the target, `cpu` on the workers, `database` on the state. */
  readonly limit: 'rate' | 'latency' | 'cpu' | 'database'
}

/**
 * Estimates a cycle by its slowest part. One worker at a time processes an object from its first request to
 * its last, and one at a time works on a partition. So no more objects are processed at once than there are
 * partitions.
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

/** The costs per hour. */
export interface Prices {
  readonly worker: number
  readonly database: number
}

/** The cost of the workers and the database for the duration of a cycle. */
export const costOf = (
  { workers }: Pick<ScaleInput, 'workers'>,
  { seconds }: Pick<ScaleEstimate, 'seconds'>,
  prices: Prices,
): number => (seconds / 3600) * (workers * prices.worker + prices.database)
