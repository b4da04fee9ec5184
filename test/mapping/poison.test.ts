import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluateUnique } from '../../src/batch.js'
import { codegen, generateMappingModule } from '../../src/codegen.js'
import { outcomeJson } from '../../src/expression/outcome-json.js'
import {
  compileExpression,
  defineFunction,
  EvaluationError,
  standardLibrary,
  textForm,
} from '../../src/index.js'
import {
  compileMapping,
  flowingValues,
  type MappedObject,
  mapObject,
  mapObjectsUnique,
  mappedObjectJson,
  mappedTextWriter,
  scimRequestOf,
  withoutRedacted,
} from '../../src/mapping/index.js'
import { evaluateModule } from '../plan/codegen/load.js'
import { atLength } from '../support/at-length.js'
import { poison } from '../support/poison.js'

const [line] = readFileSync(new URL('../../docs/examples/users.ndjson', import.meta.url), 'utf8').split('\n')
const usual = JSON.parse(line!) as Record<string, unknown>

const own = defineFunction({
  name: 'Own',
  parameters: { value: 'Any' },
  returns: 'Any',
  evaluate: (value) => value,
})
const shout = defineFunction({
  name: 'Shout',
  parameters: { text: 'String' },
  returns: 'String',
  evaluate: (text) => text.toUpperCase(),
})
const library = standardLibrary.with(own, shout)

interface Schema {
  readonly synchronizationRules: readonly {
    readonly objectMappings: readonly {
      readonly attributeMappings: readonly { readonly targetAttributeName: string; source: unknown }[]
    }[]
  }[]
}

/** The example, with functions of our own and a unique value. */
const schema = JSON.parse(
  readFileSync(new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url), 'utf8'),
) as Schema
const use = (target: string, expression: string): void => {
  const { attributeMappings } = schema.synchronizationRules[0]!.objectMappings[0]!
  attributeMappings.find((one) => one.targetAttributeName === target)!.source = {
    type: 'Function',
    expression,
  }
}
use('title', 'Shout(Own([displayName]))')
use('displayName', '[displayName]')
use('preferredLanguage', 'Own([department])')
use('nickName', 'SelectUniqueValue(Own([displayName]), [mail])')

const context = { now: '2026-01-01T00:00:00Z' }
const isTaken = (): boolean => false
const isFree = (): Promise<readonly string[]> => Promise.resolve([])

const backends = [
  ['closures', { library }],
  ['generated code', { library, backend: codegen }],
] as const

/** Everything that can be asked of a mapped object. */
const examine = (compiled: ReturnType<typeof compileMapping>, mapped: MappedObject): void => {
  mapped.scope.explain()
  flowingValues(mapped)
  scimRequestOf(compiled, mapped)
  withoutRedacted(compiled, mapped)
  const written = JSON.parse(mappedTextWriter(compiled)(mapped)) as unknown
  expect(written).toEqual(JSON.parse(JSON.stringify(mappedObjectJson(compiled, mapped))))
}

const expressions = [
  '[displayName]',
  'Own([displayName])',
  'Shout([mail])',
  'Join("-", [displayName], [mail], [department])',
  'Switch([displayName], "a", [mail], "b")',
  'IIF([displayName]=[mail], CStr([department]), Item([displayName], 1))',
  'FormatDateTime([displayName], , "yyyy", "MM")',
  'ToLower([mail]) & Left([department], 3)',
]

describe.each(backends)('an object that no export should have, in %s', (_name, options) => {
  const compiled = compileMapping(schema, options)

  it.each(Object.entries(poison))('%s ends in an outcome', (_what, make) => {
    const mapped = mapObject(compiled, make(usual), { context, isTaken })
    expect(['create', 'skip', 'error']).toContain(mapped.outcome)
    if (mapped.outcome === 'error') expect(mapped.diagnostics).not.toEqual([])
    examine(compiled, mapped)
    for (const text of expressions) {
      const expression = compileExpression(text, options)
      expect(expression.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      const outcome = expression.evaluate(make(usual), context)
      const { kind } = outcome
      if (kind === 'value') JSON.parse(JSON.stringify([outcomeJson(outcome, []), textForm(outcome.value)]))
      const trace = expression.trace(make(usual), context)
      expect([kind, trace?.outcome.kind]).not.toContain(undefined)
    }
  })

  it('leaves the others of a batch alone', async () => {
    const makers = Object.values(poison)
    const records = makers.flatMap((make, index) => [make(usual), { ...usual, displayName: `Ada ${index}` }])
    const mapped = await mapObjectsUnique(compiled, records, isFree)
    expect(mapped).toHaveLength(records.length)
    for (const one of mapped) examine(compiled, one)
    expect(mapped.filter(({ outcome }, index) => index % 2 === 1 && outcome !== 'create')).toEqual([])
    const alias = compileExpression('SelectUniqueValue([displayName], Append([displayName], "2"))', options)
    const outcomes = await evaluateUnique(
      alias,
      makers.map((make) => make(usual)),
      isFree,
    )
    expect(outcomes).toHaveLength(makers.length)
  })
})

describe('an object that no export should have, in a generated module', () => {
  const compiled = compileMapping(schema, { library })
  const { module } = generateMappingModule(compiled, {
    sourceMap: false,
    functions: { specifier: './functions.mjs', exports: { own, shout } },
  })
  it.each(Object.entries(poison))('%s ends in a result', (_what, make) => {
    const { map } = evaluateModule(module!.code, { own, shout })
    const row = map(make(usual), { ...context, isTaken })
    expect(row === null || row instanceof EvaluationError || typeof row === 'object').toBe(true)
  })
  it.each(['text', undefined, new Map(), Buffer.from('x'), [usual]])(
    '%s is a mistake of the program',
    (record) => {
      const { map } = evaluateModule(module!.code, { own, shout })
      expect(() => map(record as never)).toThrow('a record is an object')
    },
  )
})

describe.each(backends)('a population with poison in it, in %s', (_name, options) => {
  it('ends with every object accounted for, and the good ones as ever', () => {
    const compiled = compileMapping(schema, options)
    const mapOne = (record: object): MappedObject => mapObject(compiled, record, { context, isTaken })
    const good = JSON.stringify(mappedObjectJson(compiled, mapOne(usual)))
    const makers = Object.values(poison)
    const count = atLength ? 100_000 : 5_000
    const outcomes = new Map<string, number>()
    for (let index = 0; index < count; index++) {
      const bad = index % 100 === 0
      const mapped = mapOne(bad ? makers[(index / 100) % makers.length]!(usual) : usual)
      outcomes.set(mapped.outcome, (outcomes.get(mapped.outcome) ?? 0) + 1)
      if (!bad && index % 500 === 1) expect(JSON.stringify(mappedObjectJson(compiled, mapped))).toBe(good)
    }
    expect([...outcomes.values()].reduce((a, b) => a + b)).toBe(count)
    expect(outcomes.get('create')).toBeGreaterThanOrEqual(count * 0.99)
    expect(outcomes.get('error')).toBeGreaterThan(0)
  })
})
