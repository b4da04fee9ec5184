import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One file that a report of Istanbul writes. */
interface ContentWriter {
  write(text: string): void
  println(text: string): void
  colorize(text: string): string
  close(): void
}

/**
 * Takes the place of Istanbul's `FileWriter`, which overwrites files at once: keeps what a report writes, so that
 * each file can be replaced as a whole.
 */
export class FilesInMemory {
  /** The contents by path; paths begin with the folder. */
  readonly files: Map<string, string | Uint8Array>
  readonly #folder: string

  constructor(folder: string, files = new Map<string, string | Uint8Array>()) {
    this.#folder = folder
    this.files = files
  }

  writerForDir(subfolder: string): FilesInMemory {
    return new FilesInMemory(join(this.#folder, subfolder), this.files)
  }

  copyFile(source: string, name: string, header?: string): void {
    const contents = header === undefined ? readFileSync(source) : header + readFileSync(source, 'utf8')
    this.files.set(join(this.#folder, name), contents)
  }

  writeFile(name: string): ContentWriter {
    let text = ''
    const write = (more: string): void => {
      text += more
    }
    return {
      write,
      println: (line) => write(`${line}\n`),
      colorize: (plain) => plain,
      close: () => this.files.set(join(this.#folder, name), text),
    }
  }
}
