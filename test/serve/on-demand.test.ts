import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOnDemand } from '../../src/serve/on-demand.js'
import { attrflow } from '../cli/harness.js'
import { ScimServer } from '../provision/scim-server.js'
import { attributeMapping } from '../support/custom-app-schema.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const directory = temporaryDirectory()
const target = new ScimServer()
const stop = new AbortController()
const base = 'http://127.0.0.1:18643'
let ended: Promise<{ readonly out: string }>

const objectMapping = (kind: string, attributeMappings: readonly object[]): object => ({
  sourceObjectName: kind,
  targetObjectName: kind,
  attributeMappings,
})
const schema = {
  synchronizationRules: [
    {
      sourceDirectoryName: 'Files',
      targetDirectoryName: 'customappsso',
      objectMappings: [
        objectMapping('User', [
          attributeMapping('userName', '[upn]', 1),
          attributeMapping('active', 'Not([IsSoftDeleted])'),
        ]),
        objectMapping('Group', [
          attributeMapping('displayName', '[name]', 1),
          attributeMapping('members', '[members]'),
        ]),
      ],
    },
  ],
}
const ids = ['1', '2', '3', '4', '5', '6']

const body = (subject: object): object => ({ parameters: [{ ruleId: 'r', subjects: [subject] }] })
const group = (...members: readonly string[]): object =>
  body({
    objectId: 'g',
    objectTypeName: 'Group',
    links: { members: members.map((objectId) => ({ objectId, objectTypeName: 'User' })) },
  })
const ask = (asked: object): Promise<Response> =>
  fetch(`${base}/servicePrincipals/sp/synchronization/jobs/job1/provisionOnDemand`, {
    method: 'POST',
    headers: { authorization: 'Bearer a-token-for-everything', 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  })
const membersNow = (): readonly string[] =>
  [...target.resources.Groups.values()].flatMap(({ members }) =>
    ((members ?? []) as { value: string }[]).map(({ value }) =>
      String(target.resources.Users.get(value)?.userName),
    ),
  )

beforeAll(async () => {
  const scim = await target.start()
  const lines = (objects: readonly object[]): string =>
    objects.map((one) => `${JSON.stringify(one)}\n`).join('')
  writeFileSync(join(directory, 'users.ndjson'), lines(ids.map((id) => ({ id, upn: `user${id}` }))))
  writeFileSync(join(directory, 'groups.ndjson'), lines([{ id: 'g', name: 'Team', members: ids }]))
  writeFileSync(join(directory, 'schema.json'), JSON.stringify(schema))
  writeFileSync(
    join(directory, 'tokens.json'),
    JSON.stringify([{ token: 'a-token-for-everything', scopes: ['Synchronization.ReadWrite.All'] }]),
  )
  writeFileSync(
    join(directory, 'job.json'),
    JSON.stringify({
      schema: 'schema.json',
      source: { User: 'users.ndjson', Group: 'groups.ndjson' },
      target: { scim },
      state: 'job.sqlite',
    }),
  )
  ended = attrflow(['serve', 'job.json', '--tokens', 'tokens.json', '--json', '--port', '18643'], {
    directory,
    interruption: stop.signal,
  }) as never
  for (let attempt = 0; attempt < 100; attempt++) {
    const reached = await fetch(base).then(
      () => true,
      () => false,
    )
    if (reached) return
    await pause(50)
  }
  throw new Error('the service does not listen')
})
afterAll(async () => {
  stop.abort()
  await ended
  await target.stop()
})

describe('provisionOnDemand', () => {
  it('provisions a group with the members that were named, and a later cycle the others', async () => {
    const answer = await ask(group('1', '2'))
    expect(answer.status).toBe(200)
    const { value } = (await answer.json()) as { value: string }
    expect(
      (JSON.parse(value) as { sourceIdentity: { id: string } }[]).map((one) => one.sourceIdentity.id).sort(),
    ).toEqual(['1', '2', 'g'])
    expect([...membersNow()].sort()).toEqual(['user1', 'user2'])
    expect(target.resources.Users.size).toBe(2)
    expect((await ask(group('3'))).status).toBe(200)
    expect([...membersNow()].sort()).toEqual(['user1', 'user2', 'user3'])
    const { code } = await attrflow(['job', 'run', 'job.json'], { directory })
    expect(code).toBe(0)
    expect([...membersNow()].sort()).toEqual(ids.map((id) => `user${id}`))
  })

  it('answers 404 for an object that nobody has, and 429 after 5 calls in 10 seconds', async () => {
    const nobody = await ask(body({ objectId: '99', objectTypeName: 'User' }))
    expect(nobody.status).toBe(404)
    expect(await nobody.text()).toContain('99')
    expect((await ask(body({ objectId: '1', objectTypeName: 'Device' }))).status).toBe(404)
    const last = [await ask(group(...ids)), await ask(body({ objectId: '1' }))]
    expect(last.map(({ status }) => status)).toEqual([400, 429])
    expect(Number(last[1]!.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('the body of provisionOnDemand', () => {
  it.each([
    [{}, 'objectId is missing'],
    [body({ objectId: 17 }), 'objectId must be text'],
    [{ parameters: [{ subjects: [{ objectId: 'a' }, { objectId: 'b' }] }] }, 'one object'],
    [body({ objectId: 'a', objectTypeName: 7 }), 'objectTypeName'],
    [body({ objectId: 'a', links: { members: 'b' } }), 'links.members'],
    [body({ objectId: 'a', links: { members: [{}] } }), 'links.members[0].objectId'],
    [group(...ids), 'at most 5'],
  ])('%j is refused with what is wrong', (value, words) => {
    expect(readOnDemand(value)).toContain(words)
  })

  it('of a group without links names no member', () => {
    expect(readOnDemand(body({ objectId: 'g', objectTypeName: 'Group' }))).toMatchObject({ members: [] })
    expect(readOnDemand(body({ objectId: 'u', objectTypeName: 'User' }))).toMatchObject({
      members: undefined,
    })
  })
})
