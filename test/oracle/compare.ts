import { DateTime } from '../../src/dotnet/dates/index.js'
import type { ComparisonOperator } from '../../src/syntax/ast.js'
import { fail, integerInText, type OracleValue, text } from './value.js'

/** An operand: its value, and whether it is written as a literal `""`, which is then meant. */
export interface Operand {
  readonly value: OracleValue
  readonly isEmptyLiteral: boolean
}

const integer = (value: OracleValue): bigint | undefined => {
  if (typeof value === 'bigint') return value
  return typeof value === 'string' ? integerInText(value) : undefined
}

const ticks = (date: DateTime): bigint => BigInt(date.day) * 864_000_000_000n + BigInt(date.tick)

/** Negative, zero or positive. Any two values: `=` has no integers in it, `<` has. */
const difference = (left: OracleValue, right: OracleValue, readsIntegers: boolean): number => {
  if (left instanceof DateTime && right instanceof DateTime) {
    const distance = ticks(left) - ticks(right)
    return distance < 0n ? -1 : distance > 0n ? 1 : 0
  }
  const [a, b] = readsIntegers ? [integer(left), integer(right)] : []
  if (a !== undefined && b !== undefined) return a < b ? -1 : a > b ? 1 : 0
  const x = text(left) ?? ''
  const y = text(right) ?? ''
  return x < y ? -1 : x > y ? 1 : 0
}

/** Semantics 13. */
export const compare = (
  operator: ComparisonOperator,
  left: Operand,
  right: Operand,
  nullComparison: 'service' | 'lenient',
): boolean => {
  const operands = [left, right]
  if (operands.some(({ value }) => Array.isArray(value))) fail('AF5003')
  const fails = ({ value, isEmptyLiteral }: Operand): boolean =>
    (value === null || value === '') && !isEmptyLiteral
  if (nullComparison === 'service' && operands.some(fails)) return false
  const order = difference(left.value, right.value, operator !== '=' && operator !== '<>')
  switch (operator) {
    case '=':
      return order === 0
    case '<>':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** Whether an IIF condition holds (semantics 16). */
export const holds = (value: OracleValue): boolean => {
  if (Array.isArray(value)) return fail('AF5003')
  if (typeof value === 'string') return /^true$/i.test(value) && value.length === 4
  return value === true || (typeof value === 'bigint' && value !== 0n)
}
