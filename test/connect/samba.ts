import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startServer } from '../support/server.js'
import { bound, type Directory } from './directory.js'

/** Samba's domain controller on this machine; undefined when there is none. */
export const sambaPath: string | undefined = ['/usr/sbin/samba'].find((path) => existsSync(path))

/** A port that is held while a controller runs. It is free again when its process ends, however that ends. */
const TURN = 63_636

/** Waits until no other controller runs: Samba takes the usual ports of LDAP, so one runs at a time. */
const takeTurn = async (): Promise<Server> => {
  for (;;) {
    const turn = createServer()
    const isTaken = await new Promise<boolean>((done) => {
      turn.once('error', () => done(true))
      turn.listen(TURN, '127.0.0.1', () => done(false))
    })
    if (!isTaken) return turn
    await pause(200)
  }
}

/**
 * Sets an Active Directory domain up and starts its controller, on the loopback interface only. Waits for the end of
 * another one.
 */
export const startSamba = async (): Promise<Directory> => {
  const turn = await takeTurn()
  try {
    const { stop, ...directory } = await startController()
    const end = async (): Promise<void> => {
      await stop()
      turn.close()
    }
    return { ...directory, stop: end }
  } catch (error) {
    turn.close()
    throw error
  }
}

const startController = async (): Promise<Directory> => {
  const folder = mkdtempSync(join(tmpdir(), 'attrflow-samba-'))
  const password = 'Secr3t-Secr3t'
  const made = spawnSync(
    'samba-tool',
    [
      ...['domain', 'provision', `--targetdir=${folder}`, '--realm=AD.EXAMPLE.ORG', '--domain=AD'],
      ...[
        `--adminpass=${password}`,
        '--server-role=dc',
        '--dns-backend=NONE',
        '--host-name=dc',
        '--host-ip=127.0.0.1',
      ],
      ...['--option=interfaces=lo', '--option=bind interfaces only=yes'],
    ],
    { encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`samba-tool: ${made.stderr.slice(-500)}`)
  const config = join(folder, 'etc/smb.conf')
  const text = readFileSync(config, 'utf8').replace(
    '[global]',
    '[global]\n\tserver services = ldap, cldap, rpc',
  )
  writeFileSync(config, text)
  const base = 'DC=ad,DC=example,DC=org'
  const bindDn = `CN=Administrator,CN=Users,${base}`
  const connection = { url: 'ldaps://127.0.0.1:636', base, bindDn, password }
  const stop = await startServer({
    name: 'samba',
    path: sambaPath!,
    args: ['-i', '-M', 'single', '-s', config],
    folder,
    attempts: 300,
    ask: () =>
      bound(connection, undefined, {
        connectTimeout: 2000,
        tlsOptions: { rejectUnauthorized: false },
      }),
  })
  return { ...connection, stop }
}
