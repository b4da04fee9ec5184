import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import promises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { allCommands } from '../../src/cli/commands/index.js'
import { exampleSchema } from '../lint/example-schema.js'
import { ScimServer } from '../provision/scim-server.js'
import { UploadService } from '../support/upload-service.js'
import { attrflow, type Run, temporaryDirectory } from './harness.js'

/** What goes wrong: the disk is full at a place, or the process ends there and cleans nothing up. */
interface Fault {
  readonly at: 'write' | 'sync' | 'rename'
  readonly killed: boolean
}

const state: { fault: Fault | undefined } = { fault: undefined }

const full = (): Error =>
  Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', errno: -28 })

const writes: ReadonlySet<string | symbol> = new Set(['write', 'writev', 'writeFile', 'appendFile'])

/** A handle that writes half of what it is given and then fails. */
const failing = (file: FileHandle, { at: place }: Fault): FileHandle =>
  new Proxy(file, {
    get(target, name) {
      if (place === 'write' && writes.has(name))
        return async (data: string | Uint8Array) => {
          await target.writeFile(data.slice(0, Math.floor(data.length / 2)))
          throw full()
        }
      if (place === 'sync' && (name === 'sync' || name === 'datasync')) return () => Promise.reject(full())
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

const real = { ...promises }

/** The files that are open, with the paths by which they were opened. */
const opened = new Map<FileHandle, string>()

// The functions of Node themselves, because modules of this project may be loaded already.
beforeAll(() => {
  promises.open = async (path, flags, mode) => {
    const file = await real.open(path, flags, mode)
    opened.set(file, String(path))
    const close = file.close.bind(file)
    file.close = () => {
      opened.delete(file)
      return close()
    }
    return state.fault === undefined || flags === 'r' ? file : failing(file, state.fault)
  }
  promises.rename = async (from, to) => {
    if (state.fault?.at === 'rename') throw full()
    await real.rename(from, to)
  }
  // Who was killed removes nothing.
  promises.rm = async (path, options) => {
    if (state.fault?.killed !== true) await real.rm(path, options)
  }
  promises.unlink = async (path) => {
    if (state.fault?.killed !== true) await real.unlink(path)
  }
  syncBuiltinESMExports()
})
afterAll(() => {
  Object.assign(promises, real)
  syncBuiltinESMExports()
})

const scim = new ScimServer()
const service = new UploadService()
const url = { scim: '', service: '' }

beforeAll(async () => {
  url.scim = await scim.start()
  url.service = await service.start()
})
afterAll(async () => {
  await scim.stop()
  await service.stop()
})

const directory = temporaryDirectory()
const at = (name: string): string => join(directory, name)
const OLD = 'what stood here before\n'

const schema = exampleSchema({
  expression: 'Switch([country], "Other", "SE", "Sweden", "SE", "Svealand")',
  target: 'countryName',
  matchingPriority: 1,
  attributes: { country: { required: true } },
})

const snapshotTest = `schema: schema.json
cases:
  - name: all
    source: users.ndjson
    snapshot: snapshot.ndjson
`

const MAP = ['map', 'schema.json', '--source', 'users.ndjson', '--json']
const SENT = '{"source":"people.ndjson","sent":0}\n'

/** Runs a command that may call the service. */
const run = (args: readonly string[]): Promise<Run> =>
  attrflow(
    args.map((one) => one.replace('SERVICE', url.service)),
    { directory, env: { ATTRFLOW_TOKEN: 'token' } },
  )

/**
 * Every way to write a file: what is called, and the file with what it holds before; undefined when it must not be there.
 */
const commands: readonly (readonly [args: readonly string[], file: string, input: string | undefined])[] = [
  [[...MAP, '--out', 'out.ndjson'], 'out.ndjson', OLD],
  [['map', 'schema.json', '--source', 'users.ndjson', '--csv', '--out', 'out.csv'], 'out.csv', OLD],
  [['map', 'schema.json', '--source', 'bad.ndjson', '--json', '--escrow', 'held.ndjson'], 'held.ndjson', OLD],
  [['check', 'schema.json', '--fix'], 'schema.json', schema],
  [['check', 'table.expr', '--fix'], 'table.expr', 'Switch([a], "x", "b", "c", "b", "d")\n'],
  [['check', 'schema.json', '--baseline', 'lint.json', '--update-baseline'], 'lint.json', OLD],
  [['fmt', 'wide.expr', '--write'], 'wide.expr', 'Join( "x",[a] ,[b] )\n'],
  [['schema', 'extract', 'schema.json', '--out', 'parts'], 'parts/RULE/users/countryName.expr', OLD],
  [['schema', 'apply', 'schema.json', 'changed', '--write'], 'schema.json', schema],
  [['schema', 'apply', 'schema.json', 'changed', '--out', 'new.json'], 'new.json', OLD],
  [['build', 'schema.json', '--out', 'module.mjs'], 'module.mjs', OLD],
  [['generate', 'schema.json', '--count', '3', '--out', 'made.ndjson'], 'made.ndjson', OLD],
  [['test', 'all.test.yaml', '--update'], 'snapshot.ndjson', OLD],
  [['test', 'one.test.yaml', '--mutation-report', 'mutants.json'], 'mutants.json', OLD],
  [['test', 'one.test.yaml', '--mutant-cache', 'cache.json'], 'cache.json', '{"version":1,"killers":{}}'],
  [['test', 'one.test.yaml', '--coverage-report', 'page'], 'coverage/coverage.html', OLD],
  [['test', 'one.test.yaml', '--coverage-report', 'json'], 'coverage/coverage-final.json', OLD],
  [['test', 'one.test.yaml', '--coverage-report', 'lcov'], 'coverage/lcov.info', OLD],
  [['test', 'one.test.yaml', '--coverage-report', 'cobertura'], 'coverage/cobertura-coverage.xml', OLD],
  [['test', 'one.test.yaml', '--coverage-report', 'html'], 'coverage/index.html', OLD],
  [['diff', 'schema.json', '--accept'], 'schema.accepted.json', `${schema}\n`],
  [['preview', '--out', 'page.html'], 'page.html', OLD],
  [['job', 'init', 'schema.json', '--out', 'new.yaml'], 'new.yaml', undefined],
  [['job', 'plan', 'job.json', '--out', 'plan.json'], 'plan.json', OLD],
  [['job', 'plan', 'job.json', '--html', 'plan.html'], 'plan.html', OLD],
  [['target', 'probe', 'job.json', '--out', 'profile.json'], 'profile.json', OLD],
  [['schema', 'discover', 'service.json', '--out', 'found.json'], 'found.json', OLD],
  [['send', 'people.ndjson', '--url', 'SERVICE/bulkUpload', '--resume', 'sent.json'], 'sent.json', SENT],
  [[...MAP, '--out', 'reported.ndjson', '--report', 'report.html'], 'report.html', OLD],
  [[...MAP, '--out', 'changes.ndjson', '--previous', 'users.state'], 'users.state', ''],
]

const write = (name: string, text: string | undefined): void => {
  rmSync(at(name), { force: true })
  if (text === undefined) return
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), text)
}

const contentOf = (name: string): string | undefined =>
  existsSync(at(name)) ? readFileSync(at(name), 'utf8') : undefined

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))

/** The one file that is extracted from the schema, to be changed. */
let changed = ''
beforeAll(async () => {
  write('schema.json', schema)
  const { out } = await attrflow(['schema', 'extract', 'schema.json', '--out', 'changed'], { directory })
  expect(out).not.toBe('')
  changed = filesBelow(at('changed'))[0]!
})

beforeEach(() => {
  state.fault = undefined
  write('schema.json', schema)
  write('users.ndjson', '{"country":"SE"}\n{"country":"NO"}\n')
  write('people.ndjson', '{"externalId":"1","userName":"ada"}\n')
  const job = { schema: 'schema.json', source: { User: 'users.ndjson' } }
  write('job.json', JSON.stringify({ ...job, target: { scim: url.scim } }))
  write('service.json', JSON.stringify({ ...job, target: { scim: url.service } }))
  write('bad.ndjson', '{"country":"SE"}\noops\n')
  write('all.test.yaml', snapshotTest)
  write(
    'one.test.yaml',
    'schema: schema.json\ncases: [{ name: one, input: { country: SE }, expect: { attributes: { countryName: Sweden } } }]\n',
  )
  for (const [, file, input] of commands) write(file, input)
  writeFileSync(changed, 'ToLower([country])\n')
})

describe('a file that is written', () => {
  it('stands in this list for every option that writes one', async () => {
    const tried = new Set(commands.flatMap(([[name, ...rest]]) => rest.map((one) => `${name} ${one}`)))
    // Reports of coverage go to a folder with a default.
    tried.add('test --coverage-dir')
    for (const { name, options } of await allCommands())
      for (const [option, { writes }] of Object.entries(options))
        if (writes === true) expect(tried).toContain(`${name} --${option}`)
  })

  it.each(commands)('by %j becomes another one where nothing fails', async (args, file, input) => {
    await run(args)
    expect(contentOf(file)).toEqual(expect.any(String))
    expect(contentOf(file)).not.toBe(input)
  })

  const faults: readonly Fault[] = (['write', 'sync', 'rename'] as const).flatMap((place) => [
    { at: place, killed: false },
    { at: place, killed: true },
  ])

  it.each(commands)(
    'by %j stays whole on a full disk, and after an end at any place',
    async (args, file, input) => {
      for (const fault of faults) {
        const before = filesBelow(directory).length
        state.fault = fault
        const { code, out, err } = await run(args)
        state.fault = undefined
        expect([fault, contentOf(file)]).toEqual([fault, input])
        expect([fault, ...opened.values()]).toEqual([fault])
        // A snapshot that cannot be written is a case that fails.
        expect([fault, code]).toEqual([fault, file === 'snapshot.ndjson' ? 1 : 2])
        expect([fault, out + err]).toEqual([fault, expect.stringContaining('no space is left on the device')])
        // What was begun is removed, unless the process ended, or map --resume can go on with it.
        if (!fault.killed && !args.includes('users.ndjson'))
          expect([fault, filesBelow(directory).length]).toEqual([fault, before])
      }
    },
  )
})
