import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Flushes written data of a file to the disk while the process continues. Callers that ask during a flush
 * share the next one, so that many wait for the disk only once.
 */
export class Flusher {
  readonly #file: FileHandle
  #running: Promise<unknown> = Promise.resolve()
  #next: Promise<void> | undefined

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Opens an existing file, and flushes its folder entry to the disk. */
  static async open(path: string): Promise<Flusher> {
    const file = await open(path, 'r+')
    // Windows cannot open folders, and need not flush them.
    const folder = await open(dirname(path), 'r').catch(() => undefined)
    await folder?.sync().catch(() => undefined)
    await folder?.close()
    return new Flusher(file)
  }

  /** Resolves when everything written before the call is on the disk. */
  flush(): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined
      const flushing = this.#file.datasync()
      this.#running = flushing.catch(() => undefined)
      return flushing
    })
    return this.#next
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined)
    await this.#running
    await this.#file.close()
  }
}
