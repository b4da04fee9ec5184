import { spawn, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

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

/** The user that a server runs as. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** Servers that refuse to run as root run as the user of their package, or as nobody. */
export const unprivileged = (user: string): ServerUser | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string): number =>
    Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim() || 65534)
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** A server to start. */
export interface ServerProgram {
  readonly name: string
  readonly path: string
  readonly args: readonly string[]
  /** Where it runs and keeps everything; removed when it has ended. */
  readonly folder: string
  /** Undefined for the user of this process. */
  readonly user?: ServerUser | undefined
  /** What ends it; SIGKILL unless given. */
  readonly signal?: NodeJS.Signals
  /** How often it is asked, a tenth of a second apart, before it counts as broken; 100 unless given. */
  readonly attempts?: number
  /** Resolves once the server answers as it should. */
  ask(): Promise<unknown>
  /** What it said about itself, for the error when it does not answer. */
  log?(): string
}

/** Starts a server and waits until it answers. Gives the function that stops it. */
export const startServer = async (program: ServerProgram): Promise<() => Promise<void>> => {
  const { name, path, args, folder, user, signal = 'SIGKILL', attempts = 100 } = program
  const server = spawn(path, args, { ...user, cwd: folder, stdio: 'ignore' })
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    server.kill(signal)
    await ended
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  for (let attempt = 0; ; attempt++) {
    try {
      await program.ask()
      return stop
    } catch (error) {
      if (attempt === attempts || server.exitCode !== null) {
        const log = program.log?.() ?? ''
        await stop()
        throw new Error(`${name} does not answer: ${(error as Error).message}\n${log}`.trimEnd())
      }
      await pause(100)
    }
  }
}
