// Measures what several workers do together, as points that the model of docs/scale.md is checked against:
// node .config/run.mjs bench/jobs/workers.ts postgres://… [OBJECTS [WORKERS:RATE …]]
// The database must be empty; a rate of 0 is none.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpus, totalmem } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ScimTarget } from '../../src/connect/index.js'
import { PgBossScheduler, runWorker, sharedBudget, sharedExclusion } from '../../src/distribute/index.js'
import { PostgresStore } from '../../src/state/index.js'
import { compiled, recordsOf, sourceOf } from './job.js'
import { startScimService } from './scim-service.js'

const CONCURRENCY = 8
const LATENCY = 50

/** One worker, in a process of its own. Prints the seconds of a processor that it took. */
const work = async (state: string, url: string, count: number, rate: number): Promise<void> => {
  const store = await PostgresStore.open(state, { connections: 2 + CONCURRENCY })
  const scheduler = await PgBossScheduler.open(store)
  const sleep = (milliseconds: number): Promise<void> => pause(milliseconds)
  const matching = await sharedExclusion(store, sleep)
  await runWorker(
    {
      job: { mappings: [{ key: 'User->User', compiled }] },
      scheduler,
      world: {
        store,
        source: sourceOf(recordsOf(count)),
        target: new ScimTarget({ url, mappings: new Map([['User', compiled]]), concurrency: CONCURRENCY }),
        now: Date.now,
        sleep,
        uuid: randomUUID,
      },
    },
    {
      interval: 'once',
      matching,
      ...(rate === 0 ? {} : { admit: await sharedBudget(store, rate, Date.now, sleep) }),
    },
  )
  await matching.close()
  await scheduler.close()
  await store.close()
  const { user, system } = process.cpuUsage()
  console.log((user + system) / 1e6)
}

/** Starts a worker. @returns the seconds of a processor that it took */
const started = (...args: readonly string[]): Promise<number> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'worker', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (piece) => {
      text += String(piece)
    })
    child.once('exit', (code) =>
      code === 0 ? done(Number(text)) : fail(new Error(`a worker ended with ${code}`)),
    )
  })

const measure = async (address: string, count: number, workers: number, rate: number): Promise<void> => {
  const service = await startScimService(LATENCY)
  const state = `${address}?schema=w${workers}_r${rate}_${Date.now()}`
  const all = Promise.all(
    Array.from({ length: workers }, () => started(state, service.url, String(count), String(rate))),
  )
  let ended = false
  void all.finally(() => {
    ended = true
  })
  // From the first object to the last, so that neither the start of the processes nor the other phases count.
  let [began, last, seen] = [0, 0, 2]
  while (!ended) {
    await pause(20)
    const requests = service.requests()
    if (requests <= seen) continue
    if (began === 0) began = performance.now()
    seen = requests
    last = performance.now()
  }
  const cpu = (await all).reduce((sum, one) => sum + one, 0)
  const seconds = (last - began) / 1000
  console.log(
    `| ${workers} | ${rate === 0 ? '–' : rate} | ${(count / seconds).toFixed(0)} | ${(seen / seconds).toFixed(0)} | ${((cpu * 1000) / count).toFixed(1)} |`,
  )
  await service.close()
}

const [, , first, ...rest] = process.argv
if (first === 'worker') {
  const [state, url, count, rate] = rest
  await work(state!, url!, Number(count), Number(rate))
} else {
  const count = Number(rest[0] ?? 1000)
  const { model } = cpus()[0]!
  console.log(
    `${count} objects, ${CONCURRENCY} at once in each worker, ${LATENCY} ms a request; Node ${process.version}, ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
  )
  console.log(
    '| workers | rate | objects/s | requests/s | ms of a processor for an object |\n|---|---|---|---|---|',
  )
  const points = rest.length > 1 ? rest.slice(1) : ['1:0', '2:0', '4:0', '1:60', '2:60']
  for (const point of points) {
    const [workers, rate] = point.split(':').map(Number)
    await measure(first!, count, workers!, rate!)
  }
}
