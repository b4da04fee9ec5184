import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, unprivileged } from './server.js'

/** MariaDB's server on this machine; undefined when there is none. */
export const mariadbPath: string | undefined = ['/usr/sbin/mariadbd', '/usr/local/mysql/bin/mariadbd'].find(
  (path) => existsSync(path),
)

/** A MariaDB server of its own, in a temporary folder, on a free port of this machine. */
export interface Mariadb {
  /** The address of its root user, who needs no password, without a database. */
  readonly url: string
  /** Makes a new empty database, and gives its address. */
  database(): Promise<string>
  stop(): Promise<void>
}

const query = async (uri: string, text: string): Promise<void> => {
  const { default: mysql } = await import('mysql2/promise')
  const connection = await mysql.createConnection({ uri, connectTimeout: 2000 })
  try {
    await connection.query(text)
  } finally {
    await connection.end()
  }
}

/** Starts a server, ready for connections. It forgets everything when it is stopped. */
export const startMariadb = async (): Promise<Mariadb> => {
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
  const server: ChildProcess = spawn(mariadbPath!, ['--no-defaults', data, ...settings], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const address = (database: string): string => `mariadb://root@127.0.0.1:${port}/${database}`
  for (let attempt = 0; ; attempt++) {
    try {
      await query(address(''), 'SELECT 1')
      break
    } catch (error) {
      if (attempt === 100 || server.exitCode !== null) {
        await stop()
        throw new Error(`MariaDB does not answer: ${(error as Error).message}`)
      }
      await pause(100)
    }
  }
  let databases = 0
  return {
    url: address(''),
    async database() {
      const name = `test_${++databases}`
      await query(address(''), `CREATE DATABASE ${name}`)
      return address(name)
    },
    stop,
  }
}
