import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseServer, databaseServer } from './database-server.js'
import { freePort, startServer, unprivileged } from './server.js'

/** MariaDB's server on this machine; undefined when there is none. */
export const mariadbPath: string | undefined = ['/usr/sbin/mariadbd', '/usr/local/mysql/bin/mariadbd'].find(
  (path) => existsSync(path),
)

const query = async (uri: string, text: string): Promise<void> => {
  const { default: mysql } = await import('mysql2/promise')
  const connection = await mysql.createConnection({ uri, connectTimeout: 2000 })
  try {
    await connection.query(text)
  } finally {
    await connection.end()
  }
}

/** Starts a server, ready for connections; its root user needs no password. It forgets everything when it is stopped. */
export const startMariadb = async (): Promise<DatabaseServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'attrflow-mariadb-'))
  const user = unprivileged('mysql')
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = `--datadir=${join(folder, 'data')}`
  const made = spawnSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      data,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ],
    { ...user, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.error?.message ?? made.stderr}`)
  const port = await freePort()
  const settings = [
    `--port=${port}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--innodb-flush-log-at-trx-commit=0',
  ]
  const address = (database: string): string => `mariadb://root@127.0.0.1:${port}/${database}`
  const stop = await startServer({
    name: 'MariaDB',
    path: mariadbPath!,
    args: ['--no-defaults', data, ...settings],
    folder,
    user,
    ask: () => query(address(''), 'SELECT 1'),
  })
  return databaseServer('', address, query, stop)
}
