import { Parser } from 'tap-parser'
import { describe, expect, it } from 'vitest'
import { type ParseExpressionRequest, parseExpressionResponse } from '../../src/graph/index.js'
import {
  differencesOf,
  type FileResults,
  githubReport,
  junitReport,
  readTestFile,
  runTestFile,
  type TestFiles,
  type TestResult,
  tapReport,
} from '../../src/verify/index.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { isWellFormedXml } from './xml.js'

const schema = JSON.stringify(
  schemaOf([
    { target: 'a', expression: 'Join("-", [x], [y])' },
    { target: 'b', expression: 'Redact([z])' },
  ]),
)

const world = (written: Map<string, string> = new Map()): TestFiles => ({
  read: async (path) => {
    const text = path === 'schema.json' ? schema : written.get(path)
    if (text === undefined) throw new Error(`there is no ${path}`)
    return text
  },
  filesIn: async (path) => (path === 'people' ? ['ada.json', 'eve.json'] : undefined),
  entries: async () => [
    { line: 1, record: { x: '1', y: '2' } },
    { line: 2, record: { x: '3' } },
  ],
  write: async (path, text) => {
    written.set(path, text)
  },
})

const run = async (
  yaml: string,
  options: { files?: TestFiles; update?: boolean; filter?: (name: string) => boolean } = {},
): Promise<readonly TestResult[]> => {
  const { file, problems } = readTestFile(yaml)
  expect(problems).toBeUndefined()
  const results: TestResult[] = []
  for await (const one of runTestFile(file!, { files: world(), ...options })) results.push(one)
  return results
}

const head = 'schema: schema.json\ncases:\n'

describe('a case', () => {
  it.each([
    ['passes for a value', '- { name: n, input: { x: p, y: q }, expect: { attributes: { a: p-q } } }', []],
    [
      'fails for another',
      '- { name: n, input: { x: p }, expect: { attributes: { a: q } } }',
      ['attributes.a'],
    ],
    ['sees no other attribute', '- { name: n, input: { x: p, z: s }, expect: { attributes: { a: p } } }', []],
    [
      'sees them all when exact',
      '- { name: n, input: { x: p, z: s }, expect: { exact: true, attributes: { a: p } } }',
      ['attributes.b'],
    ],
    ['reads an outcome', '- { name: n, input: { x: p }, expect: { outcome: update } }', ['outcome']],
    [
      'reads a line of a population',
      '- { name: n, source: u, line: 2, expect: { attributes: { a: "3" } } }',
      [],
    ],
    ['reads codes of findings', '- { name: n, input: { x: [1, 2] }, expect: { diagnostics: [] } }', []],
    ['reads an expression', '- { name: n, expression: "[x]", input: { x: 1 }, expect: 1 }', []],
    [
      'reads an error',
      '- { name: n, expression: "Error([x])", input: { x: oh }, expect: { error: AF5005 } }',
      [],
    ],
    ['expects null', '- { name: n, expression: "[x]", expect: }', []],
    [
      'has texts that are taken, whatever their case',
      '- { name: n, expression: "SelectUniqueValue([x], [y])", input: { x: A, y: b }, taken: [a], expect: b }',
      [],
    ],
    [
      "reads Graph's test input",
      '- { name: n, expression: "[x]", testInputObject: { properties: [{ key: x, value: v }] }, expect: v }',
      [],
    ],
  ])('%s', async (_what, yaml, paths) => {
    const [result] = await run(head + yaml)
    expect(result!.problem).toBeUndefined()
    expect(result!.differences.map(({ path }) => path)).toEqual(paths)
    expect(result!.status).toBe(paths.length === 0 ? 'passed' : 'failed')
  })

  it("takes the body of Graph's parseExpression, with the answer that Graph gives", async () => {
    const attributes = [
      { name: 'firstName', type: 'String' },
      { name: 'phones', type: 'String', multivalued: true },
    ]
    const body = (expression: string, value: unknown, target: object | null = null) => ({
      expression,
      targetAttributeDefinition: target,
      testInputObject: {
        definition: { name: 'User', attributes },
        properties: [
          { key: 'firstName', value: 'rike' },
          { key: 'phones', 'value@odata.type': '#Collection(String)', value },
        ],
      },
    })
    const single = { name: 'phone', multivalued: false, type: 'String' }
    const cases = [
      { name: 'text', ...body('ToUpper([firstName])', null), expect: 'RIKE' },
      { name: 'one value of a collection', ...body('Count([phones])', '1'), expect: 1 },
      { name: 'several for one', ...body('[phones]', ['1', '2'], single), expect: { error: 'AF5030' } },
      { name: 'one for one', ...body('[phones]', ['1'], single), expect: '1' },
      { name: 'an unknown attribute', ...body('[lastName]', null), expect: { error: 'AF2004' } },
      { name: 'nothing', expression: '[a]', testInputObject: null, expect: { outcome: 'null' } },
    ]
    const results = await run(JSON.stringify({ cases }))
    for (const { name, differences } of results) expect([name, ...differences]).toEqual([name])
    for (const one of cases.slice(0, -1)) {
      const { evaluationResult, error } = parseExpressionResponse(one as ParseExpressionRequest)
      const { error: code } = one.expect as { error?: string }
      expect(code === undefined ? evaluationResult : error?.code).toEqual(code ?? [String(one.expect)])
    }
  })

  it('says where the body is no body', () => {
    const { problems } = readTestFile(
      'cases: [{ name: n, expression: "1", testInputObject: { properties: [{ value: 1 }] } }]',
    )
    expect(problems?.[0]?.message).toContain('key')
  })

  it('of a folder is one case a file, with its snapshot', async () => {
    const written = new Map<string, string>()
    const yaml = `${head}- { name: all, source: people, snapshot: expected }`
    const files = world(written)
    const statuses = async (update: boolean) =>
      (await run(yaml, { files, update })).map((one) => [one.name, one.status])
    expect(await statuses(true)).toEqual([
      ['all (ada.json)', 'updated'],
      ['all (eve.json)', 'updated'],
    ])
    expect([...written.keys()]).toEqual(['expected/ada.json.ndjson', 'expected/eve.json.ndjson'])
    written.set(
      'expected/eve.json.ndjson',
      written.get('expected/eve.json.ndjson')!.replace('"1-2"', '"1-9"'),
    )
    expect(await statuses(false)).toEqual([
      ['all (ada.json)', 'passed'],
      ['all (eve.json)', 'failed'],
    ])
    written.set('expected/eve.json.ndjson', '{')
    const [, { problem } = {}] = await run(yaml, { files })
    expect(problem).toBe('expected/eve.json.ndjson, line 1, is not JSON; --update writes the snapshot')
  })

  it('hides the values of Redact in snapshots and failures', async () => {
    const written = new Map<string, string>()
    const files = { ...world(written), entries: async () => [{ line: 1, record: { x: '1', z: 'secret' } }] }
    await run(`${head}- { name: all, source: u, snapshot: s }`, { files, update: true })
    expect(written.get('s')).toContain('"b":"[Redact]"')
    expect(written.get('s')).not.toContain('secret')
    const [result] = await run(`${head}- { name: n, source: u, line: 1, expect: { attributes: { b: p } } }`, {
      files,
    })
    expect(result!.differences).toEqual([{ path: 'attributes.b', expected: 'p', found: '[Redact]' }])
  })

  it('shares objects between cases by anchors and merge keys', async () => {
    const results = await run(
      `${head}- { name: one, input: &o { x: p, y: q }, expect: { attributes: { a: p-q } } }\n- { name: two, input: { <<: *o, y: r }, expect: { attributes: { a: p-r } } }`,
    )
    expect(results.map(({ status }) => status)).toEqual(['passed', 'passed'])
  })

  it('shows how a value that differs was evaluated', async () => {
    const [result] = await run(`${head}- { name: n, input: { x: p }, expect: { attributes: { a: q } } }`)
    expect(result!.traces).toMatchObject([{ attribute: 'a', expression: 'Join("-", [x], [y])' }])
  })

  it('with half a character in a name is refused', () => {
    expect(readTestFile('"\\ud800": 1').problems).toEqual([
      { message: 'a name contains half of a character' },
    ])
  })

  it('that cannot be run is a failed one, and the next is run', async () => {
    const results = await run(
      `${head}- { name: one }\n- { name: two, source: u }\n- { name: three, expression: "1", expect: 1 }`,
    )
    expect(results.map(({ status }) => status)).toEqual(['failed', 'failed', 'passed'])
    expect(results[0]!.problem).toContain('neither input nor source')
  })

  it('of a table is one case a row', async () => {
    const yaml = `${head}- name: n\n  expression: "[x]"\n  table:\n  - { input: { x: 1 }, expect: 1 }\n  - { input: { x: 2 }, expect: 3 }`
    expect((await run(yaml)).map(({ name, status }) => [name, status])).toEqual([
      ['n (1)', 'passed'],
      ['n (2)', 'failed'],
    ])
    expect(await run(yaml, { filter: (name) => name.includes('(2)') })).toHaveLength(1)
  })

  it('with a snapshot compares all objects, and writes them when asked to', async () => {
    const written = new Map<string, string>()
    const yaml = `${head}- { name: n, source: u, snapshot: s }`
    expect(await run(yaml, { files: world(written), update: true })).toMatchObject([{ status: 'updated' }])
    expect(await run(yaml, { files: world(written) })).toMatchObject([{ status: 'passed' }])
    written.set('s', written.get('s')!.replace('1-2', '1-3'))
    const [result] = await run(yaml, { files: world(written) })
    expect(result!.differences).toEqual([{ path: 'line 1.attributes.a', expected: '1-3', found: '1-2' }])
  })
})

describe('readTestFile', () => {
  it.each([
    ['what is no YAML', 'cases: [', 'Flow sequence'],
    ['a file without cases', 'schema: s', 'cases'],
    ['a member it does not know', 'cases: [{ name: n, inputs: {} }]', 'inputs'],
    ['a case without a name', 'cases: [{}]', 'name'],
    ['an empty object', '{}', 'the member cases is missing'],
    ['a misspelt member', 'cases: [{ name: a, expct: 1 }]', 'cases/0: unknown member expct'],
    [
      'a name that is a number',
      'cases: [{ name: 1 }]',
      'cases/0/name: this is of the type number; expected is string',
    ],
    ['another operation', 'cases: [{ name: a, operation: x }]', 'expected is one of "create","update"'],
    [
      'a bomb of aliases',
      `a: &a [x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\ncases: []`,
      '',
    ],
  ])('says what is wrong with %s', (_what, text, part) => {
    const { problems } = readTestFile(text)
    expect(problems?.length).toBeGreaterThan(0)
    expect(problems!.map(({ message }) => message).join('\n')).toContain(part)
  })
})

describe('the line', () => {
  it('of a case and of the row of a table is known, in YAML and in JSON', async () => {
    const yaml = `${head}- &one { name: n, input: { x: p } }
- name: t
  expression: "[x]"
  table:
  - { input: { x: 1 }, expect: 1 }
  -
    input: { x: 2 }
    expect: 3
- *one`
    const json = `{
  "schema": "schema.json",
  "cases": [
    { "name": "n" },
    { "name": "e",
      "expression": "1" } ] }`
    const linesOf = async (text: string) => {
      const { file, lines } = readTestFile(text)
      const found: (number | undefined)[] = []
      for await (const { line } of runTestFile(file!, { files: world(), lines: lines! })) found.push(line)
      return found
    }
    expect(await linesOf(yaml)).toEqual([3, 7, 9, 11])
    expect(await linesOf(json)).toEqual([4, 5])
  })

  it.each([
    ['of a mistake in the YAML', 'cases:\n- { name: a }\n- "b', [3]],
    ['of a missing member', 'schema: s\ncases:\n- name: a\n- input: {}', [4]],
    ['of an unknown member', 'cases:\n- name: a\n  "in%20/~put": 1', [2]],
    ['of a wrong value', 'cases:\n- name: a\n  line: 0', [3]],
    ['but none of what concerns the whole file', 'schema: s', [undefined]],
  ])('%s is known', (_what, text, expected) => {
    expect(readTestFile(text).problems?.map(({ line }) => line)).toEqual(expected)
  })
})

describe('a report', () => {
  const hostile = 'n <&>"\' \u0000 #1\n::error::x ]]>'
  const files: readonly FileResults[] = [
    {
      file: 'a,b:c.test.yaml',
      results: [
        { name: 'good', status: 'passed', differences: [] },
        {
          name: hostile,
          line: 7,
          status: 'failed',
          differences: [{ path: 'a', expected: 1, found: hostile }],
        },
      ],
    },
    { file: 'bad.test.yaml', results: [], problems: [{ message: 'not YAML', line: 3 }] },
  ]

  it('as TAP is read by a parser', () => {
    const parsed = Parser.parse(tapReport(files))
    const final = parsed.find(([kind]) => kind === 'complete')![1] as unknown as Record<string, unknown>
    expect(final).toMatchObject({ ok: false, count: 3, pass: 1, fail: 2 })
  })

  it('as JUnit is XML, whatever the names are', () => {
    const text = junitReport(files)
    expect(isWellFormedXml(text)).toBe(true)
    expect(text).toContain('tests="2" failures="1"')
  })

  it('for GitHub has one line for each failure', () => {
    const lines = githubReport(files).trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^::error file=[^:,]*,line=7,title=[^:,]*::/)
    expect(lines[1]).toBe('::error file=bad.test.yaml,line=3::not YAML')
  })
})

describe('differencesOf', () => {
  it('looks at expected members, elements in order, and every member when exact', () => {
    expect(differencesOf({ a: 1 }, { a: 1, b: 2 })).toEqual([])
    expect(differencesOf({ a: 1 }, { a: 1, b: 2 }, true)).toEqual([
      { path: 'b', expected: undefined, found: 2 },
    ])
    expect(differencesOf([1, { x: 1 }], [1, { x: 2 }])).toEqual([{ path: '[1].x', expected: 1, found: 2 }])
    expect(differencesOf([1], [1, 2])).toEqual([{ path: '', expected: [1], found: [1, 2] }])
  })
})
