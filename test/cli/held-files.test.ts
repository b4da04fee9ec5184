import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readUsers } from '../../src/web/users.js'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

/** Files in the shapes that people have: exports of Graph, PowerShell, the portal, HR systems. */
const directory = fileURLToPath(new URL('../fixtures/held/', import.meta.url))

interface Line {
  readonly outcome?: string
  readonly reason?: string
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly summary?: { readonly source: { readonly shape?: string; readonly missing: readonly string[] } }
}

const map = async (
  schema: string,
  source: string,
  ...more: readonly string[]
): Promise<{
  code: number
  err: string
  objects: readonly Line[]
  source: NonNullable<Line['summary']>['source'] | undefined
}> => {
  const args = ['map', `${schema}.schema.json`, '--source', source, '--json', ...more]
  const { code, out, err } = await attrflow(args, { directory })
  const lines = out === '' ? [] : jsonLines<Line>(out)
  return { code, err, objects: lines.slice(0, -1), source: lines.at(-1)?.summary?.source }
}

const user = {
  userName: 'rike.holm@acme.test',
  externalId: 'a0000000-0000-4000-8000-000000000001',
  active: 'True',
}

const warnings = async (...args: readonly string[]): Promise<readonly string[]> => {
  const { out } = await run('check', ...args, '--json')
  const { results } = JSON.parse(out) as {
    results: readonly { diagnostics: readonly { code: string; severity: string }[] }[]
  }
  const diagnostics = results.flatMap((one) => one.diagnostics)
  return diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code)
}

describe('a population', () => {
  it.each([
    ['page.pretty.json', 1, 'graph'],
    ['page.min.json', 1, 'graph'],
    ['pages.ndjson', 2, 'graph'],
    ['mguser.json', 1, 'graph-powershell'],
  ])('of Graph is read from %s', async (file, count, shape) => {
    const { code, objects, source } = await map('app', file)
    expect([code, objects.length, source]).toMatchObject([0, count, { shape, missing: [] }])
    const [{ attributes }] = objects as [Line]
    expect(attributes).toMatchObject(user)
    const texts = JSON.stringify(attributes)
    for (const value of ['+45 3355 0100', '+45 2055 0101', 'CC-77', 'Nordics', 'Home', 'yes'])
      expect(texts).toContain(value)
    expect(texts).toContain('a0000000-0000-4000-8000-000000000009')
  })

  it('is in scope by the name that the filter has', async () => {
    const { objects, err } = await map('synced', 'page.pretty.json')
    expect(objects).toMatchObject([{ outcome: 'create' }])
    expect(err).toContain('dirSyncEnabled from onPremisesSyncEnabled')
    expect(err).toContain('AF4912')
  })

  it('is read by no other name with --shape none, and says what is missing', async () => {
    const { objects, source, err } = await map('synced', 'page.pretty.json', '--shape', 'none')
    expect(objects).toMatchObject([{ outcome: 'skip' }])
    expect(source).toMatchObject({ missing: ['dirSyncEnabled'] })
    expect(err).toContain('has these attributes of the mapping: dirSyncEnabled')
  })

  it.each([
    ['bulk.json', ['create', 'skip']],
    ['scim-users.json', ['create']],
  ])('of SCIM is read from %s by paths', async (file, outcomes) => {
    const { objects, source } = await map('api', file)
    expect(objects.map(({ outcome }) => outcome)).toEqual(outcomes)
    expect(source?.shape).toBe('scim')
    expect(JSON.stringify(objects[0]!.attributes)).toContain('rike@acme.test')
  })

  it.each([
    ['raas.json', ['Rike Holm', 'Nils Berg'], ''],
    ['hr.cp1252.csv', ['Søren Holm', 'Zoë Berg'], 'Windows-1252'],
    ['hr.utf16.csv', ['Søren Holm', 'Zoë Berg'], 'UTF-16'],
    ['hr.sep.csv', ['Søren Holm', 'Zoë Berg'], ''],
    ['hr.pipe.csv', ['Søren Holm', 'Zoë Berg'], ''],
    ['hr.duphead.csv', ['Rike Holm'], 'The column FullName occurs 2 times'],
  ])('of an HR system is read from %s', async (file, names, said) => {
    const { code, objects, err } = await map('hr', file)
    expect(code).toBe(0)
    const values = objects.map(({ attributes }) => Object.values(attributes!))
    expect(values).toEqual(names.map((name) => expect.arrayContaining([name])))
    if (said === '') expect(err).not.toContain('warning')
    else expect(err).toContain(said)
  })

  it('has no two objects with one matching value', async () => {
    const { code, objects } = await map('hr', 'hr.dupkey.csv')
    expect(code).toBe(1)
    expect(objects).toMatchObject([
      { outcome: 'create' },
      { outcome: 'error', reason: 'DuplicateSourceEntries', diagnostics: [{ code: 'AF4918' }] },
    ])
  })

  it('tells the name of a type in place of a value', async () => {
    const { err } = await map('hr', 'getaduser.csv')
    expect(err).toContain('AF4915')
    expect(err).toContain('ADPropertyValueCollection')
  })

  it.each([
    ['hr.xml', 'XML'],
    ['hr.zip.xlsx', 'Excel'],
    ['graph-error.json', 'Authorization_RequestDenied'],
    ['hr.schema.json', 'synchronization schema'],
  ])('is not %s', async (file, name) => {
    const { code, objects, err } = await map('hr', file)
    expect([code, objects]).toEqual([2, []])
    expect(err).toContain(name)
  })
})

describe('a page of a delta query', () => {
  const page = JSON.parse(readFileSync(`${directory}page.min.json`, 'utf8'))
  const marks = [
    { id: 'gone-1', '@removed': { reason: 'changed' } },
    { id: 'gone-2', '@removed': { reason: 'deleted' } },
  ]
  const value = [marks[0], ...page.value, marks[1]]

  it.each([
    ['one page', JSON.stringify({ '@odata.deltaLink': 'x', value }, null, 1)],
    ['one page in a line', JSON.stringify({ value })],
    ['lines', value.map((one) => JSON.stringify(one)).join('\n')],
  ])('as %s has what was removed told and not mapped', async (_name, stdin) => {
    const args = ['app.schema.json', '--source', '-']
    const { code, out, err } = await attrflow(['map', ...args, '--json'], { directory, stdin })
    const lines = jsonLines<Line & { id?: string }>(out)
    expect(code).toBe(0)
    expect(lines.map(({ outcome }) => outcome)).toEqual(['create', undefined])
    expect(err).toContain('AF4923: Objects that are only marked as removed (@removed) are left out: 2.')
    const explained = await attrflow(['explain', ...args, '--id', 'gone-2'], { directory, stdin })
    expect([explained.code, explained.err]).toEqual([
      2,
      expect.stringContaining('(@removed) are left out: 2.'),
    ])
  })
})

describe('what a delta query marks as removed, read by others than map', () => {
  const value = [
    ...(JSON.parse(readFileSync(`${directory}page.min.json`, 'utf8')) as { value: object[] }).value,
    { id: 'gone', userPrincipalName: 'rike.holm@acme.test', '@removed': { reason: 'deleted' } },
  ]
  const told = 'AF4923: Objects that are only marked as removed (@removed) are left out: 1.'

  it('is left out of snapshots of test, and said once', async () => {
    const folder = temporaryDirectory()
    writeFileSync(join(folder, 'delta.json'), JSON.stringify({ value }))
    const schema = join(directory, 'app.schema.json')
    const one = { source: 'delta.json', snapshot: 'delta.expected.ndjson' }
    const cases = [
      { name: 'all', ...one },
      { name: 'again', ...one },
    ]
    writeFileSync(join(folder, 'delta.test.json'), JSON.stringify({ schema, cases }))
    const { code, err } = await attrflow(['test', '--update'], { directory: folder })
    expect([code, err.split(told).length]).toEqual([0, 2])
    expect(readFileSync(join(folder, one.snapshot), 'utf8').trim().split('\n')).toHaveLength(1)
  })

  it('is no object of the target', async () => {
    const stdin = JSON.stringify({ value: [{ id: 't', userName: 'x', '@removed': { reason: 'deleted' } }] })
    const args = ['app.schema.json', '--source', 'page.min.json', '--target', '-', '--json']
    const { code, out, err } = await attrflow(['map', ...args], { directory, stdin })
    expect([code, jsonLines<Line>(out)[0]!.outcome]).toEqual([0, 'create'])
    expect(err).toContain(`standard input: warning ${told}`)
  })

  it('is no user of the page', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ value }))
    const { records, view } = await readUsers(bytes, 'delta.json', undefined)
    expect([records.length, view.unreadable]).toEqual([1, 0])
    expect(view.notes.map(({ code, message }) => `${code}: ${message}`)).toContain(told)
  })
})

describe('a file without objects', () => {
  it.each([
    ['an empty list', '[]'],
    ['an empty page', '{"value": []}'],
    ['an empty file', ''],
    ['blank lines', '\n\n'],
  ])('such as %s is told', async (_name, stdin) => {
    const { code, out, err } = await attrflow(['map', 'app.schema.json', '--source', '-'], {
      directory,
      stdin,
    })
    expect(out).toContain('0 objects')
    expect([code, err]).toEqual([0, expect.stringContaining('AF4924: No object was found in the file.')])
  })

  it('is not one whose lines are all left out before they are read', async () => {
    const schema = JSON.parse(readFileSync(`${directory}app.schema.json`, 'utf8'))
    schema.synchronizationRules[0].objectMappings[0].scope = {
      groups: [
        {
          name: 'g',
          clauses: [
            {
              sourceOperandName: 'department',
              operatorName: 'EQUALS',
              targetOperand: { values: ['Nowhere'] },
            },
          ],
        },
      ],
    }
    const folder = temporaryDirectory()
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const users = file(
      'left-out.ndjson',
      '{"id":"1","department":"Sales"}\n{"id":"2","department":"Sales"}\n',
    )
    const args = ['map', file('left-out.schema.json', JSON.stringify(schema)), '--source', users]
    const { err, out } = await attrflow([...args, '--in-scope-only', '--json'], { directory })
    expect(out).toContain('"leftOut":2')
    expect(err).not.toContain('AF4924')
  })
})

describe('a file with several schemas', () => {
  const app = JSON.parse(readFileSync(`${directory}app.schema.json`, 'utf8'))
  const stdin = JSON.stringify({
    value: [
      { id: 'one', schema: app },
      { id: 'two', schema: app },
    ],
  })

  it.each([
    [['check', '-'], 1],
    [['schema', 'show', '-'], 2],
    [['schema', 'extract', '-'], 2],
    [['map', '-', '--source', 'page.min.json'], 2],
    [['explain', '-', '--source', 'page.min.json', '--line', '1'], 2],
    [['build', '-', '--out', '-'], 2],
  ])('is read by %j after a choice', async (args, fails) => {
    const unclear = await attrflow(args, { directory, stdin })
    expect(unclear.out + unclear.err).toContain(
      'choose one by its name (--job on the command line): one, two',
    )
    expect(unclear.code).toBe(fails)
    const none = await attrflow([...args, '--job', 'three'], { directory, stdin })
    expect(none.out + none.err).toContain('none with the name three, but one, two')
    const chosen = await attrflow([...args, '--job', 'two'], { directory, stdin })
    expect([chosen.code, chosen.out + chosen.err]).toEqual([0, expect.not.stringContaining('AF4002')])
  })
})

describe('the schema that --job chooses from a file with several', () => {
  const app = JSON.parse(readFileSync(`${directory}app.schema.json`, 'utf8'))
  const api = JSON.parse(readFileSync(`${directory}api.schema.json`, 'utf8'))
  const folder = (): string => {
    const made = temporaryDirectory()
    const value = [
      { id: 'one', schema: app },
      { id: 'two', schema: api },
    ]
    writeFileSync(join(made, 'all.json'), JSON.stringify({ value }))
    writeFileSync(join(made, 'users.ndjson'), '{"externalId":"7","name.givenName":"Ada"}\n')
    return made
  }

  it('is the one that objects are generated for', async () => {
    const inside = folder()
    const unclear = await attrflow(['generate', 'all.json'], { directory: inside })
    expect([unclear.code, unclear.err]).toEqual([2, expect.stringContaining('--job')])
    const made = await attrflow(['generate', 'all.json', '--job', 'two', '--count', '3'], {
      directory: inside,
    })
    expect(made.code).toBe(0)
    expect(jsonLines(made.out)).toHaveLength(3)
    expect(made.out).toContain('externalId')
  })

  it('is shown in the page', async () => {
    const inside = folder()
    mkdirSync(join(inside, 'alone'))
    writeFileSync(join(inside, 'alone/all.json'), JSON.stringify(api))
    const page = async (...args: readonly string[]): Promise<string> => {
      const { code } = await attrflow(['preview', ...args, '--out', 'page.html'], { directory: inside })
      expect(code).toBe(0)
      return readFileSync(join(inside, 'page.html'), 'utf8')
    }
    const same = (await page('all.json', '--job', 'two')) === (await page('alone/all.json'))
    expect(same).toBe(true)
    expect((await attrflow(['preview', '--job', 'two'], { directory: inside })).code).toBe(2)
    expect((await attrflow(['preview', 'all.json', '--job', 'three'], { directory: inside })).code).toBe(2)
  })

  it('is named in the file of a job and of a test', async () => {
    const inside = folder()
    const init = await attrflow(['job', 'init', 'all.json', '--job', 'two'], { directory: inside })
    expect(init.out).toContain('\njob: two\n')
    const explain = ['explain', 'all.json', '--job', 'two', '--source', 'users.ndjson', '--line', '1']
    const { out } = await attrflow([...explain, '--as-test'], { directory: inside })
    expect(out).toContain('job: two')
    writeFileSync(join(inside, 'a.test.yaml'), out)
    expect((await attrflow(['test', 'a.test.yaml', '--mutate'], { directory: inside })).err).toBe('')
  })
})

describe('what check takes', () => {
  it('is every schema in a folder, and a schema from standard input', async () => {
    const folder = await attrflow(['check', '.', '--json'], { directory })
    const { results } = JSON.parse(folder.out)
    expect(results.length).toBeGreaterThan(3)
    const piped = await attrflow(['check', '-', '--json'], { stdin: '{"synchronizationRules": []}' })
    expect(JSON.stringify(JSON.parse(piped.out))).not.toContain('AF1')
  })

  it('from standard input has lines of its own, and is not repeated in reports', async () => {
    const stdin = JSON.stringify({ synchronizationRules: [{ name: 'R', objectMappings: [] }] }, null, 2)
    const { out } = await attrflow(['check', '-'], { stdin })
    expect(out).toContain('--> standard input:5:25')
    const { results } = JSON.parse((await attrflow(['check', '-', '--json'], { stdin })).out)
    expect(results[0]).toMatchObject({ file: 'standard input' })
    expect(results[0]).not.toHaveProperty('expression')
  })

  it('is no folder without schemas', async () => {
    const { code, err } = await attrflow(['check', '../../support'], { directory })
    expect([code, err]).toEqual([2, expect.stringContaining('no schemas or expressions')])
  })

  it('is never an expression when it can only be a file', async () => {
    const { code, err } = await attrflow(['check', 'App [prod].json'], { directory })
    expect(code).toBe(2)
    expect(err).toContain('there is no such file')
  })
})

const run = async (...args: readonly string[]): ReturnType<typeof attrflow> => attrflow(args, { directory })

describe('a schema in doubt', () => {
  it('is evaluated by its stored tree where text and tree disagree, and says so of the object', async () => {
    const { objects } = await map('disagree', 'person.ndjson')
    expect(objects[0]).toMatchObject({
      attributes: { userName: 'HOLM' },
      diagnostics: [expect.objectContaining({ code: 'AF4921' })],
    })
    expect((await run('check', 'disagree.schema.json')).out).toContain('AF4115')
    const { out } = await run('schema', 'show', 'disagree.schema.json')
    expect(out).toContain('ToUpper([surname])')
    expect(out).not.toContain('givenName')
  })

  it('fails the object of a mapping whose source is empty, in words that say so', async () => {
    const { out } = await run('map', 'emptysource.schema.json', '--source', 'person.ndjson')
    expect(out).toContain('a source with neither name nor expression')
    expect(out).not.toContain('AF1003')
  })

  it('sends no LDAP query to a target that is Entra', async () => {
    const { out } = await run('map', 'crosstenant.schema.json', '--source', 'member.ndjson')
    expect(out).not.toContain('objectClass')
  })

  it('answers the body of parseExpression in Graph’s form', async () => {
    const { out, code } = await run('eval', '--batch', 'parse-request.json')
    expect(JSON.parse(out)).toMatchObject({ evaluationSucceeded: true, evaluationResult: ['RIKE'] })
    expect(code).toBe(0)
  })

  it('disables in Active Directory what left the scope, and names the contested point', async () => {
    const files = ['--source', 'hr-left-scope.worker.ndjson', '--target', 'hr-left-scope.target.json']
    const { out } = await run('map', 'hr-to-ad.schema.json', ...files, '--json')
    expect(jsonLines<Line>(out)[0]).toMatchObject({
      outcome: 'disable',
      reason: 'OutOfScope',
      attributes: { accountDisabled: true },
      diagnostics: [expect.objectContaining({ code: 'AF4922' })],
    })
    const explained = await run('explain', 'hr-to-ad.schema.json', ...files, '--line', '1', '--readings')
    expect(explained.out).toContain('depends on leaving-scope-in-active-directory (semantics 38)')
    expect(explained.out).not.toContain('no contested point')
    const skipping = await run(
      'map',
      'hr-to-ad.schema.json',
      ...files,
      '--json',
      '--skip-out-of-scope-deletions',
    )
    expect(skipping.code === 2 || jsonLines<Line>(skipping.out)[0]?.outcome === 'skip').toBe(true)
  })
})

describe('what check says of mappings that people have', () => {
  it.each([
    ['anchor.schema.json', [], ['AF9351', 'AF9309']],
    ['join-literal.schema.json', [], ['AF9351', 'AF9309']],
    ['constant-as-match.schema.json', ['AF9312'], []],
    ['not-active.schema.json', ['AF9313'], []],
    ['group-words.schema.json', ['AF9109'], []],
    ['active-from-accountEnabled.schema.json', ['AF9352'], []],
    ['entra-to-ad-defaults.schema.json', [], ['AF2007']],
    ['hr-to-ad.schema.json', [], ['AF9307']],
    ['filtergroups.schema.json', ['AF4008'], []],
    ['misplaced.schema.json', ['AF4008', 'AF4009'], []],
    ['depth10.schema.json', ['AF4006'], ['AF4003', 'AF4502']],
  ])('%s', async (file, said, unsaid) => {
    const found = await warnings(file)
    for (const code of said) expect(found).toContain(code)
    for (const code of unsaid) expect(found).not.toContain(code)
  })

  it.each([
    ['FormatDateTime("", , "dd/MM/yyyy", "yyyy-MM-dd")'],
    ['Coalesce(CDate("no date"), [hireDate])'],
    ['FormatDateTime(Switch([kind], "", "a", "never"), , "dd/MM/yyyy", "yyyy-MM-dd")'],
    ['IIF([a] = "1", DateAdd("d", 1, IIF([b] = "1", "soon", "later")), "")'],
    ['Item(Split("a,b", ","), 3)'],
    ['RandomString(4, 3, 3, 3, 3, "")'],
    ['Append([a], Item(RemoveDuplicates(Split("a,a", ",")), 2))'],
  ])('%s always fails', async (expression) => {
    expect(await warnings(expression)).toContain('AF9245')
  })

  it.each([
    'FormatDateTime(Switch([kind], "", "a", "31/12/2026"), , "dd/MM/yyyy", "yyyy-MM-dd")',
    'Error("stop")',
    'Item(Split("a,b", ","), 2)',
    'RandomString(12, 3, 3, 3, 3, "")',
    'Item(Split([a], ","), 3)',
  ])('%s need not fail', async (expression) => {
    expect(await warnings(expression)).not.toContain('AF9245')
  })
})

describe('a list where a single value is taken', () => {
  it.each([
    'IIF([appRoleAssignments] = "Admin", "a", "b")',
    'Switch([appRoleAssignments], "x", "Admin", "y")',
    'IIF(AppRoleAssignments([appRoleAssignments]) = "Admin", "a", "b")',
    'IIF(Split([a], ",") = "x", "a", "b")',
  ])('is a warning without a schema, too: %s', async (expression) => {
    expect(await warnings(expression)).toContain('AF9235')
  })

  it.each([
    'IIF(SingleAppRoleAssignment([appRoleAssignments]) = "Admin", "a", "b")',
    'IIF(Contains(AppRoleAssignments([appRoleAssignments]), "Admin") > 0, "a", "b")',
    'IIF([roles] = "Admin", "a", "b")',
  ])('is none in %s', async (expression) => {
    expect(await warnings(expression)).not.toContain('AF9235')
  })
})

describe('contested points', () => {
  it('are named by a run whose results depend on them, and by explain', async () => {
    const files = ['date-guard-outside.schema.json', '--source', 'date-guard.users.ndjson']
    const { err } = await run('map', ...files, '--brief')
    expect(err).toContain('contested point branches')
    const told = await run('explain', ...files, '--line', '2', '--readings')
    expect(told.out).toContain('depends on branches (semantics 36): error (AF5001)')
    const json = await run('explain', ...files, '--line', '2', '--readings', '--json')
    expect(JSON.parse(json.out)).toMatchObject({
      readings: [{ point: 'branches', decision: 36, difference: 'error (AF5001)' }],
    })
    const none = await run('explain', ...files, '--line', '1', '--readings', '--json')
    expect(JSON.parse(none.out)).toHaveProperty('readings', [])
  })

  it('are named by eval with the other outcome', async () => {
    const expression = 'IIF([a] = "x", CDate([b]), "-")'
    const { out } = await run('eval', expression, '--attribute', 'a=y', '--attribute', 'b=soon', '--readings')
    expect(out).toContain('string: "-"')
    expect(out).toContain('depends on branches (semantics 36): error AF5001')
    expect((await run('eval', '"a"', '--readings')).out).toContain('depends on no contested point')
    const json = await run(
      'eval',
      expression,
      '--attribute',
      'a=y',
      '--attribute',
      'b=soon',
      '--readings',
      '--json',
    )
    expect(JSON.parse(json.out)).toMatchObject({
      readings: [{ point: expect.any(String), outcome: expect.any(String) }],
    })
    const hidden = 'Redact(IIF([absent] = "", [b], "-"))'
    const file = join(temporaryDirectory(), 'a.test.yaml')
    writeFileSync(
      file,
      `cases: [{ name: a, expression: '${expression}', input: { a: y, b: soon }, expect: null }]`,
    )
    const tests = ['test', file, '--readings']
    expect((await run(...tests)).out).toContain('depends on branches (semantics 36)')
    expect((await run(...tests, '--json')).out).toContain('"readings":[{"point":"branches"')
    expect((await run(...tests, '--format', 'tap')).code).toBe(2)
    const secret = await run('eval', hidden, '--attribute', 'b=hunter2', '--readings')
    expect(secret.out).toContain('depends on null-comparison (semantics 13): string: [Redact]')
    expect(secret.out).not.toContain('hunter2')
  })

  it('are named by diff, for the effect of a change', async () => {
    const schema = readFileSync(join(directory, 'date-guard-outside.schema.json'), 'utf8')
    const constant = schema.replace(/IIF\(Mid\(\[extensionAttribute9\](?:[^"\\]|\\.)*/, 'Left([objectId], 9)')
    expect(constant).not.toBe(schema)
    const changed = join(temporaryDirectory(), 'new.schema.json')
    writeFileSync(changed, constant)
    const args = ['diff', 'date-guard-outside.schema.json', changed, '--readings']
    const users = ['--source', 'date-guard.users.ndjson']
    const { code, out } = await run(...args, ...users)
    expect(code).toBe(0)
    expect(out).toContain('depends on branches (semantics 36): ')
    expect(out).toContain('2 is created and repaired, not changed,')
    const markdown = await run(...args, ...users, '--format', 'markdown')
    expect(markdown.out).toContain('- depends on branches \\(semantics 36\\): ')
    expect(markdown.err).not.toContain('depends on')
    const html = await run(...args, ...users, '--format', 'html')
    expect(html.out).toContain('<li>depends on branches (semantics 36): ')
    const list = await run(...args, ...users, '--list', 'changed')
    expect(list.err).toContain('depends on branches')
    const json = await run(...args, ...users, '--json')
    expect(JSON.parse(json.out).readings).toMatchObject([{ point: 'branches', decision: 36 }])
    const same = await run('diff', changed, changed, '--readings', ...users)
    expect(same.out).toContain('The effect depends on no contested point.')
    expect((await run(...args)).err).toContain('--readings needs --source')
  })
})

describe('the objects of one line', () => {
  it('are chosen by their number or id, never by the line alone', async () => {
    const args = ['explain', 'app.schema.json', '--source']
    const file = join(temporaryDirectory(), 'page.json')
    const value = ['a', 'b', 'c'].map((id) => ({ id, userPrincipalName: `${id}@acme.test` }))
    writeFileSync(file, JSON.stringify({ value }))
    const several = await run(...args, file, '--line', '1')
    expect(several.code).toBe(2)
    expect(several.err).toContain('holds 3 objects; choose one with --id X, or with --number N')
    expect((await run(...args, file, '--number', '2')).out).toMatch(/^b \(/)
    expect((await run(...args, file, '--id', 'c')).out).toMatch(/^c \(/)
    expect((await run(...args, file, '--number', '4')).err).toContain('no object with the number 4; it has 3')
    expect((await run(...args, file, '--number', '1', '--line', '1')).err).toContain('needs one object')
    writeFileSync(file, JSON.stringify({ value }, null, 1))
    expect((await run(...args, file, '--line', '7')).out).toMatch(/^b \(/)
  })

  it('are named in the list of failures', async () => {
    const file = join(temporaryDirectory(), 'page.json')
    const value = ['a', 'b'].map((id) => ({ id, userPrincipalName: 'same@acme.test' }))
    writeFileSync(file, JSON.stringify({ value }))
    const { err, out } = await run('map', 'app.schema.json', '--source', file, '--json')
    expect(err).toContain(', first in object b')
    expect(out).toContain('"line":1,"id":"b","message":')
  })
})

describe('an argument too many', () => {
  it.each(['map', 'explain'])('of %s is named, with the option for objects', async (command) => {
    const { code, err } = await run(command, 'app.schema.json', 'page.min.json')
    expect(code).toBe(2)
    expect(err).toContain('page.min.json is one argument too many')
    expect(err).toContain(`attrflow ${command} app.schema.json --source page.min.json`)
  })
})

describe('a population as a file of tests', () => {
  it.each(['pages.ndjson', 'page.min.json', 'page.pretty.json', 'hr.pipe.csv'])(
    'is named: %s',
    async (file) => {
      const { code, out } = await run('test', file)
      expect(code).toBe(1)
      expect(out).toContain(`it is a population, not a file of tests; a case names it with source: ${file}`)
      expect(out.split('\n').length).toBeLessThan(6)
    },
  )
})
