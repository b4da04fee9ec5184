import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'

/** Whether tests with servers must run rather than be skipped. */
export const serversRequired: boolean = process.env.ATTRFLOW_REQUIRE_SERVERS === '1'

/** A port of this machine that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Servers that refuse to run as root run as the user of their package, or as nobody. */
export const unprivileged = (user: string): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string): number =>
    Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim() || 65534)
  return { uid: idOf('-u'), gid: idOf('-g') }
}
