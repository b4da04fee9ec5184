import { createHash } from 'node:crypto'
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startServer, unprivileged } from '../support/server.js'
import { bound, type Directory } from './directory.js'

/** The server of 389 Directory Server on this machine; undefined when there is none. */
export const dirsrvPath: string | undefined = ['/usr/sbin/ns-slapd'].find((path) => existsSync(path))

const base = 'dc=example,dc=org'
const bindDn = 'cn=Directory Manager'
const password = 'secret-secret'

/** A password in the form {SSHA}; the server refuses a plain one in its configuration. */
const hashed = (text: string): string => {
  const salt = 'salt'
  const digest = createHash('sha1').update(text).update(salt).digest()
  return `{SSHA}${Buffer.concat([digest, Buffer.from(salt)]).toString('base64')}`
}

/** A database for our entries, which the template of the package lacks. */
const additions = (folder: string): string => `\
dn: cn=userRoot,cn=ldbm database,cn=plugins,cn=config
objectclass: top
objectclass: extensibleObject
objectclass: nsBackendInstance
cn: userRoot
nsslapd-suffix: ${base}
nsslapd-directory: ${join(folder, 'db/userRoot')}

dn: cn=config,cn=userRoot,cn=ldbm database,cn=plugins,cn=config
objectclass: top
objectclass: extensibleObject
cn: config

dn: cn="${base}",cn=mapping tree,cn=config
objectclass: top
objectclass: extensibleObject
objectclass: nsMappingTree
cn: ${base}
nsslapd-state: backend
nsslapd-backend: userRoot
`

/**
 * Starts a server with the Retro Changelog, ready for connections. It forgets everything when it is stopped.
 * @param logged how identifiers are recorded in the log: `nsslapd-attribute` of the plugin
 */
export const startDirsrv = async (logged: readonly string[]): Promise<Directory> => {
  const folder = mkdtempSync(join(tmpdir(), 'attrflow-dirsrv-'))
  const user = unprivileged('dirsrv')
  const give = (path: string): void => {
    if (user !== undefined) chownSync(path, user.uid, user.gid)
  }
  give(folder)
  for (const name of ['schema', 'db', 'log', 'run']) {
    mkdirSync(join(folder, name))
    give(join(folder, name))
  }
  copyFileSync('/etc/dirsrv/schema/99user.ldif', join(folder, 'schema/99user.ldif'))
  const port = await freePort()
  const values: Readonly<Record<string, string>> = {
    schema_dir: join(folder, 'schema'),
    config_dir: '/etc/dirsrv/config',
    db_dir: join(folder, 'db'),
    db_home_dir: join(folder, 'db'),
    log_dir: join(folder, 'log'),
    db_lib: 'bdb',
    fqdn: 'localhost',
    ds_port: String(port),
    ds_user: user === undefined ? String(process.env.USER) : 'dirsrv',
    ds_suffix: base,
    rootdn: bindDn,
    ds_passwd: hashed(password),
    ldapi_enabled: 'off',
    ldapi: join(folder, 'run/socket'),
    ldapi_autobind: 'off',
  }
  const template = readFileSync('/usr/share/dirsrv/data/template-dse.ldif', 'utf8')
    .replace(/%(\w+)%/g, (_whole, name: string) => values[name] ?? join(folder, 'run'))
    .replace(
      /(cn: Retro Changelog Plugin\n(?:.+\n)*?nsslapd-pluginenabled: )off/,
      `$1on\n${logged.map((one) => `nsslapd-attribute: ${one}`).join('\n')}`,
    )
  writeFileSync(join(folder, 'dse.ldif'), `${template.trimEnd()}\n\n${additions(folder)}`)
  give(join(folder, 'dse.ldif'))
  const connection = { url: `ldap://127.0.0.1:${port}`, base, bindDn, password }
  const stop = await startServer({
    name: 'ns-slapd',
    path: dirsrvPath!,
    // With a debug level it stays in the foreground.
    args: ['-D', folder, '-i', join(folder, 'run/pid'), '-d', '0'],
    folder,
    user,
    ask: () =>
      bound(connection, async (client) => {
        await client.add(base, { objectClass: 'domain', dc: 'example' })
        for (const ou of ['people', 'leavers', 'groups'])
          await client.add(`ou=${ou},${base}`, { objectClass: 'organizationalUnit', ou })
      }),
    log: () => readFileSync(join(folder, 'log/errors'), 'utf8').slice(-1000),
  })
  return { ...connection, stop }
}
