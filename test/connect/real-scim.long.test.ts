import { afterAll, describe, expect, it } from 'vitest'
import { type ProbeReport, probeTarget, type TargetProfile } from '../../src/connect/index.js'
import { type NpmServer, startNpmServer } from './servers/npm-server.js'
import { Life, wholeLife } from './whole-life.js'

const servers = [
  {
    name: 'scimmy',
    packages: ['scimmy@1.3.5', 'scimmy-routers@1.3.2', 'express@5.3.0'],
    found: { patch: { booleans: 'json', absentElement: 'whole' }, dropped: [] },
  },
  {
    name: 'better-auth',
    packages: [
      ...['better-auth@1.7.5', '@better-auth/core@1.7.5', '@better-auth/scim@1.7.5'],
      ...['@better-auth/utils@0.4.2', 'better-call@1.4.0'],
    ],
    found: { patch: { booleans: 'text', absentElement: 'path' }, refused: ['nickName'], dropped: [] },
  },
  {
    name: 'scim-patch',
    packages: ['scim-patch@0.8.3', 'scim2-parse-filter@0.2.10'],
    found: { dropped: [] },
  },
] as const

describe.each(servers)('$name', ({ name, packages, found }) => {
  let server: NpmServer | undefined
  let profile: TargetProfile
  const token = 'secret'
  afterAll(() => server?.stop())

  it('is probed, and left as it was', async () => {
    server = await startNpmServer(name, packages)
    const report: ProbeReport = await probeTarget({ url: server.url, token, mark: 'attrflow-probe' })
    profile = report.profile
    expect(report).toMatchObject({ complete: true, left: [], profile: found })
    expect(report.answers.filter(({ verdict }) => verdict === 'fault')).toEqual([])
    const again = await probeTarget({ url: server.url, token, mark: 'attrflow-again' })
    expect(again.profile).toEqual(profile)
  }, 120_000)

  it('takes a whole life: joiner, change, rename, disable, return, members, manager, removal', async () => {
    await wholeLife(new Life({ url: server!.url, token, profile }))
  }, 120_000)
})
