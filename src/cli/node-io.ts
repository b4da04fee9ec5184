import { createReadStream } from 'node:fs'
import { mkdir, open, stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import process from 'node:process'
import type { Readable } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { pathToFileURL } from 'node:url'
import { type CliIo, cannotWrite, type Files, type Output, OutputClosed } from './io.js'

/** A stream of the process as an {@link Output}. */
const outputOf = (stream: WriteStream): Output => {
  let closed = false
  // Without a listener, a reader that has gone would end the process with a stack trace.
  stream.on('error', () => {
    closed = true
  })
  return {
    isTTY: stream.isTTY === true,
    columns: stream.columns,
    write: (text) =>
      new Promise((done, fail) => {
        if (closed) {
          fail(new OutputClosed())
          return
        }
        stream.write(text, (error) => {
          if (error === null || error === undefined) done()
          else fail((error as NodeJS.ErrnoException).code === 'EPIPE' ? new OutputClosed() : error)
        })
      }),
  }
}

const bytesOf = async function* (stream: Readable): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) yield piece as Uint8Array
}

/** What writing at a path comes to; its failure is the user's to mend. */
const written = <T>(path: string, writing: Promise<T>): Promise<T> =>
  writing.catch((error) => {
    throw cannotWrite(path, error)
  })

/** Files below a directory, which relative paths start from. */
export const filesIn = (directory: string): Files => ({
  kind: async (path) => {
    try {
      const found = await stat(resolve(directory, path))
      return found.isDirectory() ? 'directory' : 'file'
    } catch {
      return 'absent'
    }
  },
  stream: (path) => bytesOf(createReadStream(resolve(directory, path))),
  write: (path, text) => written(path, writeFile(resolve(directory, path), text)),
  module: (path) => import(pathToFileURL(resolve(directory, path)).href),
  makeDirectory: async (path) => {
    await written(path, mkdir(resolve(directory, path), { recursive: true }))
  },
  create: async (path) => {
    const file = await written(path, open(resolve(directory, path), 'w'))
    return {
      write: async (text) => {
        await file.writeFile(text)
      },
      close: () => file.close(),
    }
  },
})

/** The first Ctrl-C asks to stop, the second one ends the process as usual. */
const interruption = (): AbortSignal => {
  const controller = new AbortController()
  process.once('SIGINT', () => {
    controller.abort()
    // Input that is still open would keep the process alive.
    process.stdin.destroy()
  })
  return controller.signal
}

/** The world of this process. */
export const nodeIo = (): CliIo => ({
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  stdin: { [Symbol.asyncIterator]: () => bytesOf(process.stdin) },
  env: process.env,
  files: filesIn(process.cwd()),
  interruption,
})
