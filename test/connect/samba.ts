import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Samba's domain controller on this machine; undefined when there is none. */
export const sambaPath: string | undefined = ['/usr/sbin/samba'].find((path) => existsSync(path))

/** An Active Directory domain of its own, on the loopback interface. */
export interface Samba {
  readonly url: string
  readonly base: string
  readonly bindDn: string
  readonly password: string
  stop(): Promise<void>
}

/** Sets a domain up and starts its controller. It takes the usual ports of LDAP, on the loopback interface only. */
export const startSamba = async (): Promise<Samba> => {
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
  const child = spawn(sambaPath!, ['-i', '-M', 'single', '-s', config], { stdio: 'ignore' })
  const { Client } = await import('ldapts')
  const url = 'ldaps://127.0.0.1:636'
  const base = 'DC=ad,DC=example,DC=org'
  const bindDn = `CN=Administrator,CN=Users,${base}`
  for (let attempt = 0; ; attempt++) {
    const client = new Client({ url, connectTimeout: 2000, tlsOptions: { rejectUnauthorized: false } })
    try {
      await client.bind(bindDn, password)
      await client.unbind()
      break
    } catch (error) {
      if (attempt > 150) throw error
      await pause(200)
    }
  }
  return {
    url,
    base,
    bindDn,
    password,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
