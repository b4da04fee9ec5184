import type { PostgresStore } from '../state/index.js'

/** Waits until one more request may be sent. */
export type Admit = () => Promise<void>

/**
 * Reserves the next places in the sequence of requests. Returns in how many milliseconds the first of them
 * is.
 */
type Reserve = (count: number) => Promise<number>

/** Places are reserved in advance for this many milliseconds. */
const AHEAD = 200

const admitBy = (
  rate: number,
  reserve: Reserve,
  now: () => number,
  sleep: (milliseconds: number) => Promise<void>,
): Admit => {
  const count = Math.max(1, Math.floor((rate * AHEAD) / 1000))
  let places: number[] = []
  let reserving: Promise<void> | undefined
  return async () => {
    for (;;) {
      // A place that was not used in time is dropped, so that requests do not accumulate and go out all at
      // once.
      while ((places[0] ?? Number.POSITIVE_INFINITY) < now() - AHEAD) places.shift()
      const place = places.shift()
      if (place !== undefined) {
        const wait = place - now()
        if (wait > 0) await sleep(wait)
        return
      }
      reserving ??= reserve(count)
        .then((wait) => {
          const first = now() + wait
          places = Array.from({ length: count }, (_, i) => first + (i * 1000) / rate)
        })
        .finally(() => {
          reserving = undefined
        })
      await reserving
    }
  }
}

/**
 * Limits the requests to a target in one process.
 * @param rate requests per second
 */
export const localBudget = (
  rate: number,
  now: () => number,
  sleep: (milliseconds: number) => Promise<void>,
): Admit => {
  let next = 0
  return admitBy(
    rate,
    async (count) => {
      const first = Math.max(next, now())
      next = first + (count * 1000) / rate
      return first - now()
    },
    now,
    sleep,
  )
}

/**
 * Limits the requests to a target for all workers of a job: one row says when the next request may be sent,
 * by the clock of the database.
 */
export const sharedBudget = async (
  store: PostgresStore,
  rate: number,
  now: () => number,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<Admit> => {
  const table = `"${store.schema}".budget`
  await store.query(
    `DO $$ BEGIN
       PERFORM pg_advisory_xact_lock(hashtext('attrflow ${store.schema}'));
       CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, next TIMESTAMPTZ NOT NULL);
       INSERT INTO ${table} VALUES ('target', clock_timestamp()) ON CONFLICT DO NOTHING;
     END $$`,
  )
  const reserve: Reserve = async (count) => {
    const [found] = (await store.query(
      `UPDATE ${table} SET next = greatest(next, clock_timestamp()) + make_interval(secs => $1)
       WHERE key = 'target'
       RETURNING 1000 * (extract(epoch FROM next - clock_timestamp()) - $1) AS wait`,
      [count / rate],
    )) as { wait: string }[]
    return Math.max(0, Number(found?.wait))
  }
  return admitBy(rate, reserve, now, sleep)
}
