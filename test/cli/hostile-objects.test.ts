import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Session } from '../../src/web/session.js'
import { ScimServer } from '../provision/scim-server.js'
import { allCases } from '../support/at-length.js'
import { attributeMapping, customAppSchema } from '../support/custom-app-schema.js'
import { UploadService } from '../support/upload-service.js'
import { attrflow, jsonLines, type Run, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const at = (name: string): string => join(directory, name)

const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON', 'then']
const flow = (targetAttributeName: string, name: string, matchingPriority = 0): object => ({
  targetAttributeName,
  matchingPriority,
  source: { type: 'Attribute', name },
})
const schema = customAppSchema('HR', [
  attributeMapping('userName', 'ToLower([id])', 1),
  flow('externalId', 'externalId', 2),
  flow('title', 'info'),
  flow('active', 'active'),
  flow('emails[type eq "work"].value', 'info'),
  attributeMapping('nickName', 'IIF(IsPresent([info]), Left([info], 20), "none")'),
  attributeMapping('name.givenName', 'Replace([info], , "^(a+)+$", , "x", , )'),
  flow('addresses[type eq "work"].locality', '__proto__'),
  flow('addresses[type eq "work"].region', 'constructor'),
  flow('addresses[type eq "work"].country', 'toString'),
])

/** Values that break programs which do not expect them, as JSON. */
const values: readonly string[] = [
  ...['null', 'true', '-0', '1e400', '0.1', '12345678901234567890', '[12345678901234567890]'],
  ...[
    '{"x":12345678901234567890}',
    '[{"x":12345678901234567890}]',
    '"\\ud800"',
    '"\\u0000"',
    '"\\u001b[31m"',
  ],
  ...[
    '""',
    '" "',
    '"__proto__"',
    '{}',
    '[]',
    '[null]',
    '[[],[{}]]',
    '{"__proto__":{"x":1}}',
    '{"length":-1}',
  ],
  ...['{"toString":1,"valueOf":1}', '{"toJSON":"x"}', '{"then":1}', '[{"primary":true},{"primary":true}]'],
  `${'['.repeat(190)}1${']'.repeat(190)}`,
  `${'{"value":'.repeat(190)}1${'}'.repeat(190)}`,
  `${'['.repeat(5000)}1${']'.repeat(5000)}`,
  JSON.stringify('a'.repeat(50_000)),
]
const hostile: readonly string[] = [
  ...values.map((value, index) => `{"id":"h${index}","externalId":"o${index}","info":${value}}`),
  ...values.map((value, index) => `{"id":${value},"externalId":"p${index}"}`),
  ...values.map((value, index) => `{"id":"q${index}","externalId":${value},"active":${value}}`),
  ...inherited.flatMap((name) => [
    `{"id":"n-${name}","externalId":"r-${name}","${name}":"x"}`,
    `{"id":"m-${name}","externalId":"s-${name}","${name}":{"x":1}}`,
  ]),
  '{"id":"c","externalId":"c","name":"x","name.givenName":"y"}',
]
const ordinary = (id: string): string =>
  JSON.stringify({ id, externalId: `x-${id}`, info: 'plain', active: true })
/** `npm test` explains each object in one or two of the five forms. */
const stride = allCases ? 1 : 3
/** Every second object is an ordinary one. */
const lines = hostile.flatMap((one, index) => [one, ordinary(`good${index}`)])

const server = new ScimServer()
const uploads = new UploadService()
let url = ''

beforeAll(async () => {
  const scim = await server.start()
  url = await uploads.start()
  writeFileSync(at('schema.json'), JSON.stringify(schema))
  writeFileSync(at('other.json'), JSON.stringify(schema).replace('\\"none\\"', '\\"nobody\\"'))
  writeFileSync(at('all.ndjson'), lines.map((line) => `${line}\n`).join(''))
  writeFileSync(
    at('target.ndjson'),
    hostile
      .filter((line) => !line.includes('['.repeat(5000)))
      .map((line) => `${line.replace('"id"', '"userName"')}\n`)
      .join(''),
  )
  writeFileSync(
    at('all.test.yaml'),
    'schema: schema.json\ncases: [{ name: all, source: all.ndjson, snapshot: snapshot.ndjson }]\n',
  )
  const job = { schema: 'schema.json', source: { User: 'all.ndjson' }, target: { scim }, state: 'job.sqlite' }
  writeFileSync(at('job.json'), JSON.stringify(job))
})
afterAll(async () => {
  await server.stop()
  await uploads.stop()
})

/** Rejects where the command line would end with an internal error. */
const run = (...args: readonly string[]): Promise<Run> =>
  attrflow(args, { directory, env: { ATTRFLOW_TOKEN: 'a token' } })

interface Line {
  readonly line?: number
  readonly outcome?: string
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly summary?: object
}

describe('an object that no program expects', () => {
  it.each([[[]], [['--target', 'target.ndjson']], [['--workers', '2']]])(
    'ends no run of map, and changes no other object: %j',
    async (more) => {
      const { code, out } = await run('map', 'schema.json', '--source', 'all.ndjson', '--json', ...more)
      const found = jsonLines<Line>(out).filter(({ summary }) => summary === undefined)
      expect([code, found.length]).toEqual([1, lines.length])
      expect(found.filter(({ line }) => line! % 2 === 0).map(({ outcome }) => outcome)).toEqual(
        hostile.map(() => 'create'),
      )
      const ofName = (name: string): unknown =>
        found[lines.findIndex((line) => line.includes(`"n-${name}"`))]!.attributes
      expect(ofName('__proto__')).toMatchObject({ 'addresses[type eq "work"].locality': 'x' })
      expect(ofName('constructor')).toMatchObject({ 'addresses[type eq "work"].region': 'x' })
      expect(ofName('then')).not.toHaveProperty(['addresses[type eq "work"].country'])
    },
  )

  it.each([
    ['map', 'schema.json', '--source', 'all.ndjson', '--csv'],
    ['map', 'schema.json', '--source', 'all.ndjson', '--report', 'report.html', '--escrow', 'held'],
    ['map', 'schema.json', '--replay', 'held'],
    ['eval', 'ToUpper([info])', '--source', 'all.ndjson'],
    ['eval', 'ToUpper([info])', '--source', 'all.ndjson', '--json'],
    ['diff', 'schema.json', 'other.json', '--source', 'all.ndjson'],
    ['diff', 'schema.json', 'other.json', '--source', 'all.ndjson', '--target', 'target.ndjson', '--json'],
    ['diff', 'schema.json', 'other.json', '--source', 'all.ndjson', '--format', 'html'],
    ['test', 'all.test.yaml', '--update'],
    ['test', 'all.test.yaml', '--coverage'],
    ['preview', 'schema.json', '--source', 'all.ndjson', '--out', 'page.html'],
    ['send', 'all.ndjson', '--dry-run'],
    ['job', 'plan', 'job.json', '--html', 'plan.html'],
    ['job', 'run', 'job.json'],
    ['job', 'run', 'job.json', '--json'],
    ['job', 'log', 'job.json'],
    ['job', 'log', 'job.json', '--shape', 'log-analytics'],
    ['job', 'status', 'job.json'],
    ['job', 'drift', 'job.json'],
  ])('ends no run: %s %s %s %s %s', async (...args) => {
    const { code, out } = await run(...args.filter((one) => one !== undefined))
    expect([0, 1]).toContain(code)
    expect(out).not.toBe('')
  })

  const explanations = [[], ['--json'], ['--trace'], ['--as-test'], ['--target', 'target.ndjson']]

  it.each(explanations.map((more, start) => [more, start] as const))(
    'can be explained: %j',
    async (more, start) => {
      for (let index = start % stride; index < hostile.length; index += stride) {
        const text = hostile[index]!
        writeFileSync(at('one.ndjson'), `${text}\n`)
        const { code, err } = await run(
          ...['explain', 'schema.json', '--source', 'one.ndjson', '--line', '1', ...more],
        )
        if (code === 2)
          expect([text.length > 9000, err]).toEqual([true, expect.stringContaining('200 levels')])
      }
    },
  )

  it('is provisioned or fails alone', async () => {
    expect([...server.resources.Users.values()].filter(({ title }) => title === 'plain')).toHaveLength(
      hostile.length,
    )
  })

  it('is shown by the preview page', async () => {
    const session = new Session()
    await session.schema(JSON.stringify(schema), 'schema.json')
    const users = await session.users(readFileSync(at('all.ndjson')), 'all.ndjson')
    expect(users.count + users.unreadable).toBe(lines.length)
    for (let user = 0; user < users.count; user++) {
      expect(session.story(user)?.attributes).not.toBe(undefined)
      expect(session.attributes(user).length).toBeGreaterThan(0)
      expect(structuredClone(session.expression('Left([info], 3)', user))).toBeTypeOf('object')
    }
    const compared = await session.compare(readFileSync(at('other.json')), 'other.json')
    expect(compared!.problem).toBe(undefined)
  })

  it('is generated with every attribute that the mapping reads', async () => {
    const { out } = await run('generate', 'schema.json', '--count', '50')
    const names = new Set(jsonLines<object>(out).flatMap((one) => Object.keys(one)))
    expect([...names]).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'toString']))
  })

  it('is sent with its values as they are, or left out with the reason', async () => {
    const { code, out, err } = await run('send', 'all.ndjson', '--url', `${url}/bulkUpload`)
    expect(code).toBe(1)
    expect(out).toMatch(/^\d+ objects accepted, \d+ refused\n$/)
    expect(err).toContain('name.givenName and name write to the same place in the resource; it is left out')
    const sent = uploads.texts.join('')
    expect(sent.match(/"externalId":"x-good\d+"/g)).toHaveLength(hostile.length)
    expect(sent).toContain('"__proto__":"x"')
  })
})
