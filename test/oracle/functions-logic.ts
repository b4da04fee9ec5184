import { DateTime } from '../../src/dotnet/dates/index.js'
import type { OracleFunction } from './protocol.js'
import { Decimal, fail, Marker, type OracleValue } from './value.js'

/** An attribute without elements is absent. */
const isNull = (value: OracleValue): boolean => value === null || (Array.isArray(value) && value.length === 0)
const isNullOrEmpty = (value: OracleValue): boolean => value === '' || isNull(value)

const test = (holds: (value: OracleValue) => boolean): OracleFunction => ({
  parameters: ['any*'],
  body: (_, value: OracleValue) => holds(value),
})

const inSixtyFourBits = (value: bigint): bigint =>
  value < -(2n ** 63n) || value >= 2n ** 64n ? fail('AF5002') : value

export const logicFunctions: Record<string, OracleFunction> = {
  IsNull: test(isNull),
  IsNullOrEmpty: test(isNullOrEmpty),
  IsNothing: test(isNullOrEmpty),
  IsPresent: test((value) => !isNullOrEmpty(value)),
  IsString: test(
    (value) =>
      ['string', 'boolean', 'bigint'].includes(typeof value) ||
      value instanceof Decimal ||
      value instanceof DateTime,
  ),
  Not: test((value) => !(value === true || (typeof value === 'string' && value.toLowerCase() === 'true'))),

  IgnoreFlowIfNullOrEmpty: {
    parameters: ['any*'],
    body: (_, value: OracleValue) => {
      if (isNullOrEmpty(value)) throw new Marker('ignoreAttribute')
      return value
    },
  },

  BitAnd: {
    parameters: ['integer', 'integer'],
    body: (_, left: bigint, right: bigint) =>
      BigInt.asIntN(64, inSixtyFourBits(left) & inSixtyFourBits(right)),
  },

  Error: { parameters: ['text*'], body: () => fail('AF5005') },
}
