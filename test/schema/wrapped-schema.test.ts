import { describe, expect, it } from 'vitest'
import { readSchema } from '../../src/schema/index.js'

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
})
