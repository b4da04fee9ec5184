import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../support/server.js'
import { bound, type Directory } from './directory.js'

/** Samba's domain controller on this machine; undefined when there is none. */
export const sambaPath: string | undefined = ['/usr/sbin/samba'].find((path) => existsSync(path))

/** Sets an Active Directory domain up and starts its controller. It takes the usual ports of LDAP, on the loopback interface only. */
export const startSamba = async (): Promise<Directory> => {
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
      bound(connection, undefined, { connectTimeout: 2000, tlsOptions: { rejectUnauthorized: false } }),
  })
  return { ...connection, stop }
}
