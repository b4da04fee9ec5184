import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { profileProblem } from '../../src/connect/index.js'
import { ScimServer } from '../provision/scim-server.js'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const server = new ScimServer()
let url = ''
beforeAll(async () => {
  url = await server.start()
})
afterAll(() => server.stop())

const probe = (...args: readonly string[]) =>
  attrflow(['target', 'probe', ...args], { directory, env: { SCIM_TOKEN: 'SECRET' } })

describe('attrflow target probe', () => {
  it('asks in words, writes a profile, and leaves nothing behind', async () => {
    const { out, err, code } = await probe(url, '--out', 'profile.json')
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('✓ Can a user be renamed? yes')
    expect(out).toContain('everything that the probe created was deleted')
    expect(out).not.toContain('SECRET')
    expect([server.resources.Users.size, server.resources.Groups.size]).toEqual([0, 0])
    const profile: unknown = JSON.parse(readFileSync(join(directory, 'profile.json'), 'utf8'))
    expect(profileProblem(profile)).toBeUndefined()
  })

  it('finds what a server refuses, drops, or takes in another form only', async () => {
    server.before = ({ method, body }) => {
      const text = JSON.stringify(body ?? '')
      if (/"nickName"|"op":"[A-Z]|"False"|"op":"add","path":"emails\[/.test(text) && method !== 'GET')
        return 400
      if (/"op":"remove","path":"members","value"/.test(text)) return 400
      return undefined
    }
    server.after = () => {
      for (const user of server.resources.Users.values()) delete user.preferredLanguage
      return undefined
    }
    const { out } = await probe(url, '--json')
    server.before = undefined
    server.after = undefined
    const { profile, answers } = JSON.parse(out) as {
      profile: object
      answers: { id: string; verdict: string }[]
    }
    expect(profile).toMatchObject({
      refused: ['nickName'],
      dropped: ['preferredLanguage'],
      patch: { operations: 'lower', booleans: 'json', absentElement: 'whole', removeMembers: 'filter' },
    })
    expect(answers.find(({ id }) => id === 'keepsNickName')).toMatchObject({ verdict: 'differs' })
  })

  it('does not touch a service that has users, unless it is told to', async () => {
    server.resources.Users.set('1', { id: '1', userName: 'ada' })
    const sent = server.received.length
    const { code, err } = await probe(url)
    expect(code).toBe(2)
    expect(err).toContain('--force')
    expect(server.received.slice(sent).every(({ method }) => method === 'GET')).toBe(true)
    await probe(url, '--force')
    expect([...server.resources.Users.keys()]).toEqual(['1'])
    server.resources.Users.clear()
  })

  it('deletes what was created without an answer, too', async () => {
    let cut = 0
    server.after = ({ method }) => (method === 'POST' && ++cut % 4 === 0 ? 'cut' : undefined)
    const { out } = await probe(url, '--json')
    server.after = undefined
    expect(cut).toBeGreaterThan(8)
    expect(JSON.parse(out)).toMatchObject({ left: [] })
    expect([server.resources.Users.size, server.resources.Groups.size]).toEqual([0, 0])
  })

  it('takes a service with groups alone for one in use', async () => {
    server.resources.Groups.set('g', { id: 'g', displayName: 'Team' })
    expect((await probe(url)).err).toContain('--force')
    server.resources.Groups.clear()
  })

  it('takes the target of a job file', async () => {
    writeFileSync(
      join(directory, 'job.json'),
      JSON.stringify({
        schema: 's.json',
        source: { User: 'u.json' },
        target: { scim: url, token: `\${SCIM_TOKEN}` },
      }),
    )
    const { code, out } = await probe('job.json', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ complete: true, left: [] })
  })

  it('takes the address of a job from the environment, as a job does', async () => {
    const { scim, file } = { scim: `\${SCIM_HOST}/`, file: join(directory, 'host.json') }
    writeFileSync(file, JSON.stringify({ schema: 's.json', source: { User: 'u.json' }, target: { scim } }))
    const args = ['target', 'probe', 'host.json']
    const asked = await attrflow([...args, '--json'], { directory, env: { SCIM_HOST: url } })
    expect(JSON.parse(asked.out)).toMatchObject({ complete: true, left: [] })
    const wrong = await attrflow(args, { directory, env: { SCIM_HOST: 'app.example' } })
    expect(wrong).toMatchObject({ code: 2, out: '' })
    expect(wrong.err).toContain('target.scim must be a URL that begins with https:// or http://')
  })

  it('says so when there is no service, and when the wrong thing is asked for', async () => {
    const nobody = await probe('http://127.0.0.1:59999/scim')
    expect(nobody.code).toBe(1)
    expect(nobody.out).toContain('no connection')
    expect((await attrflow(['target', 'ask'], { directory })).code).toBe(2)
    expect((await probe()).code).toBe(2)
    expect((await probe(url, '--token-variable', 'NOT_THERE')).err).toContain('NOT_THERE')
  })
})
