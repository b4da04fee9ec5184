import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { TextBytes } from './text-bytes.js'

/** How many bytes are collected before they are written. */
const BLOCK = 1 << 20

const compress = promisify(gzip)

/**
 * A file that text is appended to in large blocks. With gzip, each block is a member of its own. One block is
 * written while the next one is collected.
 */
export class AppendedFile {
  readonly #file: FileHandle
  readonly #gzip: boolean
  readonly #held = new TextBytes(BLOCK)
  #size: number
  #writing: Promise<void> = Promise.resolve()

  private constructor(file: FileHandle, size: number, gzip: boolean) {
    this.#file = file
    this.#size = size
    this.#gzip = gzip
  }

  /** Opens a file and truncates it to a size. */
  static async open(path: string, size: number, gzip: boolean): Promise<AppendedFile> {
    const file = await open(path, size === 0 ? 'w' : 'r+', 0o666)
    try {
      await file.truncate(size)
    } catch (error) {
      await file.close()
      throw error
    }
    return new AppendedFile(file, size, gzip)
  }

  /** Takes text. Returns a promise if the caller must wait before giving more. */
  write(text: string): Promise<void> | undefined {
    this.#held.append(text)
    return this.#held.length < BLOCK ? undefined : this.#writeBlock()
  }

  /** Takes bytes of UTF-8, after everything taken before. */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    if (this.#held.length > 0) await this.#writeBlock()
    if (bytes.length > 0) await this.#begin(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }

  async #writeBlock(): Promise<void> {
    const block = this.#held.take()
    await this.#begin(block, () => this.#held.reuse(block))
  }

  /** Starts to write a block, after the previous one is written. */
  async #begin(block: Buffer, written?: () => void): Promise<void> {
    await this.#writing
    this.#writing = this.#append(block).then(written)
    // The next call reports a failure; without this it would be an unhandled rejection until then.
    this.#writing.catch(() => undefined)
  }

  async #append(plain: Buffer): Promise<void> {
    const bytes = this.#gzip ? await compress(plain) : plain
    for (let from = 0; from < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, from, bytes.length - from, this.#size)
      from += bytesWritten
      this.#size += bytesWritten
    }
  }

  /** Writes everything taken so far to the disk. Returns the size of the file. */
  async flush(): Promise<number> {
    if (this.#held.length > 0) await this.#writeBlock()
    await this.#writing
    await this.#file.datasync()
    return this.#size
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.#file.close()
  }
}
