import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const schema = {
  synchronizationRules: [
    {
      objectMappings: [
        {
          sourceObjectName: 'User',
          targetObjectName: 'App',
          attributeMappings: [
            { targetAttributeName: 'user', source: { type: 'Attribute', name: 'user' }, matchingPriority: 1 },
            {
              targetAttributeName: 'start',
              source: {
                type: 'Function',
                name: 'FormatDateTime',
                expression: 'FormatDateTime([start], "dd.MM.yyyy", "yyyy-MM-dd")',
              },
            },
          ],
        },
      ],
    },
  ],
}

const world = (files: Readonly<Record<string, string>>): string => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 's.json'), JSON.stringify(schema))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  return directory
}

interface Line {
  readonly line?: number
  readonly outcome?: string
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly record?: unknown
  readonly text?: string
  readonly summary?: Readonly<Record<string, unknown>>
}

const read = (directory: string, name: string): readonly Line[] =>
  jsonLines<Line>(readFileSync(join(directory, name), 'utf8'))

const users = [
  '{"user":"a","start":"01.02.2024"}',
  '{"user":"b","start":"soon","count":12345678901234567890}',
  '{"user":',
  '{"user":"a","start":"01.02.2024"}',
  '{"user":"c"}',
]

describe('map --escrow', () => {
  it('keeps what fails with its line and source, and everything else in the output', async () => {
    const directory = world({ 'u.ndjson': `${users.join('\n')}\n` })
    const args = [
      'map',
      's.json',
      '--source',
      'u.ndjson',
      '--json',
      '--out',
      'o.ndjson',
      '--escrow',
      'e.ndjson',
    ]
    const { code, out } = await attrflow(args, { directory })
    expect(code).toBe(1)
    const written = read(directory, 'o.ndjson')
    expect(written.slice(0, -1).map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, 'create'],
      [5, 'create'],
    ])
    const escrow = readFileSync(join(directory, 'e.ndjson'), 'utf8')
    expect(read(directory, 'e.ndjson').map(({ line, text }) => [line, text])).toEqual([
      [2, undefined],
      [3, '{"user":'],
      [4, undefined],
    ])
    // An integer of any size stays as it was.
    expect(escrow).toContain('"record":{"user":"b","start":"soon","count":12345678901234567890}')
    expect(written.at(-1)?.summary).toMatchObject({ objects: 5, outcomes: { create: 2, error: 3 } })
    expect(out).toMatch(/failures\n.*AF5001 start, first in line 2\n/)
  })

  it('replays what was mended, under the lines of the first run', async () => {
    const directory = world({ 'u.ndjson': `${users.join('\n')}\n` })
    await attrflow(
      ['map', 's.json', '--source', 'u.ndjson', '--json', '--out', 'o.ndjson', '--escrow', 'e.ndjson'],
      { directory },
    )
    const path = join(directory, 'e.ndjson')
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replace('"soon"', '"24.12.2024"')
        .replace('{\\"user\\":', '{\\"user\\":\\"d\\"}'),
    )
    const { code, out } = await attrflow(
      ['map', 's.json', '--replay', 'e.ndjson', '--json', '--escrow', 'again.ndjson'],
      { directory },
    )
    expect(jsonLines<Line>(out).slice(0, -1)).toMatchObject([
      { line: 2, outcome: 'create', attributes: { user: 'b', start: '2024-12-24' } },
      { line: 3, outcome: 'create', attributes: { user: 'd' } },
      { line: 4, outcome: 'create', attributes: { user: 'a' } },
    ])
    expect([code, readFileSync(join(directory, 'again.ndjson'), 'utf8')]).toEqual([0, ''])
  })

  it('replays rows of CSV by the columns of their file', async () => {
    const directory = world({ 'u.csv': 'user;start\na;01.02.2024\n"b"x;01.02.2024\nc\n' })
    const first = ['map', 's.json', '--source', 'u.csv', '--json', '--escrow', 'e.ndjson']
    await attrflow(first, { directory })
    const path = join(directory, 'e.ndjson')
    expect(read(directory, 'e.ndjson').map(({ line, text }) => [line, text])).toEqual([
      [3, '"b"x;01.02.2024'],
      [4, 'c'],
    ])
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('\\"b\\"x', 'b').replace('"text":"c"', '"text":"c;"'),
    )
    const { out } = await attrflow(['map', 's.json', '--replay', 'e.ndjson', '--json'], { directory })
    expect(jsonLines<Line>(out).slice(0, -1)).toMatchObject([
      { line: 3, attributes: { user: 'b', start: '2024-02-01' } },
      { line: 4, attributes: { user: 'c' } },
    ])
  })

  it('says what is no escrow file', async () => {
    const directory = world({ 'u.ndjson': '{"user":"a"}\n' })
    const { code, err } = await attrflow(['map', 's.json', '--replay', 'u.ndjson'], { directory })
    expect(code).toBe(2)
    expect(err).toContain('nothing in u.ndjson could be read')
  })

  it.each([
    [['--source', 'u.ndjson', '--replay', 'u.ndjson'], 'give one of them'],
    [['--source', 'u.ndjson', '--escrow', 'u.ndjson'], '--escrow u.ndjson would overwrite --source'],
    [['--source', 'u.ndjson', '--out', 'x', '--escrow', './x'], 'name the same file'],
    [['--source', 'u.ndjson', '--resume'], 'needs --out FILE'],
    [['--source', '-', '--resume', '--out', 'x'], 'give a file instead of standard input'],
    [['--source', 'u.ndjson', '--out', '.'], 'is a folder'],
    [['--source', 'u.ndjson', '--out', 'none/x'], 'cannot write none/x: there is no such folder'],
  ])('refuses %j', async (args, message) => {
    const directory = world({ 'u.ndjson': '{"user":"a"}\n' })
    const { code, err } = await attrflow(['map', 's.json', ...args], { directory })
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
    expect(readdirSync(directory).sort()).toEqual(['s.json', 'u.ndjson'])
  })
})

describe('map --resume', () => {
  it.each([
    ['u.csv', `user\n${Array.from({ length: 50 }, (_, at) => `u${at % 40}\n`).join('')}`, 30],
    [
      'u.ndjson',
      Array.from(
        { length: 60_000 },
        (_, at) => `{"user":"u${at % 59_990}","pad":"${'x'.repeat(40)}"}\n`,
      ).join(''),
      6,
    ],
  ])(
    'goes on after an interruption in %s: no line is missing and none is doubled',
    async (name, text, looks) => {
      const directory = world({ [name]: text })
      const args = ['map', 's.json', '--source', name, '--json', '--now', '2025-07-30T12:00:00Z']
      await attrflow([...args, '--out', 'whole.ndjson'], { directory })
      const controller = new AbortController()
      let reads = 0
      // The signal comes while the objects are mapped.
      const interruption = new Proxy(controller.signal, {
        get: (signal, name) => {
          if (name === 'aborted' && ++reads === looks) controller.abort()
          const found: unknown = Reflect.get(signal, name, signal)
          return typeof found === 'function' ? found.bind(signal) : found
        },
      })
      const stopped = await attrflow([...args, '--out', 'o.ndjson'], { directory, interruption })
      expect(stopped.code).toBe(130)
      expect(stopped.err).toMatch(
        /o\.ndjson is not written yet: \d+ entries are done\. To continue, repeat the command with --resume/,
      )
      expect(existsSync(join(directory, 'o.ndjson'))).toBe(false)
      const resumed = await attrflow([...args, '--out', 'o.ndjson', '--resume'], { directory })
      expect(resumed.err).toMatch(/^o\.ndjson: continues after entry \d+\n/)
      expect(readFileSync(join(directory, 'o.ndjson'), 'utf8')).toBe(
        readFileSync(join(directory, 'whole.ndjson'), 'utf8'),
      )
      expect(resumed.out).toMatch(/^(50|60000) objects\n/)
      expect(readdirSync(directory).some((name) => name.endsWith('.unfinished'))).toBe(false)
    },
  )

  it('writes the same compressed', async () => {
    const directory = world({ 'u.ndjson': '{"user":"a"}\n{"user":"b"}\n' })
    const args = ['map', 's.json', '--source', 'u.ndjson', '--json', '--out']
    await attrflow([...args, 'plain.ndjson'], { directory })
    await attrflow([...args, 'packed.ndjson.gz', '--checkpoint-every', '1'], { directory })
    expect(gunzipSync(readFileSync(join(directory, 'packed.ndjson.gz'))).toString()).toBe(
      readFileSync(join(directory, 'plain.ndjson'), 'utf8'),
    )
  })
})

it('neither offers to continue what standard input held, nor leaves files of it', async () => {
  const directory = world({})
  const controller = new AbortController()
  const stdin = (async function* () {
    for (let id = 0; ; id++) {
      if (id === 5) controller.abort()
      yield `{"id":"${id}"}\n`
    }
  })()
  const args = ['map', 's.json', '--source', '-', '--json', '--out', 'piped.ndjson']
  const { code, err } = await attrflow(args, { directory, stdin, interruption: controller.signal })
  expect(code).toBe(130)
  expect(err).toContain('standard input cannot be read again. A file can be continued with --resume.')
  expect(err).not.toContain('repeat the command')
  expect(readdirSync(directory)).toEqual(['s.json'])
})
