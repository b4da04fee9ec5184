import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Schema, Validator } from '@cfworker/json-schema'
import { describe, expect, it } from 'vitest'
import { attrflow, temporaryDirectory } from './harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const example = (name: string): string => readFileSync(join(examples, name), 'utf8')
/** The attributes whose mutants are run: enough that some are killed, some survive, and one is ignored. */
const kept = new Set(['userName', 'active', 'displayName', 'nickName', 'title', 'userType', 'externalId'])

const schema = ((): string => {
  const whole = JSON.parse(example('entra-to-scim.schema.json'))
  for (const mapping of whole.synchronizationRules[0].objectMappings)
    mapping.attributeMappings = mapping.attributeMappings.filter((one: { targetAttributeName: string }) =>
      kept.has(one.targetAttributeName),
    )
  return JSON.stringify(whole, null, 2)
})()

/** Cases under which some mutants survive. */
const cases = `schema: entra-to-scim.schema.json
now: 2026-01-15T08:00:00Z
ignoredMutants:
  - { id: e6e20059b7, reason: only users that are gone are deleted }
cases:
  - name: staff
    source: users.ndjson
    line: 1
    expect: { outcome: create, attributes: { userName: ada.tester@contoso.com, active: true, userType: Employee } }
  - name: test domain
    input: { objectId: x, userPrincipalName: robot@test.contoso.com, mail: robot@test.contoso.com, department: Board }
    expect: { outcome: skip, inScope: false }
  - name: a new user
    input:
      objectId: y
      userPrincipalName: Elin.Ek@contoso.com
      mail: elin.ek@contoso.com
      displayName: Elin Ek
      mailNickname: Élin.Ek
      jobTitle: Engineer
      userType: Member
      employeeId: E-77
      department: R&D
      accountEnabled: true
    expect:
      attributes: { userName: Elin.Ek@contoso.com, externalId: E-77, nickName: elin.ek, title: Engineer }
`

/** A folder with a schema, users and cases. */
const folder = (text = schema): { directory: string; read: (name: string) => string } => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'entra-to-scim.schema.json'), text)
  writeFileSync(join(directory, 'users.ndjson'), example('users.ndjson'))
  writeFileSync(join(directory, 'a.test.yaml'), cases)
  return { directory, read: (name) => readFileSync(join(directory, name), 'utf8') }
}

/** The schema with another expression for an attribute. */
const withExpression = (target: string, expression: string): string => {
  const changed = JSON.parse(schema)
  for (const mapping of changed.synchronizationRules[0].objectMappings[0].attributeMappings)
    if (mapping.targetAttributeName === target)
      mapping.source = { expression, name: null, parameters: [], type: 'Function' }
  return JSON.stringify(changed, null, 2)
}

interface Report {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { id: string; status: string; description: string }[] }>
  >
}

const statuses = (out: string): ReadonlyMap<string, string> =>
  new Map(
    Object.values((JSON.parse(out) as Report).files).flatMap(({ mutants }) =>
      mutants.map(({ id, status, description }) => [`${id} ${description}`, status] as const),
    ),
  )

describe('the report of mutants', () => {
  it('has the form that mutation-testing-report-schema publishes', async () => {
    const { directory, read } = folder()
    const { out } = await attrflow(['test', '--json', '--mutation-report', 'out.json'], { directory })
    expect(read('out.json')).toBe(out)
    const published = createRequire(import.meta.url).resolve(
      'mutation-testing-report-schema/mutation-testing-report-schema.json',
    )
    const validator = new Validator(JSON.parse(readFileSync(published, 'utf8')) as Schema, '7', false)
    expect(validator.validate(JSON.parse(out)).errors).toEqual([])
    const found = new Set(statuses(out).values())
    expect(found).toEqual(new Set(['Killed', 'Survived', 'NoCoverage', 'Ignored']))
  })

  it('is a page in one file, in which the text of a schema is data', async () => {
    const hostile = '</script><script>alert(1)</script><!--'
    const { directory, read } = folder(withExpression('nickName', `"${hostile}"`))
    writeFileSync(
      join(directory, 'a.test.yaml'),
      'schema: entra-to-scim.schema.json\ncases: [{ name: a, input: { mail: a }, expect: {} }]',
    )
    await attrflow(['test', '--mutation-report', 'out.html'], { directory })
    const page = read('out.html')
    expect(page.match(/<\/?script/gi)).toEqual(['<script', '</script', '<script', '</script'])
    expect(page).not.toMatch(/src=["']?https?:/)
    expect(page).not.toContain('<!--')
  })

  it('needs a name that says its form', async () => {
    const { directory } = folder()
    const run = await attrflow(['test', '--mutation-report', 'report.txt'], { directory })
    expect(run).toMatchObject({ code: 2 })
    expect(run.err).toContain('.html or .json')
  })
})

describe('attrflow test --mutant-cache', () => {
  const run = (directory: string) =>
    attrflow(['test', '--json', '--mutant-cache', 'cache.json'], { directory })
  /** Results that no run would give: what is taken from the cache shows. */
  const poison = (directory: string): void => {
    const path = join(directory, 'cache.json')
    const cache = JSON.parse(readFileSync(path, 'utf8'))
    for (const key of Object.keys(cache.killers)) cache.killers[key] = null
    writeFileSync(path, JSON.stringify(cache))
  }
  const killedOf = (out: string): ReadonlySet<string> =>
    new Set(
      [...statuses(out)].flatMap(([name, status]) =>
        status === 'Killed' ? [name.replace(/^\w+ /, '').replace(/: .*/s, '')] : [],
      ),
    )

  it('runs only mutants of attributes that changed, and all when the tests change', async () => {
    const { directory, read } = folder()
    const first = await run(directory)
    expect(killedOf(first.out).size).toBeGreaterThan(4)
    expect((await run(directory)).out).toBe(first.out)
    poison(directory)
    expect(killedOf((await run(directory)).out)).toEqual(new Set())

    writeFileSync(
      join(directory, 'entra-to-scim.schema.json'),
      withExpression('nickName', 'ToLower(NormalizeDiacritics([mailNickname]), )'),
    )
    const edited = await run(directory)
    // Those of the mapping as a whole are run, too.
    expect([...killedOf(edited.out)].sort()).toEqual(['mapping', 'nickName', 'scope'])

    poison(directory)
    writeFileSync(join(directory, 'a.test.yaml'), `${read('a.test.yaml')}# \n`)
    expect(killedOf((await run(directory)).out)).toEqual(new Set())
    writeFileSync(
      join(directory, 'a.test.yaml'),
      `${read('a.test.yaml')}\n  - { name: another, input: { objectId: x, userPrincipalName: a@contoso.com }, expect: {} }\n`,
    )
    expect(killedOf((await run(directory)).out)).toEqual(killedOf(first.out))
    poison(directory)
    writeFileSync(join(directory, 'users.ndjson'), read('users.ndjson').replace('"Berlin"', '"Bonn"'))
    expect(killedOf((await run(directory)).out)).toEqual(killedOf(first.out))
  })

  it('runs again what reads the same attributes under another scope, or matches by another attribute', async () => {
    const { directory } = folder()
    const first = await run(directory)
    poison(directory)
    const changed = JSON.parse(schema)
    changed.synchronizationRules[0].objectMappings[0].scope.groups[0].name = 'Another name'
    writeFileSync(join(directory, 'entra-to-scim.schema.json'), JSON.stringify(changed))
    expect(killedOf((await run(directory)).out)).toEqual(killedOf(first.out))
  })

  it('keeps what a single mutant leaves out, and overwrites no other file', async () => {
    const { directory, read } = folder()
    await run(directory)
    const before = read('cache.json')
    const [id] = [...statuses((await run(directory)).out).keys()][0]!.split(' ')
    await attrflow(['test', '--mutant', id!, '--mutant-cache', 'cache.json'], { directory })
    expect(JSON.parse(read('cache.json'))).toEqual(JSON.parse(before))
    const refused = await attrflow(['test', '--mutant-cache', 'entra-to-scim.schema.json'], { directory })
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('does not contain results')
    expect(read('entra-to-scim.schema.json')).toBe(schema)
  })
})
