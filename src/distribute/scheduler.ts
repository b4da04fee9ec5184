import type { Phase } from '../state/rows.js'
import type { StateTransaction } from '../state/store.js'

/** One chunk of work, by its place. The row of its chain says whether it is still to be done. */
export interface Task {
  /** The epoch of the job for this cycle. */
  readonly epoch: number
  readonly phase: Phase
  readonly chain: number
  readonly sequence: number
}

/** A task that a worker has taken. */
export interface Delivery {
  readonly task: Task
  /** Removes the task from the queue. A task that is not removed is delivered again after a while. */
  done(): Promise<void>
}

/**
 * A queue of tasks. It may deliver a task twice, or one that is out of date: the claims of the chains decide
 * what is done. It never loses a task, except when it is kept in a process that ends.
 */
export interface Scheduler {
  /**
   * Queues tasks in a transaction of the state: they are queued when it is committed.
   * @param delay milliseconds before they are delivered
   */
  enqueue(tx: StateTransaction, tasks: readonly Task[], delay?: number): Promise<void>
  /** A task that is due; undefined if there is none. */
  take(): Promise<Delivery | undefined>
  close(): Promise<void>
}

/** A queue in this process, shared by its workers. */
export class LocalScheduler implements Scheduler {
  readonly #now: () => number
  #queue: { readonly task: Task; readonly at: number }[] = []

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  async enqueue(_tx: StateTransaction, tasks: readonly Task[], delay = 0): Promise<void> {
    const at = this.#now() + delay
    this.#queue.push(...tasks.map((task) => ({ task, at })))
  }

  async take(): Promise<Delivery | undefined> {
    const place = this.#queue.findIndex(({ at }) => at <= this.#now())
    const [found] = place < 0 ? [] : this.#queue.splice(place, 1)
    return found === undefined ? undefined : { task: found.task, done: async () => {} }
  }

  async close(): Promise<void> {
    this.#queue = []
  }
}
