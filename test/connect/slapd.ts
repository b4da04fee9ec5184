import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startServer } from '../support/server.js'
import { bound, type Directory } from './directory.js'

/** OpenLDAP's server on this machine; undefined when there is none. */
export const slapdPath: string | undefined = ['/usr/sbin/slapd', '/usr/local/libexec/slapd'].find((path) =>
  existsSync(path),
)

export const startSlapd = async (): Promise<Directory> => {
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
      'moduleload memberof',
      'moduleload refint',
      'moduleload ppolicy',
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
      'overlay memberof',
      'overlay refint',
      'refint_attributes member manager',
      'refint_nothing cn=empty-membership-placeholder',
      'overlay ppolicy',
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
  const connection = { url: `ldap://127.0.0.1:${port}`, base, bindDn, password: 'secret' }
  const stop = await startServer({
    name: 'slapd',
    path: slapdPath!,
    args: ['-f', join(folder, 'slapd.conf'), '-h', connection.url, '-d', '0'],
    folder,
    signal: 'SIGTERM',
    ask: () => bound(connection),
  })
  return { ...connection, stop }
}
