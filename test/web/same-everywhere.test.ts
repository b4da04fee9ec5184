import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ProvisioningResult } from '../../src/graph/index.js'
import { compileExpression } from '../../src/index.js'
import { diagnoseSchema } from '../../src/lint/index.js'
import { compileObjectMapping } from '../../src/mapping/index.js'
import { readSchema, writeSchema } from '../../src/schema/index.js'
import type { SourceRecord } from '../../src/values/record.js'
import type { SchemaDiff } from '../../src/verify/index.js'
import { objectStory, populationResults, scopeCounts, valueText } from '../../src/views/index.js'
import type { CompareView, Finding, SchemaView, UsersView } from '../../src/web/answers.js'
import { withObjectMapping } from '../../src/web/schema-view.js'
import { Session } from '../../src/web/session.js'
import { readUsers } from '../../src/web/users.js'
import { attrflow, jsonLines, temporaryDirectory } from '../cli/harness.js'

const read = (name: string): string =>
  readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8')

const actions = {
  create: 'Create',
  update: 'Update',
  disable: 'Disable',
  delete: 'Delete',
  skip: 'Other',
  error: 'Other',
} as const

/** A value of a story as a step of Graph writes it, where everything is text and null has none. */
const inStep = (value: string): string | null => {
  if (value === 'null') return null
  if (value.startsWith('"')) return JSON.parse(value) as string
  if (!value.startsWith('[')) return value
  const elements = JSON.parse(value) as unknown[]
  return elements.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(';')
}

/** A value of an answer with `--json` as the page writes it. */
const inWords = ({ outcome, value, text }: { outcome: string; value?: unknown; text?: unknown }): string => {
  if (outcome !== 'value') return outcome
  return typeof value === 'string' || Array.isArray(value)
    ? JSON.stringify(value).replaceAll('","', '", "')
    : String(text)
}

/** A text in which only the values count. */
const unspaced = (text: unknown): string => String(text).replaceAll(', ', ',')

interface Traced {
  readonly span: { readonly start: number; readonly end: number }
  readonly outcome: string
  readonly text?: unknown
  readonly children: readonly Traced[]
}

/** All parts of a tree. */
const partsOf = <Node extends { readonly children: readonly Node[] }>(node: Node): readonly Node[] => [
  node,
  ...node.children.flatMap(partsOf),
]

describe.each([
  ['entra-to-scim.schema.json', 'users.ndjson'],
  ['workday-to-ad.schema.json', 'workers.ndjson'],
])('%s', (schemaName, usersName) => {
  const bytes = new TextEncoder().encode(read(usersName))
  const schema = readSchema(read(schemaName)).schema!
  const rule = schema.synchronizationRules[0]!
  const compiled = compileObjectMapping(schema, rule, rule.objectMappings[0]!)
  const session = new Session()
  let records: readonly SourceRecord[] = []
  let view: SchemaView
  let users: UsersView
  const run = (...args: string[]) => attrflow(args, { directory: 'docs/examples' })

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T12:00:00Z') })
    records = (await readUsers(bytes, usersName, compiled)).records
    view = await session.schema(read(schemaName), schemaName)
    users = await session.users(bytes, usersName)
    expect(records.length).toBeGreaterThan(3)
  })
  afterAll(() => void vi.useRealTimers())

  it('tells one story of each object on the page, on the command line and in the library', async () => {
    for (const [index, record] of records.entries()) {
      const story = objectStory(compiled, record)
      expect(structuredClone(session.story(index)), `object ${index}`).toEqual(story)
      const args = ['explain', schemaName, '--source', usersName, '--line', String(index + 1)]
      const json = await run(...args, '--json')
      const { value } = JSON.parse(json.out) as ProvisioningResult
      expect(value.action).toBe(actions[story.outcome])
      expect(value.reportableIdentifier ?? 'object').toBe(story.title)
      const present = story.imported.filter((one) => one.present)
      expect(value.provisioningSteps[0]!.details).toEqual(
        // A list without elements is an empty text, and a step leaves those out.
        Object.fromEntries(
          present.filter(({ value: text }) => text !== '[]').map((one) => [one.name, inStep(one.value)]),
        ),
      )
      const flowing = story.attributes.filter(({ after }) => after !== undefined)
      expect(value.modifiedProperties.map(({ displayName, newValue }) => [displayName, newValue])).toEqual(
        story.outcome === 'error' ? [] : flowing.map(({ target, after }) => [target, inStep(after!)]),
      )
      if (index % 3 > 0) continue
      const text = await run(...args)
      for (const { name } of present) expect(text.out).toContain(name)
      if (story.reason !== 'ImportSkipped')
        for (const { target } of story.attributes) expect(text.out).toContain(`${target} ←`)
    }
  })

  it('evaluates each expression alike: the result, its trace, and the table over all users', async () => {
    for (const { expression, index } of view.rows.filter((row) => row.expression !== '')) {
      const user = index % records.length
      const shown = session.expression(expression, user)
      const options = {
        settings: compiled.settings,
        dialect: compiled.dialect,
        attributes: compiled.ends.source!,
      }
      const library = compileExpression(expression, options)
      expect(shown.results, expression).toEqual(populationResults(library, records))
      const one = await run('eval', expression, '--input', JSON.stringify(records[user]), '--trace', '--json')
      const { trace, ...answer } = JSON.parse(one.out) as { trace?: Traced; outcome: string; text?: unknown }
      const outcome = library.evaluate(records[user]!)
      expect(answer.outcome).toBe(outcome.kind)
      expect(shown.value).toBe(outcome.kind === 'value' ? valueText(outcome.value) : undefined)
      if (outcome.kind === 'value') expect([inWords(answer), answer.text]).toContain(shown.value)
      const places = new Map(
        partsOf(shown.trace!).map((part) => [`${part.span.start}-${part.span.end}`, part]),
      )
      for (const part of partsOf(trace!)) {
        const there = places.get(`${part.span.start}-${part.span.end}`)
        if (part.outcome === 'value' || part.outcome === 'null')
          expect([inWords(part), part.text].map(unspaced)).toContain(unspaced(there?.value))
        else expect(there?.state).not.toBe('skipped')
      }
      const table = await run('eval', expression, '--source', usersName, '--json')
      const lines = jsonLines<{
        line: number
        outcome: string
        text?: unknown
        summary?: { objects: number }
      }>(table.out)
      expect(lines.at(-1)!.summary!.objects).toBe(shown.results!.statistics.objects)
      for (const { index: at, kind, text } of shown.results!.rows) {
        const line = lines[at]!
        expect(line.outcome.startsWith('ignore') ? 'ignored' : line.outcome).toBe(kind)
        // A large number is a text in JSON.
        if (kind === 'value') expect([inWords(line), line.text]).toContain(text)
      }
    }
  })

  it('counts alike who is in scope, and who changes sides after an edit; and finds the same differences', async () => {
    const { draft, counts } = session.filter()!
    expect(counts).toEqual(scopeCounts(compiled, records))
    const mapped = await run('map', schemaName, '--source', usersName, '--json')
    const scopes = jsonLines<{ scope?: { inScope?: unknown }; summary?: unknown }>(mapped.out).slice(0, -1)
    const verdicts = scopes.map(({ scope }) => scope?.inScope)
    expect(verdicts.filter((verdict) => verdict === true)).toHaveLength(counts.inScope)
    expect(verdicts.filter((verdict) => verdict === false)).toHaveLength(counts.outOfScope)

    const clause = { attribute: compiled.ends.source!.definitions[0]!.name, operator: 'IS NULL', values: [] }
    const edited = { ...draft, groups: [{ name: 'nobody', clauses: [clause] }] }
    const { counts: after, leave } = session.filter(edited)!
    const other = new Session()
    await other.schema(read(schemaName), schemaName)
    await other.storeFilter(edited)
    const [first] = view.rows
    await other.edit(first!.index, `ToUpper(${first!.expression})`)
    const saved = other.save()
    const folder = temporaryDirectory()
    writeFileSync(join(folder, 'new.json'), saved)
    const diff = await run('diff', schemaName, join(folder, 'new.json'), '--source', usersName, '--json')
    const { unreadable, ...said } = JSON.parse(diff.out) as SchemaDiff
    const compared = await session.compare(new TextEncoder().encode(saved), 'new.json')
    const { verdict, changes, effect, exceeded, causes } = JSON.parse(JSON.stringify(compared)) as CompareView
    expect({ verdict, changes, effect, exceeded, causes }).toEqual(said)
    expect(unreadable).toBe(users.unreadable)
    const before = scopeCounts(compiled, records)
    expect(after.changes.leave).toHaveLength(said.effect!.tags.leavesScope?.count ?? 0)
    expect(leave).toHaveLength(before.inScope)
    expect(changes.length).toBeGreaterThan(1)
  })

  it('has the same findings everywhere', async () => {
    const { results } = JSON.parse((await run('check', schemaName, '--json')).out) as {
      results: { diagnostics: readonly Finding[] }[]
    }
    const said = ({ code, severity, message, help }: Finding): string =>
      `${code} ${severity} ${message} ${help}`
    const found = new Set<string>()
    for (const index of view.mappings.keys()) {
      const { faults, rows } = await session.choose(index)
      for (const one of [...faults, ...rows.flatMap(({ findings }) => findings)]) found.add(said(one))
    }
    await session.choose(0)
    expect([...found].sort()).toEqual([...new Set(results[0]!.diagnostics.map(said))].sort())
    expect(new Set(diagnoseSchema(schema).map(({ message }) => message))).toEqual(
      new Set(results[0]!.diagnostics.map(({ message }) => message)),
    )
  })

  it('reads the source alike', async () => {
    const mapped = await run('map', schemaName, '--source', usersName, '--json')
    const { source } = jsonLines<{ summary: { source: Pick<UsersView, 'renamed' | 'missing' | 'notes'> } }>(
      mapped.out,
    ).at(-1)!.summary
    expect({ ...source, renamed: Object.entries(source.renamed) }).toEqual({
      ...(users.shape === undefined ? {} : { shape: users.shape }),
      renamed: users.renamed,
      missing: users.missing,
      notes: users.notes.map(({ message }) => message),
    })
    for (const [index, record] of records.entries())
      expect(Object.fromEntries(session.attributes(index))).toEqual(
        Object.fromEntries(Object.entries(record).map(([name, value]) => [name, JSON.stringify(value)])),
      )
  })
})

it('reads what an edit names under the name that the file has', async () => {
  const session = new Session()
  const users = JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
    value: [
      {
        id: '1',
        userPrincipalName: 'ada@x',
        mail: 'ada@x',
        department: 'IT',
        accountEnabled: true,
        faxNumber: '7',
      },
    ],
  })
  await session.users(new TextEncoder().encode(users), 'users.json')
  const fax = '[facsimileTelephoneNumber]'
  const line = await attrflow(['eval', fax, '--source', '-', '--json'], { stdin: users })
  expect(jsonLines(line.out)[0]).toMatchObject({ value: '7' })
  expect(session.expression(fax, 0).value).toBe('"7"')
  const schema = readSchema(read('entra-to-scim.schema.json')).schema!
  const mapping = schema.synchronizationRules[0]!.objectMappings[0]!
  const few = withObjectMapping(
    schema,
    { rule: schema.synchronizationRules[0]!, objectMapping: mapping },
    { ...mapping, attributeMappings: mapping.attributeMappings.slice(0, 3) },
  )
  await session.schema(writeSchema(few), 'few.json')
  expect(session.expression(fax, 0).results!.rows[0]!.text).toBe('"7"')
  const clause = { attribute: 'facsimileTelephoneNumber', operator: 'EQUALS', values: ['7'] }
  const { draft } = session.filter()!
  const { counts } = session.filter({ ...draft, groups: [{ name: '', clauses: [clause] }] })!
  expect(counts.sets[0]!.groups[0]!.passes).toBe(1)
  const compared = await session.compare(new TextEncoder().encode(read('entra-to-scim.schema.json')), 'new')
  expect(JSON.stringify(compared!.effect)).toContain('"7"')
})
