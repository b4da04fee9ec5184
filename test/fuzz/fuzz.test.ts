import { describe, expect, it } from 'vitest'
import { mutateBytes, mutateJson, mutateText } from './mutate.js'
import { Random } from './random.js'
import { targets } from './targets/index.js'
import { runCases, runInThread } from './thread.js'

describe('the targets', () => {
  // The gate of .ci/run gives each of them hundreds to thousands.
  it.each(targets.map((target) => [target.name, target] as const))(
    '%s: a few cases',
    async (name, target) => {
      const beat = new SharedArrayBuffer(16)
      await runCases(target, { target: name, seed: 'a few', from: 0, to: 3, beat })
      expect(new Float64Array(beat)[0]).toBe(3)
    },
  )
})

describe('cases', () => {
  it('are the same for the same seed, and others for another', () => {
    const make = (seed: string): unknown => {
      const random = new Random(seed)
      return [
        mutateText(random, 'Join(" ", [a], [b])'),
        [...mutateBytes(random, Uint8Array.of(1, 2, 3))],
        mutateJson(random, { a: [1, { b: null }] }),
      ]
    }
    expect(make('one')).toEqual(make('one'))
    expect(make('one')).not.toEqual(make('two'))
  })

  it('reach every name, also those of prototypes', () => {
    const names = new Set<string>()
    for (let seed = 0; seed < 2000; seed++)
      for (const name of Object.keys(mutateJson(new Random(`${seed}`), { a: 1 }) as object)) names.add(name)
    expect(names).toContain('__proto__')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('a thread', () => {
  const entry = (body: string): URL =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`
        import { workerData } from 'node:worker_threads'
        const told = new Float64Array(workerData.beat)
        told[0] = 7
        told[1] = Date.now()
        ${body}`)}`,
    )
  const run = (body: string, milliseconds = 30_000) =>
    runInThread(entry(body), { target: 'x', seed: '', from: 5, to: 9 }, { milliseconds, megabytes: 64 })

  it.each([
    ['throws', 'throw new TypeError("a fault")', 'a fault'],
    ['rejects', 'await Promise.reject(new Error("later"))', 'later'],
    ['does not end', 'for (;;);', 'longer than 1000 ms', 1000],
    ['waits for ever', 'setInterval(() => {}, 50)', 'longer than 1000 ms', 1000],
    ['takes all memory', 'const all = []; for (;;) all.push(Array(1e6).fill({}))', 'more than 64 MB'],
  ])('that %s is a fault of its case', async (_what, body, says, milliseconds?: number) => {
    const { fault, cases } = await run(body, milliseconds)
    expect(fault).toMatchObject({ number: 7 })
    expect(fault!.what).toContain(says)
    expect(cases).toBe(2)
  })

  it('that ends has no fault', async () => {
    expect((await run('told[0] = 9')).fault).toBeUndefined()
  })
})
