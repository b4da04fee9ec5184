import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleSchema } from '../lint/example-schema.js'
import { atLength } from '../support/at-length.js'
import { UploadService } from '../support/upload-service.js'
import { attrflow, temporaryDirectory } from './harness.js'

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const directory = temporaryDirectory()
const schema = JSON.parse(
  exampleSchema({
    expression: 'Switch([country], "Other", "SE", "Sweden")',
    target: 'countryName',
    matchingPriority: 1,
    attributes: { country: { required: true } },
  }),
) as Json
const user = { id: '1', country: 'SE', appRoleAssignments: [{ appRoleId: 'r' }] }

const job = {
  schema: 'schema.json',
  source: { User: 'users.ndjson' },
  target: { scim: 'http://127.0.0.1:9/scim' },
}

const service = new UploadService()
let url = ''
beforeAll(async () => {
  url = `${await service.start()}/bulkUpload`
})
afterAll(() => service.stop())

const write = (name: string, text: string): void => {
  const path = join(directory, name)
  rmSync(path, { recursive: true, force: true })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A file that a command reads: its name, a right content, and the arguments. */
interface Read {
  readonly name: string
  readonly content: Json
  readonly args: () => readonly string[]
}

const mapping = ['map', 'schema.json', '--source', 'users.ndjson', '--json']
const files: readonly Read[] = [
  {
    name: 'settings.json',
    content: { hostTimeZone: 'UTC', limits: { regexSteps: 50 } },
    args: () => ['eval', '"x"', '--settings', 'settings.json'],
  },
  { name: 'input.json', content: user, args: () => ['eval', '[country]', '--input', 'input.json'] },
  {
    name: 'config.json',
    content: {
      rules: { AF9101: 'off' },
      settings: { hostTimeZone: 'UTC' },
      diff: { limits: { removals: 3 } },
    },
    args: () => ['check', 'schema.json', '--config', 'config.json'],
  },
  {
    name: 'lint.json',
    content: {
      version: 2,
      findings: [{ source: 'schema.json', place: '', code: 'AF9101', message: 'x', count: 1 }],
    },
    args: () => ['check', 'schema.json', '--baseline', 'lint.json'],
  },
  {
    name: 'accepted.json',
    content: [{ path: 'x', what: 'y', change: 'z', reason: 'w', until: '2030-01-01' }],
    args: () => ['diff', 'schema.json', 'schema.json', '--accepted', 'accepted.json'],
  },
  {
    name: 'roles.json',
    content: { appRoles: [{ id: 'r', value: 'admin', displayName: 'Admin' }] },
    args: () => [...mapping, '--app-roles', 'roles.json'],
  },
  {
    name: 'users.json',
    content: [user, user],
    args: () => ['map', 'schema.json', '--source', 'users.json', '--json'],
  },
  {
    name: 'target.json',
    content: [{ id: 't', countryName: 'Sweden' }],
    args: () => [...mapping, '--target', 'target.json'],
  },
  {
    name: 'own.schema.json',
    content: schema,
    args: () => ['map', 'own.schema.json', '--source', 'users.ndjson', '--json'],
  },
  { name: 'own.schema.json', content: schema, args: () => ['check', 'own.schema.json'] },
  {
    name: 'own.schema.json',
    content: schema,
    args: () => ['diff', 'schema.json', 'own.schema.json', '--source', 'users.ndjson'],
  },
  {
    name: 'one.test.json',
    content: {
      schema: 'schema.json',
      cases: [
        { name: 'one', input: user, expect: { attributes: { countryName: 'Sweden' } } },
        { name: 'two', source: 'users.ndjson', snapshot: 'snapshot.ndjson' },
        { name: 'three', expression: '[a]', input: { a: 'x' }, expect: 'x' },
      ],
      ignoredMutants: [{ id: 'x', reason: 'y' }],
    },
    args: () => ['test', 'one.test.json'],
  },
  { name: 'snapshot.ndjson', content: { line: 1, outcome: 'create' }, args: () => ['test', 'all.test.json'] },
  {
    name: 'cache.json',
    content: { version: 1, killers: { a: { path: 'small.test.json', name: 'one' }, b: null } },
    args: () => ['test', 'small.test.json', '--mutate', '--mutant-cache', 'cache.json'],
  },
  {
    name: 'prints.ndjson',
    content: { id: '1', print: '7237bb95636fc56c', written: true },
    args: () => [...mapping, '--previous', 'prints.ndjson'],
  },
  {
    name: 'held.ndjson',
    content: {
      line: 4,
      diagnostics: [{ code: 'AF4901', severity: 'error', message: 'x', span: { start: 0, end: 0 } }],
      form: 'json',
      text: '{"country":"SE"}',
    },
    args: () => ['map', 'schema.json', '--replay', 'held.ndjson', '--json'],
  },
  {
    name: 'sent.json',
    content: { source: 'workers.json', sent: 1 },
    args: () => ['send', 'workers.json', '--url', url, '--resume', 'sent.json'],
  },
  {
    name: 'plan.json',
    content: { version: 1, changes: [], digest: 'x' },
    args: () => ['job', 'apply', 'job.json', '--plan', 'plan.json'],
  },
  {
    name: 'own.job.json',
    content: {
      schema: 'schema.json',
      source: { User: 'users.ndjson' },
      target: { scim: 'http://127.0.0.1:9/scim', token: 't', profile: 'profile.json' },
      state: 'own.sqlite',
      deleteThreshold: 5,
    },
    args: () => ['job', 'status', 'own.job.json'],
  },
  {
    name: 'profile.json',
    content: {
      version: 1,
      refused: ['title'],
      dropped: [],
      paging: 'index',
      pageSize: 10,
      patch: { manager: 'text' },
    },
    args: () => ['job', 'status', 'profiled.job.json'],
  },
  {
    name: 'tokens.json',
    content: [{ token: 'a-long-token-of-a-test', scopes: ['bulkUpload'] }],
    args: () => ['serve', 'kept.job.json', '--port', '0', '--tokens', 'tokens.json'],
  },
]

beforeAll(() => {
  write('schema.json', JSON.stringify(schema))
  write('users.ndjson', `${JSON.stringify(user)}\n`)
  write('workers.json', JSON.stringify([{ externalId: '1' }, { externalId: '2' }]))
  write('job.json', JSON.stringify(job))
  write('kept.job.json', JSON.stringify({ ...job, state: 'kept.sqlite' }))
  write(
    'profiled.job.json',
    JSON.stringify({ ...job, target: { ...job.target, profile: 'profile.json' }, state: 'profiled.sqlite' }),
  )
  write('profile.json', JSON.stringify({ version: 1 }))
  write(
    'all.test.json',
    JSON.stringify({
      schema: 'schema.json',
      cases: [{ name: 'two', source: 'users.ndjson', snapshot: 'snapshot.ndjson' }],
    }),
  )
  write(
    'small.test.json',
    JSON.stringify({
      schema: 'schema.json',
      cases: [{ name: 'one', expression: 'IIF([a]="x", "y", "z")', input: { a: 'x' }, expect: 'y' }],
    }),
  )
})

const broken: readonly string[] = [
  '',
  ' ',
  '{',
  '[',
  'null',
  'true',
  '1',
  '"x"',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '{"version":99}',
  '\0',
  '\uFFFD',
  'a: [b',
  '<x/>',
  '{"__proto__":{"a":1},"toString":1}',
  '['.repeat(5000),
]
const replacements: readonly Json[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x\u001b[31m',
  [],
  {},
  [null],
  { toString: 'x' },
]

/** The value with one part replaced, for each part. */
const mutations = (value: Json): readonly Json[] => {
  if (Array.isArray(value))
    return value.flatMap((one: Json, index) => mutationsOf(one).map((other) => value.with(index, other)))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) =>
      mutationsOf(one).map((other) => ({ ...value, [name]: other })),
    )
  return []
}
const mutationsOf = (value: Json): readonly Json[] => [...replacements, ...mutations(value)]

/** The most variants of one file. */
const MOST_VARIANTS = atLength ? 2000 : 10

describe('a file that is not what it should be', () => {
  it.each(files)(
    'ends $name with an answer, and nothing of it reaches the terminal as it is',
    async (read) => {
      const args = read.args()
      const env = { ATTRFLOW_TOKEN: 'token' }
      const world =
        args[0] === 'serve' ? { directory, env, interruption: AbortSignal.abort() } : { directory, env }
      write(read.name, JSON.stringify(read.content))
      const right = await attrflow(args, world)
      expect([0, 1], right.err).toContain(right.code)
      const changed = mutations(read.content).map((one) => JSON.stringify(one))
      const step = Math.ceil(changed.length / MOST_VARIANTS)
      for (const text of [...broken, ...changed.filter((_, index) => index % step === 0)]) {
        write(read.name, text)
        const { code, err, out } = await attrflow(args, world)
        expect([0, 1, 2], `${text} ends with ${err}`).toContain(code)
        expect(`${out}${err}`).not.toContain('\u001b')
      }
    },
  )

  it('is refused when it is endless', async () => {
    const piece = 'x'.repeat(2 ** 22)
    const stdin = (async function* () {
      for (;;) yield piece
    })()
    const { code, err } = await attrflow(['check', '-'], { stdin })
    expect([code, err]).toEqual([2, expect.stringContaining('standard input is too large')])
  })

  it.each([
    [{ deleteThreshold: '5' }, 'deleteThreshold takes a whole number'],
    [{ skipOutOfScopeDeletions: 'yes' }, 'skipOutOfScopeDeletions takes true or false, not "yes"'],
    [{ state: null }, 'state takes a SQLite file'],
    [{ objectMappings: [] }, 'objectMappings takes a list'],
    [{ target: { scim: 'https://x', tokn: 'x' } }, 'unknown member target.tokn; did you mean token?'],
    [{ target: { scim: 'https://x', concurrency: 'many' } }, 'target.concurrency takes a whole number'],
    [{ target: { scim: 'https://x', requestTimeout: 0 } }, 'target.requestTimeout takes a number'],
    [{ target: { scim: 'https://x', token: 7 } }, 'target.token takes a text, not 7'],
    [{ source: { files: { User: 'u.json' }, content: 'all' } }, 'source.content takes full or delta'],
    [{ rate: 0 }, 'rate takes a number'],
    [{ source: {} }, 'source names no kind of object'],
  ])('is refused as a job with %j', async (member, message) => {
    write('wrong.job.json', JSON.stringify({ ...job, ...member }))
    const { code, err } = await attrflow(['job', 'plan', 'wrong.job.json'], { directory })
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
  })

  it.each(['{', 'null', '{"source":"workers.json","sent":-1}', '{"source":"other.json","sent":1}'])(
    'is refused as the progress of send: %s',
    async (text) => {
      write('progress.json', text)
      const args = ['send', 'workers.json', '--url', url, '--resume', 'progress.json']
      const { code, err } = await attrflow(args, { directory, env: { ATTRFLOW_TOKEN: 'token' } })
      expect([code, err]).toEqual([2, expect.stringContaining('progress.json')])
    },
  )
})
