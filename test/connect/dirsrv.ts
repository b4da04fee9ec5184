import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, unprivileged } from '../support/server.js'

/** The server of 389 Directory Server on this machine; undefined when there is none. */
export const dirsrvPath: string | undefined = ['/usr/sbin/ns-slapd'].find((path) => existsSync(path))

/** A 389 Directory Server of its own, in a temporary folder, on a free port of this machine. */
export interface Dirsrv {
  readonly url: string
  readonly base: string
  readonly bindDn: string
  readonly password: string
  stop(): Promise<void>
}

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
export const startDirsrv = async (logged: readonly string[]): Promise<Dirsrv> => {
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
  // With a debug level it stays in the foreground.
  const server: ChildProcess = spawn(dirsrvPath!, ['-D', folder, '-i', join(folder, 'run/pid'), '-d', '0'], {
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
  const url = `ldap://127.0.0.1:${port}`
  const { Client } = await import('ldapts')
  for (let attempt = 0; ; attempt++) {
    const client = new Client({ url, connectTimeout: 1000 })
    try {
      await client.bind(bindDn, password)
      await client.add(base, { objectClass: 'domain', dc: 'example' })
      for (const ou of ['people', 'leavers', 'groups'])
        await client.add(`ou=${ou},${base}`, { objectClass: 'organizationalUnit', ou })
      await client.unbind()
      break
    } catch (error) {
      await client.unbind().catch(() => undefined)
      if (attempt === 100 || server.exitCode !== null) {
        const log = readFileSync(join(folder, 'log/errors'), 'utf8')
        await stop()
        throw new Error(`ns-slapd does not answer: ${(error as Error).message}\n${log.slice(-1000)}`)
      }
      await pause(100)
    }
  }
  return { url, base, bindDn, password, stop }
}
