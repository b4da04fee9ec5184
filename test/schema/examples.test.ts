import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, test } from 'vitest'
import { standardLibrary } from '../../src/functions/index.js'
import { readSchema } from '../../src/schema/read.js'
import { validateSchema } from '../../src/schema/validate.js'
import { writeSchema } from '../../src/schema/write.js'
import { checkScimPaths } from '../../src/scim/resource-values.js'

const file = (name: string): string =>
  readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8')
const lines = (name: string): Record<string, unknown>[] =>
  file(name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe.each(['workday-to-ad.schema.json', 'entra-to-scim.schema.json'])('%s', (name) => {
  const text = file(name)
  const { schema, diagnostics } = readSchema(text, name)

  it('is a sound schema', () => {
    expect(diagnostics).toEqual([])
    expect(validateSchema(schema!, { library: standardLibrary })).toEqual([])
    expect(writeSchema(schema!)).toBe(text)
  })

  it('has mappings of every kind, and filters', () => {
    const mapping = schema!.synchronizationRules[0]!.objectMappings[0]!
    const kinds = mapping.attributeMappings.map((m) => m.source?.type ?? 'None')
    expect(kinds.length).toBeGreaterThanOrEqual(25)
    expect(new Set(kinds)).toEqual(new Set(['Attribute', 'Constant', 'Function', 'None']))
    expect(mapping.scope!.groups.every((group) => group.clauses.length > 1)).toBe(true)
    expect(mapping.scope!.groups).toHaveLength(2)
  })
})

test('the targets of the SCIM schema are SCIM paths', () => {
  const { schema } = readSchema(file('entra-to-scim.schema.json'))
  const targets = schema!.synchronizationRules[0]!.objectMappings[0]!.attributeMappings
  expect(checkScimPaths(targets.map((m) => m.targetAttributeName))).toEqual([])
})

test('the workers are the same in every form', () => {
  const workers = JSON.parse(file('workers.json'))
  expect(workers).toHaveLength(12)
  expect(lines('workers.ndjson')).toEqual(workers)
  const present = (row: unknown): object =>
    Object.fromEntries(Object.entries(row as object).filter(([, value]) => value !== null && value !== ''))
  expect(parse(file('workers.csv'), { columns: true }).map(present)).toEqual(workers.map(present))
})

test('people carry only attributes that the schemas define', () => {
  const cases = [
    ['workday-to-ad.schema.json', lines('workers.ndjson')],
    ['entra-to-scim.schema.json', lines('users.ndjson')],
  ] as const
  for (const [name, people] of cases) {
    const object = readSchema(file(name)).schema!.directories[0]!.objects[0]!
    const names = object.attributes.map((attribute) => attribute.name)
    expect(people).toHaveLength(12)
    for (const person of people) expect(names).toEqual(expect.arrayContaining(Object.keys(person)))
  }
})
