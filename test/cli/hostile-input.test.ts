import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatsOf } from '../../src/cli/command.js'
import { allCommands } from '../../src/cli/commands/index.js'
import { safeOutput } from '../../src/cli/style.js'
import { attributeMapping, customAppSchema } from '../support/custom-app-schema.js'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/attack/${name}`, import.meta.url))
const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const schema = join(examples, 'entra-to-scim.schema.json')
const users = readFileSync(join(examples, 'users.ndjson'), 'utf8')
const directory = temporaryDirectory()
const at = (name: string): string => join(directory, name)
const read = (name: string): string => readFileSync(at(name), 'utf8')

interface Line {
  readonly line?: number
  readonly outcome?: string
  readonly diagnostics?: readonly { readonly code: string; readonly message: string }[]
}

/** What must reach no terminal: control characters apart from line feeds, marks of direction, separators. */
const unsafe = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[^\P{Cc}\n]/u

describe('a file that is read', () => {
  const args = (source: string, out: string): readonly string[] => [
    ...['map', schema, '--source', source, '--json', '--out', out],
  ]
  it.each(['the same path', 'an absolute path', 'a symbolic link', 'a hard link'])(
    'is not overwritten by %s',
    async (way) => {
      const name = `${way.replaceAll(' ', '-')}.ndjson`
      writeFileSync(at(name), users)
      const out = { 'the same path': name, 'an absolute path': at(name) }[way] ?? `link-${name}`
      if (way === 'a symbolic link') symlinkSync(name, at(out))
      if (way === 'a hard link') linkSync(at(name), at(out))
      const { code, err } = await attrflow(args(name, out), { directory })
      expect(code).toBe(2)
      expect(err).toContain('overwrite')
      expect(read(name)).toBe(users)
    },
  )

  it('is not overwritten when it holds settings or is checked', async () => {
    writeFileSync(at('set.json'), '{}')
    writeFileSync(at('u.ndjson'), users)
    writeFileSync(at('s.json'), readFileSync(schema))
    const map = await attrflow([...args('u.ndjson', 'set.json'), '--settings', 'set.json'], { directory })
    const check = await attrflow(['check', 's.json', '--baseline', 's.json', '--update-baseline'], {
      directory,
    })
    expect([map.code, check.code]).toEqual([2, 2])
    expect(read('set.json')).toBe('{}')
    expect(read('s.json')).toBe(readFileSync(schema, 'utf8'))
  })

  it('leaves an old result whole when the input cannot be read', async () => {
    writeFileSync(at('good.ndjson'), 'precious\n')
    expect((await attrflow(args('absent', 'good.ndjson'), { directory })).code).toBe(2)
    expect(read('good.ndjson')).toBe('precious\n')
    expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  const writeJob = (name: string): void => {
    writeFileSync(at('people.ndjson'), users)
    writeFileSync(
      at(`${name}.yaml`),
      `schema: ${schema}\nsource: { User: people.ndjson }\ntarget: { scim: 'http://127.0.0.1:9/scim' }\nstate: ${name}.sqlite\n`,
    )
  }

  it('is not overwritten by the plan of a job, or by a snapshot', async () => {
    writeJob('job')
    for (const out of ['people.ndjson', 'job.sqlite', 'job.yaml']) {
      const { code, err } = await attrflow(['job', 'plan', 'job.yaml', '--out', out], { directory })
      expect([code, err]).toEqual([2, expect.stringContaining(`${out}, which is in use`)])
    }
    writeFileSync(
      at('snapshot.test.yaml'),
      `schema: ${schema}\ncases: [{ name: all, source: people.ndjson, snapshot: people.ndjson }]\n`,
    )
    expect((await attrflow(['test', 'snapshot.test.yaml', '--update'], { directory })).code).toBe(1)
    expect(read('people.ndjson')).toBe(users)
  })

  it('is not made a state because it is shorter than a page of SQLite', async () => {
    writeFileSync(at('short.sqlite'), 'precious\n')
    writeJob('short')
    const { code, err } = await attrflow(['job', 'status', 'short.yaml'], { directory })
    expect([code, err]).toEqual([2, expect.stringContaining('is not a database of SQLite')])
    expect(read('short.sqlite')).toBe('precious\n')
  })

  it('is written by one option alone', async () => {
    writeJob('job')
    symlinkSync('one.json', at('other.json'))
    writeFileSync(at('one.json'), 'precious\n')
    const { code, err } = await attrflow(
      ['job', 'plan', 'job.yaml', '--out', 'one.json', '--html', 'other.json'],
      { directory },
    )
    expect([code, err]).toEqual([2, expect.stringContaining('--out and --html name the same file')])
    expect(read('one.json')).toBe('precious\n')
  })

  it('is not removed because it has the name of the folder of a run', async () => {
    writeFileSync(at('mine.unfinished'), users)
    mkdirSync(at('other.unfinished'))
    writeFileSync(at('other.unfinished/notes.txt'), 'precious\n')
    for (const out of ['mine', 'other']) {
      const { code, err } = await attrflow(args('mine.unfinished', out), { directory })
      expect([code, err]).toEqual([2, expect.stringContaining('was not left by a run')])
    }
    expect(read('mine.unfinished')).toBe(users)
    expect(read('other.unfinished/notes.txt')).toBe('precious\n')
  })

  it('is replaced behind a link, and the link stays', async () => {
    writeFileSync(at('real.ndjson'), '')
    symlinkSync('real.ndjson', at('link.ndjson'))
    writeFileSync(at('in.ndjson'), users)
    expect((await attrflow(args('in.ndjson', 'link.ndjson'), { directory })).code).not.toBe(2)
    expect(lstatSync(at('link.ndjson')).isSymbolicLink()).toBe(true)
    expect(read('real.ndjson')).toContain('"outcome"')
  })
})

describe('schema extract', () => {
  it('follows no link out of its folder, and takes no name of a device', async () => {
    mkdirSync(at('outside'))
    mkdirSync(at('out'))
    const text = readFileSync(schema, 'utf8').replaceAll('"userName"', '"con"')
    writeFileSync(at('device.json'), text)
    const first = await attrflow(['schema', 'extract', 'device.json', '--out', 'plain'], { directory })
    expect(first.code).toBe(0)
    const [rule] = readdirSync(at('plain'))
    const written = readdirSync(at('plain'), { recursive: true }).map(String)
    expect(written.some((path) => path.endsWith('_con.expr'))).toBe(true)
    symlinkSync('../outside', join(at('out'), rule!))
    const { code, err } = await attrflow(['schema', 'extract', schema, '--out', 'out'], { directory })
    expect(code).toBe(2)
    expect(err).toContain('a link leads out of out')
    expect(readdirSync(at('outside'))).toEqual([])
  })
})

describe('test --coverage-report', () => {
  it('follows no link out of its folder', async () => {
    mkdirSync(at('coverage'))
    writeFileSync(at('linked.txt'), 'precious\n')
    symlinkSync('../linked.txt', at('coverage/lcov.info'))
    writeFileSync(
      at('covered.test.yaml'),
      `schema: ${schema}\ncases: [{ name: one, input: { userPrincipalName: a }, expect: {} }]\n`,
    )
    const args = ['test', 'covered.test.yaml', '--coverage-report', 'lcov']
    const { code, err } = await attrflow(args, { directory })
    expect([code, err]).toEqual([2, expect.stringContaining('a link leads out of coverage')])
    expect(read('linked.txt')).toBe('precious\n')
    expect(lstatSync(at('coverage/lcov.info')).isSymbolicLink()).toBe(true)
  })
})

describe('one bad object', () => {
  const outcomes = async (schemaFile: string, text: string): Promise<readonly Line[]> => {
    writeFileSync(at('bad.ndjson'), text)
    const { code, out } = await attrflow(['map', fixture(schemaFile), '--source', 'bad.ndjson', '--json'], {
      directory,
    })
    expect(code).toBe(1)
    return jsonLines<Line>(out).slice(0, -1)
  }

  it('is an error entry when its SCIM targets conflict', async () => {
    const lines = await outcomes('conflict.schema.json', readFileSync(fixture('conflict.ndjson'), 'utf8'))
    expect(lines.map(({ outcome }) => outcome)).toContain('error')
    expect(lines).toHaveLength(3)
  })

  it.each([200, 1000, 3000, 7000, 100_000])(
    'is an error entry when a value is nested %i levels',
    async (levels) => {
      const good = '{"u":"ok","a":"1"}\n'
      for (const [open, close] of [
        ['[', ']'],
        ['{"v":', '}'],
      ] as const) {
        const deep = `{"u":"deep","a":${open.repeat(levels)}1${close.repeat(levels)}}\n`
        const lines = await outcomes('fl.schema.json', good + deep + good.replace('ok', 'fine'))
        expect(lines.map(({ line, outcome }) => [line, outcome])).toEqual([
          [1, 'create'],
          [2, 'error'],
          [3, 'create'],
        ])
        expect(lines[1]!.diagnostics![0]!.message).toContain('more than 200 levels are nested')
      }
    },
  )

  it('is an error alone when a page on one line has an object that is nested deeply', async () => {
    const deep = `{"u":"deep","a":${'['.repeat(5000)}1${']'.repeat(5000)}}`
    for (const [before, after] of [
      ['{"value":[', ']}'],
      ['[', ']'],
      ['{"Operations":[{"data":', '}]}'],
    ] as const) {
      const objects = ['{"u":"1","a":"1"}', deep, '{"u":"12345678901234567890","a":"1"}']
      const between = before.endsWith('data":') ? '},{"data":' : ','
      const lines = await outcomes('fl.schema.json', `${before}${objects.join(between)}${after}\n`)
      expect(lines.map(({ outcome }) => outcome)).toEqual(['create', 'error', 'create'])
    }
  })

  it('of the target with odd members ends no run', async () => {
    const { code } = await attrflow([
      ...['map', fixture('fl.schema.json'), '--source', fixture('fl.ndjson')],
      ...['--target', fixture('target-tostring.ndjson')],
    ])
    expect(code).toBe(0)
  })

  it.each([
    ['settings', ['eval', '[a]', '--settings', fixture('settings-bigint.json')]],
    ['a configuration', ['check', '[a]', '--config', fixture('config-bigint.json')]],
  ])('in %s is wrong use', async (_what, args) => {
    expect((await attrflow(args)).code).toBe(2)
  })
})

describe('what reaches a terminal', () => {
  const hostile = fc.stringMatching(/^[\p{Cc}\u2028\u202e:a-z]{1,12}$/u)

  it('has no control characters, and no line that data begin', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (part) => {
        const text = `10001\u001b]0;x\u0007\n::error::${part}`
        writeFileSync(
          at('w.ndjson'),
          `${JSON.stringify({ WorkerID: text, FirstName: text, userPrincipalName: text })}\n`,
        )
        const hostileSchema = readFileSync(schema, 'utf8').replaceAll(
          '"displayName"',
          JSON.stringify(`x${text}`),
        )
        writeFileSync(at('h.json'), hostileSchema)
        const workday = join(examples, 'workday-to-ad.schema.json')
        for (const args of [
          ['map', workday, '--source', 'w.ndjson'],
          ['map', workday, '--source', 'w.ndjson', '--brief'],
          ['map', workday, '--source', 'w.ndjson', '--json'],
          ['explain', workday, '--source', 'w.ndjson', '--line', '1'],
          ['check', 'h.json'],
          ['schema', 'show', 'h.json'],
          ['eval', text],
          ['map', text, '--source', text],
        ]) {
          const { out, err } = await attrflow(args, { directory })
          expect(out + err, args.join(' ')).not.toMatch(unsafe)
          expect(out + err, args.join(' ')).not.toMatch(/^\s*::/m)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('is no command of a workflow, whatever begins a line', async () => {
    const name = '::error::x\n ::error::y\n ##[error]z ##VSO[task.complete]'
    const schemaOf = (expression: string): string =>
      JSON.stringify(
        customAppSchema(name, [
          attributeMapping('userName', '[id]', 1),
          attributeMapping(name, expression),
          attributeMapping('nickName', 'Left([id], "::error::z")'),
        ]),
      )
    writeFileSync(at('old.json'), schemaOf('[nick]'))
    writeFileSync(at('new.json'), schemaOf('ToUpper([nick])'))
    writeFileSync(at('names.ndjson'), `${JSON.stringify({ id: name, nick: name })}\n`)
    writeFileSync(
      at('names.test.yaml'),
      `schema: old.json\ncases: [{ name: ${JSON.stringify(name)}, input: { id: ${JSON.stringify(name)} }, expect: {} }]\n`,
    )
    const population = ['--source', 'names.ndjson']
    for (const [command, ...args] of [
      ['map', 'old.json', ...population],
      ['explain', 'old.json', ...population, '--line', '1'],
      ['diff', 'old.json', 'new.json', ...population],
      ['diff', 'old.json', 'new.json'],
      ['test', 'names.test.yaml', '--coverage'],
      ['check', 'old.json'],
      ['check', '::error::x('],
      ['schema', 'show', 'old.json'],
      ['eval', `"${name}"`],
      ['eval', '[id]', ...population],
      ['generate', 'old.json', '--count', '3'],
    ] as const)
      for (const format of formatsOf((await allCommands()).find((one) => one.name === command)!)) {
        if (format === 'github') continue
        const { out, err } = await attrflow([command, ...args, '--format', format], { directory })
        expect(out + err, `${command} ${args.join(' ')} ${format}`).not.toMatch(/^\s*(?:::|##\[)|##vso\[/im)
      }
  })

  it('is no command of a workflow if a line is written in pieces', async () => {
    let written = ''
    const write = async (text: string): Promise<void> => {
      written += text
    }
    const output = safeOutput({ isTTY: false, columns: undefined, write }, false, false)
    for (const piece of ['a', '::b\n', ' ', '', '::c\n', '', '::d']) await output.write(piece)
    expect(written).toBe('a::b\n \\u003a:c\n\\u003a:d')
  })
})

describe('a redacted value', () => {
  it.each([
    [
      'explain',
      ['explain', fixture('redact.schema.json'), '--source', fixture('redact.ndjson'), '--line', '1'],
    ],
    [
      'explain --json',
      [
        'explain',
        fixture('redact.schema.json'),
        '--source',
        fixture('redact.ndjson'),
        '--line',
        '1',
        '--json',
      ],
    ],
    [
      'explain --trace',
      [
        'explain',
        fixture('redact.schema.json'),
        '--source',
        fixture('redact.ndjson'),
        '--line',
        '1',
        '--trace',
      ],
    ],
    ['map', ['map', fixture('redact.schema.json'), '--source', fixture('redact.ndjson')]],
    [
      'map with a conflict',
      ['map', fixture('redact-conflict.schema.json'), '--source', fixture('redact.ndjson'), '--json'],
    ],
    ['eval', ['eval', 'Redact([p])', '--attribute', 'p=SECRET']],
    ['eval --trace', ['eval', 'Redact([p])', '--attribute', 'p=SECRET', '--trace']],
  ])('is not shown by %s', async (_what, args) => {
    const { out, err } = await attrflow(args)
    expect(out + err).not.toBe('')
    expect(out + err).not.toContain('SECRET')
  })

  it('is named where a machine reads it', async () => {
    const { out } = await attrflow(['eval', 'Redact([p])', '--attribute', 'p=SECRET', '--json'])
    expect(JSON.parse(out)).toMatchObject({ value: 'SECRET', redacted: true })
  })
})
