import { describe, expect, it } from 'vitest'
import { JobRun, listing, type Record_ } from './job-run.js'
import { refused, unknown, type Write } from './memory-target.js'

const ada: Record_ = { id: '1', upn: 'ada@x', nick: 'a', secret: 'hunter2' }

/** A job whose target takes the password only after the create. */
const jobRun = (): JobRun => {
  const run = new JobRun()
  run.target.can({ afterCreate: ['password'] })
  return run
}
const isPassword = ({ values = {} }: Write): boolean => Object.hasOwn(values, 'password')
const sent = (run: JobRun): readonly string[] =>
  run.target.effects.map((write) => `${write.method}${isPassword(write) ? ' password' : ''}`)

describe('a password that is written after the create', () => {
  it('is a second request, and one create in counters and log', async () => {
    const run = jobRun()
    expect((await run.cycle(listing([ada]))).counters).toMatchObject({ objects: 1, create: 1, update: 0 })
    expect(sent(run)).toEqual(['create', 'update password'])
    expect(await run.log()).toMatchObject([{ action: 'create', status: 'success' }])
    expect(JSON.stringify(await run.log())).not.toContain('hunter2')
    await run.nextDay(listing([ada]))
    await run.nextDay(listing([{ ...ada, nick: 'b' }]))
    expect(sent(run)).toEqual(['create', 'update password', 'update'])
  })

  it('is sent again if it was refused, and the object is not created twice', async () => {
    const run = jobRun()
    run.target.before = (write) => (isPassword(write) ? refused : undefined)
    expect((await run.cycle(listing([ada]))).counters).toMatchObject({ objects: 1, create: 0, failure: 1 })
    expect(await run.log()).toMatchObject([{ action: 'create', status: 'failure' }])
    run.target.before = undefined
    expect((await run.nextDay(listing([ada]))).counters).toMatchObject({ update: 1, failure: 0 })
    await run.nextDay(listing([ada]))
    expect(sent(run)).toEqual(['create', 'update password'])
  })

  it.each(['create', 'update'] as const)(
    'is sent although the outcome of the %s is unknown',
    async (method) => {
      const run = jobRun()
      run.target.after = (write) => (write.method === method ? unknown : undefined)
      await run.cycle(listing([ada]))
      run.target.after = undefined
      await run.nextDay(listing([ada]))
      await run.nextDay(listing([ada]))
      expect(sent(run).filter((one) => one === 'create')).toHaveLength(1)
      expect(sent(run)).toContain('update password')
      expect(await run.count('intents')).toBe(0)
      expect(await run.count('escrows')).toBe(0)
    },
  )
})

describe('a failed request', () => {
  it('is logged as what it was to do', async () => {
    const run = new JobRun()
    run.target.before = () => refused
    await run.cycle(listing([ada]))
    expect(await run.log()).toMatchObject([{ action: 'create', status: 'failure' }])
    run.target.before = undefined
    await run.nextDay(listing([ada]))
    run.target.before = () => refused
    await run.nextDay(listing([{ ...ada, nick: 'b' }]))
    expect((await run.log(3))[0]).toMatchObject({ action: 'update', status: 'failure' })
  })
})
