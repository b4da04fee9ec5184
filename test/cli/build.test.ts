import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { defineFunction } from '../../src/index.js'
import { evaluateModule } from '../plan/codegen/load.js'
import { exampleSchema, schemaOf } from '../plan/codegen/mapping-of.js'
import { attrflow, temporaryDirectory } from './harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const schema = join(examples, 'entra-to-scim.schema.json')
const directory = temporaryDirectory()
const at = (name: string): string => join(directory, name)
const read = (name: string): string => readFileSync(at(name), 'utf8')

describe('attrflow build', () => {
  it('writes a module, its source map and its declarations', async () => {
    const { code, out, err } = await attrflow(['build', schema, '--out', 'mapping.mjs'], { directory })
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe('36 attributes compiled into\n  mapping.mjs\n  mapping.mjs.map\n  mapping.d.mts\n')
    const text = read('mapping.mjs')
    expect(text).toContain('from "attrflow/runtime"')
    expect(text.trimEnd().split('\n').at(-1)).toBe('//# sourceMappingURL=mapping.mjs.map')
    expect(JSON.parse(read('mapping.mjs.map'))).toMatchObject({ version: 3, file: 'mapping.mjs' })
    expect(read('mapping.d.mts')).toContain('export declare function map(record: Source')
    const user = {
      mail: 'a@contoso.com',
      userPrincipalName: 'a@contoso.com',
      department: 'x',
      givenName: 'Ada',
    }
    expect(evaluateModule(text).map(user)).toMatchObject({
      userName: 'a@contoso.com',
      'name.givenName': 'Ada',
    })
  })

  it('writes only what is wanted', async () => {
    const args = ['build', schema, '--out', 'bare.js', '--no-map', '--no-types', '--json']
    const { code, out } = await attrflow(args, { directory })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ attributes: 36, files: ['bare.js'] })
    expect(existsSync(at('bare.js.map'))).toBe(false)
    expect(existsSync(at('bare.d.ts'))).toBe(false)
    expect(read('bare.js')).not.toContain('sourceMappingURL')
  })

  it('prints the module', async () => {
    const { code, out } = await attrflow(['build', '-', '--out', '-'], {
      stdin: exampleSchema('workday-to-ad'),
    })
    expect(code).toBe(0)
    expect(out).toContain('export function map(record, context)')
    expect(out).not.toContain('sourceMappingURL')
  })

  it('builds the settings in', async () => {
    writeFileSync(at('settings.json'), '{"defaultDomain": "example.org"}')
    writeFileSync(at('own.json'), JSON.stringify(schemaOf([{ target: 'a', expression: 'DefaultDomain()' }])))
    const args = ['build', 'own.json', '--out', '-', '--settings', 'settings.json']
    const { out } = await attrflow(args, { directory })
    expect(evaluateModule(out).map({})).toEqual({ a: 'example.org' })
  })

  it('writes nothing when an expression has errors, and shows them', async () => {
    const faulty = schemaOf([
      { target: 'a', expression: 'ToLower([x]' },
      { target: 'b', expression: 'Trimm([x])' },
    ])
    writeFileSync(at('faulty.json'), JSON.stringify(faulty))
    const { code, out, err } = await attrflow(['build', 'faulty.json', '--out', 'faulty.mjs'], { directory })
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('AF2001')
    expect(err).toContain('Nothing was written')
    expect(existsSync(at('faulty.mjs'))).toBe(false)
    const json = await attrflow(['build', 'faulty.json', '--out', 'faulty.mjs', '--json'], { directory })
    expect(json.code).toBe(1)
    const found = JSON.parse(json.out) as { files: string[]; diagnostics: { code: string; path: string }[] }
    expect(found.files).toEqual([])
    expect(found.diagnostics.map(({ path }) => path)).toEqual(['a', 'b'])
  })

  it.each([
    [['build'], 'build needs one schema'],
    [['build', schema], 'build needs --out FILE'],
    [['build', schema, '--out', 'mapping.ts'], '--out takes a file that ends in .mjs or .js, not mapping.ts'],
    [['build', schema, '--out', '.mjs'], '--out takes a file that ends in .mjs or .js, not .mjs'],
    [['build', schema, '--out', 'x.mjs', '--object-mapping', 'Nothing'], 'Nothing'],
    [['build', 'missing.json', '--out', 'x.mjs'], 'cannot read missing.json'],
  ])('says what is wrong with %j', async (args, problem) => {
    const { code, out, err } = await attrflow(args, { directory })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(problem)
  })
})

describe('--functions', () => {
  const shout = defineFunction({
    name: 'Shout',
    parameters: { text: 'String' },
    returns: 'String',
    evaluate: (text) => `${text}!`,
  })
  Object.assign(globalThis, { functionsUnderTest: { shout } })
  writeFileSync(
    at('functions.mjs'),
    'export const { shout } = globalThis.functionsUnderTest\nexport const other = 1\n',
  )
  writeFileSync(at('none.mjs'), 'export const other = 1\n')
  writeFileSync(at('loud.json'), JSON.stringify(schemaOf([{ target: 'a', expression: 'Shout([b])' }])))

  it('lets expressions call what a module exports', async () => {
    const args = ['eval', 'Shout([b])', '--input', '{"b":"x"}', '--functions', 'functions.mjs']
    expect(await attrflow(args, { directory })).toMatchObject({ code: 0, err: '', out: 'string: "x!"\n' })
  })

  it('is imported by what is built', async () => {
    const args = ['build', 'loud.json', '--out', 'built.mjs', '--functions', 'functions.mjs']
    expect(await attrflow(args, { directory })).toMatchObject({ code: 0 })
    expect(read('built.mjs')).toContain('import { shout as own0$ } from "./functions.mjs"')
  })

  it('says when there is no such module, or no function in it', async () => {
    const absent = await attrflow(['eval', '1', '--functions', 'absent.mjs'], { directory })
    expect(absent).toMatchObject({ code: 2, out: '' })
    expect(absent.err).toContain('--functions absent.mjs cannot be loaded')
    const none = await attrflow(['eval', '1', '--functions', 'none.mjs'], { directory })
    expect(none).toMatchObject({ code: 2, out: '' })
    expect(none.err).toContain('exports no function')
  })
})
