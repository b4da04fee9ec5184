import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { bundle } from '../harness/bundle.js'
import type { Options } from '../options.js'

/** Runs the profile in a process of its own, on the minified library. */
export const profile = async (root: string, { only, json }: Options): Promise<void> => {
  const file = await bundle('profile/attributes.ts', 'this', { root, revision: root })
  const args = ['--expose-gc', file, json ? 'json' : 'table', ...(only ?? [])]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  process.exitCode = code ?? 1
}
