import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a process used: seconds of CPU time and of the clock, and megabytes of memory at its peak. */
export interface Usage {
  readonly cpu: number
  readonly wall: number
  readonly megabytes: number
}

/**
 * Runs a script in a process of its own, with `usage.mjs` in front of it.
 * @param root the root of the project
 * @param notes a file in which the process leaves what it used
 */
export const measureProcess = async (
  root: string,
  notes: string,
  script: string,
  args: readonly string[],
): Promise<Usage> => {
  const began = performance.now()
  const child = spawn(process.execPath, ['--import', join(root, 'bench/files/usage.mjs'), script, ...args], {
    env: { ...process.env, BENCH_USAGE: notes },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}\n${errors}`)
  const wall = (performance.now() - began) / 1000
  return { ...(JSON.parse(readFileSync(notes, 'utf8')) as Omit<Usage, 'wall'>), wall }
}
