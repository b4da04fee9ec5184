import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Command, formatsOf } from '../../src/cli/command.js'
import { allCommands } from '../../src/cli/commands/index.js'
import type { JsonForm } from '../../src/cli/json-form.js'
import { exampleSchema } from '../lint/example-schema.js'
import { ScimServer } from '../provision/scim-server.js'
import { UploadService } from '../support/upload-service.js'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const write = (name: string, text: string): void => writeFileSync(join(directory, name), text)
const target = new ScimServer()
const empty = new ScimServer()
const service = new UploadService()

const SCHEMA = 'entra-to-scim.schema.json'
const MAPPINGS = ['Provision Microsoft Entra ID Users']
const TOKEN = 'token-of-sixteen-characters'
const OF_USERS = ['--source', 'users.ndjson']
const MAP = [SCHEMA, ...OF_USERS, '--target', 'application-users.ndjson']

/** For each form, in the order of the declaration, the calls that print it. Together they show all of its members. */
const calls: Readonly<Record<string, readonly (readonly (readonly string[])[])[]>> = {
  eval: [
    [
      ['Redact([mail])', '--attribute', 'mail=A', '--trace'],
      ['CDate([mail])', '--attribute', 'mail=A'],
      ['IIF([a] = "x", CDate([b]), "-")', '--attribute', 'b=soon', '--readings'],
      ['IIF([absent] = "", [b], "-")', '--attribute', 'b=x', '--readings'],
    ],
    [
      ['Redact([mail])', ...OF_USERS],
      ['CDate([mail])', ...OF_USERS],
    ],
  ],
  check: [[[SCHEMA, 'Switch([a], "x", "b", "c", "b", "d"']]],
  describe: [[['ToLower(ToLower([mail]))', '--ir', '--passes']]],
  functions: [[[]]],
  operators: [[[]]],
  rules: [[[]]],
  map: [
    [
      MAP,
      ['redacting.json', '--source', 'three.ndjson', '--previous', 'users.state'],
      ['redacting.json', '--source', 'two.ndjson', '--previous', 'users.state'],
    ],
  ],
  explain: [
    [
      [...MAP, '--line', '1'],
      ['contested.json', '--source', 'three.ndjson', '--line', '1', '--readings'],
    ],
    [[...MAP, '--line', '1', '--as-test']],
  ],
  preview: [[['--no-open']], [['--out', 'page.html']]],
  schema: [
    [['show', SCHEMA]],
    [['extract', SCHEMA]],
    [['extract', SCHEMA, '--out', 'parts']],
    [['apply', SCHEMA, 'parts', '--out', 'applied.json']],
    [['discover', 'service.json']],
  ],
  build: [
    [
      [SCHEMA, '--out', '-'],
      ['contested.json', '--out', 'module.mjs'],
      ['faulty.json', '--out', '-'],
    ],
  ],
  test: [
    [['entra-to-scim.test.yaml', 'faulty.test.yaml', 'absent.test.yaml', '--coverage', '--readings']],
    [['entra-to-scim.test.yaml', '--mutant', 'e6e20059b7']],
  ],
  diff: [
    [
      ['contested.json', 'redacting.json'],
      ['contested.json', 'redacting.json', '--source', 'three.ndjson', '--readings'],
    ],
  ],
  generate: [[[SCHEMA, '--count', '3']]],
  target: [[['probe', 'EMPTY', '--timeout', '2000']]],
  job: [
    [['plan', 'job.json', '--out', 'plan.json']],
    [['apply', 'job.json', '--plan', 'plan.json']],
    [['run', 'job.json']],
    [['status', 'job.json']],
    [['log', 'job.json']],
    [['alerts', 'idle.json']],
    [['on-demand', 'new.json', '--id', '00000000-0000-4000-9000-000000000005']],
    [['drift', 'job.json']],
  ],
  serve: [[['served.json']]],
  send: [[['people.ndjson', '--url', 'SERVICE/bulkUpload']], [['people.ndjson', '--dry-run']]],
}

/** Adds the paths of a value's members, as far as the form describes them. */
const addPaths = (value: unknown, at: string, { members }: JsonForm, into: Set<string>): void => {
  const isDescribed = (path: string): boolean =>
    Object.keys(members).some((one) => one.startsWith(path === '' ? '' : `${path}.`))
  if (Array.isArray(value)) for (const one of value) addPaths(one, `${at}[]`, { members }, into)
  else if (typeof value === 'object' && value !== null && isDescribed(at))
    for (const [name, one] of Object.entries(value)) {
      const inside = at === '' ? '' : `${at}.`
      const path = `${inside}*` in members ? `${inside}*` : `${inside}${name}`
      into.add(path)
      addPaths(one, path, { members }, into)
    }
}

const withJson = async (): Promise<readonly Command[]> =>
  (await allCommands()).filter((one) => formatsOf(one).includes('json'))

const url = { service: '', empty: '' }

/** Changes the users of the target, and makes one of them unreadable. */
const disturb = (): void => {
  const [first, ...others] = target.resources.Users
  for (const [id, user] of others) target.resources.Users.set(id, { ...user, displayName: 'Mallory' })
  target.before = ({ path }) => (path.includes(first![0]) ? 403 : undefined)
}

const changeExtracted = (): void => {
  const file = readdirSync(directory, { recursive: true, encoding: 'utf8' }).find((one) =>
    one.endsWith('.expr'),
  )
  write(file!, 'ToLower([mail])\n')
}

/** Uploads a user to attrflow serve at the address that it says. */
const upload = async (line: string): Promise<void> => {
  const { url: served } = JSON.parse(line) as { readonly url: string }
  const data = { externalId: '1', userName: 'ada' }
  const { status } = await fetch(`${served}/servicePrincipals/sp/synchronization/jobs/job/bulkUpload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'POST', bulkId: '1', path: '/Users', data }],
    }),
  })
  expect(status).toBe(202)
}

/** Runs a command. A service ends as soon as it has said what it has to say. */
const run = async (args: readonly string[]): Promise<string> => {
  const stop = new AbortController()
  const [name, verb] = args
  if (name === 'job' && verb === 'drift') disturb()
  if (name === 'schema' && verb === 'apply') changeExtracted()
  const serves = name === 'serve' || args.includes('--no-open')
  const called = args.map((one) => one.replace('SERVICE', url.service).replace('EMPTY', url.empty))
  const { out, err } = await attrflow([...called, '--json'], {
    directory,
    env: { ATTRFLOW_TOKEN: TOKEN, SCIM_TOKEN: 'token' },
    ...(serves
      ? {
          interruption: stop.signal,
          heard: (line) => (name === 'serve' && line.startsWith('{"url"') ? void upload(line) : stop.abort()),
        }
      : {}),
  })
  expect(out, `${args.join(' ')}: ${err}`).not.toBe('')
  return out
}

beforeAll(async () => {
  const scim = await target.start()
  url.empty = await empty.start()
  url.service = await service.start()
  cpSync(fileURLToPath(new URL('../../docs/examples', import.meta.url)), directory, { recursive: true })
  const job = { schema: SCHEMA, source: { User: 'users.ndjson' } }
  write('job.json', JSON.stringify({ ...job, target: { scim }, state: 'job.sqlite' }))
  write('new.json', JSON.stringify({ ...job, target: { scim }, state: 'new.sqlite' }))
  write('idle.json', JSON.stringify({ ...job, target: { scim }, state: 'idle.sqlite' }))
  write('service.json', JSON.stringify({ ...job, target: { scim: url.service } }))
  write(
    'served.json',
    JSON.stringify({
      ...job,
      objectMappings: MAPPINGS,
      source: {},
      target: { scim: url.empty },
      state: 'served.sqlite',
    }),
  )
  write(
    'absent.test.yaml',
    'schema: contested.json\ncases: [{ name: a, source: absent.ndjson, line: 1, expect: {} }]\n',
  )
  write('faulty.test.yaml', 'cases: 1\n')
  const example = { target: 'countryName', matchingPriority: 1 }
  write('redacting.json', exampleSchema({ ...example, expression: 'Redact([country])' }))
  write('faulty.json', exampleSchema({ ...example, expression: 'ToLower([country]' }))
  write('contested.json', exampleSchema({ ...example, expression: 'IIF([a] = "x", CDate([country]), "-")' }))
  const three = ['SE', 'NO', 'DK'].map(
    (country, id) => `${JSON.stringify({ id: `${id}`, a: 'y', country })}\n`,
  )
  write('three.ndjson', `${three.join('')}{"id":"3","a":"y"}\n`)
  write('two.ndjson', three.slice(1).join(''))
  write('people.ndjson', '{"externalId":"1","userName":"ada"}\n')
})
afterAll(async () => {
  await target.stop()
  await empty.stop()
  await service.stop()
})

describe('the JSON of a command', () => {
  it('is described wherever json is a format, and called here', async () => {
    for (const command of await withJson())
      expect([command.name, command.json?.length]).toEqual([command.name, calls[command.name]?.length])
    for (const { name, json } of await allCommands())
      if (json !== undefined) expect(Object.keys(calls)).toContain(name)
  })

  it.each(Object.keys(calls))('of %s has the declared members and no others', async (name) => {
    const { json } = (await withJson()).find((one) => one.name === name)!
    for (const [index, form] of json!.entries()) {
      const found = new Set<string>()
      for (const args of calls[name]![index]!) {
        const out = await run([name, ...args])
        for (const one of form.lines === true ? jsonLines(out) : [JSON.parse(out) as unknown])
          addPaths(one, '', form, found)
      }
      expect({ with: form.with, members: [...found].sort() }).toEqual({
        with: form.with,
        members: Object.keys(form.members).sort(),
      })
    }
  })
})
