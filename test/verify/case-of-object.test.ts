import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMapping, type MapRequest, mapObject } from '../../src/mapping/index.js'
import { TargetIndex } from '../../src/sources/index.js'
import {
  caseOfObject,
  generateObjects,
  readTestFile,
  runTestFile,
  type TestFile,
  testFileText,
} from '../../src/verify/index.js'
import { attrflow, temporaryDirectory } from '../cli/harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const schemaText = (name: string): string => readFileSync(join(examples, `${name}.schema.json`), 'utf8')
const entra = schemaText('entra-to-scim')
const workday = schemaText('workday-to-ad')
/** The schema with another expression for the display name. */
const withDisplayName = (expression: string): string => {
  const schema = JSON.parse(entra)
  for (const mapping of schema.synchronizationRules[0].objectMappings[0].attributeMappings)
    if (mapping.targetAttributeName === 'displayName')
      mapping.source = { expression, name: null, parameters: [], type: 'Function' }
  return JSON.stringify(schema)
}
const secretive = withDisplayName('Redact([jobTitle])')
const now = '2026-01-15T08:00:00Z'

/** What a file with the case gives when it is written, read and run. */
const verdicts = async (schema: string, file: TestFile): Promise<readonly unknown[]> => {
  const reading = readTestFile(testFileText(file))
  expect(reading.problems).toBeUndefined()
  const results: unknown[] = []
  const files = {
    read: async () => schema,
    write: async () => {},
    entries: async () => [],
    filesIn: async () => undefined,
  }
  for await (const { status, differences, problem } of runTestFile(reading.file!, { files }))
    results.push(status === 'passed' ? status : { differences, problem })
  return results
}

/** The schema of a file is compiled once for all its cases. */
const fileOf = (cases: TestFile['cases']): TestFile => ({ schema: 'x', now, cases })
const fiveOf = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { minLength: 5, maxLength: 5 })

const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'null',
    'True',
    '~',
    '- a',
    '# no',
    '0x10',
    '1e3',
    '2026-01-15',
    '\u202eevil',
    '\r\n',
    '{{',
    '&a',
  ),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.array(fc.string({ unit: 'grapheme', maxLength: 5 }), { maxLength: 3 }),
)

describe.each([
  ['entra-to-scim', entra],
  ['workday-to-ad', workday],
  ['with redacted values', secretive],
])('a case made from an object: %s', (_name, schema) => {
  const compiled = compileMapping(schema)
  const names = [
    ...compiled.unit.inputs.map(({ name }) => name),
    'deletedDateTime',
    'accountEnabled',
    'never read',
  ]
  const objects = fc
    .tuple(fc.nat(), fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 4 }))
    .map(([seed, odd]) => ({ ...[...generateObjects(compiled, { count: 1, seed })][0]!, ...odd }))

  const caseWithTarget = (object: Readonly<Record<string, unknown>>, differs: boolean) => {
    const flowing = Object.fromEntries(
      mapObject(compiled, object).attributes.flatMap(({ attribute, decision }) =>
        decision.flows ? [[attribute.mapping.targetAttributeName, decision.value]] : [],
      ),
    )
    const index = new TargetIndex(compiled)
    index.add({ ...flowing, ...(differs ? { displayName: 'Another', cn: 'Another' } : {}) })
    index.add({ userName: 'nobody' })
    const findTargets: MapRequest['findTargets'] = (attribute, value) => index.find(attribute, value)
    return caseOfObject(compiled, object, { now, findTargets }).case
  }

  it('passes at once, whatever the object holds', async () => {
    await fc.assert(
      fc.asyncProperty(fiveOf(objects), async (five) => {
        const cases = five.map((object) => caseOfObject(compiled, object, { now }).case)
        expect(await verdicts(schema, fileOf(cases))).toEqual(cases.map(() => 'passed'))
        for (const one of cases)
          expect(one.expect).toMatchObject({ outcome: expect.any(String), exact: true })
      }),
      { numRuns: 30 },
    )
  })

  it('passes with the objects of the target that it is compared with', async () => {
    await fc.assert(
      fc.asyncProperty(fiveOf(fc.tuple(objects, fc.boolean())), async (five) => {
        const cases = five.map(([object, differs]) => caseWithTarget(object, differs))
        for (const one of cases) expect(one.target!.length).toBeLessThan(2)
        expect(await verdicts(schema, fileOf(cases))).toEqual(cases.map(() => 'passed'))
      }),
      { numRuns: 12 },
    )
  })
})

describe('attrflow explain --as-test', () => {
  const explain = (directory: string, ...args: readonly string[]) =>
    attrflow(['explain', 'app.schema.json', '--source', 'users.ndjson', '--as-test', ...args], { directory })
  const prepared = (schema: string): string => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'app.schema.json'), schema)
    for (const name of ['users.ndjson', 'application-users.ndjson'])
      writeFileSync(join(directory, name), readFileSync(join(examples, name)))
    return directory
  }

  it.each(['1', '3', '7'])('prints a file that attrflow test runs and passes: line %s', async (line) => {
    const directory = prepared(entra)
    for (const [index, format] of [[], ['--json']].entries()) {
      const made = await explain(directory, '--line', line, '--target', 'application-users.ndjson', ...format)
      expect(made).toMatchObject({ code: 0, err: '' })
      writeFileSync(join(directory, `${index}.test.yaml`), made.out)
    }
    const { code, out } = await attrflow(['test'], { directory })
    expect(out).toContain('2 passed')
    expect(code).toBe(0)
  })

  it('fails when the mapping changes', async () => {
    const directory = prepared(entra)
    writeFileSync(join(directory, 'a.test.yaml'), (await explain(directory, '--line', '1')).out)
    writeFileSync(join(directory, 'app.schema.json'), withDisplayName('ToUpper([displayName])'))
    const { code, out } = await attrflow(['test'], { directory })
    expect(code).toBe(1)
    expect(out).toContain('displayName')
  })

  it('holds nothing of what Redact hides, and says so', async () => {
    const directory = prepared(secretive)
    const { out } = await explain(directory, '--line', '1')
    const [first] = readFileSync(join(directory, 'users.ndjson'), 'utf8').split('\n')
    expect(JSON.parse(first!).jobTitle).toBe('Managing Director')
    expect(out).toContain('# Values of Redact are hidden: this case has [Redact] in jobTitle')
    expect(out).toContain('jobTitle: "[Redact]"')
    expect(out).not.toContain('Managing')
    writeFileSync(join(directory, 'a.test.yaml'), out)
    expect(await attrflow(['test'], { directory })).toMatchObject({ code: 0 })
  })
})
