import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { globOf } from '../../src/cli/glob.js'
import { attrflow, type Run, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(directory, name)), { recursive: true })
  writeFileSync(join(directory, name), text)
}
const run = (...args: readonly string[]): Promise<Run> => attrflow(args, { directory })

/** The files that a run looked at, in their order. */
const filesOf = ({ out }: Run): readonly string[] =>
  (JSON.parse(out).results as readonly { readonly file: string }[]).map(({ file }) =>
    file.replaceAll('\\', '/'),
  )

const example = fileURLToPath(new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url))

beforeAll(() => {
  write('m/a.expr', '[mail]\n')
  write('m/deep/er/b.expr', '[mail]\n')
  write('m/deep/c.txt', '[mail]\n')
  write('m/app.schema.json', readFileSync(example, 'utf8'))
  write('m/node_modules/x/d.expr', '[mail]\n')
  write('m/.hidden/e.expr', '[mail]\n')
  write('m/deep/x.test.yaml', 'cases: [{ name: one, expression: "[a]", input: { a: x }, expect: x }]')
})

describe('patterns', () => {
  it.each([
    ['m/*.expr', ['m/a.expr']],
    ['./m/*.expr', ['m/a.expr']],
    ['m/**/*.expr', ['m/a.expr', 'm/deep/er/b.expr']],
    ['**/?.expr', ['m/a.expr', 'm/deep/er/b.expr']],
    ['m/*.{expr,schema.json}', ['m/a.expr', 'm/app.schema.json']],
    ['m/**', ['m/a.expr', 'm/app.schema.json', 'm/deep/c.txt', 'm/deep/er/b.expr', 'm/deep/x.test.yaml']],
  ])('%s stands for its files', async (pattern, files) => {
    expect(filesOf(await run('check', pattern, '--json'))).toEqual(files)
  })

  it('stand beside folders, files and expressions', async () => {
    const { out } = await run('check', '[mail]', 'm/deep', 'm/*.expr', '--json')
    const results = JSON.parse(out).results as readonly {
      readonly file?: string
      readonly expression?: string
    }[]
    expect(results.map((one) => one.file?.replaceAll('\\', '/') ?? one.expression)).toEqual([
      '[mail]',
      'm/deep/er/b.expr',
      'm/a.expr',
    ])
  })

  it('that nothing fits are wrong use', async () => {
    expect(await run('check', 'm/*.xml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no file matches the pattern m/*.xml'),
    })
    expect((await run('check', 'absent/*.expr')).code).toBe(2)
  })

  it('find tests, too', async () => {
    expect((await run('test', '**/*.test.yaml')).out).toContain('1 passed')
  })

  it('are told from expressions', () => {
    for (const expression of ['Replace([a], , "^.*$", , "x", , )', '[a*]', 'IIF(a = "?", 1, 2)', '"*"'])
      expect(globOf(expression, false)).toBeUndefined()
    expect(globOf('m\\*.expr', true)).toMatchObject({ folder: 'm/' })
    expect(globOf('m\\*.expr', true)?.fits('m\\a.expr')).toBe(true)
    expect(globOf('m/*.expr', false)?.fits('m/axexpr')).toBe(false)
  })
})

describe('check --schema', () => {
  it('reports attributes that the source of the mapping has not', async () => {
    write('wrong.expr', 'ToLower([mial])\n')
    expect((await run('check', 'wrong.expr', '[mail]')).out).not.toContain('mial is')
    const { code, out } = await run(
      'check',
      'wrong.expr',
      '[mail]',
      '--schema',
      'm/app.schema.json',
      '--json',
    )
    const [file, expression] = JSON.parse(out).results
    expect(code).toBe(1)
    expect(file.diagnostics).toEqual([expect.objectContaining({ message: expect.stringContaining('mial') })])
    expect(expression.diagnostics).toEqual([])
  })

  it('asks which mapping is meant, and takes that of extracts from their path', async () => {
    const source = JSON.parse(readFileSync(example, 'utf8'))
    const [rule] = source.synchronizationRules
    rule.objectMappings = [
      { ...rule.objectMappings[0], name: 'people', enabled: true },
      { ...rule.objectMappings[0], name: 'machines', sourceObjectName: 'Device', enabled: true },
    ]
    const [from] = source.directories.filter((one: { name: string }) => one.name === rule.sourceDirectoryName)
    const attribute = { ...from.objects[0].attributes[0], name: 'deviceId' }
    from.objects.push({ name: 'Device', attributes: [attribute] })
    write('two.json', JSON.stringify(source))
    expect(await run('check', '[deviceId]', '--schema', 'two.json')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/choose one with --object-mapping:\n {2}people .*\n {2}machines /),
    })
    const machine = ['--schema', 'two.json', '--object-mapping', 'machines']
    expect((await run('check', '[deviceId]', ...machine)).code).toBe(0)
    expect((await run('check', '[mail]', ...machine)).code).toBe(1)
    await run('schema', 'extract', 'two.json', '--out', 'out')
    expect((await run('check', 'out/**/people', '--schema', 'two.json')).code).toBe(2)
    const { out } = await run('check', 'out', '--schema', 'two.json', '--json')
    const faulty = JSON.parse(out).results.filter(
      ({ diagnostics }: { diagnostics: readonly { severity: string }[] }) =>
        diagnostics.some(({ severity }) => severity === 'error'),
    )
    expect(faulty.length).toBeGreaterThan(0)
    for (const { file } of faulty) expect(file).toContain('machines')
  })

  it('needs no choice when all mappings read the same object', async () => {
    const source = JSON.parse(readFileSync(example, 'utf8'))
    const [rule] = source.synchronizationRules
    const [mapping] = rule.objectMappings
    rule.objectMappings = [mapping, { ...mapping, name: 'others', targetObjectName: 'Other' }]
    write('same.json', JSON.stringify(source))
    expect((await run('check', '[mail]', '--schema', 'same.json')).code).toBe(0)
  })

  it('is needed by --object-mapping, and has a schema', async () => {
    expect((await run('check', '[a]', '--object-mapping', 'x')).err).toContain('needs --schema FILE')
    expect((await run('check', '[a]', '--schema', 'm/a.expr')).code).toBe(2)
    expect((await run('check', '[a]', '--schema', 'two.json', '--object-mapping', 'x')).err).toContain(
      'has no object mapping x',
    )
  })
})
