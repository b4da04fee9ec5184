// Feeds every reader of foreign input with cases that nobody wrote: npm run fuzz [-- --times N] [--seed TEXT]
// [--target NAME [--case NUMBER]]. The same seed gives the same cases; without one they are those of the gate.
import process from 'node:process'
import { parseArgs } from 'node:util'
import { isMainThread, workerData } from 'node:worker_threads'
import { targets } from './targets/index.js'
import { inParallel, runCases, runInThread, type ThreadData } from './thread.js'

const limits = { milliseconds: 30_000, megabytes: 768 }

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      times: { type: 'string', default: '1' },
      seed: { type: 'string', default: '20261123' },
      target: { type: 'string' },
      case: { type: 'string' },
    },
  })
  const seed = values.seed === 'random' ? String(Date.now()) : values.seed
  const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target)
  if (chosen.length === 0) {
    console.error(`no such target; there are: ${targets.map(({ name }) => name).join(', ')}`)
    return 2
  }
  const only = values.case === undefined ? undefined : Number(values.case)
  const results = await inParallel(
    chosen.map(({ name, cases }) => async () => {
      const [from, to] = only === undefined ? [0, Math.ceil(cases * Number(values.times))] : [only, only + 1]
      const result = await runInThread(new URL(import.meta.url), { target: name, seed, from, to }, limits)
      const { fault, seconds } = result
      console.log(
        `${name.padEnd(32)} ${String(result.cases).padStart(7)} cases ${seconds.toFixed(1).padStart(6)} s`,
      )
      if (fault !== undefined)
        console.log(
          `  case ${fault.number} fails: ${fault.what}\n  again: npm run fuzz -- --seed '${seed}' --target '${name}' --case ${fault.number}`,
        )
      return result
    }),
  )
  const all = results.reduce((sum, { cases }) => sum + cases, 0)
  const faults = results.filter(({ fault }) => fault !== undefined).length
  console.log(
    `${results.length} targets, ${all} cases, seed ${seed}: ${faults === 0 ? 'nothing found' : `${faults} fail`}`,
  )
  return faults === 0 ? 0 : 1
}

if (isMainThread) process.exitCode = await main()
else {
  const data = workerData as ThreadData
  await runCases(targets.find(({ name }) => name === data.target)!, data)
}
