import { describe, expect, it } from 'vitest'
import { readSchema, writeSchema } from '../../src/schema/index.js'

const schema = { directories: [], synchronizationRules: [{ name: 'r', objectMappings: [] }] }

describe('readSchema', () => {
  it.each([
    ['a template', { id: 't', schema }],
    ['a page of templates', { '@odata.context': 'x', value: [{ id: 't', factoryTag: 'f', schema }] }],
    ['a list of one', [schema]],
    ['the answers of a batch', { responses: [{ id: '1', status: 200, body: schema }] }],
  ])('reads the only schema in %s', (_what, value) => {
    expect(readSchema(value).schema?.synchronizationRules[0]?.name).toBe('r')
  })

  it('says how many there are when it is not clear which is meant', () => {
    const { schema: read, diagnostics } = readSchema({ value: [{ schema }, { schema }] })
    expect(read).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code: 'AF4002', message: expect.stringContaining('2 of them') }])
  })
  const named = (name: string): object => ({
    ...schema,
    synchronizationRules: [{ name, objectMappings: [] }],
  })
  const jobs = {
    value: [
      { id: 'prod', factoryTag: 'f', schema: named('one') },
      { id: 'test', factoryTag: 'f', schema: { id: 'inner', ...named('two') } },
      { schema: named('three') },
    ],
  }

  it.each([
    ['prod', 'one'],
    ['test', 'two'],
    ['inner', 'two'],
    ['3', 'three'],
  ])('takes the one of several that is called %s', (choice, rule) => {
    expect(readSchema(jobs, 'f.json', choice).schema?.synchronizationRules[0]?.name).toBe(rule)
  })

  it.each([
    [undefined, 'it holds 3 of them; choose one by its name (--job on the command line): prod, test, 3.'],
    ['nope', 'it holds none with the name nope, but prod, test, 3.'],
    ['f', 'it holds 2 with the name f; choose one of prod, test, 3.'],
  ])('lists the names when %s chooses none', (choice, message) => {
    const { schema: read, diagnostics } = readSchema(jobs, 'f.json', choice)
    expect(read).toBeUndefined()
    expect(diagnostics[0]?.message).toContain(message)
  })

  it('changes only the one that was chosen', () => {
    const read = readSchema(JSON.stringify(jobs, null, 2), 'f.json', 'test').schema!
    const rules = read.synchronizationRules.map((rule) => ({ ...rule, name: 'changed' }))
    const written = JSON.parse(writeSchema({ ...read, synchronizationRules: rules }))
    expect(
      written.value.map(
        (one: (typeof jobs.value)[0]) => (one.schema as typeof schema).synchronizationRules[0]!.name,
      ),
    ).toEqual(['one', 'changed', 'three'])
  })
})
