// A process that times one subject, or compares two. It is told what to do by messages of the parent:
//   worker.mjs time SUBJECT             answers `ready`, then every message {budget} with {time}
//   worker.mjs check SUBJECT BASELINE   ends with 0 when both make the same of their inputs
import { isDeepStrictEqual } from 'node:util'
import { makeSubject } from '../subjects/index.js'
import { CHECKED, type Subject } from './subject.js'

/** Nanoseconds of CPU time that the process has taken, so that other work on the machine counts as little as can be. */
const now = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

/** Nanoseconds of one operation, over at least the budget in milliseconds. */
const time = async (subject: Subject, budget: number): Promise<number> => {
  const start = now()
  const end = start + budget * 1e6
  let operations = 0
  let at = start
  while (at < end) {
    const pending = subject.runBatch()
    if (pending !== undefined) await pending
    operations += subject.batch
    at = now()
  }
  return (at - start) / operations
}

const serve = async (name: string): Promise<void> => {
  const subject = await makeSubject(name)
  // Once, before the first run, which warms up. A full collection also drops the shapes that no object has at that
  // moment, and with them the machine code that was compiled for them: between measurements it would cost what it saves.
  globalThis.gc?.()
  process.on('message', async ({ budget }: { budget: number }) => {
    process.send!({ time: await time(subject, budget) })
  })
  process.send!('ready')
}

/** Plain data, so that a list of another engine's making is a list. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : (value ?? null)

const check = async (name: string, baselineName: string): Promise<void> => {
  const [subject, baseline] = await Promise.all([makeSubject(name), makeSubject(baselineName)])
  const [found, expected] = [await subject.outputs(), await baseline.outputs()]
  if (expected.length < CHECKED || found.length !== expected.length) {
    throw new Error(`${found.length} outputs of ${name}, ${expected.length} of ${baselineName}`)
  }
  const wrong = expected.findIndex((value, index) => !isDeepStrictEqual(plain(found[index]), plain(value)))
  if (wrong < 0) return
  throw new Error(
    `${name} and ${baselineName} differ on input ${wrong}:\n${JSON.stringify(found[wrong])}\n${JSON.stringify(expected[wrong])}`,
  )
}

const [task, name = '', baseline = ''] = process.argv.slice(2)
try {
  if (task === 'check') await check(name, baseline)
  else await serve(name)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
