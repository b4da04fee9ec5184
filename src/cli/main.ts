import { readFileSync } from 'node:fs'
import process from 'node:process'
import { nodeIo } from './node-io.js'
import { runCli } from './run.js'

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

process.exitCode = await runCli(process.argv.slice(2), nodeIo(), packageVersion())
