import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Installs the other engines unless they are there. */
export const installPeers = async (root: string): Promise<void> => {
  if (existsSync(join(root, 'bench/node_modules/.package-lock.json'))) return
  console.error('installing the engines to compare with: npm ci --prefix bench')
  await execute(npm, ['ci', '--prefix', 'bench', '--no-audit', '--no-fund'], { cwd: root })
}

/** Builds dist/, which start-up times and sizes are taken from. */
export const buildDistribution = async (root: string): Promise<string> => {
  await execute(process.execPath, ['.config/build.mjs', '--partial'], { cwd: root })
  return join(root, 'dist')
}

/** Runs a bundled script and reads the JSON that it prints. */
export const runForJson = async <Result>(bundle: string, args: readonly string[]): Promise<Result> => {
  const { stdout } = await execute(process.execPath, ['--expose-gc', bundle, ...args])
  return JSON.parse(stdout) as Result
}

/** The short name of the commit that is checked out; undefined outside a repository. */
export const currentRevision = async (root: string): Promise<string | undefined> => {
  try {
    return (await execute('git', ['describe', '--always', '--dirty'], { cwd: root })).stdout.trim()
  } catch {
    return undefined
  }
}

/** Checks another revision out beside this one, for as long as `use` runs; the installed packages are shared. */
export const withRevision = async <Result>(
  root: string,
  revision: string,
  use: (folder: string) => Promise<Result>,
): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'attrflow-bench-'))
  const worktree = join(folder, 'tree')
  try {
    await execute('git', ['worktree', 'add', '--detach', worktree, revision], { cwd: root })
    await symlink(join(root, 'node_modules'), join(worktree, 'node_modules'), 'junction')
    return await use(worktree)
  } finally {
    await rm(folder, { recursive: true, force: true })
    await execute('git', ['worktree', 'prune'], { cwd: root })
  }
}
