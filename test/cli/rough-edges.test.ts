import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const held = fileURLToPath(new URL('../fixtures/held/', import.meta.url))
const inExamples = { directory: examples }

describe('what is meant by other names', () => {
  it.each([
    [['lint', 'x'], 'did you mean check?'],
    [['simulate', 'x'], 'did you mean map?'],
    [['help', 'format'], 'did you mean fmt?'],
    [['eval', '[a]', '--attr', 'a=x'], 'did you mean --attribute?'],
    [['map', 's.json', '--users', 'x'], 'did you mean --source?'],
    [['map', 's.json', '--input', 'x'], 'did you mean --source?'],
    [['fmt', 'x', '--fix'], 'did you mean --write?'],
    [['map', 's.json', '-o', 'x'], 'did you mean --out?'],
    [['map', '--schema', 's.json'], 'a schema is an argument, not an option'],
    [['eval', '--expression', '[a]'], 'an expression is an argument, not an option'],
  ])('%j', async (args, said) => {
    const { code, err } = await attrflow(args)
    expect([code, err]).toEqual([2, expect.stringContaining(said)])
  })
})

describe('check of users', () => {
  it.each(['users.ndjson', 'workers.csv'])('says that %s is a population', async (file) => {
    const { code, err, out } = await attrflow(['check', file], inExamples)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(`${file} is a population`)
    expect(err).toContain(`attrflow map SCHEMA --source ${file}`)
  })

  it.each(['page.min.json', 'mguser.json', 'scim-users.json'])('says so of %s, too', async (file) => {
    expect((await attrflow(['check', file], { directory: held })).out).toContain('it is a population')
  })
})

describe('an argument that cannot be read', () => {
  it.each([
    ['Append("p", CDate([a]))', 18, '[a]'],
    ['Mid([b], [a], 2)', 9, '[a]'],
    ['DateAdd("d", 1, ToLower([a]))', 16, 'ToLower([a])'],
    ['CBool([a])', 6, '[a]'],
  ])('is underlined: %s', async (expression, start, text) => {
    const { out } = await attrflow([
      'eval',
      expression,
      '--attribute',
      'a=soon',
      '--attribute',
      'b=x',
      '--json',
    ])
    const [found] = (JSON.parse(out) as { diagnostics: object[] }).diagnostics
    expect(found).toMatchObject({ code: 'AF5001', span: { start, end: start + text.length } })
  })
})

describe('eval over a population', () => {
  it('shows a table', async () => {
    const { out, code } = await attrflow(
      ['eval', 'Append([givenName], "!")', '--source', 'users.ndjson'],
      inExamples,
    )
    expect(code).toBe(0)
    expect(out).toMatch(/^ {4}1 {2}\S+ +Ada!$/m)
    expect(out).toMatch(/12 objects, 12 with a value\n$/)
  })

  it('gives a line for each object with --json, and fails for those that fail', async () => {
    const args = ['eval', 'CDate([givenName])', '--source', 'users.ndjson', '--limit', '2', '--json']
    const { out, code } = await attrflow(args, inExamples)
    expect(code).toBe(1)
    expect(jsonLines(out)).toMatchObject([
      { line: 1, outcome: 'error', diagnostics: [{ code: 'AF5001' }] },
      { line: 2, outcome: 'error' },
      { summary: { objects: 2, outcomes: { error: 2 }, errors: { AF5001: 2 } } },
    ])
  })

  it('reads attributes by the names of the file, hides what is redacted, and goes with no single object', async () => {
    const args = ['eval', 'Redact([mobile])', '--source', 'page.min.json']
    const { out, err } = await attrflow(args, { directory: held })
    expect(err).toContain('mobile from mobilePhone')
    expect(out).toContain('[Redact]')
    expect((await attrflow([...args, '--attribute', 'a=x'], { directory: held })).code).toBe(2)
  })
})

describe('map --csv', () => {
  it('has a row for each object and a column for each attribute', async () => {
    const args = ['map', 'entra-to-scim.schema.json', '--source', 'users.ndjson', '--csv']
    const { out, code } = await attrflow(args, inExamples)
    const [header, first] = out.split('\n')
    expect(header).toMatch(/^line,id,outcome,reason,diagnostics,userName,/)
    expect(header).toContain('"emails[type eq ""work""].value"')
    expect(first).toContain(',create,NewInScope,,ada.tester@contoso.com,')
    // A spreadsheet would take it for a formula.
    expect(first).toContain("'+49305550100")
    expect(code).toBe(1)
  })

  it('contradicts other formats', async () => {
    const args = ['map', 'entra-to-scim.schema.json', '--source', 'users.ndjson', '--csv', '--json']
    expect((await attrflow(args, inExamples)).code).toBe(2)
  })
})

describe('schema apply', () => {
  const directory = temporaryDirectory()
  const file = join(directory, 's.json')
  copyFileSync(join(examples, 'entra-to-scim.schema.json'), file)
  const original = readFileSync(file, 'utf8')
  const run = (...args: string[]): ReturnType<typeof attrflow> => attrflow(args, { directory })
  const expression = 'x/USERGROUP_OUTBOUND_USERGROUP/Provision-Microsoft-Entra-ID-Users/nickName.expr'

  it('puts back what was extracted, with its tree, and changes nothing else', async () => {
    await run('schema', 'extract', 's.json', '--out', 'x')
    expect((await run('schema', 'apply', 's.json', 'x')).out).toBe(original)
    writeFileSync(join(directory, expression), 'Join("-", [surname], [givenName])\n')
    const { code, err } = await run('schema', 'apply', 's.json', 'x', '--write')
    expect([code, err]).toEqual([0, '1 expression changed: nickName\n'])
    const changed = readFileSync(file, 'utf8')
    expect(changed).toContain('"expression": "Join(\\"-\\", [surname], [givenName])"')
    expect((await run('check', 's.json', '--json')).out).not.toContain('AF4115')
    expect(changed.split('\n').filter((line) => !original.includes(line)).length).toBeLessThan(40)
  })

  it('changes nothing when an expression is faulty, or belongs nowhere', async () => {
    const before = readFileSync(file, 'utf8')
    writeFileSync(join(directory, expression), 'Join("-" [surname])')
    const faulty = await run('schema', 'apply', 's.json', 'x', '--write')
    expect([faulty.code, faulty.err]).toEqual([1, expect.stringContaining('nothing was changed')])
    expect(faulty.err).toContain('nickName.expr')
    writeFileSync(join(directory, 'x/stray.expr'), '[a]')
    expect((await run('schema', 'apply', 's.json', 'x', '--write')).code).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })
})

describe('frames of a schema', () => {
  const faulty = JSON.stringify({
    synchronizationRules: [
      {
        name: 'R',
        objectMappings: [
          {
            sourceObjectName: 'User',
            targetObjectName: 'Person',
            attributeMappings: [
              {
                targetAttributeName: 'nickName',
                source: { type: 'Function', expression: `Joon(" ", ${'[givenName], '.repeat(40)}[surname])` },
              },
            ],
          },
        ],
      },
    ],
    directories: [],
  })

  it('name the place in the words of the portal', async () => {
    const { out } = await attrflow(['check', '-'], { stdin: faulty })
    expect(out).toMatch(/^ --> standard input:1:\d+ in nickName, User → Person$/m)
  })

  it('stay within the width of a terminal, and are not wrapped elsewhere', async () => {
    const { out } = await attrflow(['check', '-', '--color', 'never'], { stdin: faulty, isTTY: true })
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    const piped = await attrflow(['check', '-'], { stdin: faulty })
    expect(piped.out.split('\n').filter((line) => /^ {2,}\w/.test(line))).toEqual([])
  })
})
