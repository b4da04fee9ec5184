import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node'
import { formatsOf } from '../../src/cli/command.js'
import { allCommands, commands } from '../../src/cli/commands/index.js'
import { serve } from '../../src/lsp/server.js'
import { Session } from '../../src/web/session.js'
import { ScimServer } from '../provision/scim-server.js'
import { attributeMapping, customAppSchema } from '../support/custom-app-schema.js'
import { attrflow, temporaryDirectory } from './harness.js'

const SECRET = 'qzjqzj'
const directory = temporaryDirectory()
const write = (name: string, text: string): void => writeFileSync(join(directory, name), text)
const server = new ScimServer()
/** A service that has no users, and repeats every other request in its error. */
const echo = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request.setEncoding('utf8')) body += String(piece)
  const search = /filter=(.*)$/.exec(decodeURIComponent(request.url ?? ''))?.[1]
  const answers = request.method === 'GET' && search?.includes(SECRET) !== true
  response.writeHead(answers ? 200 : 400, { 'content-type': 'application/scim+json' })
  const detail = `${body} ${search} ${request.headers.authorization}`
  response.end(JSON.stringify(answers ? { Resources: [], totalResults: 0 } : { detail }))
})
let echoUrl = ''

const schema = (title: string): object =>
  customAppSchema('HR', [
    attributeMapping('userName', 'ToLower([id])', 1),
    attributeMapping('externalId', 'Redact([secret])', 2),
    attributeMapping('nickName', 'ToUpper(Redact([secret]))'),
    attributeMapping('title', title),
  ])

const people = [
  { id: 'a', secret: `${SECRET}1`, fails: 'no' },
  { id: 'b', secret: `${SECRET}2`, fails: 'yes' },
  { id: 'c', secret: `${SECRET}1`, fails: 'no' },
]
const tests = `schema: schema.json
cases:
  - { name: expression, expression: 'Redact([secret])', input: { secret: ${SECRET}1 }, expect: other }
  - { name: failing, expression: 'CDate(Redact([secret]))', input: { secret: ${SECRET}1 }, expect: other }
  - { name: object, input: { id: a, secret: ${SECRET}1 }, expect: { attributes: { externalId: x, nickName: y } } }
  - { name: all, source: people.ndjson, snapshot: snapshot.ndjson }
`

const source = ['--source', 'people.ndjson']
/** Calls of each command. Those that read no objects are called where the objects are. */
const calls: Readonly<Record<string, readonly (readonly string[])[]>> = {
  eval: [
    ['Redact([secret])', '--attribute', `secret=${SECRET}`],
    ['Redact([secret])', '--attribute', `secret=${SECRET}`, '--trace'],
    ['CDate(Redact([secret]))', '--attribute', `secret=${SECRET}`, '--trace'],
    ['ToUpper(Redact([secret]))', ...source],
  ],
  check: [['schema.json'], ['Left(Redact([secret]), "x")']],
  fmt: [['Redact( [secret] )']],
  describe: [['ToUpper(Redact([secret]))']],
  functions: [['Redact']],
  operators: [[]],
  rules: [[]],
  map: [
    ['schema.json', ...source],
    ['schema.json', ...source, '--brief'],
    ['schema.json', ...source, '--target', 'target.ndjson', '--report', 'report.html'],
    ['schema.json', ...source, '--target', 'twice.ndjson'],
    ['schema.json', ...source, '--previous', 'people.state', '--out', 'changes'],
    ['misfits.json', ...source],
    ['secretly-matched.json', ...source, '--target', 'twice.ndjson'],
  ],
  explain: ['1', '2', '3'].flatMap((line) => [
    ['schema.json', ...source, '--line', line, '--trace'],
    ['schema.json', ...source, '--line', line, '--target', 'target.ndjson'],
    ['schema.json', ...source, '--line', line, '--target', 'twice.ndjson'],
    ['schema.json', ...source, '--line', line, '--as-test'],
    ['misfits.json', ...source, '--line', line],
  ]),
  preview: [['schema.json', ...source, '--out', 'page.html']],
  schema: [
    ['show', 'schema.json'],
    ['extract', 'schema.json', '--out', 'parts'],
  ],
  build: [['schema.json', '--out', 'module.mjs']],
  test: [
    ['all.test.yaml', '--update'],
    ['all.test.yaml', '--coverage', '--coverage-report', 'page', '--coverage-report', 'json'],
    ['good.test.yaml', '--mutation-report', 'mutants.json', '--mutant-cache', 'mutants.cache'],
    ['good.test.yaml', '--mutation-report', 'mutants.html'],
  ],
  diff: [
    ['schema.json', 'other.json', ...source],
    ['schema.json', 'other.json', ...source, '--target', 'target.ndjson'],
    ['schema.json', 'other.json', ...source, '--target', 'twice.ndjson'],
  ],
  generate: [['schema.json', '--count', '5']],
  job: ['job.json', 'echoed.json', 'matched-echoed.json'].flatMap((job) => [
    ['plan', job, '--out', 'plan.json', '--html', 'plan.html'],
    ['run', job],
    ['status', job],
    ['log', job],
    ['log', job, '--shape', 'log-analytics'],
    ['metrics', job],
    ['alerts', job],
    ['on-demand', job, '--id', 'a'],
    ['drift', job],
  ]),
  target: [['probe', 'echoed.json', '--force', '--out', 'profile.json']],
  send: [['plain.ndjson', '--url', 'ECHO/bulkUpload', '--token-variable', 'SECRET_TOKEN']],
}
/** Commands that run until they are stopped: each has a test of its own below. */
const served = ['serve', 'lsp']

/** Files of the input, the page with the users in it, and the states of jobs, which hold values as they are. */
const inputs = [
  'people.ndjson',
  'target.ndjson',
  'twice.ndjson',
  'all.test.yaml',
  'good.test.yaml',
  'page.html',
]
const isOutput = (name: string): boolean => !inputs.includes(name) && !name.includes('.sqlite')

/** JSON without the values that are marked as redacted. */
const withoutMarked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutMarked)
  if (typeof value !== 'object' || value === null) return value
  const { redacted, ...rest } = value as Record<string, unknown>
  // The names of a mapped object mark the attributes, and with them the match query and the body that hold their values.
  const marked =
    redacted === true ? ['value', 'text'] : Array.isArray(redacted) ? ['scim', 'matchedBy', ...redacted] : []
  const entries = Object.entries(rest).filter(([name]) => !marked.includes(name))
  return Object.fromEntries(
    entries.map(([name, one]) => [
      name,
      withoutMarked(
        name === 'attributes' && Array.isArray(redacted) ? { ...(one as object), redacted } : one,
      ),
    ]),
  )
}

const visible = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      try {
        return JSON.stringify(withoutMarked(JSON.parse(line)))
      } catch {
        return line
      }
    })
    .join('\n')

beforeAll(async () => {
  const url = await server.start()
  await new Promise<void>((ready) => echo.listen(0, '127.0.0.1', ready))
  echoUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`
  mkdirSync(join(directory, 'coverage'))
  write('schema.json', JSON.stringify(schema('IIF([fails] = "yes", CDate(Redact([secret])), "x")')))
  write('other.json', JSON.stringify(schema('Redact([secret])')))
  write('people.ndjson', people.map((one) => `${JSON.stringify(one)}\n`).join(''))
  write(
    'target.ndjson',
    `{"userName":"zz","externalId":"${SECRET}1"}\n{"userName":"b","externalId":"${SECRET}9"}\n`,
  )
  write(
    'twice.ndjson',
    ['x', 'y']
      .map((name) => `{"userName":"${name}","externalId":"${SECRET}1","nickName":"${SECRET}1"}\n`)
      .join(''),
  )
  const misfits = ['active', 'emails[type eq "work"].primary', 'name', 'name.givenName']
  const userName = attributeMapping('userName', 'ToLower([id])', 1)
  const hidden = misfits.map((name) => attributeMapping(name, 'Redact([secret])'))
  write('misfits.json', JSON.stringify(customAppSchema('HR', [userName, ...hidden])))
  const matched = attributeMapping('nickName', 'Redact([secret])', 1)
  write('secretly-matched.json', JSON.stringify(customAppSchema('HR', [matched])))
  write('plain.ndjson', '{"externalId":"1","userName":"ada"}\n')
  write('all.test.yaml', tests)
  write(
    'good.test.yaml',
    `schema: schema.json\ncases: [{ name: one, input: { id: a, secret: ${SECRET}1 }, expect: { attributes: { externalId: ${SECRET}1 } } }]\n`,
  )
  const job = { schema: 'schema.json', source: { User: 'people.ndjson' }, target: { scim: url } }
  write('job.json', JSON.stringify({ ...job, state: 'job.sqlite' }))
  const target = { scim: echoUrl, token: `\${SECRET_TOKEN}` }
  write('echoed.json', JSON.stringify({ ...job, target, state: 'echoed.sqlite' }))
  const other = { ...job, schema: 'secretly-matched.json', target, state: 'matched.sqlite' }
  write('matched-echoed.json', JSON.stringify(other))
  const uploads = { schema: 'schema.json', objectMappings: ['people'], source: {}, target }
  write('served.json', JSON.stringify({ ...uploads, state: 'served.sqlite' }))
})
afterAll(async () => {
  echo.close()
  await server.stop()
})

const env = { SECRET_TOKEN: `${SECRET}-token`, ATTRFLOW_TOKEN: `${SECRET}-token-of-clients` }

describe('a secret', () => {
  it('is looked for in every command', () => {
    expect([...Object.keys(calls), ...served].sort()).toEqual(commands.map(({ name }) => name).sort())
  })

  it.each(Object.entries(calls))('is in no output of %s', async (name, all) => {
    const command = (await allCommands()).find((one) => one.name === name)!
    expect(all).not.toEqual([])
    for (const args of all)
      for (const format of formatsOf(command)) {
        const called = args.map((one) => one.replace('ECHO', echoUrl))
        const { out, err } = await attrflow([name, ...called, '--format', format], { directory, env })
        const what = [name, ...args, format].join(' ')
        if (format === 'pretty') expect(out + err, what).not.toBe('')
        const shown = args.includes('--as-test') ? out.split('\n') : visible(out).split('\n')
        expect(
          shown.concat(err).filter((line) => line.toLowerCase().includes(SECRET)),
          what,
        ).toEqual([])
      }
    for (const file of readdirSync(directory, { recursive: true, withFileTypes: true }))
      if (file.isFile() && isOutput(file.name)) {
        const text = visible(readFileSync(join(file.parentPath, file.name), 'utf8'))
        expect(text.toLowerCase().includes(SECRET), file.name).toBe(false)
      }
  })

  it('is in no answer of serve, nor in what it prints', async () => {
    const stop = new AbortController()
    let printed = ''
    const ended = attrflow(['serve', 'served.json', '--port', '0'], {
      directory,
      env,
      interruption: stop.signal,
      heard: (text) => {
        printed += text
      },
    })
    await expect.poll(() => printed, { timeout: 10_000 }).toContain('serving at')
    const base = /http:\S+/.exec(printed)![0]
    const authorization = `Bearer ${env.ATTRFLOW_TOKEN}`
    const jobPath = '/servicePrincipals/sp/synchronization/jobs/job1'
    const ask = async (path: string, body?: unknown): Promise<string> => {
      const response = await fetch(base + path, {
        headers: { authorization, 'content-type': 'application/scim+json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      })
      return `${JSON.stringify([...response.headers])}\n${await response.text()}`
    }
    const Operations = people.map((data, index) => ({
      method: 'POST',
      bulkId: `b${index}`,
      path: '/Users',
      data: { ...data, externalId: data.id },
    }))
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest']
    const answers = [await ask(`${jobPath}/bulkUpload`, { schemas, Operations, failOnErrors: null })]
    await expect.poll(() => ask('/auditLogs/provisioning'), { timeout: 10_000 }).toContain('answered 400')
    const onDemand = { parameters: [{ ruleId: 'x', subjects: [{ objectId: 'a', objectTypeName: 'User' }] }] }
    for (const path of [jobPath, `${jobPath}/schema`, '/auditLogs/provisioning', '/nowhere'])
      answers.push(await ask(path))
    answers.push(await ask(`${jobPath}/provisionOnDemand`, onDemand))
    answers.push(await ask(`${jobPath}/validateCredentials`, {}))
    stop.abort()
    const { out, err } = await ended
    expect([out, err, ...answers].join('\n').toLowerCase()).not.toContain(SECRET)
  })

  it('is in no message of lsp', async () => {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()]
    let said = ''
    toClient.on('data', (piece: Buffer) => {
      said += piece.toString()
    })
    const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient))
    serve(connection)
    const tell = (message: object): void => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message })
      toServer.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
    }
    const uri = pathToFileURL(join(directory, 'schema.json')).href
    const text = readFileSync(join(directory, 'schema.json'), 'utf8')
    const offset = text.indexOf('Redact')
    tell({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } })
    tell({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'json', version: 1, text } },
    })
    const place = { textDocument: { uri }, position: { line: 0, character: offset } }
    tell({ id: 2, method: 'textDocument/hover', params: place })
    tell({ id: 3, method: 'textDocument/completion', params: place })
    await expect.poll(() => said, { timeout: 10_000 }).toContain('"id":3')
    connection.dispose()
    expect(said).toContain('Redact')
    expect(said.toLowerCase()).not.toContain(SECRET)
  })

  it('is in no view of the preview page but the attributes of the user', async () => {
    const session = new Session()
    const read = (name: string): Buffer => readFileSync(join(directory, name))
    const views: unknown[] = [
      await session.schema(read('schema.json').toString(), 'schema.json'),
      await session.users(read('people.ndjson'), 'people.ndjson'),
    ]
    for (const user of [0, 1, 2])
      views.push(
        session.story(user),
        session.expression('ToUpper(Redact([secret]))', user),
        session.expression('CDate(Redact([secret]))', user),
      )
    views.push(session.filter(), await session.compare(read('other.json'), 'other.json'), session.save())
    expect(JSON.stringify(views).toLowerCase()).not.toContain(SECRET)
    expect(JSON.stringify(views)).toContain('[Redact]')
  })
})
