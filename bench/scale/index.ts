import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { bundle } from '../harness/bundle.js'
import type { Options } from '../options.js'

/** Measures how times grow, in a process of its own, on the minified library. */
export const measureScale = async (root: string, { only, json }: Options): Promise<void> => {
  const file = await bundle('scale/measure.ts', 'this', { root, revision: root })
  const args = ['--expose-gc', file, json ? 'json' : 'table', ...(only ?? [])]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  process.exitCode = code ?? 1
}
