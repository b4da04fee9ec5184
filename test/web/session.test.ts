import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FilterDraft } from '../../src/web/answers.js'
import { Session } from '../../src/web/session.js'

const example = (name: string): string =>
  readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8')

const opened = async (): Promise<Session> => {
  const session = new Session()
  await session.schema(example('entra-to-scim.schema.json'), 'entra-to-scim.schema.json')
  await session.users(new TextEncoder().encode(example('users.ndjson')), 'users.ndjson')
  return session
}

const without = (draft: FilterDraft): FilterDraft => ({
  ...draft,
  groups: [
    { name: 'nobody', clauses: [{ attribute: 'userPrincipalName', operator: 'IS NULL', values: [] }] },
  ],
})

describe('the filter', () => {
  it('counts every user once, and can be posted', async () => {
    const session = await opened()
    const view = session.filter()!
    const { inScope, outOfScope, undecided, changes } = view.counts
    expect(view.counted).toBeGreaterThan(0)
    expect(inScope + outOfScope + undecided).toBe(view.counted)
    expect(inScope).toBeGreaterThan(0)
    expect(changes).toEqual({ enter: [], leave: [] })
    expect(structuredClone(view)).toEqual(view)
  })

  it('names who changes sides after an edit, and stores only what was edited', async () => {
    const session = await opened()
    const before = session.filter()!
    const saved = session.save()
    const edited = session.filter(without(before.draft))!
    expect(edited.counts.inScope).toBe(0)
    expect(edited.counts.changes.leave).toHaveLength(before.counts.inScope)
    expect(edited.leave).toHaveLength(before.counts.inScope)
    expect(session.save()).toBe(saved)
    expect((await session.storeFilter(before.draft)).view.changed).toBe(false)
    expect((await session.storeFilter(without(before.draft))).view.changed).toBe(true)
    expect(session.save()).toContain('"IS NULL"')
    expect(session.filter()!.counts.inScope).toBe(0)
    expect((await session.storeFilter(before.draft)).problem).toBeUndefined()
    expect(session.filter()!.counts).toEqual(before.counts)
  })

  it('says what is wrong with a clause, and counts on', async () => {
    const session = await opened()
    const { draft } = session.filter()!
    const faulty = session.filter({
      ...draft,
      groups: [
        { name: '', clauses: [{ attribute: 'userPrincipalName', operator: 'CONTAINS', values: ['a'] }] },
      ],
    })!
    expect(faulty.findings.length).toBeGreaterThan(0)
    expect(faulty.counts.undecided).toBeGreaterThan(0)
  })
})

describe('settings', () => {
  it('apply to expressions, stories and the filter, and faulty ones change nothing', async () => {
    const session = await opened()
    const compared = 'IIF([facsimileTelephoneNumber] = "", "empty", "not")'
    expect(session.expression(compared, 0).value).toBe('"not"')
    expect((await session.settings('{"nullComparison": "lenient"}')).problem).toBeUndefined()
    expect(session.expression(compared, 0).value).toBe('"empty"')
    expect((await session.settings('{"nullComparison": 1}')).problem).toContain('nullComparison takes')
    expect((await session.settings('{')).problem).toBe('The settings are not JSON.')
    expect(session.expression(compared, 0).value).toBe('"empty"')
    await session.settings('')
    expect(session.expression(compared, 0).value).toBe('"not"')
  })
})

describe('users', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => ({ id: `${index}`, displayName: `User ${index}` }))

  it('are found by a part of their title, also beyond the first thousand', async () => {
    const session = new Session()
    await session.users(new TextEncoder().encode(JSON.stringify(many)), 'users.json')
    expect(session.findUsers('', 0)).toHaveLength(1_000)
    expect(session.findUsers('user 2999', 0)).toEqual([
      { index: 0, title: 'User 0' },
      { index: 2999, title: 'User 2999' },
    ])
    expect(session.findUsers('', 2999)[0]).toEqual({ index: 2999, title: 'User 2999' })
    const { results, titles } = session.expression('IIF([id] = "2500", Error("x"), [id])', 0)
    expect(titles[0]).toBe('User 2500')
    expect(titles).toHaveLength(results!.rows.length)
  })
})

describe('an expression', () => {
  it('has the signature of the call around the cursor', () => {
    const help = new Session().signature('Left("a", 2)', 10)!
    expect(help.activeParameter).toBe(1)
    expect(structuredClone(help)).toEqual(help)
  })

  it('names the contested points on which its result depends', async () => {
    const session = await opened()
    expect(session.expression('ToUpper("a")', 0).contested).toEqual([])
    await session.users(new TextEncoder().encode('[{"id":"1"}]'), 'one.json')
    const compared = session.expression('IIF([displayName] = "", "empty", "not")', 0)
    expect(compared.value).toBe('"not"')
    expect(compared.contested.map(({ question }) => question)).toContain('How does a comparison treat null?')
    expect(compared.contested[0]!.otherResult).toBe('"empty"')
  })
})

describe('a file', () => {
  const text = example('entra-to-scim.schema.json')
  const bytes = (schema: string): Uint8Array => new TextEncoder().encode(schema)

  it.each([
    ['in UTF-8', bytes(text)],
    ['with a byte order mark', bytes(`\ufeff${text}`)],
    ['in UTF-16', new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    [
      'whose directories are long and come first',
      bytes(`{"directories": ${' '.repeat(300_000)}[], ${text.trimStart().slice(1)}`),
    ],
  ])('is a schema if it has rules: %s', async (_title, file) => {
    const session = new Session()
    const { schema, users } = await session.open(file, 'file.json')
    expect(users).toBeUndefined()
    expect(schema?.rows.length).toBeGreaterThan(3)
  })

  it('has users if it has no rules, and says why it cannot be read', async () => {
    const session = await opened()
    const { schema, users } = await session.open(bytes(example('users.ndjson')), 'users.ndjson')
    expect(schema).toBeUndefined()
    expect(users?.count).toBeGreaterThan(3)
    expect(session.title(0)).toBe(session.findUsers('', 0)[0]!.title)
    const error = await session.open(bytes('{"error": {"code": "Forbidden", "message": "no"}}'), 'e.json')
    expect(error.users).toMatchObject({
      count: 0,
      faults: [{ message: expect.stringContaining('Forbidden') }],
    })
  })

  it('to compare with may be in UTF-16, too', async () => {
    const session = await opened()
    const other = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
    expect(await session.compare(other, 'other.json')).toMatchObject({ problem: undefined, changes: [] })
    expect((await session.compare(bytes('[]'), 'other.json'))?.problem).toContain(
      'not a synchronization schema',
    )
  })
})
