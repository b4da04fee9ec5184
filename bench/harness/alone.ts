import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Options } from '../options.js'
import { bundle } from './bundle.js'

/** Runs a script of the benchmarks in a process of its own, on the minified library; it prints its results itself. */
export const runAlone = async (entry: string, root: string, { only, json }: Options): Promise<void> => {
  const file = await bundle(entry, 'this', { root, revision: root })
  const args = ['--expose-gc', file, json ? 'json' : 'table', ...(only ?? [])]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  process.exitCode = code ?? 1
}
