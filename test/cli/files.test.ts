import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const examples = ['entra-to-scim.schema.json', 'users.ndjson', 'workers.json', 'workers.csv']
for (const name of examples) {
  const text = readFileSync(join('docs/examples', name), 'utf8')
  writeFileSync(join(directory, name), text)
  writeFileSync(join(directory, `bom-${name}`), `\ufeff${text}`)
}
const files: Readonly<Record<string, string>> = {
  'words.json': 'nothing of the kind\n',
  'empty.json': '',
  'cut.json': '{"a": [',
  'list.json': '[1]',
  'text.json': '"text"',
  'binary.json': '\u0001\u0002\u0003',
}
for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
mkdirSync(join(directory, 'folder.json'))
const unusable = [...Object.keys(files), 'folder.json', 'missing.json']

const schema = 'entra-to-scim.schema.json'
const readers: readonly (readonly [what: string, args: (file: string) => readonly string[]])[] = [
  ['schema show', (file) => ['schema', 'show', file]],
  ['schema show --json', (file) => ['schema', 'show', file, '--json']],
  ['schema extract', (file) => ['schema', 'extract', file]],
  ['map', (file) => ['map', file, '--source', 'users.ndjson']],
  ['explain', (file) => ['explain', file, '--source', 'users.ndjson', '--line', '1']],
  ['build', (file) => ['build', file, '--out', '-']],
  ['map --target', (file) => ['map', schema, '--source', 'users.ndjson', '--target', file]],
  ['explain --source --line', (file) => ['explain', schema, '--source', file, '--line', '1']],
  ['explain --source --id', (file) => ['explain', schema, '--source', file, '--id', 'x']],
  ['eval --input', (file) => ['eval', '[a]', '--input', file]],
  ['eval --settings', (file) => ['eval', '[a]', '--settings', file]],
  ['check --config', (file) => ['check', '"a"', '--config', file]],
  ['check --baseline', (file) => ['check', '"a"', '--baseline', file]],
]

describe.each(readers)('%s', (_what, args) => {
  test.each(unusable)('refuses %s', async (file) => {
    const { code, out, err } = await attrflow(args(file), { directory })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^attrflow: /)
    expect(err).toContain(file)
  })
})

describe('map --source', () => {
  test.each(unusable)('has nothing to map in %s', async (file) => {
    const { code, err } = await attrflow(['map', schema, '--source', file], { directory })
    expect(code).toBe(2)
    expect(err).toContain(file)
  })

  it('goes on after a line that cannot be read', async () => {
    const [first, second] = readFileSync(join('docs/examples', 'users.ndjson'), 'utf8').split('\n')
    const stdin = `${first}\n{"a":\n"text"\n${second}\n`
    const run = await attrflow(['map', schema, '--source', '-', '--json'], { directory, stdin })
    expect(run.code).toBe(1)
    const lines = jsonLines<{ line: number; outcome: string }>(run.out).slice(0, -1)
    expect(lines.map(({ line, outcome }) => [line, outcome === 'error'])).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [4, false],
    ])
  })

  test.each(['empty.ndjson', 'empty.csv'])('takes %s, which holds no objects', async (file) => {
    writeFileSync(join(directory, file), '')
    const run = await attrflow(['map', schema, '--source', file], { directory })
    const err = `${file}: warning AF4924: No object was found in the file.\n`
    expect(run).toEqual({ code: 0, out: '0 objects\n', err })
  })

  test.each(examples.slice(1))('reads %s with a byte order mark alike', async (file) => {
    const args = ['map', schema, '--json', '--now', '2025-07-30T12:00:00Z', '--source']
    const plain = await attrflow([...args, file], { directory })
    expect(plain.out).not.toBe('')
    const { code, out } = await attrflow([...args, `bom-${file}`], { directory })
    expect({ code, out }).toEqual({ code: plain.code, out: plain.out })
  })
})

describe('explain', () => {
  it('names a line that may have hidden the object', async () => {
    const args = ['explain', schema, '--source', '-', '--id', 'nobody']
    const { code, err } = await attrflow(args, { directory, stdin: '{"id":"a"}\n{"id":"nobody"\n' })
    expect(code).toBe(2)
    expect(err).toContain('standard input has no object with the id nobody')
    expect(err).toContain('\nstandard input:2: The line is not a JSON object')
  })
})

describe('a byte order mark', () => {
  test.each(['schema show', 'schema extract', 'check', 'build --out -'])(
    'is no part of %s',
    async (command) => {
      const [name, ...more] = command.split(' ')
      const args = (file: string): readonly string[] =>
        name === 'build' ? ['build', file, ...more] : [name!, ...more, file]
      const plain = await attrflow(args(schema), { directory })
      expect(plain.code).toBe(0)
      const marked = await attrflow(args(`bom-${schema}`), { directory })
      expect({ ...marked, out: marked.out.replaceAll(`bom-${schema}`, schema) }).toEqual(plain)
    },
  )
})

describe('check', () => {
  test.each(Object.keys(files))('reports what is wrong with %s', async (file) => {
    const { code, out, err } = await attrflow(['check', file], { directory })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toMatch(/^error AF400[12]/)
  })

  test.each([
    ['fmt', 'folder.json has no expressions (files that end in .expr)'],
    ['describe', 'cannot read folder.json: it is a directory'],
  ])('tells a directory from a missing file: %s', async (command, message) => {
    expect(await attrflow([command, 'folder.json'], { directory })).toEqual({
      code: 2,
      out: '',
      err: `attrflow: ${message}\n`,
    })
    expect((await attrflow([command, 'missing.expr'], { directory })).err).toBe(
      'attrflow: cannot read missing.expr: there is no such file\n',
    )
  })
})

it.skipIf(process.platform === 'win32')('reads a pipe that has a name', async () => {
  const pipe = join(directory, 'pipe.ndjson')
  execFileSync('mkfifo', [pipe])
  const writer = spawn('sh', ['-c', 'cat users.ndjson > pipe.ndjson'], { cwd: directory })
  const ended = new Promise((done) => writer.once('close', done))
  const piped = await attrflow(['map', schema, '--source', 'pipe.ndjson', '--json'], { directory })
  await ended
  const usual = await attrflow(['map', schema, '--source', 'users.ndjson', '--json'], { directory })
  expect(piped.out).toBe(usual.out)
  expect(piped.code).toBe(usual.code)
})

it('says that a line is longer than a text can be', async () => {
  const piece = 'y'.repeat(2 ** 26)
  const stdin = Array.from({ length: 9 }, () => piece)
  const { code, err } = await attrflow(['map', schema, '--source', '-'], { directory, stdin })
  expect([code, err]).toEqual([2, expect.stringContaining('a line or an object of more than 536,870,888')])
})
