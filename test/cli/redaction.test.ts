import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatsOf } from '../../src/cli/command.js'
import { allCommands, commands } from '../../src/cli/commands/index.js'
import { ScimServer } from '../provision/scim-server.js'
import { attributeMapping, customAppSchema } from '../support/custom-app-schema.js'
import { attrflow, temporaryDirectory } from './harness.js'

const SECRET = 'qzjqzj'
const directory = temporaryDirectory()
const write = (name: string, text: string): void => writeFileSync(join(directory, name), text)
const server = new ScimServer()

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
/** The calls of each command that handle the secret; commands without one read no objects, or only show pages. */
const calls: Readonly<Record<string, readonly (readonly string[])[]>> = {
  eval: [
    ['Redact([secret])', '--attribute', `secret=${SECRET}`],
    ['Redact([secret])', '--attribute', `secret=${SECRET}`, '--trace'],
    ['CDate(Redact([secret]))', '--attribute', `secret=${SECRET}`, '--trace'],
    ['ToUpper(Redact([secret]))', ...source],
  ],
  map: [
    ['schema.json', ...source],
    ['schema.json', ...source, '--brief'],
    ['schema.json', ...source, '--target', 'target.ndjson', '--report', 'report.html'],
    ['schema.json', ...source, '--previous', 'people.state', '--out', 'changes'],
  ],
  explain: ['1', '2'].flatMap((line) => [
    ['schema.json', ...source, '--line', line, '--trace'],
    ['schema.json', ...source, '--line', line, '--target', 'target.ndjson'],
    ['schema.json', ...source, '--line', line, '--as-test'],
  ]),
  test: [
    ['all.test.yaml', '--update'],
    ['all.test.yaml', '--coverage', '--coverage-report', 'page', '--coverage-report', 'json'],
  ],
  diff: [
    ['schema.json', 'other.json', ...source],
    ['schema.json', 'other.json', ...source, '--target', 'target.ndjson'],
  ],
  job: [
    ['plan', 'job.json', '--out', 'plan.json', '--html', 'plan.html'],
    ['run', 'job.json'],
    ['status', 'job.json'],
    ['log', 'job.json'],
    ['log', 'job.json', '--shape', 'log-analytics'],
    ['metrics', 'job.json'],
    ['alerts', 'job.json'],
    ['on-demand', 'job.json', '--id', 'a'],
    ['drift', 'job.json'],
  ],
  ...Object.fromEntries(
    ['check', 'fmt', 'describe', 'functions', 'operators', 'rules', 'schema', 'build', 'generate', 'target']
      .concat(['preview', 'serve', 'send', 'lsp'])
      .map((name) => [name, []]),
  ),
}

/** Files of the input, and the state of the job, which holds values as they are. */
const inputs = ['people.ndjson', 'target.ndjson', 'all.test.yaml']
const isOutput = (name: string): boolean => !inputs.includes(name) && !name.startsWith('job.sqlite')

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
  mkdirSync(join(directory, 'coverage'))
  write('schema.json', JSON.stringify(schema('IIF([fails] = "yes", CDate(Redact([secret])), "x")')))
  write('other.json', JSON.stringify(schema('Redact([secret])')))
  write('people.ndjson', people.map((one) => `${JSON.stringify(one)}\n`).join(''))
  write(
    'target.ndjson',
    `{"userName":"zz","externalId":"${SECRET}1"}\n{"userName":"b","externalId":"${SECRET}9"}\n`,
  )
  write('all.test.yaml', tests)
  const job = { schema: 'schema.json', source: { User: 'people.ndjson' }, target: { scim: url } }
  write('job.json', JSON.stringify({ ...job, state: 'job.sqlite' }))
})
afterAll(() => server.stop())

describe('a secret', () => {
  it('is looked for in every command', () => {
    expect(Object.keys(calls).sort()).toEqual(commands.map(({ name }) => name).sort())
  })

  it.each(Object.entries(calls).filter(([, all]) => all.length > 0))(
    'is in no output of %s',
    async (name, all) => {
      const command = (await allCommands()).find((one) => one.name === name)!
      // A table has no place for marks: its columns hold values as they are.
      for (const args of all)
        for (const format of formatsOf(command).filter((one) => one !== 'csv')) {
          const { out, err } = await attrflow([name, ...args, '--format', format], { directory })
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
    },
  )
})
