import { describe, expect, it } from 'vitest'
import { codegen, generateMappingModule } from '../../../src/codegen.js'
import { defineFunction } from '../../../src/functions/define.js'
import { standardLibrary } from '../../../src/functions/index.js'
import { FunctionLibrary } from '../../../src/functions/library.js'
import { defineOwnFunction } from '../../../src/functions/own-function.js'
import type { CompiledObjectMapping } from '../../../src/mapping/compile-object-mapping.js'
import { sourceStateOf } from '../../../src/mapping/source-state.js'
import { createContext } from '../../../src/values/context.js'
import { EvaluationError } from '../../../src/values/fault.js'
import { seededRandom } from '../../../src/values/random.js'
import { STRING } from '../../../src/values/static-type.js'
import { runForRow } from '../../support/plan-row.js'
import { evaluateModule, loadModule, runtimeUrl } from './load.js'
import { compileFirst, exampleObjects, exampleSchema, schemaOf } from './mapping-of.js'

const codeOf = (compiled: CompiledObjectMapping, runtime?: string): string => {
  const { module, diagnostics } = generateMappingModule(compiled, runtime === undefined ? {} : { runtime })
  if (module === undefined) throw new TypeError(diagnostics.map(({ message }) => message).join('\n'))
  return module.code
}

const small = compileFirst(
  schemaOf(
    [
      { target: 'userName', expression: 'ToLower([mail])' },
      { target: 'displayName', expression: 'Join(" ", [givenName], [surname])' },
      { target: 'active', expression: 'IIF([state]="left", "False", "True")' },
    ],
    {
      scope: {
        groups: [
          {
            clauses: [{ operatorName: 'IS NOT NULL', sourceOperandName: 'mail', targetOperand: null }],
          },
        ],
      },
    },
  ),
)

describe('a generated module', () => {
  it('reads like this', () => {
    expect(codeOf(small)).toMatchSnapshot()
  })

  it('is the same each time it is generated', () => {
    expect(generateMappingModule(small)).toEqual(generateMappingModule(small))
  })

  it('imports the runtime and nothing else', () => {
    const imports = [...codeOf(small).matchAll(/^import .*$|\bimport\(|\brequire\(/gm)]
    expect(imports).toHaveLength(1)
    expect(imports[0]![0]).toMatch(/ from "attrflow\/runtime"$/)
  })

  it('imports each name from the entry point that has it, and no entry point without need', () => {
    const specifiers = (expressions: readonly string[], operatorName = 'IS NOT NULL'): string[] => {
      const mappings = expressions.map((expression, index) => ({ target: `t${index}`, expression }))
      const targetOperand = operatorName === 'IS NOT NULL' ? null : { values: ['^a'] }
      const scope = { groups: [{ clauses: [{ operatorName, sourceOperandName: 'a', targetOperand }] }] }
      const code = codeOf(compileFirst(schemaOf(mappings, { scope })))
      return [...code.matchAll(/^import \{[^}]+\} from "attrflow\/(.+)"$/gm)].map((match) => match[1]!)
    }
    const general = ['runtime']
    expect(specifiers(['Replace([a], "b", , , "c", , )'])).toEqual(general)
    expect(specifiers(['Replace([a], , "b+", , "c", , )'])).toEqual([...general, 'runtime/patterns'])
    expect(specifiers(['[a]'], 'REGEX MATCH')).toEqual([...general, 'runtime/patterns'])
    expect(specifiers(['DateAdd("d", 1, [a])'])).toEqual([...general, 'runtime/dates'])
    expect(specifiers(['Guid()'])).toEqual([...general, 'runtime/encodings'])
    expect(specifiers(['Now()', 'Replace([a], , "b+", , [c], , )', 'ConvertToBase64([a])'])).toEqual([
      ...general,
      'runtime/patterns',
      'runtime/dates',
      'runtime/encodings',
    ])
  })

  it('gives null out of scope and a row in scope', async () => {
    const { map } = await loadModule(codeOf(small, runtimeUrl()))
    expect(map({ givenName: 'Ada' })).toBeNull()
    expect(map({ mail: 'A@B.C', givenName: 'Ada', surname: 'Berg', state: 'left' })).toEqual({
      userName: 'a@b.c',
      displayName: 'Ada Berg',
      active: 'False',
    })
  })

  it('gives an error when the scope cannot be evaluated', () => {
    const clauses = [
      {
        operatorName: 'Greater_Than',
        sourceOperandName: 'level',
        targetOperand: { values: ['3'] },
      },
    ]
    const compiled = compileFirst(
      schemaOf([{ target: 'a', expression: '[b]' }], { scope: { groups: [{ clauses }] } }),
    )
    const { map } = evaluateModule(codeOf(compiled))
    expect(map({ level: 4, b: 'x' })).toEqual({ a: 'x' })
    const found = map({ level: 'high' })
    expect(found).toBeInstanceOf(EvaluationError)
    expect(found).toEqual(runForRow(compiled.plan, { level: 'high' }, createContext()))
  })

  it('has the settings built in, in its own contexts and in those of calls', () => {
    const settings = { defaultDomain: 'example.org', hostTimeZone: 'Europe/Berlin' }
    const compiled = compileFirst(
      schemaOf([
        { target: 'domain', expression: 'DefaultDomain()' },
        { target: 'day', expression: 'FormatDateTime([d], , "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm")' },
      ]),
      { settings },
    )
    const { map, newContext } = evaluateModule(codeOf(compiled))
    expect(newContext({ now: 0 }).settings).toEqual(compiled.settings)
    const record = { d: '2024-02-29T12:00:00Z' }
    const expected = runForRow(compiled.plan, record, createContext({ now: 0 }, compiled.settings))
    expect(map(record, { now: 0 })).toEqual(expected)
    expect(map(record, newContext({ now: 0 }))).toEqual(expected)
    expect(map(record)).toMatchObject({ domain: 'example.org' })
  })

  it('is refused for an expression with errors', () => {
    const compiled = compileFirst(schemaOf([{ target: 'a', expression: 'ToLower(' }]))
    const { module, diagnostics } = generateMappingModule(compiled)
    expect(module).toBeUndefined()
    expect(diagnostics).not.toEqual([])
  })

  it('imports functions of the caller from the module that exports them', async () => {
    const badge = defineOwnFunction({
      name: 'BadgeColour',
      parameters: { source: 'String' },
      returns: 'String',
      evaluate: (source) => `${source}: red`,
    })
    const compiled = compileFirst(schemaOf([{ target: 'a', expression: 'BadgeColour([department])' }]), {
      library: standardLibrary.with(badge),
    })
    const specifier = './functions.mjs'
    const { module } = generateMappingModule(compiled, {
      functions: { specifier, exports: { badge, other: 7 } },
    })
    expect(module!.code).toContain(`import { badge as own0$ } from "${specifier}"`)
    Object.assign(globalThis, { badgeUnderTest: badge })
    const url = `data:text/javascript,${encodeURIComponent('export const badge = globalThis.badgeUnderTest')}`
    const loadable = generateMappingModule(compiled, {
      runtime: runtimeUrl(),
      functions: { specifier: url, exports: { badge } },
    })
    const { map } = await loadModule(loadable.module!.code)
    expect(map({ department: 'x' })).toEqual({ a: 'x: red' })
  })

  it('is refused for a function of the caller that no module exports', () => {
    const badge = defineFunction({
      name: 'BadgeColour',
      family: 'text',
      parameters: [{ name: 'source', key: 'source', type: 'String', doc: 'A department.' }],
      returns: STRING,
      dialects: ['provisioning'],
      doc: 'A colour.',
      examples: [],
      evaluate: (source: string) => `${source}: red`,
    })
    const library = new FunctionLibrary([...standardLibrary.all(), badge])
    const compiled = compileFirst(schemaOf([{ target: 'a', expression: 'BadgeColour([department])' }]), {
      library,
    })
    const { module, diagnostics } = generateMappingModule(compiled)
    expect(module).toBeUndefined()
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['AF4801', 'No module can be generated: no module exports the function BadgeColour.'],
    ])
    // In process, the body is handed to the code.
    const row = runForRow(codegen(compiled.unit), { department: 'x' }, createContext())
    expect(row).toEqual({ a: 'x: red' })
  })
})

describe('a filter that cannot be evaluated', () => {
  const clause = { operatorName: 'Greater_Than', sourceOperandName: 'a', targetOperand: { values: ['ten'] } }
  const compiled = compileFirst(
    schemaOf([{ target: 'b', expression: '[b]' }], { scope: { groups: [{ clauses: [clause] }] } }),
  )

  it('is refused as a module', () => {
    const { module, diagnostics } = generateMappingModule(compiled)
    expect(module).toBeUndefined()
    expect(diagnostics.map(({ code }) => code)).toEqual(['AF4504'])
  })

  it('fails in generated code as in closures', () => {
    const context = createContext({}, compiled.settings)
    const found = runForRow(codegen(compiled.unit), { a: 1 }, context)
    expect(found).toBeInstanceOf(EvaluationError)
    expect(found).toEqual(runForRow(compiled.plan, { a: 1 }, context))
    expect((found as EvaluationError).diagnostics[0]!.message).toContain('ten')
  })
})

describe.each([
  ['entra-to-scim', 'users'],
  ['workday-to-ad', 'workers'],
])('the module of the example %s', (schema, people) => {
  const compiled = compileFirst(exampleSchema(schema))
  const objects = exampleObjects(people)
  const context = () =>
    createContext({ now: '2025-01-01T00:00:00Z', random: seededRandom(7) }, compiled.settings)

  it('gives what closures give', async () => {
    expect(objects.length).toBeGreaterThan(10)
    const { map } = await loadModule(codeOf(compiled, runtimeUrl()))
    const rows = objects.map((object) => map(object, context()))
    expect(rows).toEqual(
      objects.map((object) =>
        runForRow(compiled.plan, object, context(), sourceStateOf(object) !== 'active'),
      ),
    )
    expect(rows.filter((row) => row === null).length).toBeGreaterThan(0)
    expect(rows.filter((row) => row !== null).length).toBeGreaterThan(5)
  })
})
