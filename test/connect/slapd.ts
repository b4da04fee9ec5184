import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../support/server.js'

/** OpenLDAP's server on this machine; undefined when there is none. */
export const slapdPath: string | undefined = ['/usr/sbin/slapd', '/usr/local/libexec/slapd'].find((path) =>
  existsSync(path),
)

/** A directory of its own, in a temporary folder, on a free port of this machine. */
export interface Slapd {
  readonly url: string
  readonly base: string
  readonly bindDn: string
  readonly password: string
  stop(): Promise<void>
}

export const startSlapd = async (): Promise<Slapd> => {
  const folder = mkdtempSync(join(tmpdir(), 'attrflow-slapd-'))
  const base = 'dc=example,dc=org'
  const bindDn = `cn=admin,${base}`
  for (const name of ['data', 'log']) mkdirSync(join(folder, name))
  const schemas = ['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`)
  writeFileSync(
    join(folder, 'slapd.conf'),
    [
      ...schemas,
      'modulepath /usr/lib/ldap',
      'moduleload back_mdb',
      'moduleload unique',
      'moduleload accesslog',
      `pidfile ${join(folder, 'pid')}`,
      'database mdb',
      'suffix cn=accesslog',
      `rootdn "${bindDn}"`,
      `directory ${join(folder, 'log')}`,
      'index reqStart eq',
      'database mdb',
      `suffix "${base}"`,
      `rootdn "${bindDn}"`,
      'rootpw secret',
      `directory ${join(folder, 'data')}`,
      'index uid,employeeNumber,entryUUID eq',
      'overlay unique',
      'unique_uri ldap:///?employeeNumber?sub',
      'overlay accesslog',
      'logdb cn=accesslog',
      'logops writes',
      '',
    ].join('\n'),
  )
  const ldif = [`dn: ${base}`, 'objectClass: domain', 'dc: example', '']
  for (const ou of ['people', 'leavers', 'groups'])
    ldif.push(`dn: ou=${ou},${base}`, 'objectClass: organizationalUnit', `ou: ${ou}`, '')
  writeFileSync(join(folder, 'base.ldif'), ldif.join('\n'))
  const slapadd = spawnSync('/usr/sbin/slapadd', [
    '-f',
    join(folder, 'slapd.conf'),
    '-b',
    base,
    '-l',
    join(folder, 'base.ldif'),
  ])
  if (slapadd.status !== 0) throw new Error(`slapadd: ${slapadd.stderr}`)
  const port = await freePort()
  const url = `ldap://127.0.0.1:${port}`
  const child: ChildProcess = spawn(slapdPath!, ['-f', join(folder, 'slapd.conf'), '-h', url, '-d', '0'], {
    stdio: 'ignore',
  })
  const { Client } = await import('ldapts')
  for (let attempt = 0; ; attempt++) {
    const client = new Client({ url, connectTimeout: 1000 })
    try {
      await client.bind(bindDn, 'secret')
      await client.unbind()
      break
    } catch (error) {
      if (attempt > 50) throw error
      await pause(100)
    }
  }
  return {
    url,
    base,
    bindDn,
    password: 'secret',
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
