import { createReadStream } from 'node:fs'
import { lstat, mkdir, open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import process from 'node:process'
import type { Readable } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { pathToFileURL } from 'node:url'
import { shown } from '../text/shown.js'
import {
  type CliIo,
  cannotRead,
  cannotWrite,
  type Files,
  type Output,
  OutputClosed,
  UsageError,
  type WritableFile,
} from './io.js'
import { startMapWorker } from './mapping/map-thread.js'

/** A stream of the process as an {@link Output}. */
const outputOf = (stream: WriteStream, name: string): Output => {
  let closed = false
  // Without a listener, a closed output would end the process with a stack trace.
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
          else
            fail(
              (error as NodeJS.ErrnoException).code === 'EPIPE'
                ? new OutputClosed()
                : cannotWrite(name, error),
            )
        })
      }),
  }
}

/** How many bytes of a file are read at once. */
const PIECE = 1 << 18

const bytesOf = async function* (stream: Readable): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) yield piece as Uint8Array
}

/** Identifies a file: links lead to the same one. Undefined if it does not exist. */
const identityOf = async (path: string): Promise<string | undefined> => {
  try {
    const { dev, ino } = await stat(path)
    return `${dev}:${ino}`
  } catch {
    return undefined
  }
}

/** The target of a link, so that the file behind it is replaced and not the link. */
const behindLinks = (path: string): Promise<string> => realpath(path).catch(() => path)

/** Makes the folders from a root to a file below it. False if a link or `..` leads out of the root. */
const makeWayInside = async (root: string, file: string): Promise<boolean> => {
  let place = root
  for (const part of relative(root, file).split(sep)) {
    place = join(place, part)
    const found = await lstat(place).catch(() => undefined)
    if (found?.isSymbolicLink() === true || part === '..') return false
    if (found === undefined && place !== file) await mkdir(place)
  }
  return true
}

let temporaryFiles = 0

/**
 * A file that replaces another one completely when it is closed. Until then the old one does not change,
 * whatever happens.
 */
const replacement = async (path: string): Promise<WritableFile> => {
  const target = await behindLinks(path)
  const old = await stat(target).catch(() => undefined)
  if (old !== undefined && !old.isFile()) {
    // A device or pipe has no contents to protect. A directory cannot be opened.
    const device = await open(target, 'w')
    return {
      write: async (contents) => {
        await device.writeFile(contents).catch((error) => {
          throw cannotWrite(path, error)
        })
      },
      close: () => device.close(),
      discard: () => device.close(),
    }
  }
  const aside = `${target}.${process.pid}-${temporaryFiles++}.tmp`
  const file = await open(aside, 'wx', old === undefined ? 0o666 : old.mode & 0o777)
  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined)
    await unlink(aside).catch(() => undefined)
  }
  const orDiscard = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      await discard()
      throw cannotWrite(path, error)
    }
  }
  return {
    write: (contents) => orDiscard(() => file.writeFile(contents)),
    close: () =>
      orDiscard(async () => {
        await file.sync()
        await file.close()
        await rename(aside, target)
      }),
    discard,
  }
}

/** The files of a directory, against which relative paths are resolved. */
export const filesIn = (directory: string): Files => {
  /** The files that were read, by identity, with the path used. */
  const read = new Map<string, string>()
  const protect = async (path: string): Promise<void> => {
    const identity = await identityOf(resolve(directory, path))
    if (identity !== undefined) read.set(identity, path)
  }
  const refuseWhatWasRead = async (path: string): Promise<void> => {
    const identity = await identityOf(resolve(directory, path))
    const input = identity === undefined ? undefined : read.get(identity)
    if (input !== undefined)
      throw new UsageError(
        `${shown(path)} would overwrite ${shown(input)}, which is in use; write to another file`,
      )
  }
  const create = async (path: string): Promise<WritableFile> => {
    await refuseWhatWasRead(path)
    try {
      return await replacement(resolve(directory, path))
    } catch (error) {
      throw error instanceof UsageError ? error : cannotWrite(path, error)
    }
  }
  const writeWhole = async (file: Promise<WritableFile>, contents: string | Uint8Array): Promise<void> => {
    const opened = await file
    await opened.write(contents)
    await opened.close()
  }
  return {
    directory,
    kind: async (path) => {
      try {
        const found = await stat(resolve(directory, path))
        return found.isDirectory() ? 'directory' : 'file'
      } catch {
        return 'absent'
      }
    },
    namesIn: async (path) => {
      const found = await readdir(resolve(directory, path), { withFileTypes: true }).catch((error) => {
        throw cannotRead(path, error)
      })
      return found
        .filter((one) => one.isFile() && !one.name.startsWith('.'))
        .map(({ name }) => name)
        .sort()
    },
    facts: async (path) => {
      const found = await stat(resolve(directory, path)).catch(() => undefined)
      return found?.isFile() === true ? { size: found.size, modified: found.mtimeMs } : undefined
    },
    isSame: async (path, other) => {
      const [one, two] = await Promise.all([path, other].map((name) => identityOf(resolve(directory, name))))
      return one === undefined ? resolve(directory, path) === resolve(directory, other) : one === two
    },
    stream: async function* (path, from = 0) {
      await protect(path)
      // A start, even 0, makes Node read by position, which pipes such as <(sort users.csv) refuse.
      const start = from === 0 ? {} : { start: from }
      yield* bytesOf(createReadStream(resolve(directory, path), { ...start, highWaterMark: PIECE }))
    },
    protect,
    module: (path) => import(pathToFileURL(resolve(directory, path)).href),
    write: (path, text) => writeWhole(create(path), text),
    replace: async (path, text) => {
      const full = resolve(directory, path)
      try {
        await writeWhole(replacement(full), text)
      } catch (error) {
        throw error instanceof UsageError ? error : cannotWrite(path, error)
      }
    },
    writeInside: async (folder, path, contents) => {
      const root = resolve(directory, folder)
      const full = resolve(directory, path)
      try {
        await mkdir(root, { recursive: true })
        if (!(await makeWayInside(root, full)))
          throw new UsageError(`cannot write ${shown(path)}: a link leads out of ${shown(folder)}`)
        await writeWhole(replacement(full), contents)
      } catch (error) {
        throw error instanceof UsageError ? error : cannotWrite(path, error)
      }
    },
    makeDirectory: async (path) => {
      await mkdir(resolve(directory, path), { recursive: true }).catch((error) => {
        throw cannotWrite(path, error)
      })
    },
    create,
    refuseWhatWasRead,
  }
}

/** The first Ctrl-C or SIGTERM asks the command to stop, the second ends the process as usual. */
const interruption = (): AbortSignal => {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      controller.abort()
      // Open input would keep the process running.
      process.stdin.destroy()
    })
  return controller.signal
}

/**
 * The environment of this process.
 * @param program the file of the program, which threads also run
 */
export const nodeIo = (program: URL): CliIo => ({
  stdout: outputOf(process.stdout, 'standard output'),
  stderr: outputOf(process.stderr, 'standard error'),
  stdin: { [Symbol.asyncIterator]: () => bytesOf(process.stdin) },
  env: process.env,
  files: filesIn(process.cwd()),
  interruption,
  startMapWorker: (plan) => startMapWorker(program, plan),
})
