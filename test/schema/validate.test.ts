import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { catalogue } from '../../src/diagnostics/catalogue.js'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { applyEdits } from '../../src/diagnostics/fix.js'
import { standardLibrary } from '../../src/functions/index.js'
import type { ValidationOptions } from '../../src/schema/findings.js'
import { readSchema } from '../../src/schema/read.js'
import { validateSchema } from '../../src/schema/validate.js'
import { where } from '../support/where.js'

interface Part {
  [name: string]: unknown
}

const attribute = (name: string, more: Part = {}): Part => ({ name, type: 'String', ...more })
const direct = (target: string, name: string, more: Part = {}): Part => ({
  targetAttributeName: target,
  source: { type: 'Attribute', name, expression: `[${name}]`, parameters: [] },
  ...more,
})
const call = (target: string, expression: string, more: Part = {}): Part => ({
  targetAttributeName: target,
  source: { type: 'Function', name: 'F', expression, parameters: [] },
  ...more,
})
const stored = (target: string, expression: string, name: string, ...args: [string, string][]): Part => ({
  targetAttributeName: target,
  source: {
    type: 'Function',
    name,
    expression,
    parameters: args.map(([key, read]) => ({ key, value: { type: 'Attribute', name: read } })),
  },
})
const matching = direct('userName', 'mail', { matchingPriority: 1 })

/** A schema without faults, with the attribute mappings and changes of a test. */
const build = (
  attributeMappings: readonly Part[],
  mapping: Part = {},
  rule: Part = {},
  top: Part = {},
): string =>
  JSON.stringify(
    {
      directories: [
        {
          name: 'HR',
          objects: [
            {
              name: 'Worker',
              attributes: [
                attribute('id', { anchor: true }),
                ...['mail', 'first', 'last'].map((n) => attribute(n)),
              ],
            },
          ],
        },
        {
          name: 'App',
          objects: [
            {
              name: 'User',
              attributes: [
                attribute('key', { anchor: true, required: true }),
                attribute('userName', { required: true }),
                attribute('title', { required: true, defaultValue: '-' }),
                attribute('nick'),
                attribute('created', { mutability: 'ReadOnly' }),
              ],
            },
          ],
        },
      ],
      synchronizationRules: [
        {
          sourceDirectoryName: 'HR',
          targetDirectoryName: 'App',
          objectMappings: [
            {
              sourceObjectName: 'Worker',
              targetObjectName: 'User',
              enabled: true,
              attributeMappings,
              ...mapping,
            },
          ],
          ...rule,
        },
      ],
      ...top,
    },
    null,
    1,
  )

const validate = (text: string, options: ValidationOptions = {}): readonly Diagnostic[] => {
  const { schema, diagnostics } = readSchema(text)
  expect(diagnostics).toEqual([])
  return validateSchema(schema!, options)
}

const MAPPING = '$.synchronizationRules[0].objectMappings[0]'

describe('validateSchema', () => {
  it('finds nothing in a sound schema', () => {
    expect(validate(build([matching, call('nick', 'Join(" ", [first], [last])')]))).toEqual([])
  })

  const scoped = {
    scope: { groups: [{ clauses: [{ sourceOperandName: 'First', operatorName: 'IS NULL' }] }] },
  }
  const cases: readonly [string, string, string, string][] = [
    [
      'AF2004',
      'attribute in the wrong case',
      build([matching, direct('nick', 'First')]),
      'attributeMappings[1].source.name',
    ],
    [
      'AF2004',
      'unknown attribute in an expression',
      build([matching, call('nick', 'Trim([frist])')]),
      'attributeMappings[1].source.expression',
    ],
    [
      'AF2004',
      'unknown attribute in a filter',
      build([matching], scoped),
      'scope.groups[0].clauses[0].sourceOperandName',
    ],
    [
      'AF1',
      'expression that does not parse',
      build([matching, call('nick', 'Trim([first]')]),
      'attributeMappings[1].source.expression',
    ],
    [
      'AF3007',
      'expression of 10,001 characters',
      build([matching, call('nick', `Trim("${'x'.repeat(9993)}")`)]),
      'attributeMappings[1].source.expression',
    ],
    [
      'AF4005',
      'mapping without a target',
      build([matching, { source: null }]),
      'attributeMappings[1].targetAttributeName',
    ],
    [
      'AF4103',
      'unknown target',
      build([matching, direct('Nick', 'first')]),
      'attributeMappings[1].targetAttributeName',
    ],
    [
      'AF4104',
      'target mapped twice',
      build([matching, direct('nick', 'first'), direct('nick', 'last')]),
      'attributeMappings[2].targetAttributeName',
    ],
    [
      'AF4106',
      'matching by two attributes',
      build([call('userName', 'Join("", [first], [last])', { matchingPriority: 1 })]),
      'attributeMappings[0].source',
    ],
    [
      'AF4107',
      'default of a constant',
      build([
        matching,
        {
          targetAttributeName: 'nick',
          defaultValue: 'a',
          source: { type: 'Constant', name: 'b', expression: '"b"' },
        },
      ]),
      'attributeMappings[1].defaultValue',
    ],
    [
      'AF4107',
      'default of a Boolean',
      build([matching, call('nick', 'Not([first])', { defaultValue: 'True' })]),
      'attributeMappings[1].defaultValue',
    ],
    [
      'AF4108',
      'required target that is not mapped',
      build([direct('nick', 'first', { matchingPriority: 1 })]),
      '',
    ],
    [
      'AF4108',
      'required target mapped to nothing',
      build([
        direct('nick', 'first', { matchingPriority: 1 }),
        { targetAttributeName: 'userName', source: null, defaultValue: '' },
      ]),
      '',
    ],
    ['AF4109', 'no matching attribute', build([direct('userName', 'mail')]), 'attributeMappings'],
    [
      'AF4110',
      'read-only target',
      build([matching, direct('created', 'first')]),
      'attributeMappings[1].targetAttributeName',
    ],
    [
      'AF4118',
      'source without content',
      build([matching, { targetAttributeName: 'nick', source: { type: 'Function' } }]),
      'attributeMappings[1].source',
    ],
    ['AF4102', 'unknown object', build([matching], { sourceObjectName: 'worker' }), 'sourceObjectName'],
  ]
  test.each(cases)('%s: %s', (code, _what, text, member) => {
    const found = validate(text)
    expect(found.map((d) => d.code)).toEqual([expect.stringMatching(`^${code}`)])
    expect(found[0]!.path).toBe(member === '' ? MAPPING : `${MAPPING}.${member}`)
    expect(found[0]!.span.end).toBeGreaterThanOrEqual(found[0]!.span.start)
    expect(found[0]!.span.start).toBeGreaterThan(text.indexOf('"objectMappings"'))
  })

  test.each([
    [
      'AF4101',
      build([matching], {}, { targetDirectoryName: 'app' }),
      '$.synchronizationRules[0].targetDirectoryName',
    ],
    ['AF4100', build([matching], {}, {}, { directories: [] }), '$'],
    ['AF4105', build([matching]).replace('"anchor": true', '"anchor": false'), '$.directories[0].objects[0]'],
    [
      'AF4111',
      build([matching])
        .replace(/("directories": \[)/, '$1{"name": "App", "objects": []},')
        .replace(/\{"name": "App", "objects": \[\]\},([\s\S]*?\n {2}\}),/, '$1, {"name": "HR"},'),
      '$.directories[1].name',
    ],
    [
      'AF4113',
      build(
        [matching],
        {},
        { containerFilter: { includedContainers: ['OU=a'] }, groupFilter: { includedGroups: ['CN=g'] } },
      ),
      '$.synchronizationRules[0].groupFilter',
    ],
  ])('%s at its path', (code, text, path) => {
    expect(validate(text).map((d) => [d.code, d.path])).toEqual([[code, path]])
  })

  it('points into the file, past escapes, and mends the file', () => {
    const text = build([matching, call('nick', 'Join("é", [First], "a\\\\b")')])
    const [found] = validate(text)
    expect(text.slice(found!.span.start, found!.span.end)).toBe('[First]')
    expect(found!.hint).toContain('[first]')
    const mended = applyEdits(text, found!.fixes![0]!.edits)
    expect(validate(mended)).toEqual([])
  })

  it('passes over disabled stubs', () => {
    const stub = {
      enabled: false,
      name: null,
      sourceObjectName: '',
      attributeMappings: [{ targetAttributeName: 'x' }],
    }
    expect(validate(build([], stub))).toEqual([])
  })

  it('lets the service compute IsSoftDeleted, and reads trees without text', () => {
    const tree = {
      type: 'Function',
      name: 'Not',
      parameters: [{ key: 'source', value: { type: 'Attribute', name: 'IsSoftDeleted' } }],
    }
    expect(validate(build([matching, { targetAttributeName: 'nick', source: tree }]))).toEqual([])
    const wrong = JSON.parse(JSON.stringify(tree).replace('IsSoftDeleted', 'softDeleted'))
    const found = validate(build([matching, { targetAttributeName: 'nick', source: wrong }]))
    expect(found.map((d) => d.code)).toEqual(['AF2004'])
  })

  it.each([
    ['AF2001', 'Lookup', 'source'],
    ['AF3002', 'Item', 'source'],
    ['AF2004', 'StripSpaces', 'source', 'nobody'],
  ])('finds %s in a tree without text', (code, name, key, read = 'first') => {
    const { targetAttributeName, source } = stored('nick', '', name, [key, read])
    const tree = { ...(source as Part), expression: null }
    const text = build([matching, { targetAttributeName, source: tree }])
    const found = validate(text, { library: standardLibrary })
    expect(found.map((d) => d.code)).toEqual([code])
    expect(found[0]!.path).toBe(`${MAPPING}.attributeMappings[1].source.name`)
    expect(text.slice(found[0]!.span.start, found[0]!.span.end)).toBe(`"${name}"`)
    expect(found[0]!.fixes).toBeUndefined()
  })

  const agreement: readonly (readonly [string, string, string, string])[] = [
    [
      'AF4114',
      'comparison without a slot in the tree',
      build([matching, call('nick', 'Not([first]="a")')]),
      'attributeMappings[1].source.expression',
    ],
    [
      'AF4115',
      'text and tree of a call that differ',
      build([matching, stored('nick', 'StripSpaces([first])', 'StripSpaces', ['source', 'last'])]),
      'attributeMappings[1].source.expression',
    ],
    [
      'AF4115',
      'attribute whose text is a call',
      build([
        matching,
        {
          targetAttributeName: 'nick',
          source: { type: 'Attribute', name: 'first', expression: 'StripSpaces([first])' },
        },
      ]),
      'attributeMappings[1].source.expression',
    ],
    [
      'AF4115',
      'constant whose text has no quotes',
      build([
        matching,
        {
          targetAttributeName: 'nick',
          source: { type: 'Constant', name: 'a b', expression: 'a b' },
        },
      ]),
      'attributeMappings[1].source.expression',
    ],
    [
      'AF4005',
      'argument without a value',
      build([
        matching,
        {
          targetAttributeName: 'nick',
          source: {
            type: 'Function',
            name: 'StripSpaces',
            expression: 'StripSpaces([first])',
            parameters: [{ key: 'source', value: null }],
          },
        },
      ]),
      'attributeMappings[1].source.parameters[0].value',
    ],
    [
      'AF4116',
      'unknown key',
      build([matching, stored('nick', 'StripSpaces([first])', 'StripSpaces', ['Source', 'first'])]),
      'attributeMappings[1].source.parameters[0].key',
    ],
    [
      'AF4117',
      'key given twice',
      build([
        matching,
        stored('nick', 'StripSpaces([first])', 'StripSpaces', ['source', 'first'], ['source', 'first']),
      ]),
      'attributeMappings[1].source.parameters[1].key',
    ],
  ]
  test.each(agreement)('%s: %s', (code, _what, text, member) => {
    const found = validate(text, { library: standardLibrary })
    expect(found.map((d) => d.code)).toEqual([code])
    expect(found[0]!.path).toBe(`${MAPPING}.${member}`)
    expect(found[0]!.span.start).toBeGreaterThan(text.indexOf('"attributeMappings"'))
  })

  it.each([
    ['another layout', stored('nick', ' StripSpaces( [first] )', 'StripSpaces', ['source', 'first'])],
    ['a tree that was left out', stored('nick', 'StripSpaces([first])', 'StripSpaces')],
    [
      'a constant',
      { targetAttributeName: 'nick', source: { type: 'Constant', name: 'a', expression: '"a"' } },
    ],
  ])('takes %s for agreement', (_what, mapping) => {
    expect(validate(build([matching, mapping]), { library: standardLibrary })).toEqual([])
  })

  it('has a case for every code that it can raise', () => {
    const raised = new Set([
      'AF4001',
      'AF4002',
      'AF4003',
      'AF4004',
      'AF4006',
      'AF4007',
      'AF4008',
      'AF4009',
      'AF4112',
      'AF4100',
      'AF4101',
      'AF4105',
      'AF4111',
      'AF4113',
    ])
    for (const [code] of [...cases, ...agreement]) raised.add(code)
    const declared = Object.keys(catalogue).filter((code) => /^AF4[01]/.test(code))
    expect(declared.filter((code) => !raised.has(code))).toEqual([])
  })
})

const samples = new URL('../../../shared/samples/', import.meta.url)
where(existsSync(samples), describe)('real exports', () => {
  it.each([
    ['cloudsync-ad2entra.schema.json', []],
    ['entra2salesforce.schema.json', ['AF4107', 'AF4108', 'AF4108', 'AF4108']],
  ])('%s has no error', (name, codes) => {
    const found = validate(readFileSync(new URL(name, samples), 'utf8'))
    expect(found.filter((d) => d.severity === 'error')).toEqual([])
    expect(found.map((d) => d.code)).toEqual(codes)
  })

  it.each(['cloudsync-ad2entra.schema.json', 'entra2salesforce.schema.json'])(
    'the trees of %s say what their texts say',
    (name) => {
      const found = validate(readFileSync(new URL(name, samples), 'utf8'), { library: standardLibrary })
      expect(found.filter((d) => d.severity === 'error')).toEqual([])
    },
  )
})
