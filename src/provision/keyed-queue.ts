/** Runs work with the same key one after the other. */
export interface Exclusion {
  /** Runs `work` after all earlier work with this key has ended. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** Runs work with the same key one after the other, and all other work in parallel, in this process. */
export class KeyedQueue implements Exclusion {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const earlier = this.#last.get(key)
    const result = earlier === undefined ? work() : earlier.then(work, work)
    this.#last.set(key, result)
    try {
      return await result
    } finally {
      if (this.#last.get(key) === result) this.#last.delete(key)
    }
  }
}

/**
 * Runs `work` for each item, at most `limit` at once; items with the same key one after the other, in order.
 * After the first error no more work is started; when the running work has ended, the error is thrown.
 */
export const forEachKeyed = async <Item>(
  items: Iterable<Item>,
  limit: number,
  keyOf: (item: Item) => string,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = new KeyedQueue()
  const running = new Set<Promise<void>>()
  const errors: unknown[] = []
  for (const item of items) {
    while (running.size >= limit) await Promise.race(running)
    if (errors.length > 0) break
    const one: Promise<void> = queue
      .run(keyOf(item), async () => {
        if (errors.length === 0) await work(item)
      })
      .catch((error: unknown) => void errors.push(error))
      .finally(() => running.delete(one))
    running.add(one)
  }
  await Promise.all(running)
  if (errors.length > 0) throw errors[0]
}
