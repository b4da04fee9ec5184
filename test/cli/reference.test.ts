import { describe, expect, it } from 'vitest'
import { knownOperators } from '../../src/filter/index.js'
import { documented } from '../../src/functions/documentation.js'
import { filterOperatorSchemas } from '../../src/graph/index.js'
import { standardLibrary } from '../../src/index.js'
import { attrflow } from './harness.js'

const outputOf = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await attrflow(args)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

describe('functions', () => {
  it('lists all of them', async () => {
    const out = await outputOf('functions')
    for (const { name } of standardLibrary.all()) expect(out).toContain(`\n  ${name} `)
  })

  it('shows some in full, named in any case', async () => {
    const out = await outputOf('functions', 'join', 'Mid')
    expect(out).toContain('Join(separator, source, …)')
    expect(out).toContain('Mid(source, start')
    for (const { expression } of documented(standardLibrary.get('Join')!).examples)
      expect(out).toContain(expression)
  })

  it("gives Graph's form with --json", async () => {
    const all = JSON.parse(await outputOf('functions', '--json')) as { value: { name: string }[] }
    expect(all.value.map(({ name }) => name)).toEqual(standardLibrary.all().map(({ name }) => name))
    expect(JSON.parse(await outputOf('functions', 'Append', '--json'))).toEqual({
      value: [
        {
          name: 'Append',
          parameters: [
            { allowMultipleOccurrences: false, name: 'source', required: true, type: 'String' },
            { allowMultipleOccurrences: false, name: 'suffix', required: true, type: 'String' },
          ],
        },
      ],
    })
  })
})

describe('operators', () => {
  it('lists all of them', async () => {
    const out = await outputOf('operators')
    for (const { name } of knownOperators) expect(out).toContain(`${name} `)
  })

  it('shows one in full, whatever the spelling of its name', async () => {
    expect(await outputOf('operators', 'is not null')).toMatch(/^IS NOT NULL\n/)
  })

  it("gives Graph's form with --json", async () => {
    expect(JSON.parse(await outputOf('operators', '--json'))).toEqual({ value: filterOperatorSchemas() })
    const one = JSON.parse(await outputOf('operators', 'EQUALS', '--json')) as { value: unknown[] }
    expect(one.value).toMatchObject([{ name: 'EQUALS', arity: 'Binary' }])
  })

  it('suggests a name', async () => {
    const run = await attrflow(['operators', 'EQUAL'])
    expect(run).toEqual({
      code: 2,
      out: '',
      err: 'attrflow: there is no operator EQUAL; did you mean EQUALS?\n',
    })
  })
})

describe('rules', () => {
  it('shows any diagnostic by its code, and refuses one that there is not', async () => {
    const out = await outputOf('rules', 'af1007')
    expect(out).toContain('AF1007')
    expect(out).toContain('Found')
    expect((await attrflow(['rules', 'AF0000'])).code).toBe(2)
  })
})
