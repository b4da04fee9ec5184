import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ScimServer } from '../provision/scim-server.js'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const directory = temporaryDirectory()
const server = new ScimServer()

beforeAll(async () => {
  const url = await server.start()
  writeFileSync(
    join(directory, 'job.yaml'),
    [
      `schema: ${join(examples, 'entra-to-scim.schema.json')}`,
      `source: { User: ${join(examples, 'users.ndjson')} }`,
      `target: { scim: ${url}, token: '\${SCIM_TOKEN}' }`,
      'state: job.sqlite',
    ].join('\n'),
  )
})
afterAll(() => server.stop())

const job = (...args: readonly string[]) =>
  attrflow(['job', ...args], { directory, env: { SCIM_TOKEN: 'SECRET' } })

describe('attrflow job', () => {
  it('creates the users, and writes nothing in a second cycle', async () => {
    const first = await job('run', 'job.yaml', '--json')
    expect(first.err).toBe('')
    const [report] = jsonLines<{ counters: { create: number; failure: number } }>(first.out)
    expect(report!.counters.create).toBeGreaterThan(3)
    expect(server.resources.Users.size).toBe(report!.counters.create)
    const writes = server.received.filter(({ method }) => method !== 'GET').length
    await job('run', 'job.yaml')
    expect(server.received.filter(({ method }) => method !== 'GET')).toHaveLength(writes)
    expect(first.code).toBe(report!.counters.failure > 0 ? 1 : 0)
  })

  it('tells its state and its log, without the token', async () => {
    const status = await job('status', 'job.yaml')
    expect(status).toMatchObject({ code: 0 })
    expect(status.out).toContain('last success 2')
    const log = await job('log', 'job.yaml', '--status', 'success', '--json')
    expect(jsonLines<{ provisioningAction: string }>(log.out)[0]).toMatchObject({
      provisioningAction: 'create',
    })
    expect(status.out + log.out).not.toContain('SECRET')
  })

  it('restarts with links kept', async () => {
    expect((await job('restart', 'job.yaml', '--scope', 'Watermark')).code).toBe(0)
    const before = server.resources.Users.size
    await job('run', 'job.yaml')
    expect(server.resources.Users.size).toBe(before)
  })

  it.each([
    ['no variable', ['run', 'job.yaml'], {}, 'no variable SCIM_TOKEN'],
    ['another verb', ['fly', 'job.yaml'], {}, 'job takes run'],
    ['no file', ['run'], {}, 'needs one job file'],
    ['no scope', ['restart', 'job.yaml'], { SCIM_TOKEN: 'x' }, '--scope'],
  ])('is wrong use with %s', async (_what, args, env, message) => {
    const { code, err } = await attrflow(['job', ...args], { directory, env })
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it('is wrong use with a member that it does not know', async () => {
    writeFileSync(join(directory, 'odd.yaml'), 'schema: s\nsorce: {}\n')
    const { code, err } = await job('run', 'odd.yaml')
    expect([code, err]).toEqual([2, expect.stringContaining('there is no member sorce')])
  })
})
