import { readFileSync } from 'node:fs'
import process from 'node:process'
import { isMainThread, workerData } from 'node:worker_threads'
import type { MapThreadData } from './mapping/map-thread.js'
import { nodeIo } from './node-io.js'
import { runCli } from './run.js'

/** The exit code for faults of attrflow itself, apart from those of {@link runCli}. */
const INTERNAL_ERROR = 70

/** The version of the package this file is in, whether it stands in dist/ or in src/cli/. */
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

/** What a thread of `map` was started with; undefined in the main thread. */
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
  // A fault of ours. Left to Node, it would be shown behind a line of minified program text.
  process.stderr.write(`attrflow: internal error\n${error instanceof Error ? error.stack : error}\n`)
  process.exitCode = INTERNAL_ERROR
}
