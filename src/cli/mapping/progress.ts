import { plural } from '../../text/plural.js'
import type { CliIo } from '../io.js'
import { cut, widthOf } from '../style.js'

/** How often the line is redrawn, in milliseconds. */
const INTERVAL = 200

/** How wide the bar is, in columns. */
const BAR = 20

/** The progress of a run. */
export interface Progressing {
  /** The number of entries that are done. */
  readonly total: number
  /** What else is worth knowing, such as `3 failed`. */
  readonly remarks: readonly string[]
  /** How many bytes of the source were read, and how many there are; undefined if unknown. */
  readonly read: number
  readonly size: number | undefined
}

const bar = (share: number): string => {
  const filled = Math.round(share * BAR)
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${String(Math.floor(share * 100)).padStart(3)} %  `
}

/** `2 min 5 s`, `8 s`. */
const duration = (seconds: number): string => {
  const whole = Math.ceil(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** A line on standard error that shows the progress of a run; only on a terminal without other output. */
export class Progress {
  readonly #io: CliIo
  readonly #active: boolean
  readonly #start = performance.now()
  /** The entries done before an interruption. */
  readonly #before: number
  #last = 0
  #shown = false

  constructor(io: CliIo, quietOutput: boolean, before: number) {
    this.#io = io
    this.#active = quietOutput && io.stderr.isTTY
    this.#before = before
  }

  async show(progressing: Progressing): Promise<void> {
    const now = performance.now()
    if (!this.#active || now - this.#last < INTERVAL) return
    this.#last = now
    this.#shown = true
    const line = this.#line(progressing, (now - this.#start) / 1000)
    await this.#io.stderr.write(`\r\u001b[K${cut(line, widthOf(this.#io.stderr) - 1)}`)
  }

  #line({ total, remarks, read, size }: Progressing, seconds: number): string {
    const share = size === undefined || size === 0 ? undefined : Math.min(1, read / size)
    const done = total - this.#before
    const rate = seconds > 0.05 && done > 0 ? `, ${Math.round(done / seconds)} a second` : ''
    const left =
      share === undefined || share < 0.01 ? '' : `, ${duration((seconds / share) * (1 - share))} left`
    return `${share === undefined ? '' : bar(share)}${plural(total, 'object')}${rate}${left}${remarks.length === 0 ? '' : `; ${remarks.join(', ')}`}`
  }

  async clear(): Promise<void> {
    if (this.#shown) await this.#io.stderr.write('\r\u001b[K')
    this.#shown = false
  }
}
