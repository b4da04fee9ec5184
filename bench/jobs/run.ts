// Measures initial cycles of a job against the same requests by plain fetch: node .config/run.mjs bench/jobs/run.ts [OBJECTS]
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { ScimTarget } from '../../src/connect/index.js'
import { runCycle } from '../../src/provision/cycle.js'
import { MemoryStore, SqliteStore, type StateStore } from '../../src/state/index.js'
import { compiled, recordsOf, sourceOf } from './job.js'
import { type ScimService, startScimService } from './scim-service.js'

const CONCURRENCY = 8
const count = Number(process.argv[2] ?? 10_000)
const only = process.argv[3]

const records = recordsOf(count)
const source = sourceOf(records)

const plain = async ({ url }: ScimService): Promise<void> => {
  let next = 0
  const one = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) {
      const { upn, given, family, title } = records[i]!
      const filter = encodeURIComponent(`userName eq "${upn}"`)
      await (await fetch(`${url}/Users?filter=${filter}`)).json()
      const body = JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: upn,
        displayName: `${given} ${family}`,
        name: { givenName: given, familyName: family },
        emails: [{ type: 'work', value: upn }],
        title,
        active: true,
      })
      const headers = { 'content-type': 'application/scim+json' }
      await (await fetch(`${url}/Users`, { method: 'POST', headers, body })).json()
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, one))
}

const job = async ({ url }: ScimService, store: StateStore): Promise<void> => {
  const { counters } = await runCycle(
    { mappings: [{ key: 'User->User', compiled }] },
    {
      store,
      source,
      target: new ScimTarget({ url, mappings: new Map([['User', compiled]]), concurrency: CONCURRENCY }),
      now: Date.now,
      sleep: async () => {},
      uuid: randomUUID,
    },
  )
  if (counters.create !== count) throw new Error(`${counters.create} of ${count} objects were created`)
}

/** What a run took, in seconds by the clock and of CPU. */
interface Taken {
  readonly clock: number
  readonly cpu: number
}

const timed = async (service: ScimService, name: string, run: () => Promise<void>): Promise<Taken> => {
  service.clear()
  const [began, before, cpu] = [performance.now(), service.requests(), process.cpuUsage()]
  await run()
  const { user, system } = process.cpuUsage(cpu)
  const taken: Taken = { clock: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 }
  const requests = service.requests() - before
  const perSecond = (number: number): number => Math.round(number / taken.clock)
  console.log(
    `${name.padEnd(14)} ${taken.clock.toFixed(2)} s  ${perSecond(count)} objects/s  ${perSecond(requests)} requests/s  CPU ${taken.cpu.toFixed(2)} s`,
  )
  return taken
}

const service = await startScimService()
const folder = mkdtempSync(join(tmpdir(), 'attrflow-bench-'))
try {
  const { model } = cpus()[0]!
  console.log(
    `${count} objects, ${CONCURRENCY} at once; Node ${process.version}, ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  )
  const fetched = only === undefined ? await timed(service, 'plain fetch', () => plain(service)) : undefined
  const cycles: readonly (readonly [string, () => Promise<StateStore>])[] = [
    ['memory', async () => new MemoryStore()],
    ['SQLite', () => SqliteStore.open(join(folder, 'job.sqlite'))],
  ]
  for (const [name, open] of cycles) {
    if (only !== undefined && only !== name) continue
    const store = await open()
    const taken = await timed(service, name, () => job(service, store))
    await store.close()
    if (fetched !== undefined)
      console.log(
        `${' '.repeat(14)} ${(taken.clock / fetched.clock).toFixed(2)} × plain fetch by the clock, ${(taken.cpu / fetched.cpu).toFixed(2)} × its CPU time`,
      )
  }
} finally {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
}
