import { codegen } from '../../src/codegen.js'
import { compileExpression } from '../../src/expression/compile.js'
import { compileObjectMapping } from '../../src/mapping/compile-object-mapping.js'
import { mapObject } from '../../src/mapping/map-object.js'
import { sameValue } from '../../src/mapping/same-value.js'
import type { Backend } from '../../src/plan/plan.js'
import { planUnit } from '../../src/plan/plan.js'
import { readSchema } from '../../src/schema/read.js'
import { createContext } from '../../src/values/context.js'
import type { WorkloadMapping } from '../workload/mapping.js'
import { schemaOf } from '../workload/schema.js'

/** Something whose time should grow with its size, and not faster. */
export interface Curve {
  readonly title: string
  readonly sizes: readonly number[]
  /** Makes what is timed, for a size. */
  readonly prepare: (size: number) => () => unknown
}

const backends: Readonly<Record<string, Backend>> = { codegen, closures: planUnit }

const context = createContext({ now: 0 })
const upTo = (size: number): readonly number[] => Array.from({ length: size }, (_, index) => index)

/** An expression evaluated for object after object. */
const evaluation =
  (
    expressionOf: (size: number) => string,
    recordsOf: (size: number) => readonly object[],
    backend: Backend,
  ): Curve['prepare'] =>
  (size) => {
    const { evaluate, diagnostics } = compileExpression(expressionOf(size), { backend })
    const found = diagnostics.find(({ severity }) => severity === 'error')
    if (found !== undefined) throw new Error(found.message)
    const records = recordsOf(size)
    let at = 0
    return () => {
      at = at + 1 === records.length ? 0 : at + 1
      return evaluate(records[at]!, context)
    }
  }

/** Compiling texts of which each is new. */
const compilation =
  (expressionOf: (size: number) => string): Curve['prepare'] =>
  (size) => {
    const text = expressionOf(size)
    let at = 0
    return () => {
      const { diagnostics } = compileExpression(text.replaceAll('[a]', `[a${at++}]`))
      const found = diagnostics.find(({ severity }) => severity === 'error')
      if (found !== undefined) throw new Error(found.message)
    }
  }

/** A mapping that maps one object after the other. */
const mapping =
  (
    mappingOf: (size: number) => Omit<WorkloadMapping, 'name'>,
    record: (size: number) => object,
    backend: Backend,
  ): Curve['prepare'] =>
  (size) => {
    const { schema } = readSchema(schemaOf({ name: 'scale', ...mappingOf(size) }))
    const rule = schema!.synchronizationRules[0]!
    const compiled = compileObjectMapping(schema!, rule, rule.objectMappings[0]!, { backend })
    const object = record(size)
    const request = { context }
    return () => mapObject(compiled, object, request).outcome
  }

const switchOf = (size: number): string =>
  `Switch([a], "other", ${upTo(size)
    .map((index) => `"k${index}", "v${index}"`)
    .join(', ')})`

const clausesOf = (size: number): Omit<WorkloadMapping, 'name'> => ({
  attributes: { externalId: '[id]' },
  groups: [upTo(size).map((index) => ['department', 'NOT EQUALS', `department ${index}`] as const)],
})

const attributesOf = (size: number): Omit<WorkloadMapping, 'name'> => ({
  attributes: Object.fromEntries(
    upTo(size).map((index) => [`target${index}`, `Join(" ", [givenName], [surname], "${index}")`]),
  ),
  groups: [],
})

const user = (): object => ({ id: '1', givenName: 'Ada', surname: 'Berg', department: 'Sales' })

const membersOf = (size: number, shift: number): readonly string[] =>
  upTo(size).map((index) => `member ${(index + shift) % size}`)

/** Every cliff that was met, and was mended or is known. */
export const curves: readonly Curve[] = [
  ...Object.entries(backends).flatMap(([name, backend]): Curve[] => [
    {
      title: `Switch by keys, ${name}`,
      sizes: [75, 150, 300, 600],
      prepare: evaluation(switchOf, (size) => upTo(size).map((index) => ({ a: `k${index}` })), backend),
    },
    {
      title: `filter by clauses, ${name}`,
      sizes: [75, 150, 300, 600],
      prepare: mapping(clausesOf, user, backend),
    },
    {
      title: `mapping by attributes, ${name}`,
      sizes: [75, 150, 300, 600],
      prepare: mapping(attributesOf, user, backend),
    },
    ...['ToLower([a], )', 'Trim([a])'].map((expression) => ({
      title: `${expression} over a list by elements, ${name}`,
      sizes: [10, 100, 1000, 10_000],
      prepare: evaluation(
        () => expression,
        (size) => [{ a: upTo(size).map((index) => ` Element ${index}`) }],
        backend,
      ),
    })),
    {
      title: `Replace by length of the text, ${name}`,
      sizes: [790, 1580, 3160, 6320],
      prepare: evaluation(
        () => 'Replace([a], , "(\\w+)-(\\d+)", , "$2", , )',
        (size) => [{ a: 'abc-12 '.repeat(Math.ceil(size / 7)).slice(0, size) }],
        backend,
      ),
    },
  ]),
  {
    title: 'pattern by its length',
    sizes: [790, 1580, 3100, 3300, 6600],
    prepare: evaluation(
      (size) => `Replace([a], , "${'ab?'.repeat(Math.ceil(size / 3)).slice(0, size)}", , "x", , )`,
      () => [{ a: 'ab'.repeat(100) }],
      planUnit,
    ),
  },
  {
    title: 'compiling IIF by nesting',
    sizes: [24, 48, 95, 190],
    prepare: compilation((size) => `${'IIF([a]="x", "y", '.repeat(size)}"z"${')'.repeat(size)}`),
  },
  {
    title: 'compiling a chain of & by operands',
    sizes: [50, 100, 190, 380],
    prepare: compilation((size) =>
      upTo(size)
        .map(() => '[a]')
        .join(' & '),
    ),
  },
  {
    title: 'comparing the members of a group',
    sizes: [100, 1000, 10_000],
    prepare: (size) => {
      const [one, other] = [membersOf(size, 0), membersOf(size, 7)]
      return () => sameValue(one, other)
    },
  },
]
