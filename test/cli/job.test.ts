import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ScimServer } from '../provision/scim-server.js'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const directory = temporaryDirectory()
const server = new ScimServer()
let url = ''

beforeAll(async () => {
  url = await server.start()
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

  it('says which objects failed and why, in its report, its log and its plan', async () => {
    const reason =
      'EvaluationFailed: roles[primary eq "True"].value: SingleAppRoleAssignment expects one role, but 2 are assigned.'
    await job('restart', 'job.yaml', '--scope', 'Watermark')
    const { out, err } = await job('run', 'job.yaml')
    expect(out).toMatch(/^cycle \d+ \(\w+\): 12 objects: .*\b1 failed/)
    expect(out).toContain(reason)
    expect(out).toContain('attrflow job log job.yaml --status failure')
    expect(err).toBe('')
    expect((await job('log', 'job.yaml', '--status', 'failure')).out).toContain(reason)
    const planned = (await job('plan', 'job.yaml', '--store', 'other.sqlite')).out
    expect(planned).toContain(reason)
    expect(planned).not.toContain('There is nothing to do.')
  })

  it('says that a job without a state remembers nothing', async () => {
    const file = readFileSync(join(directory, 'job.yaml'), 'utf8')
    writeFileSync(join(directory, 'stateless.yaml'), file.replace('state: job.sqlite', ''))
    const { out, err } = await job('run', 'stateless.yaml')
    expect(err).toContain('stores no state')
    expect(out).toContain('EvaluationFailed: ')
    expect(out).not.toContain('job log')
  })

  it('shows its progress on a terminal, and writes events if asked', async () => {
    const args = ['job', 'run', 'job.yaml', '--store', 'shown.sqlite', '--events']
    const { out, err } = await attrflow(args, { directory, env: { SCIM_TOKEN: 'SECRET' }, isTTY: true })
    expect(err).toMatch(/\[#+\.*\] +\d+ % +\d+ objects/)
    expect(out).toContain('attrflow job log job.yaml --store shown.sqlite --status failure')
    const event = JSON.parse(err.slice(err.indexOf('{'))) as unknown
    expect(event).toMatchObject({ eventName: 'attrflow.job.cycle', severityText: 'WARN' })
  })

  it('takes --store relative to the current folder', async () => {
    mkdirSync(join(directory, 'below'))
    const file = readFileSync(join(directory, 'job.yaml'), 'utf8')
    writeFileSync(join(directory, 'below', 'job.yaml'), file)
    await job('run', 'below/job.yaml', '--store', 'own.sqlite')
    expect(existsSync(join(directory, 'own.sqlite'))).toBe(true)
  })

  it('finds records of its log by a condition, in the shape of Log Analytics, too', async () => {
    const where = "provisioningAction eq 'create' and activityDateTime ge 2020-01-01"
    const rows = jsonLines<Record<string, string>>(
      (await job('log', 'job.yaml', '--where', where, '--shape', 'log-analytics')).out,
    )
    expect(rows).toHaveLength(server.resources.Users.size)
    expect(rows[0]).toMatchObject({ Action: 'create', ResultType: 'success', ResultSignature: '' })
    expect(JSON.parse(rows[0]!.TargetIdentity!)).toMatchObject({ identityType: expect.any(String) })
    const wrong = await job('log', 'job.yaml', '--where', 'color eq red')
    expect(wrong).toMatchObject({ code: 2 })
    expect(wrong.err).toContain('--where has no field color')
  })

  it('has metrics for Prometheus', async () => {
    const { code, out } = await job('metrics', 'job.yaml')
    expect(code).toBe(0)
    expect(out).toContain(`attrflow_job_links{job="job.yaml"} ${server.resources.Users.size}`)
    expect(out).toMatch(/^attrflow_job_cycle_objects\{job="job.yaml",outcome="unchanged"\} \d+$/m)
    const samples = out.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    for (const line of samples) expect(line).toMatch(/^attrflow_job_\w+\{[^{}]*\} -?[\d.]+$/)
  })

  it('says what an operator should look at', async () => {
    const { code, out } = await job('alerts', 'job.yaml', '--json')
    const kinds = jsonLines<{ kind: string }>(out).map(({ kind }) => kind)
    expect(kinds).not.toContain('noEvents')
    expect(code).toBe(kinds.length === 0 ? 0 : 1)
  })

  it('restarts with links kept', async () => {
    expect((await job('restart', 'job.yaml', '--scope', 'Watermark')).code).toBe(0)
    const before = server.resources.Users.size
    await job('run', 'job.yaml')
    expect(server.resources.Users.size).toBe(before)
  })

  it.each([
    ['no variable', ['run', 'job.yaml'], {}, 'variable SCIM_TOKEN, which the job file uses, is not set'],
    ['another verb', ['fly', 'job.yaml'], {}, 'job takes init, plan, apply, run'],
    ['a verb that is not there', ['fly', 'job.yaml'], {}, 'drift, not fly; attrflow help job shows how'],
    ['a misspelt verb', ['pln', 'job.yaml'], {}, 'drift, not pln; did you mean plan?'],
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
    expect([code, err]).toEqual([2, expect.stringContaining('unknown member sorce')])
  })

  it.each([
    ['target.scim', { target: { scim: 'app.example/scim' } }, 'https'],
    ['target.scim', { target: { scim: 'ftp://app.example/scim' } }, 'https'],
    [
      'target.tokenUrl',
      { target: { scim: 'https://app.example', tokenUrl: 'login', clientId: 'a', clientSecret: 'b' } },
      'https',
    ],
    ['target.ldap', { target: { ldap: 'directory', bindDn: 'a', password: 'b', base: 'dc=a' } }, 'ldaps'],
    ['source.graph', { source: { graph: 'graph', token: 'a' } }, 'https'],
    [
      'source.ldap',
      { source: { ldap: 'ldap://', bindDn: 'a', password: 'b', base: 'dc=a', objects: { User: 'person' } } },
      'ldaps',
    ],
  ])('is wrong use with %s that is not the address of such a service', async (member, ends, scheme) => {
    const file = {
      schema: join(examples, 'entra-to-scim.schema.json'),
      objectMappings: ['User'],
      source: { User: join(examples, 'users.ndjson') },
      target: { scim: 'http://127.0.0.1:9' },
      ...ends,
    }
    writeFileSync(join(directory, 'address.json'), JSON.stringify(file))
    const { code, err } = await job('plan', 'address.json')
    expect(code).toBe(2)
    expect(err).toContain(
      `${member} must be a URL that begins with ${scheme}:// or ${scheme.slice(0, -1)}://`,
    )
  })

  it('names the member that a source lacks', async () => {
    const ends = { source: { ldap: 'ldaps://x', bindDn: 'a', password: 'b', base: 'c' } }
    const file = { schema: 's.json', target: { scim: 'http://127.0.0.1:9' }, ...ends }
    writeFileSync(join(directory, 'lacks.json'), JSON.stringify(file))
    expect((await job('plan', 'lacks.json')).err).toContain('source.objects must name the object class')
  })

  it('reads the encodings that map reads', async () => {
    const rows =
      'id,userPrincipalName,mail,department,displayName\n7,zoe@x.example,zoe@x.example,Law,Zoë Ångström\n'
    const files = {
      'utf16.csv': Buffer.from(`\ufeff${rows}`, 'utf16le'),
      'ansi.csv': Buffer.from(rows, 'latin1'),
      'packed.csv.gz': gzipSync(rows),
    }
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(directory, name), bytes)
      const file = {
        schema: join(examples, 'entra-to-scim.schema.json'),
        source: { User: name },
        target: { scim: url },
      }
      writeFileSync(join(directory, 'encoded.json'), JSON.stringify(file))
      expect((await job('plan', 'encoded.json')).out, name).toContain('displayName = "Zoë Ångström"')
    }
  })

  it('quotes the YAML parser in one sentence', async () => {
    writeFileSync(join(directory, 'words.yaml'), '# Notes\n\nplain words\nand: a key\n')
    const { code, err } = await job('run', 'words.yaml')
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^attrflow: words\.yaml is not YAML: .* column \d+\n$/),
    ])
  })
})

describe('before and after a cycle', () => {
  const own = temporaryDirectory()
  const [first] = readFileSync(join(examples, 'users.ndjson'), 'utf8').split('\n')
  const usual = JSON.parse(first!) as Record<string, unknown>
  const target = new ScimServer()
  const people = (names: readonly string[]): void =>
    writeFileSync(
      join(own, 'users.ndjson'),
      names
        .map((name, index) =>
          JSON.stringify({
            ...usual,
            objectId: `id-${index}`,
            userPrincipalName: `u${index}@contoso.com`,
            employeeId: `9${index}`,
            displayName: name,
            manager: null,
          }),
        )
        .join('\n'),
    )
  const writes = (): number => target.received.filter(({ method }) => method !== 'GET').length
  const run = (...args: readonly string[]) => attrflow(['job', ...args], { directory: own })

  beforeAll(async () => {
    const url = await target.start()
    const job = {
      schema: join(examples, 'entra-to-scim.schema.json'),
      source: { User: 'users.ndjson' },
      target: { scim: url },
      state: 'job.sqlite',
    }
    writeFileSync(join(own, 'job.json'), JSON.stringify(job))
    people(['Ada', 'Bea'])
  })
  afterAll(() => target.stop())

  it('plans without a write, and carries out just what was planned', async () => {
    const planned = await run('plan', 'job.json', '--out', 'plan.json', '--json')
    const plan = JSON.parse(planned.out) as { changes: { action: string; values: { attribute: string }[] }[] }
    expect(plan.changes.map(({ action }) => action)).toEqual(['create', 'create'])
    expect(plan.changes[0]!.values.length).toBeGreaterThan(2)
    expect(writes()).toBe(0)
    expect((await run('plan', 'job.json')).out).toContain('Nothing was written.')
    people(['Ada', 'Bea', 'Cid'])
    const refused = await run('apply', 'job.json', '--plan', 'plan.json')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('out of date')
    expect(writes()).toBe(0)
    people(['Ada', 'Bea'])
    const applied = await run('apply', 'job.json', '--plan', 'plan.json', '--json')
    expect(jsonLines<{ counters: { create: number } }>(applied.out)[0]!.counters.create).toBe(2)
    expect(target.resources.Users.size).toBe(2)
    expect((await run('plan', 'job.json')).out).toContain('There is nothing to do.')
  })

  it('does not say that nothing is to do when the target cannot be reached', async () => {
    const away = JSON.parse(readFileSync(join(own, 'job.json'), 'utf8')) as object
    const file = { ...away, target: { scim: 'http://127.0.0.1:9' }, state: 'away.sqlite' }
    writeFileSync(join(own, 'away.json'), JSON.stringify(file))
    const { out, code } = await run('plan', 'away.json', '--html', 'away.html')
    const page = readFileSync(join(own, 'away.html'), 'utf8')
    expect(code).toBe(1)
    expect(out).toContain('initial cycle: no change')
    expect(out).toContain('incomplete: ')
    expect(out).toContain('no connection to 127.0.0.1:9')
    expect(page).toContain('Incomplete: ')
    expect(out + page).not.toContain('There is nothing to do.')
  })

  it('provisions one object on demand, and no other', async () => {
    people(['Ada', 'Bea', 'Cid', 'Dan'])
    const { out, code } = await run('on-demand', 'job.json', '--id', 'id-2', '--json')
    expect(code).toBe(0)
    expect(
      jsonLines<{ sourceIdentity: { id: string } }>(out).map(({ sourceIdentity }) => sourceIdentity.id),
    ).toEqual(['id-2'])
    expect(target.resources.Users.size).toBe(3)
    expect((await run('on-demand', 'job.json', '--id', 'nobody')).code).toBe(2)
  })

  it('provisions an object with the members that are named, and no other', async () => {
    people(['Ada', 'Bea', 'Cid', 'Dan', 'Eve', 'Fay'])
    const tooMany = ['1', '2', '3', '4', '5', '6'].flatMap((id) => ['--member', `id-${id}`])
    expect((await run('on-demand', 'job.json', '--id', 'id-4', ...tooMany)).err).toContain('up to 5 members')
    const before = target.resources.Users.size
    const { out } = await run('on-demand', 'job.json', '--id', 'id-4', '--member', 'id-5', '--json')
    expect(
      jsonLines<{ sourceIdentity: { id: string } }>(out)
        .map(({ sourceIdentity }) => sourceIdentity.id)
        .sort(),
    ).toEqual(['id-4', 'id-5'])
    expect(target.resources.Users.size).toBe(before + 2)
    people(['Ada', 'Bea', 'Cid', 'Dan'])
  })

  it('finds what other hands changed in the target, and puts it right', async () => {
    const [id, user] = [...target.resources.Users][0]!
    target.resources.Users.set(id, { ...user, displayName: 'Mallory' })
    const found = await run('drift', 'job.json', '--json')
    expect(found.code).toBe(1)
    expect(jsonLines<object>(found.out)).toEqual([
      expect.objectContaining({
        state: 'changed',
        values: [{ attribute: 'displayName', sent: 'Ada', found: 'Mallory' }],
        repaired: false,
      }),
    ])
    expect((await run('drift', 'job.json', '--repair')).code).toBe(0)
    expect(target.resources.Users.get(id)).toMatchObject({ displayName: 'Ada' })
    target.resources.Users.delete(id)
    expect((await run('drift', 'job.json', '--repair')).out).toContain('gone')
    await run('run', 'job.json')
    expect([...target.resources.Users.values()].filter((one) => one.displayName === 'Ada')).toHaveLength(1)
  })
})
