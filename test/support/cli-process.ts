import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))

/** The command line bundled from its sources, for tests that start it many times: the file to run with Node. */
export const bundledCommandLine = (): string => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [path('.config/run.mjs'), path('src/cli/main.ts'), '--version'],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  return path('node_modules/.cache/attrflow/run/src-cli-main/main.mjs')
}
