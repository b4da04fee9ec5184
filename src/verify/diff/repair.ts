import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import { mapObject } from '../../mapping/map-object.js'
import type { MappedAttribute } from '../../mapping/mapped-object.js'
import { commonValues } from './candidate-values.js'
import { type SourceObject, withValue } from './source-object.js'

/** Values that most expressions accept. */
const plainValues: readonly unknown[] = ['2026-01-15', '2026-01-15T08:00:00Z', '1', ...commonValues]

const failuresOf = (compiled: CompiledObjectMapping, object: SourceObject): readonly MappedAttribute[] =>
  mapObject(compiled, object).attributes.filter(
    ({ decision }) => !decision.flows && decision.reason === 'failed',
  )

/**
 * The object with other values in the attributes that failing expressions read, so that fewer of them fail.
 * Generated objects often fail, and an object that fails does not show the results of its other attributes.
 */
export const repaired = (compiled: CompiledObjectMapping, object: SourceObject): SourceObject => {
  let current = object
  let failures = failuresOf(compiled, current)
  for (const { attribute } of failures)
    for (const name of attribute.reads)
      for (const value of plainValues) {
        const next = withValue(current, name, value)
        const left = failuresOf(compiled, next)
        if (left.length >= failures.length) continue
        current = next
        failures = left
        break
      }
  return current
}
