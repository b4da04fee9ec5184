import type { PostgresStore } from '../state/index.js'

/** Waits until one more request may be sent. */
export type Admit = () => Promise<void>

/** Reserves the next places in a row of requests. Returns how many milliseconds the first of them is away. */
type Reserve = (count: number) => Promise<number>

/** For so many milliseconds of requests places are reserved at once. */
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
      // A place that nobody used in time is lost, or many requests would be sent at once later on.
      while (places.length > 0 && places[0]! < now() - AHEAD) places.shift()
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
 * The budget of a target in one process.
 * @param rate requests a second
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

/** The budget of a target for all workers of a job: one row says when the next request may be sent, by the clock of the database. */
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
    return Math.max(0, Number(found!.wait))
  }
  return admitBy(rate, reserve, now, sleep)
}
