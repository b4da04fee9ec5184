import fc from 'fast-check'
import { filterOperators } from '../../src/filter/operators.js'
import type { Filter, FilterClause, FilterGroup } from '../../src/schema/model.js'
import type { Value } from '../../src/values/value.js'

/** A clause as Graph writes it. */
export const clause = (attribute: string, operator: string, ...values: string[]): FilterClause => ({
  sourceOperandName: attribute,
  operatorName: operator,
  targetOperand: values.length === 0 ? null : { values },
})

export const group = (name: string | null, ...clauses: FilterClause[]): FilterGroup => ({ name, clauses })

const none: Filter = { groups: [], inputFilterGroups: [], categoryFilterGroups: [] }

/** A filter with groups in the set that deprovisions. */
export const filterOf = (...groups: FilterGroup[]): Filter => ({ ...none, groups })

/** A filter with groups in the set that is checked while reading, whose null policy is `complement`. */
export const inputFilterOf = (...inputFilterGroups: FilterGroup[]): Filter => ({ ...none, inputFilterGroups })

const integers = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.integer({ min: -4, max: 4 }),
)

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, '', 'a', 'A', 'ab', 'True', 'false', '7', '-3', 'Sales', ' '),
  fc.boolean(),
  integers.map((value) =>
    typeof value === 'bigint' && value >= -(2n ** 53n) + 1n && value <= 2n ** 53n - 1n
      ? Number(value)
      : value,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
)

/** Values an attribute can have: scalars, lists of them, and objects. */
export const values: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom<Value>({ id: '1' }, [{ id: '1' }, 'a'], [['a']]) },
)

const operandFor = (operator: string): fc.Arbitrary<string> => {
  if (operator.includes('&') || operator.startsWith('Greater')) return integers.map(String)
  if (operator.includes('REGEX'))
    return fc.constantFrom('a', '^a', 'b$', '[0-9]', '^$', '(?i)sales', '.', '^-?\\d+$')
  return fc.oneof(fc.constantFrom('a', 'A', '', 'True', '7', 'Sales'), fc.string())
}

export const attributes = ['alpha', 'beta', 'gamma'] as const

/** Valid clauses of every operator. */
export const clauses: fc.Arbitrary<FilterClause> = fc
  .constantFrom(...filterOperators)
  .chain(({ name, arity }) =>
    fc
      .tuple(
        fc.constantFrom(...attributes),
        arity === 'unary' ? fc.constant([]) : fc.array(operandFor(name), { minLength: 1, maxLength: 2 }),
      )
      .map(([attribute, operands]) => clause(attribute, name, ...operands)),
  )

/** Clauses that fail for every object, as an operator nobody knows. */
export const anyClauses: fc.Arbitrary<FilterClause> = fc.oneof(
  { weight: 9, arbitrary: clauses },
  { weight: 1, arbitrary: fc.constant(clause('alpha', 'RESEMBLES', 'x')) },
)

export const groups: fc.Arbitrary<FilterGroup> = fc
  .array(anyClauses, { maxLength: 4 })
  .map((list) => group('g', ...list))

export const filters: fc.Arbitrary<Filter> = fc.record({
  groups: fc.array(groups, { maxLength: 3 }),
  inputFilterGroups: fc.array(groups, { maxLength: 2 }),
  categoryFilterGroups: fc.array(groups, { maxLength: 2 }),
})

/** Objects, with attributes absent now and then. */
export const records: fc.Arbitrary<Record<string, Value>> = fc.record(
  { alpha: values, beta: values, gamma: values },
  { requiredKeys: [] },
)
