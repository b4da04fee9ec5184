import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GeneratedModule, generateMappingModule } from '../../../src/codegen.js'
import { hasErrors } from '../../../src/diagnostics/diagnostic.js'
import { compileExpression } from '../../../src/expression/compile.js'
import { optimise, passes } from '../../../src/ir/passes/index.js'
import { flowingValues, mapObject } from '../../../src/mapping/index.js'
import { generateUnit } from '../../../src/plan/codegen/generate.js'
import { createCodegenBackend } from '../../../src/plan/codegen/in-process.js'
import { planUnit } from '../../../src/plan/plan.js'
import { runtime } from '../../../src/runtime/entries.js'
import { createContext } from '../../../src/values/context.js'
import { arbitraryRecord } from '../../support/arbitrary-value.js'
import { casesOf } from '../../support/at-length.js'
import { runForRow } from '../../support/plan-row.js'
import { arbitraryTypedExpression, quoted } from '../../support/typed-expression.js'
import { evaluateModule, loadModule, runtimeUrl } from './load.js'
import { compileFirst, schemaOf } from './mapping-of.js'

/** Set by every piece of text below that gets to run. */
const KEY = 'attrflowInjected'
const injected = (): unknown => (globalThis as Record<string, unknown>)[KEY]
const attack = `globalThis.${KEY}=1`

/** Texts that end a literal, a comment, a template, a line or a script, or name what objects inherit. */
const hostileTexts: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'record',
  'context',
  'site',
  'sites',
  't0',
  'default',
  `";${attack};"`,
  `';${attack};'`,
  `\`;${attack};\``,
  `\${${attack}}`,
  `*/${attack};/*`,
  `*/;${attack}//`,
  `\n${attack}\n`,
  `\r\n${attack}\r\n//`,
  `\u2028${attack}\u2029${attack}`,
  `\\";${attack};//`,
  `\\u0022;${attack}//`,
  `</script><script>${attack}</script>`,
  `<!--${attack}-->`,
  `//# sourceMappingURL=data:,${attack}`,
  `}});${attack};({`,
  `"}};${attack};function x(){//`,
  '\ud800',
  'a\udfffb',
  '\u0000\u0007\u001b[31m',
  '\ufeff',
  'é😀ä\u0301',
  '1',
  '-1',
  '',
  ' ',
  '%Domain%',
]

const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc
    .array(fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' })), { maxLength: 4 })
    .map((parts) => parts.join('')),
  fc.array(fc.nat(0xffff), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
)

const assertHarmless = ({ code, map, declarations }: GeneratedModule): void => {
  for (const text of [code, map ?? '', declarations]) expect(text).toMatch(/^[\n\u0020-\u007e]*$/)
  expect(code).not.toMatch(/<\/script|<!--/i)
  expect(code.match(/sourceMappingURL/g)!.length).toBeGreaterThan(0)
  expect(code.trimEnd().split('\n').at(-1)).toMatch(/^\/\/# sourceMappingURL=[\w%.~!'()*-]+\.map$/)
}

/** Generates the module of a mapping, runs it and holds it against closures. */
const judge = (
  name: string,
  mappings: readonly { target: string; expression: string }[],
  record: Record<string, unknown>,
  file: string,
): boolean => {
  const read = [...new Set(mappings.flatMap(({ expression }) => compileExpression(expression).attributes))]
  const compiled = compileFirst(
    schemaOf(mappings, {
      name,
      object: name === '' ? 'x' : name,
      source: read.map((attribute) => ({ name: attribute, multivalued: attribute.length % 2 === 0 })),
      target: mappings.map(({ target }) => ({ name: target })),
    }),
  )
  const { module } = generateMappingModule(compiled, { file, decisions: true })
  if (module === undefined) return false
  assertHarmless(module)
  const { map, mapping } = evaluateModule(module.code)
  const context = createContext({ now: 0 }, compiled.settings)
  const row = map(record, context)!
  const expected = runForRow(compiled.plan, record, context)!
  expect(row).toEqual(expected)
  expect(Object.keys(row)).toEqual(Object.keys(expected))
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
  expect(flowingValues(mapObject(mapping!, record))).toEqual(flowingValues(mapObject(compiled, record)))
  expect(injected()).toBeUndefined()
  return true
}

const recordOf = (name: string, value: unknown): Record<string, unknown> =>
  Object.defineProperty({}, name, { value, enumerable: true, configurable: true, writable: true })

describe('what an admin writes', () => {
  it.each(hostileTexts)('stays data in every place: %j', (text) => {
    const mappings = [
      { target: text === '' ? 'a' : text, expression: quoted(text) },
      { target: 'literal', expression: `Append(${quoted(text)}, [a])` },
      { target: `${text}.member`, expression: `Replace([a], , ${quoted('[x]')}, , ${quoted(text)}, , )` },
      {
        target: 'cases',
        expression: `Switch([a], ${quoted(text)}, ${quoted(text)}, "b", "c", ${quoted(text)})`,
      },
      { target: 'error', expression: `Error(${quoted(text)})` },
    ]
    expect(judge(text, mappings, { a: 'x' }, `${text}.mjs`)).toBe(true)
  })

  it('stays data in the names of attributes', () => {
    const names = hostileTexts.filter(
      (text) => !hasErrors(compileExpression(`[${text}]`).diagnostics) && !text.includes('%'),
    )
    expect(names.length).toBeGreaterThan(15)
    for (const name of names) {
      const mappings = [
        { target: 'plain', expression: `[${name}]` },
        { target: 'called', expression: `ToLower([${name}])` },
        { target: 'compared', expression: `IIF([${name}]="X", "yes", "no")` },
      ]
      expect(judge('m', mappings, recordOf(name, 'X'), 'm.mjs'), name).toBe(true)
      expect(judge('m', mappings, {}, 'm.mjs'), name).toBe(true)
    }
  })

  it('stays data in any combination', () => {
    let generated = 0
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (name, target, text, value) => {
        const mappings = [
          { target, expression: `Append([a], ${quoted(text)})` },
          { target: `${target}2`, expression: `IIF([a]=${quoted(text)}, ${quoted(value)}, ${quoted(name)})` },
        ]
        if (judge(name, mappings, { a: value }, `${name}.mjs`)) generated++
      }),
      { numRuns: 300 },
    )
    expect(generated).toBeGreaterThan(casesOf(150))
  })

  it('stays data in filters', async () => {
    for (const text of hostileTexts) {
      const clauses = ['EQUALS', 'NOT EQUALS', 'INCLUDES'].map((operatorName) => ({
        operatorName,
        sourceOperandName: text === '' ? 'a' : text,
        targetOperand: { values: [text] },
      }))
      const scope = {
        groups: [
          { name: text, clauses: clauses.slice(0, 1) },
          { name: text, clauses },
        ],
      }
      const compiled = compileFirst(schemaOf([{ target: 'a', expression: '"in"' }], { scope, name: text }))
      const { module } = generateMappingModule(compiled, { runtime: runtimeUrl(), decisions: true })
      if (module === undefined) continue
      assertHarmless(module)
      const { map, mapping } = await loadModule(module.code)
      for (const record of [recordOf(text === '' ? 'a' : text, text), {}]) {
        expect(map(record)).toEqual(runForRow(compiled.plan, record, createContext({}, compiled.settings)))
        const explained = mapObject(compiled, record).scope.explain()
        expect(mapObject(mapping!, record).scope.explain()).toEqual(explained)
      }
    }
    expect(injected()).toBeUndefined()
  })

  it('stays data in settings', () => {
    for (const text of hostileTexts) {
      const settings = {
        defaultDomain: text,
        placeholders: JSON.parse(`{"__proto__": "own", "Domain": ${JSON.stringify(text)}}`),
      }
      const compiled = compileFirst(
        schemaOf([{ target: 'a', expression: 'Append(DefaultDomain(), "%Domain%")' }]),
        { settings },
      )
      const { module } = generateMappingModule(compiled)
      assertHarmless(module!)
      const { map, newContext } = evaluateModule(module!.code)
      expect(newContext().settings).toEqual(compiled.settings)
      expect(map({})).toEqual(runForRow(compiled.plan, {}, createContext({}, compiled.settings)))
    }
    expect(injected()).toBeUndefined()
  })
})

describe('the text of any unit', () => {
  it('is a program of ASCII that gives what closures give', () => {
    let accepted = 0
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(hostile, fc.constant('a')), arbitraryTypedExpression), {
          minLength: 1,
          maxLength: 5,
        }),
        arbitraryRecord,
        (roots, record) => {
          const mappings = roots.map(([target, expression]) => ({ target, expression }))
          const compiled = compileFirst(schemaOf(mappings))
          if (hasErrors(compiled.diagnostics)) return
          accepted++
          for (const selected of [passes, []]) {
            const unit = optimise(compiled.unit, selected)
            const { lines } = generateUnit(unit, runtime)
            const text = lines.map((line) => line.text).join('\n')
            expect(text).toMatch(/^[\n\u0020-\u007e]*$/)
            const context = createContext(
              { now: 0, random: { fill: (bytes) => bytes.fill(1) } },
              compiled.settings,
            )
            const generated = runForRow(createCodegenBackend(runtime)(unit), record, context)
            expect(generated).toEqual(runForRow(planUnit(unit), record, context))
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(accepted).toBeGreaterThan(casesOf(60))
  })
})

describe('the names of generated variables', () => {
  it('are none of the runtime', () => {
    const own =
      /^(?:[tis]\d+|(?:body|callee|value|part|row|root|switch|logic|condition|table)\d+|(?:built|read)(?:Run|InScope|(?:Part|Root|Condition)\d+)|sites?|record|context|results|inactive|early|all|scope|inScope|run|map|mapping|builtMapping|newContext|settings|candidate|thrown)$/
    expect(Object.keys(runtime).filter((name) => own.test(name))).toEqual([])
  })
})
