import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PostgresStore } from '../../src/state/index.js'
import { ScimServer } from '../provision/scim-server.js'
import type { DatabaseServer } from '../support/database-server.js'
import { postgresPath, startPostgres } from '../support/postgres.js'
import { serversRequired } from '../support/server.js'

const run = fileURLToPath(new URL('../../.config/run.mjs', import.meta.url))
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
/** What `run` makes of `main`; it is made once, for two that make it at once get in each other's way. */
const bundle = fileURLToPath(
  new URL('../../node_modules/.cache/attrflow/run/src-cli-main/main.mjs', import.meta.url),
)
const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const COUNT = 400
const KILLS = 12

/** A small repeatable generator. */
const numbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

describe.skipIf(postgresPath === undefined && !serversRequired)('workers that share a job', () => {
  let postgres: DatabaseServer
  const server = new ScimServer()
  const directory = mkdtempSync(join(tmpdir(), 'attrflow-workers-'))
  let url = ''
  let store = ''
  beforeAll(async () => {
    spawnSync(process.execPath, [run, main, '--version'])
    postgres = await startPostgres()
    store = await postgres.database()
    url = await server.start()
  }, 60_000)
  afterAll(async () => {
    await server.stop()
    await postgres?.stop()
  })

  const [line] = readFileSync(join(examples, 'users.ndjson'), 'utf8').split('\n')
  const usual = JSON.parse(line!) as Record<string, unknown>
  const writeJob = (count: number, more: Record<string, unknown> = {}): void => {
    writeFileSync(
      join(directory, 'users.ndjson'),
      Array.from({ length: count }, (_, i) =>
        JSON.stringify({
          ...usual,
          objectId: `id-${i}`,
          employeeId: `9${i}`,
          userPrincipalName: `u${i}@contoso.com`,
          displayName: `Name ${i}`,
          manager: i === 0 ? null : `id-${i - 1}`,
        }),
      ).join('\n'),
    )
    writeFileSync(
      join(directory, 'job.json'),
      JSON.stringify({
        schema: join(examples, 'entra-to-scim.schema.json'),
        source: { User: 'users.ndjson' },
        target: { scim: url, requestTimeout: 300 },
        state: store,
        ...more,
      }),
    )
  }

  const start = (): { child: ChildProcess; ended: Promise<number | null> } => {
    const child = spawn(process.execPath, [bundle, 'job', 'worker', 'job.json', '--json'], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ATTRFLOW_LEASE: '1500' },
    })
    return { child, ended: new Promise((done) => child.once('exit', (code) => done(code))) }
  }

  it(`killed ${KILLS} times, they write each object once, references after objects, deletions last`, async () => {
    writeJob(COUNT)
    const random = numbers(20261127)
    for (let kill = 0; kill < KILLS; kill++) {
      const two = [start(), start()]
      const from = server.received.length
      const after = 1 + Math.floor(random() * 60)
      const victim = two[random() < 0.5 ? 0 : 1]!
      await new Promise<void>((done) => {
        const timer = setInterval(() => {
          if (server.received.length - from < after && two.every(({ child }) => child.exitCode === null))
            return
          clearInterval(timer)
          done()
        }, 1)
      })
      victim.child.kill('SIGKILL')
      const other = two.find((one) => one !== victim)!
      other.child.kill(random() < 0.5 ? 'SIGKILL' : 'SIGTERM')
      await Promise.all(two.map(({ ended }) => ended))
    }
    // On a busy machine a request may time out; a later cycle tries its object again.
    let codes: readonly (number | null)[] = []
    for (let cycle = 0; cycle < 5 && codes.join() !== '0,0'; cycle++)
      codes = await Promise.all([start(), start()].map(({ ended }) => ended))
    expect(codes).toEqual([0, 0])
    const found = [...server.resources.Users.values()]
    expect(found).toHaveLength(COUNT)
    expect(new Set(found.map(({ userName }) => userName)).size).toBe(COUNT)
    const posts = server.received.filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(COUNT)
    const manages = ({ method, body }: { method: string; body: unknown }): boolean =>
      method === 'PATCH' && JSON.stringify(body).includes('manager')
    // A cycle begins with a search for what nobody has. An object whose request timed out is created by a later cycle.
    const isProbe = ({ method, path }: { method: string; path: string }): boolean =>
      method === 'GET' && /eq "[\da-f]{8}-[\da-f]{4}-/.test(path)
    const cycles: string[][] = [[]]
    for (const one of server.received) {
      if (isProbe(one)) cycles.push([])
      cycles.at(-1)!.push(manages(one) ? 'manager' : one.method)
    }
    for (const methods of cycles)
      if (methods.includes('manager'))
        expect(methods.lastIndexOf('POST')).toBeLessThan(methods.indexOf('manager'))
    expect(cycles.flat().filter((method) => method === 'manager').length).toBeGreaterThanOrEqual(COUNT - 1)

    server.received.length = 0
    writeJob(COUNT - 30)
    const two = [start(), start()]
    await new Promise((done) => setTimeout(done, 2500))
    two[0]!.child.kill('SIGKILL')
    await Promise.all(two.map(({ ended }) => ended))
    const rest = start()
    expect(await rest.ended).toBe(0)
    expect(server.resources.Users.size).toBe(COUNT - 30)
    const later = server.received.map(({ method }) => method)
    const firstDelete = later.indexOf('DELETE')
    expect(later.slice(firstDelete).filter((method) => method === 'POST' || method === 'PATCH')).toEqual([])
    const state = await PostgresStore.open(store)
    const left = await state.transaction(async (tx) => [
      await tx.count('intents'),
      await tx.count('links'),
      await tx.count('work'),
    ])
    await state.close()
    expect(left).toEqual([0, COUNT - 30, 0])
  }, 300_000)

  it('keep to one rate together', async () => {
    server.received.length = 0
    server.resources.Users.clear()
    writeJob(100, { rate: 50, state: `${store}?schema=rate`, target: { scim: url, requestTimeout: 10_000 } })
    const times: number[] = []
    server.before = () => {
      times.push(Date.now())
      return undefined
    }
    const two = [start(), start()]
    expect(await Promise.all(two.map(({ ended }) => ended))).toEqual([0, 0])
    expect(server.resources.Users.size).toBe(100)
    const seconds = (times.at(-1)! - times[0]!) / 1000
    // A little more than the rate may go out at once; the sum of two budgets may not.
    expect(times.length / seconds).toBeLessThan(75)
  }, 120_000)
})
