import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Uploads that were accepted and are not processed yet, one file each, in order of arrival. An upload is on
 * the disk before it is accepted, so it survives the end of the process at any moment.
 */
export class Inbox {
  readonly #folder: string
  #next = 1

  private constructor(folder: string, next: number) {
    this.#folder = folder
    this.#next = next
  }

  static async open(folder: string): Promise<Inbox> {
    await mkdir(folder, { recursive: true })
    const numbers = (await names(folder)).map((name) => Number.parseInt(name, 10))
    return new Inbox(folder, Math.max(0, ...numbers) + 1)
  }

  /** Stores an upload. Resolves when it is on the disk. */
  async add(text: string): Promise<void> {
    const name = `${String(this.#next++).padStart(12, '0')}.json`
    const aside = join(this.#folder, `${name}.part`)
    const file = await open(aside, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, join(this.#folder, name))
    const folder = await open(this.#folder, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  /** How many uploads wait. */
  async size(): Promise<number> {
    return (await names(this.#folder)).length
  }

  /** The first uploads, up to a number; they stay until they are removed. */
  async first(count: number): Promise<readonly { readonly name: string; readonly text: string }[]> {
    const some = (await names(this.#folder)).slice(0, count)
    return Promise.all(
      some.map(async (name) => ({ name, text: await readFile(join(this.#folder, name), 'utf8') })),
    )
  }

  async remove(name: string): Promise<void> {
    await unlink(join(this.#folder, name))
  }

  /** Discards all waiting uploads, as a restart of an idle job does. */
  async clear(): Promise<void> {
    for (const name of await names(this.#folder)) await this.remove(name)
  }
}

const names = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => /^\d{12}\.json$/.test(name)).sort()
