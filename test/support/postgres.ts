import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, unprivileged } from './server.js'

/** Debian keeps the programs of each version in a folder of its own. */
const debian = '/usr/lib/postgresql'

/** The folder of PostgreSQL's programs on this machine, the newest version's; undefined when there is none. */
export const postgresPath: string | undefined = [
  ...(existsSync(debian) ? readdirSync(debian) : [])
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin')),
  '/usr/local/pgsql/bin',
].find((folder) => existsSync(join(folder, 'initdb')))

/** A PostgreSQL server of its own, in a temporary folder, on a free port of this machine. */
export interface Postgres {
  /** The address of the server's first database: `postgres://…/postgres`. */
  readonly url: string
  /** Makes a new empty database, and gives its address. */
  database(): Promise<string>
  stop(): Promise<void>
}

const query = async (connectionString: string, text: string): Promise<void> => {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

/** Starts a server, ready for connections. It forgets everything when it is stopped. */
export const startPostgres = async (): Promise<Postgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'attrflow-postgres-'))
  // PostgreSQL refuses to run as root.
  const user = unprivileged('postgres')
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const arguments_ = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  const made = spawnSync(join(postgresPath!, 'initdb'), arguments_, {
    ...user,
    cwd: folder,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`)
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off' }
  const server: ChildProcess = spawn(
    join(postgresPath!, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...user, cwd: folder, stdio: 'ignore' },
  )
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    // SIGINT ends it at once: sessions are cut off, and nothing is left running.
    server.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const address = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`
  const url = address('postgres')
  for (let attempt = 0; ; attempt++) {
    try {
      await query(url, 'SELECT 1')
      break
    } catch (error) {
      if (attempt === 100 || server.exitCode !== null) {
        await stop()
        throw new Error(`PostgreSQL does not answer: ${(error as Error).message}`)
      }
      await pause(100)
    }
  }
  let databases = 0
  return {
    url,
    async database() {
      const name = `test_${++databases}`
      await query(url, `CREATE DATABASE ${name}`)
      return address(name)
    },
    stop,
  }
}
