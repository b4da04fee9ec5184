import type { CliIo } from '../io.js'
import type { Summary } from './summary.js'

/** How often the line is drawn, in milliseconds. */
const INTERVAL = 200

/** A line on standard error that tells how far a run is; only on a terminal that shows nothing else meanwhile. */
export class Progress {
  readonly #io: CliIo
  readonly #active: boolean
  #last = 0
  #shown = false

  constructor(io: CliIo, quietOutput: boolean) {
    this.#io = io
    this.#active = quietOutput && io.stderr.isTTY
  }

  async show(summary: Summary): Promise<void> {
    if (!this.#active || performance.now() - this.#last < INTERVAL) return
    this.#last = performance.now()
    this.#shown = true
    await this.#io.stderr.write(`\r\u001b[K${summary.progress()}`)
  }

  async clear(): Promise<void> {
    if (this.#shown) await this.#io.stderr.write('\r\u001b[K')
    this.#shown = false
  }
}
