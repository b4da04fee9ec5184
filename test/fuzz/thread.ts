import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { Random } from './random.js'
import type { Target } from './target.js'

/** Where a thread tells which case it is at, and since when. */
const CASE = 0
const SINCE = 1

/** What is to be run of a target. */
export interface Range {
  readonly target: string
  readonly seed: string
  readonly from: number
  readonly to: number
}

/** What came of it. */
export interface Result extends Range {
  readonly cases: number
  readonly seconds: number
  /** The case that failed, and how; undefined when all went well. */
  readonly fault?: { readonly number: number; readonly what: string }
}

/** What a thread is given. */
export interface ThreadData extends Range {
  readonly beat: SharedArrayBuffer
}

/** Limits of a single case, far above what any takes. */
export interface CaseLimits {
  readonly milliseconds: number
  readonly megabytes: number
}

/** A seed of its own for each case, so that one can be run again without those before it. */
const seedOf = ({ seed, target }: Range, number: number): string => `${seed} ${target} ${number}`

/** Runs the cases, in the thread that was started for them. The error names what failed; the beat has its number. */
export const runCases = async (target: Target, { beat, ...range }: ThreadData): Promise<void> => {
  const told = new Float64Array(beat)
  const cases = await target.prepare()
  try {
    for (let number = range.from; number < range.to; number++) {
      told[CASE] = number
      told[SINCE] = Date.now()
      await cases.run(new Random(seedOf(range, number)))
    }
    told[CASE] = range.to
    told[SINCE] = Date.now()
  } finally {
    await cases.close?.()
  }
}

/** Runs cases in a thread of their own, which is stopped when one takes too long or too much memory. */
export const runInThread = (entry: URL, range: Range, limits: CaseLimits): Promise<Result> =>
  new Promise((done) => {
    const start = Date.now()
    const beat = new SharedArrayBuffer(16)
    const told = new Float64Array(beat)
    told[CASE] = range.from
    // Starting takes as long as the machine lets it; the time of the first case begins with that case.
    told[SINCE] = Number.POSITIVE_INFINITY
    const worker = new Worker(entry, {
      workerData: { ...range, beat } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
    })
    let what: string | undefined
    const watch = setInterval(() => {
      if (Date.now() - told[SINCE]! <= limits.milliseconds) return
      what ??= `it takes longer than ${limits.milliseconds} ms`
      void worker.terminate()
    }, 250)
    worker.once('error', (error: NodeJS.ErrnoException) => {
      what ??=
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `it needs more than ${limits.megabytes} MB`
          : (error.stack ?? String(error))
    })
    worker.once('exit', (code) => {
      clearInterval(watch)
      const number = told[CASE]!
      if (what === undefined && code !== 0) what = `the thread ended with ${code}`
      done({
        ...range,
        cases: number - range.from,
        seconds: (Date.now() - start) / 1000,
        ...(what === undefined ? {} : { fault: { number, what } }),
      })
    })
  })

/** Runs several at once, as many as there are cores. */
export const inParallel = async <T>(jobs: readonly (() => Promise<T>)[]): Promise<readonly T[]> => {
  const results: T[] = []
  const waiting = [...jobs.entries()]
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results[next[0]] = await next[1]()
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, lane))
  return results
}
