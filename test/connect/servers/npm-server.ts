import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const cache = path('../../../node_modules/.cache/attrflow/servers')

/** A server from npm that runs in a process of its own. */
export interface NpmServer {
  readonly url: string
  readonly stop: () => void
}

/**
 * Installs packages below node_modules/.cache, unless they are there, and starts a script of this folder with them.
 * They are no dependencies of the project: their peers contradict each other.
 */
export const startNpmServer = async (name: string, packages: readonly string[]): Promise<NpmServer> => {
  const folder = join(cache, name)
  const complete = join(folder, 'complete')
  if (!existsSync(complete)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    const options = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund']
    const { status, stderr } = spawnSync('npm', ['install', ...packages, ...options], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`npm install of ${packages.join(' ')} failed:\n${stderr}`)
    writeFileSync(complete, '')
  }
  copyFileSync(path(`./${name}.mjs`), join(folder, 'server.mjs'))
  const child: ChildProcess = spawn(process.execPath, ['server.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((ready, failed) => {
    child.stdout!.once('data', (text: Buffer) => ready(text.toString().trim()))
    child.once('exit', (code) => failed(new Error(`${name} ended with ${code}`)))
  })
  return { url, stop: () => void child.kill('SIGKILL') }
}
