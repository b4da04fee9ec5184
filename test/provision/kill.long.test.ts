import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { SqliteStore } from '../../src/state/index.js'
import { ScimServer } from './scim-server.js'

const run = fileURLToPath(new URL('../../.config/run.mjs', import.meta.url))
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const COUNT = 60
const KILLS = 25

/** A small repeatable generator. */
const numbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

/** Runs the job in a process of its own, killed after so many requests; without a number, to its end. */
const runJob = (directory: string, server: ScimServer, killAfter?: number): Promise<number | null> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [run, main, 'job', 'run', 'job.json'], {
      cwd: directory,
      stdio: 'ignore',
    })
    const from = server.received.length
    const timer = setInterval(() => {
      if (killAfter !== undefined && server.received.length - from >= killAfter) child.kill('SIGKILL')
    }, 1)
    child.once('exit', (code) => {
      clearInterval(timer)
      done(code)
    })
  })

it(`a job that is killed ${KILLS} times creates each object once, and leaves no request open`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'attrflow-kill-'))
  const server = new ScimServer()
  const url = await server.start()
  const [line] = readFileSync(join(examples, 'users.ndjson'), 'utf8').split('\n')
  const usual = JSON.parse(line!) as Record<string, unknown>
  const users = (round: number): void =>
    writeFileSync(
      join(directory, 'users.ndjson'),
      Array.from({ length: COUNT }, (_, i) =>
        JSON.stringify({
          ...usual,
          objectId: `id-${i}`,
          employeeId: `9${i}`,
          userPrincipalName: `u${i}@contoso.com`,
          displayName: `Name ${i} of round ${round}`,
          manager: null,
        }),
      ).join('\n'),
    )
  writeFileSync(
    join(directory, 'job.json'),
    JSON.stringify({
      schema: join(examples, 'entra-to-scim.schema.json'),
      source: { User: 'users.ndjson' },
      // A request whose outcome was lost is looked up once it cannot be under way any more.
      target: { scim: url, requestTimeout: 100 },
      state: 'job.sqlite',
    }),
  )
  const next = numbers(20261126)
  users(1)
  for (let kill = 0; kill < KILLS; kill++) {
    // Some kills meet the initial cycle, others an update of everything.
    if (kill === Math.floor(KILLS / 2)) users(2)
    await runJob(directory, server, 1 + Math.floor(next() * 25))
  }
  expect(await runJob(directory, server)).toBe(0)
  const found = [...server.resources.Users.values()]
  expect(found).toHaveLength(COUNT)
  expect(new Set(found.map(({ userName }) => userName)).size).toBe(COUNT)
  for (const { displayName } of found) expect(displayName).toMatch(/of round 2$/)
  expect(server.received.filter(({ method }) => method === 'POST')).toHaveLength(COUNT)
  const store = await SqliteStore.open(join(directory, 'job.sqlite'))
  const left = await store.transaction(async (tx) => [await tx.count('intents'), await tx.count('links')])
  await store.close()
  await server.stop()
  expect(left).toEqual([0, COUNT])
}, 240_000)
