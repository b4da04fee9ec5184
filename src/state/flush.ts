import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Brings what was written to a file to the medium, while the process goes on. Who asks while that is under way shares
 * the next one, so that the medium is waited for once by many.
 */
export class Flusher {
  readonly #file: FileHandle
  #running: Promise<unknown> = Promise.resolve()
  #next: Promise<void> | undefined

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Opens a file that is there, and brings its entry in the folder to the medium. */
  static async open(path: string): Promise<Flusher> {
    const file = await open(path, 'r+')
    // Windows opens no folder, and needs none brought to the medium.
    const folder = await open(dirname(path), 'r').catch(() => undefined)
    await folder?.sync().catch(() => undefined)
    await folder?.close()
    return new Flusher(file)
  }

  /** Fulfilled when everything that was written before the call is on the medium. */
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
