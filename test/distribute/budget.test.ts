import { expect, it } from 'vitest'
import { localBudget } from '../../src/distribute/index.js'

it('sends no more than the rate, however many ask at once, and saves nothing up', async () => {
  let now = 0
  const sleeping: { readonly until: number; readonly wake: () => void }[] = []
  const sleep = (milliseconds: number): Promise<void> =>
    new Promise((wake) => sleeping.push({ until: now + milliseconds, wake }))
  const admit = localBudget(25, () => now, sleep)
  const times: number[] = []
  const ask = async (): Promise<void> => {
    await admit()
    times.push(now)
  }
  const pass = async (milliseconds: number): Promise<void> => {
    for (const end = now + milliseconds; now < end; now += 10) {
      for (let i = 0; i < 5; i++) await Promise.resolve()
      for (const { until, wake } of sleeping) if (until <= now) wake()
      for (let i = 0; i < 20; i++) await Promise.resolve()
    }
  }
  const first = Promise.all(Array.from({ length: 50 }, ask))
  await pass(3000)
  await first
  expect(times).toHaveLength(50)
  expect(times.at(-1)).toBeGreaterThanOrEqual(49 * 40)
  times.length = 0
  await pass(60_000)
  const second = Promise.all(Array.from({ length: 50 }, ask))
  await pass(3000)
  await second
  expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(44 * 40)
})
