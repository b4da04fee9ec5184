import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import istanbul, { type CoverageMapData } from 'istanbul-lib-coverage'
import { describe, expect, it } from 'vitest'
import { compileMapping, mapObject } from '../../src/mapping/index.js'
import { SourceText } from '../../src/text/source-text.js'
import {
  CoverageGatherer,
  type CoverageRange,
  coverageMap,
  coveragePage,
  generateObjects,
  type SchemaCoverage,
} from '../../src/verify/index.js'
import { attrflow, temporaryDirectory } from '../cli/harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const schemas = ['entra-to-scim', 'workday-to-ad'].map((name) =>
  readFileSync(join(examples, `${name}.schema.json`), 'utf8'),
)

const coverageOf = (text: string, count: number): SchemaCoverage => {
  const gatherer = new CoverageGatherer()
  const compiled = compileMapping(text, { instrument: gatherer.instrument })
  for (const object of generateObjects(compiled, { count, seed: 3 }))
    gatherer.add(compiled, mapObject(compiled, object))
  return { schema: 'app.schema.json', text, coverage: gatherer.coverage() }
}

describe.each(schemas)('the places of coverage', (text) => {
  it('are those of the branches in the text of the schema', () => {
    const { expressions, points } = coverageOf(text, 1).coverage
    expect(expressions.length).toBeGreaterThan(5)
    for (const { place, text: expression } of expressions)
      expect(JSON.parse(`"${text.slice(place!.start, place!.end)}"`)).toBe(expression)
    for (const { span, place, expression, text: clause } of points)
      if (span === undefined) {
        const { sourceOperandName } = JSON.parse(text.slice(place!.start, place!.end))
        expect(clause).toContain(sourceOperandName)
      } else
        expect(JSON.parse(`"${text.slice(place!.start, place!.end)}"`)).toBe(
          expressions[expression!]!.text.slice(span.start, span.end),
        )
  })

  it('are lines and columns in the map, which counts what the coverage counts', () => {
    const one = coverageOf(text, 4)
    const [file] = Object.values(coverageMap([one]))
    const source = new SourceText(text)
    const slice = ({ start, end }: CoverageRange): string =>
      text.slice(
        source.lineStarts[start.line - 1]! + start.column,
        source.lineStarts[end.line - 1]! + end.column,
      )
    const { points, covered, total, expressions } = one.coverage
    const places = points.map(({ place }) => text.slice(place!.start, place!.end)).sort()
    const locations = Object.values(file!.branchMap).flatMap((branch) => branch.locations.map(slice))
    expect(locations.sort()).toEqual(places)
    for (const range of Object.values(file!.statementMap)) expect(slice(range)).not.toBe('')
    const map = istanbul.createCoverageMap({ 'app.schema.json': file } as unknown as CoverageMapData)
    const { branches, statements } = map.getCoverageSummary()
    expect(branches).toMatchObject({ covered, total })
    expect(statements.total).toBe(
      expressions.length + points.filter(({ what }) => what === 'clause is true').length,
    )
  })
})

describe('the page', () => {
  it('marks what no case reaches, and lists it', () => {
    const page = coveragePage([coverageOf(schemas[0]!, 1)])
    expect(page).toContain('<mark class="missed">')
    expect(page).toContain('<td>clause is true</td>')
    expect(page).not.toMatch(/<script|https?:|src=/)
  })

  it('shows texts of a schema as texts', () => {
    const hostile = '<img src=x onerror="alert(1)">'
    const expression = `IIF([a] = "${hostile}", "b", "c")`
    const one = coverageOf(schemas[0]!, 1)
    const [first] = one.coverage.expressions
    const page = coveragePage([
      {
        ...one,
        schema: hostile,
        coverage: {
          ...one.coverage,
          expressions: [{ ...first!, where: hostile, mapping: hostile, text: expression }],
          points: one.coverage.points.map((point) => ({ ...point, what: hostile, text: hostile })),
        },
      },
    ])
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
  })
})

const user = { objectId: '1', userPrincipalName: 'a@contoso.com', mail: 'a@contoso.com' }

const written = async (...reports: readonly string[]) => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'app.schema.json'), schemas[0]!)
  writeFileSync(
    join(directory, 'app.test.json'),
    JSON.stringify({
      schema: 'app.schema.json',
      cases: [{ name: 'one', input: { ...user, department: 'IT' }, expect: {} }],
    }),
  )
  const options = reports.flatMap((report) => ['--coverage-report', report])
  const run = await attrflow(['test', ...options, '--coverage-dir', 'out/reports'], { directory })
  const read = (name: string): string => readFileSync(join(directory, 'out/reports', name), 'utf8')
  return { directory, run, read }
}

describe('attrflow test --coverage-report', () => {
  it('writes the page', async () => {
    const { run, read } = await written('page')
    expect(run).toMatchObject({ code: 0, err: 'coverage: out/reports/coverage.html\n' })
    expect(read('coverage.html')).toContain('<h2>app.schema.json</h2>')
  })

  it('writes a map that Istanbul reads', async () => {
    const { directory, read } = await written('json')
    const map = istanbul.createCoverageMap(JSON.parse(read('coverage-final.json')))
    expect(map.files()).toEqual([resolve(directory, 'app.schema.json')])
    expect(map.getCoverageSummary().branches.pct).toBeGreaterThan(0)
  })

  it('writes lcov, Cobertura and the pages of Istanbul by its own reporters', async () => {
    const { directory, read } = await written('lcov', 'cobertura', 'html')
    expect(read('lcov.info')).toMatch(/^TN:\nSF:app\.schema\.json\n/)
    const line = schemas[0]!.split('\n').findIndex((one) => one.includes('Switch([userType]')) + 1
    expect(read('lcov.info')).toMatch(new RegExp(`BRDA:${line},\\d+,0,0\nBRDA:${line},\\d+,1,1\n`))
    expect(read('cobertura-coverage.xml')).toContain('<class name="app.schema.json"')
    expect(existsSync(join(directory, 'out/reports/index.html'))).toBe(true)
  })

  it('refuses another form, and a folder that is a file', async () => {
    const { run, directory } = await written('pdf')
    expect(run).toMatchObject({ code: 2 })
    for (const report of ['page', 'lcov']) {
      const args = ['test', '--coverage-report', report, '--coverage-dir', 'app.schema.json']
      const refused = await attrflow(args, { directory })
      expect(refused).toMatchObject({ code: 2 })
      expect(refused.err).toContain('cannot write')
    }
  })

  it('prints what is missing below a threshold, whatever the format', async () => {
    const { directory } = await written()
    const { code, err } = await attrflow(['test', '--coverage-threshold', '90', '--format', 'tap'], {
      directory,
    })
    expect(code).toBe(1)
    expect(err).toContain('below 90 %')
    expect(err).toContain('Switch: the key "Guest"')
  })
})
