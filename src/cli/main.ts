import { readFileSync } from 'node:fs'
import process from 'node:process'
import { isMainThread, workerData } from 'node:worker_threads'
import type { MapThreadData } from './mapping/map-thread.js'
import { nodeIo } from './node-io.js'
import { runCli } from './run.js'

/** The exit code for internal errors of attrflow, in addition to those of {@link runCli}. */
const INTERNAL_ERROR = 70

/** The version of the package that contains this file, which is in dist/ or in src/cli/. */
const packageVersion = (): string => {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        name: string
        version: string
      }
      if (name === 'attrflow') return version
    } catch {
      // Not here: try the next place.
    }
  }
  return 'unknown'
}

/** The start data of a `map` thread; undefined in the main thread. */
const mapThread = isMainThread ? undefined : (workerData as MapThreadData)

try {
  const io = nodeIo(new URL(import.meta.url))
  if (mapThread === undefined) process.exitCode = await runCli(process.argv.slice(2), io, packageVersion())
  else {
    const { runMapWorker } = await import('./mapping/map-worker.js')
    await runMapWorker(mapThread.plan, io)
  }
} catch (error) {
  if (mapThread !== undefined) throw error
  // An internal error. Node would show it after a line of minified code.
  process.stderr.write(`attrflow: internal error\n${error instanceof Error ? error.stack : error}\n`)
  process.exitCode = INTERNAL_ERROR
}
