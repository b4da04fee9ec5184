import { type ResolvedClause, type ResolvedGroup, resolveFilter } from '../filter/resolve.js'
import { PreparedClause } from '../filter/runtime/clause.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { EvaluationError, Fault } from '../values/fault.js'
import { fromInput } from '../values/value.js'
import { samplesOf } from './pattern-samples.js'

/** What all clauses of a group about one attribute ask for. */
export interface AskedOfAttribute {
  readonly name: string
  readonly accepts: (value: unknown) => boolean
  /** Some values that they accept; undefined is no value. */
  readonly values: readonly unknown[]
  /** Some values that they do not accept. */
  readonly refused: readonly unknown[]
}

/** For each set of a scope its groups: an object passes if it meets all that some group of each set asks for. */
export type AskedByScope = readonly (readonly (readonly AskedOfAttribute[])[])[]

/** Values that may satisfy a clause, whatever its operator is. */
const candidates = (operand: string): readonly unknown[] => {
  const number = /^-?\d{1,15}$/.test(operand) ? Number(operand) : undefined
  return [
    operand,
    ...(number === undefined ? [] : [number, number + 1, number - 1]),
    ...samplesOf(operand).slice(0, 8),
    `${operand}x`,
    `x${operand}`,
    `x${operand}x`,
  ]
}

const holds = ({ body }: ResolvedClause, value: unknown): boolean => {
  if (!(body instanceof PreparedClause)) return false
  try {
    return body.test(value === undefined ? null : fromInput(value))
  } catch (thrown) {
    if (thrown instanceof Fault || thrown instanceof EvaluationError) return false
    throw thrown
  }
}

const askedBy = ({ clauses }: ResolvedGroup): readonly AskedOfAttribute[] =>
  [...new Set(clauses.map(({ attribute }) => attribute))].map((name) => {
    const own = clauses.filter(({ attribute }) => attribute === name)
    const accepts = (value: unknown): boolean => own.every((clause) => holds(clause, value))
    const tried = [
      ...own.flatMap(({ operands }) => operands.flatMap(candidates)),
      true,
      false,
      1,
      'a1',
      undefined,
    ]
    const values = [...new Set(tried)]
    return {
      name,
      accepts,
      values: values.filter(accepts),
      refused: values.filter((value) => !accepts(value) && typeof value !== 'boolean'),
    }
  })

/** What the scope of a mapping asks of the attributes of an object. */
export const askedByScope = ({ objectMapping, settings }: CompiledObjectMapping): AskedByScope =>
  resolveFilter(objectMapping.scope, settings).map(({ groups }) =>
    groups.map(askedBy).filter((group) => group.every(({ values }) => values.length > 0)),
  )
