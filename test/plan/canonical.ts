import { DateTime } from '../../src/dotnet/dates/index.js'
import type { Outcome } from '../../src/values/outcome.js'
import { fromInput } from '../../src/values/value.js'
import type { OracleOutcome } from '../oracle/evaluate.js'
import { Decimal, Structure } from '../oracle/value.js'

const record = (object: object): string =>
  `{${Object.keys(object)
    .sort()
    .map(
      (name) =>
        `${JSON.stringify(name)}:${canonicalValue(Object.getOwnPropertyDescriptor(object, name)?.value)}`,
    )
    .join(',')}}`

/** A value as text, the same for equal values only: kinds differ, a number and a bigint of one integer do not. */
export const canonicalValue = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'bigint') return `${value}`
  if (typeof value === 'number') return Number.isInteger(value) ? `${BigInt(value)}` : `${value}d`
  if (value instanceof Decimal) return `${value.value}d`
  if (value instanceof DateTime) return value.toIso()
  // Outcomes hold the dates of a structure as values.
  if (value instanceof Date) return canonicalValue(fromInput(value))
  if (Array.isArray(value)) return `[${value.map(canonicalValue).join(',')}]`
  return record(value instanceof Structure ? value.source : (value as object))
}

/** An outcome as text: its kind, and the value or the code of the error. */
export const canonicalOutcome = (outcome: Outcome | OracleOutcome): string => {
  switch (outcome.kind) {
    case 'value':
      return `value ${canonicalValue(outcome.value)}`
    case 'error':
      return `error ${'code' in outcome ? outcome.code : outcome.diagnostics.map(({ code }) => code).join(' ')}`
    default:
      return outcome.kind
  }
}
