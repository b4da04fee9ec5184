import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { attrflow, jsonLines, type Run, temporaryDirectory, type World } from './harness.js'

const examples = 'docs/examples'
const app = ['map', 'entra-to-scim.schema.json', '--source', 'users.ndjson', '--now', '2025-07-30T12:00:00Z']
const hr = ['map', 'workday-to-ad.schema.json', '--now', '2025-07-30T12:00:00Z', '--source']
const run = (args: readonly string[], world: World = {}): Promise<Run> =>
  attrflow(args, { directory: examples, ...world })

interface Line {
  readonly line: number
  readonly id?: string
  readonly outcome: string
  readonly reason?: string
  readonly scope: { readonly inScope: boolean; readonly evaluated?: false }
  readonly attributes: Readonly<Record<string, unknown>>
  readonly notFlowed: Readonly<Record<string, string>>
  readonly diagnostics: readonly { readonly code: string; readonly path?: string }[]
  readonly redacted?: readonly string[]
  readonly scim?: unknown
}
/** The lines of objects, without the summary behind them. */
const linesOf = (out: string): readonly Line[] =>
  jsonLines<Line & { summary?: unknown }>(out).filter(({ summary }) => summary === undefined)

describe('map', () => {
  test.each([
    ['users', app],
    ['users-with-target', [...app, '--target', 'application-users.ndjson', '--scim', 'compliant']],
    ['workers', [...hr, 'workers.csv']],
    ['brief', [...hr, 'workers.json', '--brief']],
  ])('shows %s', async (name, args) => {
    const { code, out, err } = await run(args)
    await expect(out).toMatchFileSnapshot(`snapshots/map-${name}.txt`)
    expect({ code, err }).toEqual({ code: 1, err: '' })
  })

  it('gives one line for each object with --json, in order', async () => {
    const { code, out, err } = await run([...app, '--json'])
    const lines = linesOf(out)
    expect(code).toBe(1)
    expect(err).toMatch(/^12 objects\n {2}create {3}7 /)
    expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
    for (const line of lines) {
      expect(Object.keys(line).slice(0, 4)).toEqual(['line', 'id', 'outcome', 'reason'])
      expect(['create', 'update', 'disable', 'delete', 'skip', 'error']).toContain(line.outcome)
      expect(typeof line.scope.inScope).toBe('boolean')
      if (line.outcome === 'create') {
        expect(Object.keys(line.attributes).length + Object.keys(line.notFlowed).length).toBe(36)
        expect(line.scim).toMatchObject({ userName: line.attributes.userName })
      }
    }
    expect(lines[10]).toMatchObject({ outcome: 'error', diagnostics: [{ code: 'AF5011' }] })
    expect(lines[6]).toMatchObject({ outcome: 'skip', reason: 'InactiveNeverProvisioned' })
    expect(lines[8]!.scope).toMatchObject({ inScope: false, set: 'groups', group: 'Staff with a mailbox' })
  })

  it('reads the same from JSON, NDJSON, CSV and standard input', async () => {
    const [json, ndjson, csv, stdin] = await Promise.all([
      run([...hr, 'workers.json', '--json']),
      run([...hr, 'workers.ndjson', '--json']),
      run([...hr, 'workers.csv', '--json']),
      run([...hr, '-', '--json'], {
        stdin: readFileSync(join(examples, 'workers.csv'), 'utf8').match(/[\s\S]{1,50}/g)!,
      }),
    ])
    const content = ({ out }: Run): unknown =>
      linesOf(out).map(({ line: _line, attributes, ...rest }) => {
        const stable = Object.entries(attributes).filter(([name]) => rest.redacted?.includes(name) !== true)
        return { ...rest, attributes: Object.fromEntries(stable) }
      })
    expect(content(json)).toHaveLength(12)
    expect(content(ndjson)).toEqual(content(json))
    expect(content(csv)).toEqual(content(json))
    expect(content(stdin)).toEqual(content(json))
  })

  it('keeps a bad line, goes on, and loses nothing', async () => {
    const users = readFileSync(join(examples, 'users.ndjson'), 'utf8').split('\n')
    const stdin = `${users[0]}\n{"objectId": \n${users[1]}\n`
    const { code, out } = await run(['map', 'entra-to-scim.schema.json', '--source', '-', '--json'], {
      stdin,
    })
    expect(code).toBe(1)
    expect(linesOf(out).map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, 'create'],
      [2, 'error'],
      [3, 'create'],
    ])
    expect(linesOf(out)[1]).toEqual({
      line: 2,
      outcome: 'error',
      scope: { inScope: false, evaluated: false },
      attributes: {},
      notFlowed: {},
      diagnostics: [expect.objectContaining({ code: 'AF4901', severity: 'error' })],
    })
  })

  it('does not write over what it reads', async () => {
    const directory = temporaryDirectory()
    const text = '{"userPrincipalName":"a@contoso.com"}\n'
    writeFileSync(join(directory, 'users.ndjson'), text)
    const over = ['map', app[1]!, '--source', 'users.ndjson', '--out', './users.ndjson']
    const { code, err } = await attrflow(over, { directory })
    expect([code, err]).toEqual([
      2,
      'attrflow: --out ./users.ndjson would overwrite --source; write to another file\n',
    ])
    expect(readFileSync(join(directory, 'users.ndjson'), 'utf8')).toBe(text)
  })

  it('stops at a limit, and writes to a file', async () => {
    const directory = temporaryDirectory()
    for (const name of ['entra-to-scim.schema.json', 'users.ndjson'])
      writeFileSync(join(directory, name), readFileSync(join(examples, name)))
    const done = await attrflow([...app, '--limit', '2', '--json', '--out', 'out.ndjson'], { directory })
    expect(done).toEqual({
      code: 0,
      err: '',
      out: '2 objects\n  create  2  in scope and without a match in the target\n',
    })
    expect(linesOf(readFileSync(join(directory, 'out.ndjson'), 'utf8'))).toHaveLength(2)
  })

  it('shows redacted values to nobody, and keeps them in --json', async () => {
    const directory = temporaryDirectory()
    const attributeMappings = [
      { targetAttributeName: 'user', source: { type: 'Attribute', name: 'user' }, matchingPriority: 1 },
      {
        targetAttributeName: 'pin',
        source: { type: 'Function', name: 'Redact', expression: 'Redact([pin])' },
      },
    ]
    const objectMappings = [{ sourceObjectName: 'User', targetObjectName: 'App', attributeMappings }]
    writeFileSync(join(directory, 's.json'), JSON.stringify({ synchronizationRules: [{ objectMappings }] }))
    writeFileSync(join(directory, 'users.csv'), 'user,pin\nada,4711\n')
    const args = ['s.json', '--source', 'users.csv']
    const shown = await attrflow(['map', ...args], { directory })
    expect(shown.out).toMatch(/pin {2}= "\[Redact\]"/)
    expect(shown.out).not.toContain('4711')
    const [line] = linesOf((await attrflow(['map', ...args, '--json'], { directory })).out)
    expect(line).toMatchObject({ attributes: { user: 'ada', pin: '4711' }, redacted: ['pin'] })
  })

  it('shows the errors of the mapping first, and maps all the same', async () => {
    const directory = temporaryDirectory()
    const schema = readFileSync(join(examples, 'entra-to-scim.schema.json'), 'utf8')
    writeFileSync(
      join(directory, 's.json'),
      schema.replaceAll('ToLower(NormalizeDiacritics([mailNickname]))', 'ToLowr([mailNickname])'),
    )
    const users = readFileSync(join(examples, 'users.ndjson'), 'utf8')
    const { code, out, err } = await attrflow(['map', 's.json', '--source', '-', '--limit', '1', '--json'], {
      directory,
      stdin: users,
    })
    expect(code).toBe(1)
    expect(err).toContain('error AF2001: There is no function named ToLowr.')
    expect(err).toMatch(/--> s\.json:\d+:\d+/)
    expect(linesOf(out)[0]).toMatchObject({ outcome: 'error', diagnostics: [{ path: 'nickName' }] })
  })

  it('asks which object mapping is meant, and lists them', async () => {
    const directory = temporaryDirectory()
    const mapping = (target: string): object => ({
      name: `To ${target}`,
      sourceObjectName: 'User',
      targetObjectName: target,
      attributeMappings: [{ targetAttributeName: 'a', source: { type: 'Constant', name: target } }],
    })
    const rule = { name: 'Both', objectMappings: [mapping('One'), mapping('Two')] }
    writeFileSync(join(directory, 's.json'), JSON.stringify({ synchronizationRules: [rule] }))
    const args = ['map', 's.json', '--source', '-', '--json']
    expect(await attrflow(args, { directory })).toEqual({
      code: 2,
      out: '',
      err:
        'attrflow: s.json has several enabled object mappings; choose one with --object-mapping:\n' +
        '  To One (User->One, rule Both)\n  To Two (User->Two, rule Both)\n',
    })
    const chosen = await attrflow([...args, '--object-mapping', 'User->Two'], { directory, stdin: '{"b":1}' })
    expect(linesOf(chosen.out)[0]).toMatchObject({ outcome: 'create', attributes: { a: 'Two' } })
  })

  test.each([
    [['map'], 'map needs one schema file'],
    [['map', 'entra-to-scim.schema.json'], 'map needs --source USERS'],
    [['map', '-', '--source', '-'], 'standard input can be read only once'],
    [['map', 'users.ndjson', '--source', '-'], 'is not a synchronization schema'],
    [['map', 'nothing.json', '--source', '-'], 'cannot read nothing.json'],
    [['map', 'entra-to-scim.schema.json', '--source', 'nothing.csv'], 'cannot read nothing.csv'],
    [[...app, '--object-mapping', 'Nobody'], 'has no object mapping Nobody; it has:\n'],
    [[...app, '--operation', 'delete'], '--operation takes create, update'],
    [[...app, '--now', 'noon'], '--now is given twice'],
    [[...app, '--limit', '0'], '--limit takes a whole number of at least 1'],
  ])('refuses %s', async (args, message) => {
    const { code, out, err } = await run(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })

  it('stops cleanly when it is interrupted, with the summary so far', async () => {
    const controller = new AbortController()
    const users = readFileSync(join(examples, 'users.ndjson'), 'utf8')
    const endless = (async function* () {
      yield users
      controller.abort()
      await new Promise(() => {})
    })()
    const { code, out } = await run(['map', 'entra-to-scim.schema.json', '--source', '-', '--brief'], {
      stdin: endless,
      interruption: controller.signal,
    })
    expect(code).toBe(130)
    expect(out).toMatch(/\n12 objects, stopped early\n/)
  })
})
