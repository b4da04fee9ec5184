import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseServer, databaseServer } from './database-server.js'
import { freePort, startServer, unprivileged } from './server.js'

/** Debian keeps the programs of each version in a folder of its own. */
const debian = '/usr/lib/postgresql'

/** The folder of PostgreSQL's programs on this machine, the newest version's; undefined when there is none. */
export const postgresPath: string | undefined = [
  ...(existsSync(debian) ? readdirSync(debian) : [])
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin')),
  '/usr/local/pgsql/bin',
].find((folder) => existsSync(join(folder, 'initdb')))

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
export const startPostgres = async (): Promise<DatabaseServer> => {
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
  const address = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`
  const stop = await startServer({
    name: 'PostgreSQL',
    path: join(postgresPath!, 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    folder,
    user,
    // It ends at once: sessions are cut off, and nothing is left running.
    signal: 'SIGINT',
    ask: () => query(address('postgres'), 'SELECT 1'),
  })
  return databaseServer('postgres', address, query, stop)
}
