import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/index.js'
import type { SourceRecord } from '../../src/values/record.js'
import {
  EffectGatherer,
  EffectReadings,
  readTestFile,
  runTestFile,
  type TestResult,
} from '../../src/verify/index.js'
import { compileFirst, schemaOf } from '../plan/codegen/mapping-of.js'

const held = new URL('../fixtures/held/', import.meta.url)

const run = async (text: string, files: Readonly<Record<string, string>> = {}): Promise<TestResult[]> => {
  const { file, problems } = readTestFile(text)
  if (file === undefined) throw new Error(problems?.join())
  const written = new Map(Object.entries(files))
  const results = runTestFile(file, {
    readings: true,
    files: {
      read: async (path) => written.get(path) ?? readFileSync(new URL(path, held), 'utf8'),
      filesIn: async () => undefined,
      entries: async (path) =>
        readFileSync(new URL(path, held), 'utf8')
          .trim()
          .split('\n')
          .map((line, index) => ({ line: index + 1, record: JSON.parse(line), diagnostics: [] })),
      write: async (path, content) => void written.set(path, content),
    },
  })
  const all: TestResult[] = []
  for await (const result of results) all.push(result)
  return all
}

const told = ({ dependsOn }: TestResult): readonly string[] | undefined =>
  dependsOn?.map(({ point, difference }) => `${point.id}: ${difference}`)

describe('test --readings', () => {
  it('names what an expression depends on, and hides what Redact gives', async () => {
    const results = await run(`
cases:
  - { name: safe, expression: 'ToUpper([a])', input: { a: x }, expect: X }
  - { name: guarded, expression: 'IIF([a]="x", FormatDateTime([a], , "dd/MM/yyyy", "yyyy"), "")', input: { a: y }, expect: '' }
  - { name: hidden, expression: 'Redact(IIF([a]<>"x", "secret", "other"))', input: {}, expect: other }
`)
    expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed'])
    expect(results.map(told)).toEqual([[], ['branches: error (AF5001)'], ['null-comparison: value']])
    expect(JSON.stringify(results)).not.toContain('secret')
  })

  it('names what the objects of a snapshot depend on, once for a reading', async () => {
    const results = await run(
      `
schema: date-guard-outside.schema.json
cases:
  - { name: all, source: date-guard.users.ndjson, snapshot: all.ndjson }
`,
      { 'all.ndjson': '' },
    )
    expect(results.map(told)).toEqual([
      [expect.stringMatching(/^branches: 1 of 3 objects, on line \d error \(AF5001\)$/)],
    ])
  })

  it('evaluates the other readings at the time of the case', async () => {
    const schema = readFileSync(new URL('date-guard-outside.schema.json', held), 'utf8')
    const timed = JSON.parse(schema)
    const [mapping] = timed.synchronizationRules[0].objectMappings
    for (const { targetAttributeName, source } of mapping.attributeMappings)
      if (targetAttributeName === 'title') {
        source.expression =
          'IIF([extensionAttribute9]="x", CDate([extensionAttribute9]), FormatDateTime(Now(), , , "yyyy"))'
        delete source.parameters
      }
    const [result] = await run(
      `
schema: timed.json
now: 2019-01-02T00:00:00Z
cases:
  - { name: a, input: { userPrincipalName: a, extensionAttribute9: 2020-01-01 }, expect: { attributes: { title: '2019' } } }
`,
      { 'timed.json': JSON.stringify(timed) },
    )
    expect([result?.status, told(result!)]).toEqual(['passed', []])
  })
})

describe('the readings on which the effect of a change depends', () => {
  const side = (expression: string) => compileFirst(schemaOf([{ target: 't', expression }]))
  const [before, after] = [side('IIF([a] = "x", CDate([b]), "-")'), side('"-"')]

  const told = (objects: readonly SourceRecord[]): readonly string[] => {
    const readings = new EffectReadings(before, after, {}, {})
    const effect = new EffectGatherer(before, after)
    objects.forEach((one, index) => {
      readings.add(one, index + 1, effect.add(one, index + 1))
    })
    return readings.dependsOn().map(({ point, difference }) => `${point}: ${difference}`)
  }

  it('are told with the first object and the number of the others', () => {
    const object = (id: string, b: string) => ({ id, a: 'y', b })
    expect(told([object('1', '2020-01-01')])).toEqual([])
    const one = [object('1', '2020-01-01'), object('2', 'soon')]
    expect(told(one)).toEqual(['branches: 2 is created and repaired, not unaffected,'])
    expect(told([...one, object('3', 'later')])).toEqual([
      'branches: 2 is created and repaired, not unaffected, and 1 more differ',
    ])
  })
})

describe('the reading that evaluates all branches', () => {
  const outcome = (text: string, record: Readonly<Record<string, unknown>>): string => {
    const compiled = compileExpression(text, { settings: { branches: 'eager' } })
    return compiled.evaluate(record).kind
  }

  it('reaches those beside IgnoreAttributeFlow', () => {
    const text = 'IIF([a]="x", CDate([a]), IgnoreAttributeFlow)'
    expect(outcome(text, { a: 'y' })).toBe('error')
    expect(outcome(text, { a: '2020-01-01' })).toBe('ignoreAttribute')
    expect(outcome(`Switch([a], ${text}, "q", "r")`, { a: 'q' })).toBe('value')
    expect(outcome(`Coalesce(${text}, "r")`, { a: '2020-01-01' })).toBe('ignoreAttribute')
    expect(outcome(`IIF([b]="1", ${text}, "r")`, { a: '2020-01-01', b: '2' })).toBe('value')
  })
})
