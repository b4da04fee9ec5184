import { valueJson } from '../expression/outcome-json.js'
import { printUnit } from '../ir/print.js'
import { type ContestedPoint, otherReadings, type Reading } from '../values/contested.js'
import { contextFrom } from '../values/context.js'
import type { SourceRecord } from '../values/record.js'
import { mergeSettings } from '../values/settings-schema.js'
import {
  type CompiledObjectMapping,
  compileObjectMapping,
  type ObjectMappingOptions,
} from './compile-object-mapping.js'
import { mapObject } from './map-object.js'
import type { MappedObject, MapRequest } from './mapped-object.js'
import { flowingValues } from './scim-request.js'

/** A contested point on which the result of an object depends. */
export interface DependsOn {
  readonly point: ContestedPoint
  readonly reading: Reading
  /** The difference in a few words: another outcome, or the attributes whose values differ. */
  readonly difference: string
}

/** A contested point on which a result depends, as plain data. */
export interface ReadingFinding {
  /** The id of the point. */
  readonly point: string
  /** The number of the decision in docs/semantics.md. */
  readonly decision: number
  /** The other reading. */
  readonly says: string
  readonly difference: string
}

/** A contested point on which a result depends, as plain data. */
export const readingFinding = ({ point, reading, difference }: DependsOn): ReadingFinding => ({
  point: point.id,
  decision: point.decision,
  says: reading.says,
  difference,
})

/** A contested point on which a result depends, in a sentence. */
export const readingText = ({ point, decision, says, difference }: ReadingFinding): string =>
  `depends on ${point} (semantics ${decision}): ${difference} if this holds: ${says}`

/**
 * Finds the contested points on which the result of an object depends; none if the mapping does not depend on
 * any.
 */
export type ReadingCheck = (
  record: SourceRecord,
  mapped: MappedObject,
  request?: MapRequest,
) => readonly DependsOn[]

const differenceOf = (now: MappedObject, other: MappedObject): string | undefined => {
  if (now.outcome !== other.outcome || now.reason !== other.reason) {
    const code = other.diagnostics.find(({ severity }) => severity === 'error')?.code
    return `${other.outcome} (${code ?? other.reason})`
  }
  const [before, after] = [flowingValues(now), flowingValues(other)]
  const json = (values: typeof before, name: string): string =>
    JSON.stringify(valueJson(values.get(name) ?? null))
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.has(name) !== after.has(name) || json(before, name) !== json(after, name),
  )
  return changed.length === 0 ? undefined : `another value of ${changed.slice(0, 3).join(', ')}`
}

/** Mappings compiled under another reading of a contested point. */
interface OtherReading<Mappings> {
  readonly point: ContestedPoint
  readonly reading: Reading
  readonly mappings: Mappings
}

const formOf = (mappings: readonly CompiledObjectMapping[]): string =>
  mappings.map(({ unit }) => printUnit(unit)).join('\n')

/**
 * Compiles mappings under every other reading of the contested points. Readings with the same compiled form of
 * all of them are left out, so mappings that depend on none cost nothing.
 */
export const underOtherReadings = <Mappings extends readonly CompiledObjectMapping[]>(
  mappings: readonly [...Mappings],
  options: ObjectMappingOptions,
): readonly OtherReading<Mappings>[] => {
  const form = formOf(mappings)
  return otherReadings.flatMap(({ point, reading }) => {
    const settings = mergeSettings(options.settings ?? {}, reading.settings)
    const others = mappings.map(({ schema, rule, objectMapping }) =>
      compileObjectMapping(schema, rule, objectMapping, { ...options, settings }),
    )
    return formOf(others) === form
      ? []
      : [{ point, reading, mappings: others as readonly CompiledObjectMapping[] as Mappings }]
  })
}

/** Compiles the mapping under every other reading of the contested points. */
export const readingCheck = (
  compiled: CompiledObjectMapping,
  options: ObjectMappingOptions = {},
): ReadingCheck => {
  const others = underOtherReadings([compiled], options)
  return (record, mapped, request = {}) =>
    others.flatMap(({ point, reading, mappings: [other] }): DependsOn[] => {
      const { settings } = other
      const context = { ...contextFrom(request.context, settings), settings }
      const difference = differenceOf(mapped, mapObject(other, record, { ...request, context }))
      return difference === undefined ? [] : [{ point, reading, difference }]
    })
}
