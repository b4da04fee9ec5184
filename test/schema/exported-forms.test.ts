import { describe, expect, it } from 'vitest'
import { checkSchema, compileMapping, flowingValues, mapObject } from '../../src/mapping/index.js'
import { readSchema, writeSchema } from '../../src/schema/index.js'

const codes = (found: readonly { readonly code: string }[]): readonly string[] =>
  found.map(({ code }) => code)

const schemaOf = (mapping: object, rule: object = {}): string =>
  JSON.stringify({
    synchronizationRules: [
      {
        name: 'People',
        sourceDirectoryName: 'Payroll',
        targetDirectoryName: 'customappsso',
        objectMappings: [{ sourceObjectName: 'Person', targetObjectName: 'User', ...mapping }],
        ...rule,
      },
    ],
  })

const direct = (target: string, name: string): object => ({
  targetAttributeName: target,
  matchingPriority: 1,
  source: { type: 'Attribute', name, expression: `[${name}]`, parameters: [] },
})

describe('a schema saved by Graph PowerShell', () => {
  const pascal = JSON.stringify({
    Id: 'job',
    SynchronizationRules: [
      {
        Name: 'People',
        SourceDirectoryName: 'Payroll',
        TargetDirectoryName: 'customappsso',
        ObjectMappings: [
          {
            SourceObjectName: 'Person',
            TargetObjectName: 'User',
            AttributeMappings: [
              {
                TargetAttributeName: 'userName',
                MatchingPriority: 1,
                Source: { Type: 'Attribute', Name: 'login', Expression: '[login]', Parameters: [] },
                AdditionalProperties: { 'acme.note': 'kept' },
              },
            ],
          },
        ],
      },
    ],
    AdditionalProperties: {},
  })

  it('is read as if it had Graph’s names, without a finding', () => {
    const { schema, diagnostics } = readSchema(pascal)
    expect(codes(diagnostics)).toEqual([])
    const mapped = mapObject(compileMapping(schema!), { login: 'rho' })
    expect([...flowingValues(mapped)]).toEqual([['userName', 'rho']])
  })

  it('is written with Graph’s names, and with what the SDK did not know', () => {
    const written = JSON.parse(writeSchema(readSchema(pascal).schema!)) as Record<string, unknown>
    expect(Object.keys(written)).toEqual(['id', 'synchronizationRules'])
    expect(JSON.stringify(written)).not.toMatch(/"[A-Z]\w*":|AdditionalProperties/)
    expect(JSON.stringify(written)).toContain('"acme.note":"kept"')
  })
})

describe('a schema that ConvertTo-Json cut off', () => {
  const cut = schemaOf({
    scope: {
      groups: [
        {
          clauses: [
            { sourceOperandName: 'unit', operatorName: 'EQUALS', targetOperand: { values: 'Sales' } },
          ],
        },
      ],
    },
    attributeMappings: [
      direct('userName', 'login'),
      {
        targetAttributeName: 'displayName',
        source: { type: 'Function', name: 'Trim', expression: 'Trim([name])', parameters: 'System.Object[]' },
      },
      { targetAttributeName: 'title', source: '@{type=Attribute; name=title}' },
    ],
  })

  it('gives one error, which names the cause, and what is legible is used', () => {
    const { schema, diagnostics } = readSchema(cut)
    expect(codes(diagnostics)).toEqual(['AF4006'])
    const compiled = compileMapping(schema!)
    const inside = mapObject(compiled, { login: 'rho', name: ' Rho ', unit: 'Sales' })
    expect(flowingValues(inside).get('displayName')).toBe('Rho')
    expect(mapObject(compiled, { login: 'rho', unit: 'Legal' }).outcome).toBe('skip')
  })

  it.each(['', 'System.Object[]', '@{name=a} @{name=b}', 'Microsoft.Graph.PowerShell.Models.X'])(
    'knows %j for what was below the depth',
    (mark) => {
      const { diagnostics } = readSchema(schemaOf({ attributeMappings: [mark, mark] }))
      expect(codes(diagnostics)).toEqual(['AF4006'])
    },
  )

  it.each([
    [{ error: { code: 'Unauthorized', message: 'No rights.' } }, 'error answer: Unauthorized, No rights.'],
    [JSON.stringify('{"synchronizationRules":[]}'), 'encoded twice'],
    [{}, 'neither synchronizationRules nor directories'],
    [
      { responses: [{ id: '1', body: { error: { code: 'Denied', message: 'No.' } } }] },
      'answer: Denied, No.',
    ],
    [{ version: 4, terraform_version: '1.9.0', resources: [] }, 'a state of Terraform'],
    [{ value: [{ id: 'App.1', schedule: {} }] }, 'jobs or templates without their schemas'],
    [{ value: [{ id: 'App', factoryTag: 'App' }] }, 'jobs or templates without their schemas'],
    ['\n<!DOCTYPE html>\n<title>Sign in</title>', 'XML or HTML'],
    ['HTTP/2 200\r\n\r\n{}', 'headers of an HTTP answer'],
    ['\r\nId                   : x\r\nSynchronizationRules : {R}\r\n', 'prints for the eye'],
    ['WARNING: truncated\r\n{}', 'begins with "WARNING: truncated'],
    ['// comment\n{}', 'comments are not part of JSON'],
  ])('refuses %j by name', (document, why) => {
    expect(
      readSchema(document)
        .diagnostics.map(({ message }) => message)
        .join(),
    ).toContain(why)
  })

  it('says so of a list of one alone', () => {
    const values = {
      groups: [
        { clauses: [{ sourceOperandName: 'a', operatorName: 'EQUALS', targetOperand: { values: 'x' } }] },
      ],
    }
    expect(codes(readSchema(schemaOf({ scope: values, attributeMappings: [] })).diagnostics)).toEqual([
      'AF4007',
    ])
  })
})

describe('members that Graph does not know', () => {
  it.each([
    ['one that belongs elsewhere', schemaOf({ attributeMappings: [] }, { targetAttributeName: 'mail' })],
    ['one misspelt', schemaOf({ atributeMappings: [] })],
    ['a longer name of a known one', schemaOf({ scope: { filterGroups: [] } })],
  ])('reports %s', (_what, text) => {
    expect(codes(readSchema(text).diagnostics)).toEqual(['AF4008'])
  })

  it('says nothing of unknown names and of annotations', () => {
    const text = schemaOf({
      attributeMappings: [],
      'acme.owner': 'us',
      'attributeMappings@odata.context': 'x',
    })
    expect(readSchema(text).diagnostics).toEqual([])
  })
})

describe('a schema without rules or mappings', () => {
  it.each([
    ['{"synchronizationRules":[]}', '$.synchronizationRules'],
    ['{"synchronizationRules":[{"name":"R"}]}', '$.synchronizationRules[0].objectMappings'],
  ])('%s', (text, path) => {
    const found = checkSchema(readSchema(text).schema!).filter(({ code }) => code === 'AF4009')
    expect(found.map((d) => d.path)).toEqual([path])
  })
})

describe('checkSchema', () => {
  it('reports the fault of the second rule at its own path, also for a schema made by hand', () => {
    const one = JSON.parse(schemaOf({ attributeMappings: [direct('userName', 'login')] })) as {
      synchronizationRules: readonly { objectMappings: readonly object[] }[]
    }
    const two = JSON.parse(
      schemaOf({ attributeMappings: [direct('userName', 'login'), direct('', 'x')] }),
    ) as typeof one
    const text = JSON.stringify({
      synchronizationRules: [...one.synchronizationRules, ...two.synchronizationRules],
    })
    const { schema } = readSchema(text)
    const byHand = JSON.parse(JSON.stringify(schema)) as typeof schema
    for (const given of [schema!, byHand!]) {
      const found = checkSchema(given).filter(({ code }) => code === 'AF4005')
      expect(found.map((d) => d.path)).toEqual([
        '$.synchronizationRules[1].objectMappings[0].attributeMappings[1].targetAttributeName',
      ])
    }
  })
})
