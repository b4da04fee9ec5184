import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { attributeMapping, customAppSchema } from '../support/custom-app-schema.js'
import { attrflow, temporaryDirectory } from './harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const directory = temporaryDirectory()
const at = (name: string): string => join(directory, name)

/** The lines by which the message of diff offers to accept changes. */
const offeredIn = (err: string): readonly string[] => err.split('\n').filter((line) => line.startsWith('- {'))

describe('attrflow test', () => {
  it('passes for the examples', async () => {
    const { code, out, err } = await attrflow(['test', examples])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('50 passed')
  })

  it('fails with the difference and the trace, in every form', async () => {
    writeFileSync(
      at('x.test.yaml'),
      'cases: [{ name: wrong, expression: "Join(\\"\\", [a], [b])", input: { a: x }, expect: y }]',
    )
    const pretty = await attrflow(['test'], { directory })
    expect(pretty.code).toBe(1)
    expect(pretty.out).toContain('expected "y", found "x"')
    expect(pretty.out).toContain('└─ [b]')
    for (const format of ['json', 'tap', 'junit', 'github']) {
      const { code, out } = await attrflow(['test', '--format', format], { directory })
      expect([format, code]).toEqual([format, 1])
      expect(out).toContain('wrong')
    }
  })

  it('says how a missing snapshot is written', async () => {
    const directory = temporaryDirectory()
    const text = `schema: ${join(examples, 'entra-to-scim.schema.json')}\ncases: [{ name: all, source: ${join(examples, 'users.ndjson')}, snapshot: all.ndjson }]\n`
    writeFileSync(join(directory, 'all.test.yaml'), text)
    const { code, out } = await attrflow(['test'], { directory })
    expect([code, out]).toEqual([1, expect.stringContaining('--update writes the snapshot')])
  })

  it('does not expect every attribute in a folder of records', async () => {
    const directory = temporaryDirectory()
    const text = `schema: ${join(examples, 'entra-to-scim.schema.json')}\ncases: [{ name: each, source: people, snapshot: expected }]\n`
    writeFileSync(join(directory, 'each.test.yaml'), text)
    mkdirSync(join(directory, 'people'))
    writeFileSync(join(directory, 'people', 'ada.json'), '{"userPrincipalName":"ada@contoso.com"}')
    const { code, out, err } = await attrflow(['test', '--update'], { directory })
    expect([code, err, out]).toEqual([0, '', expect.stringContaining('each (ada.json): snapshot written')])
  })

  it('is wrong use without tests', async () => {
    expect((await attrflow(['test', 'absent'], { directory })).code).toBe(2)
    expect((await attrflow(['test', '--name', 'nothing'], { directory })).code).toBe(2)
    writeFileSync(at('y.test.json'), '{"cases":[{"name":"a","expression":"\\"b\\"","expect":"b"}]}')
    const { code, err } = await attrflow(['test', 'y.test.json', '--mutate'], { directory })
    expect([code, err]).toEqual([2, expect.stringContaining('there is nothing to mutate')])
  })
})

describe('attrflow diff', () => {
  const old = join(examples, 'entra-to-scim.schema.json')
  writeFileSync(at('new.json'), readFileSync(old, 'utf8').replace('"IS NOT NULL"', '"IS NULL"'))
  const population = ['--source', join(examples, 'users.ndjson')]

  it('finds nothing between a schema and itself', async () => {
    const { code, out } = await attrflow(['diff', old, old, ...population])
    expect(code).toBe(0)
    expect(out).toContain('NEW gives the same results as OLD for all 12 objects')
  })

  it('tells what a change does, and lists the objects', async () => {
    const { out } = await attrflow(['diff', old, 'new.json', ...population], { directory })
    expect(out).toContain('leave the scope')
    const listed = await attrflow(['diff', old, 'new.json', ...population, '--list', 'leavesScope'], {
      directory,
    })
    expect(listed.out.trim().split('\n').length).toBeGreaterThan(3)
    const json = await attrflow(['diff', old, 'new.json', ...population, '--json'], { directory })
    const { causes, effect } = JSON.parse(json.out)
    expect(effect.tags.leavesScope.count).toBe(listed.out.trim().split('\n').length)
    expect(causes.leavesScope[0]).toEqual({
      cause: expect.stringContaining('IS NULL'),
      count: effect.tags.leavesScope.count,
    })
    const markdown = await attrflow(['diff', old, 'new.json', ...population, '--format', 'markdown'], {
      directory,
    })
    expect(markdown.out).toMatch(/^\*\*/)
  })

  it('has the exit code of its limits', async () => {
    expect((await attrflow(['diff', old, 'new.json'], { directory })).code).toBe(1)
    expect((await attrflow(['diff'], { directory })).code).toBe(2)
    expect((await attrflow(['diff', old, '--against', '--output=x'], { directory })).code).toBe(2)
  })

  it('counts a breaking change also where no object of the population is affected', async () => {
    writeFileSync(at('nobody.ndjson'), '')
    const nobody = ['--source', 'nobody.ndjson', '--max-removals', '0']
    const open = await attrflow(['diff', old, 'new.json', ...nobody], { directory })
    expect([open.code, open.out]).toEqual([1, expect.stringContaining('can hand over, disable or delete')])
    writeFileSync(at('agreed.yaml'), offeredIn(open.err).join('\n'))
    const agreed = await attrflow(['diff', old, 'new.json', ...nobody, '--accepted', 'agreed.yaml'], {
      directory,
    })
    expect([agreed.code, agreed.out]).toEqual([0, expect.not.stringContaining('can hand over')])
  })

  it('names a limit that is exceeded, and lets it pass for the very number that was accepted', async () => {
    const failing = JSON.parse(readFileSync(old, 'utf8'))
    failing.synchronizationRules[0].objectMappings[0].attributeMappings.find(
      ({ targetAttributeName }: { targetAttributeName: string }) => targetAttributeName === 'title',
    ).source = { type: 'Function', name: null, expression: 'Error("no")', parameters: [] }
    writeFileSync(at('failing.json'), JSON.stringify(failing))
    const run = (...more: string[]) =>
      attrflow(['diff', old, 'failing.json', ...population, ...more], { directory })
    const open = await run()
    expect([open.code, open.out]).toEqual([1, expect.stringMatching(/over the limit: failed \d+, at most 0/)])
    writeFileSync(at('failed.yaml'), offeredIn(open.err).join('\n'))
    const agreed = await run('--accepted', 'failed.yaml')
    expect([agreed.code, agreed.out]).toEqual([0, expect.not.stringContaining('over the limit')])
  })

  it('has the limits and the accepted changes of the configuration beside NEW', async () => {
    const configured = async (diff: object) => {
      writeFileSync(at('attrflow.config.json'), JSON.stringify({ diff }))
      return attrflow(['diff', old, 'new.json', ...population], { directory })
    }
    const open = await configured({ limits: { leavesScope: '10%' } })
    expect([open.code, open.out]).toEqual([1, expect.stringContaining('over the limit: leavesScope')])
    const lines = offeredIn(open.err)
    writeFileSync(at('known.yaml'), lines.join('\n'))
    expect((await configured({ limits: { leavesScope: '10%' }, accepted: 'known.yaml' })).code).toBe(0)
    expect((await configured({ limits: { leavesScope: 'many' } })).code).toBe(2)
    rmSync(at('attrflow.config.json'))
  })

  it('compares with the schema that was last accepted', async () => {
    writeFileSync(at('app.schema.json'), readFileSync(old, 'utf8'))
    const run = (...more: string[]) => attrflow(['diff', 'app.schema.json', ...more], { directory })
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('app.schema.json --accept') })
    expect(await run('--accept')).toEqual({ code: 0, out: '', err: 'accepted: app.accepted.json\n' })
    expect((await run()).out).toContain('OLD and NEW are the same')
    writeFileSync(at('app.schema.json'), readFileSync(at('new.json'), 'utf8'))
    expect((await run()).code).toBe(1)
    const accepting = await run('--accept')
    expect([accepting.code, accepting.out]).toEqual([0, expect.stringContaining('1 change')])
    expect(readFileSync(at('app.accepted.json'), 'utf8')).toBe(readFileSync(at('new.json'), 'utf8'))
    expect((await run()).code).toBe(0)
    expect((await attrflow(['diff', '-'], { directory, stdin: '{}' })).code).toBe(2)
  })

  it('counts objects that cannot be read, and is wrong use where none can', async () => {
    const [line] = readFileSync(join(examples, 'users.ndjson'), 'utf8').split('\n')
    writeFileSync(at('torn.ndjson'), `${line}\n{"mail"\n`)
    const torn = await attrflow(['diff', old, old, '--source', 'torn.ndjson'], { directory })
    expect(torn).toEqual({
      code: 1,
      out: expect.stringContaining(
        'the only object of the file; 1 object could not be read; OLD and NEW are the same',
      ),
      err: expect.stringContaining('torn.ndjson:2: '),
    })
    writeFileSync(at('torn.ndjson'), '{"mail"\n')
    const nothing = await attrflow(['diff', old, old, '--source', 'torn.ndjson'], { directory })
    expect(nothing).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing in torn.ndjson could be read'),
    })
  })

  it('stops at Ctrl-C, says so, and accepts nothing', async () => {
    writeFileSync(at('stopped.json'), readFileSync(old, 'utf8'))
    await attrflow(['diff', 'stopped.json', '--accept'], { directory })
    writeFileSync(at('stopped.json'), readFileSync(at('new.json'), 'utf8'))
    const interruption = new AbortController()
    const [line] = readFileSync(join(examples, 'users.ndjson'), 'utf8').split('\n')
    const stdin = (async function* () {
      yield `${line}\n${line!.slice(0, 50)}`
      interruption.abort()
      yield line!
    })()
    const { code, out, err } = await attrflow(['diff', 'stopped.json', '--accept', '--source', '-'], {
      directory,
      stdin,
      interruption: interruption.signal,
    })
    expect([code, out, err]).toEqual([
      130,
      expect.stringMatching(/^the comparison was stopped: the rest of the file was not compared;/),
      expect.not.stringContaining('accepted'),
    ])
    expect(out).not.toContain('could not be read')
    expect(readFileSync(at('stopped.accepted.json'), 'utf8')).toBe(readFileSync(old, 'utf8'))
  })

  it('compares with a revision, wherever the command runs', async () => {
    const repository = temporaryDirectory()
    const git = (...args: readonly string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@example.org', ...args], {
        cwd: repository,
      })
    git('init', '-q')
    writeFileSync(join(repository, 'app.json'), readFileSync(old, 'utf8'))
    git('add', '.')
    git('commit', '-qm', 'one')
    writeFileSync(join(repository, 'app.json'), readFileSync(at('new.json'), 'utf8'))
    for (const [file, place] of [
      ['app.json', repository],
      [join(repository, 'app.json'), directory],
    ] as const) {
      const { code, out } = await attrflow(['diff', file, '--against', 'HEAD', '--tries', '0'], {
        directory: place,
      })
      expect([code, out]).toEqual([1, expect.stringContaining('1 change of the schema')])
    }
  })

  it('shows its progress on a terminal', async () => {
    const shown = await attrflow(['diff', old, 'new.json', ...population], { directory, isTTY: true })
    expect(shown.err).toContain('12 objects')
    expect(shown.err).toMatch(/; \d+ affected/)
  })

  it('names attributes that cannot be evaluated on a side', async () => {
    writeFileSync(
      at('faulty.json'),
      JSON.stringify(
        customAppSchema('hr', [
          attributeMapping('userName', '[a]', 1),
          attributeMapping('title', 'Rihgt([b], 2)'),
        ]),
      ),
    )
    const { err } = await attrflow(
      ['diff', 'faulty.json', 'faulty.json', '--source', join(examples, 'users.ndjson')],
      { directory },
    )
    expect(err).toContain('NEW: title cannot be evaluated: There is no function named Rihgt.')
  })

  it('searches every object mapping that changed, if there are several', async () => {
    const two = (expression: string): object => {
      const schema = customAppSchema('hr', [attributeMapping('userName', '[a]', 1)]) as {
        synchronizationRules: [{ objectMappings: object[] }]
      }
      const { objectMappings } = schema.synchronizationRules[0]
      objectMappings.push({
        name: 'teams',
        sourceObjectName: 'Team',
        targetObjectName: 'Group',
        attributeMappings: [attributeMapping('displayName', '[b]', 1), attributeMapping('code', expression)],
      })
      return schema
    }
    writeFileSync(at('teams.json'), JSON.stringify(two('[c]')))
    writeFileSync(at('teams-new.json'), JSON.stringify(two('ToUpper([c])')))
    const run = (...more: string[]) =>
      attrflow(['diff', 'teams.json', 'teams-new.json', ...more], { directory })
    const found = await run('--json')
    expect(JSON.parse(found.out).search.counterexample).toMatchObject({
      input: { b: 'a', c: expect.any(String) },
    })
    const chosen = await run('--json', '--object-mapping', 'people')
    expect(JSON.parse(chosen.out).search.counterexample).toBeUndefined()
    expect(await run(...population)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/OLD: .*--object-mapping.*\n.*people.*\n.*teams/),
    })
  })

  it('lets changes pass that were accepted with a reason, by the line that it prints', async () => {
    const open = await attrflow(['diff', old, 'new.json'], { directory })
    const lines = offeredIn(open.err)
    expect([open.code, lines.length > 0]).toEqual([1, true])
    writeFileSync(at('accepted.yaml'), lines.join('\n').replaceAll('…', 'agreed on Monday'))
    const accepted = await attrflow(['diff', old, 'new.json', '--accepted', 'accepted.yaml'], { directory })
    expect(accepted.code).toBe(0)
    expect(accepted.err).toContain('agreed on Monday')
    writeFileSync(at('accepted.yaml'), lines.join('\n').replaceAll('"…"', '"x", until: "2020-01-01"'))
    const over = await attrflow(['diff', old, 'new.json', '--accepted', 'accepted.yaml'], { directory })
    expect([over.code, over.err]).toEqual([
      1,
      expect.stringContaining('the acceptance expired at the end of 2020-01-01'),
    ])
    writeFileSync(at('accepted.yaml'), '{ a: 1 }')
    expect(
      (await attrflow(['diff', old, 'new.json', '--accepted', 'accepted.yaml'], { directory })).code,
    ).toBe(2)
  })
})
