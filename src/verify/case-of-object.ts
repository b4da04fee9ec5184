import { DateTime, invariantText } from '../dotnet/dates/index.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { identifyingAttributes, identityOf } from '../mapping/identity.js'
import { mapObject } from '../mapping/map-object.js'
import type { MapRequest, TargetObject } from '../mapping/mapped-object.js'
import { requireMapping } from '../mapping/mapping-plan.js'
import { redactedTargets } from '../mapping/redacted.js'
import { redactedSources } from '../mapping/redacted-sources.js'
import { softDeletedAttribute } from '../mapping/source-state.js'
import { createContext } from '../values/context.js'
import { requireMade } from '../values/misuse.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { REDACTED } from '../values/redacted.js'
import { isList, type Value } from '../values/value.js'
import { comparable, mapCase } from './expectations.js'
import type { TestCase } from './test-file.js'

/** The options for mapping the object. */
export interface CaseOptions {
  /** The current time, ISO 8601. */
  readonly now: string
  readonly operation?: 'create' | 'update'
  /** Searches the target, as `mapObject` does. */
  readonly findTargets?: NonNullable<MapRequest['findTargets']>
}

/** A test case made from an object. */
export interface ObjectCase {
  readonly case: TestCase
  /** The source and target attributes with hidden values; their texts are `[Redact]` in the case. */
  readonly hidden: readonly string[]
}

/** A value as a test file must contain it, so that it is read as the same value. */
const written = (value: Value): unknown => {
  if (value instanceof DateTime) return invariantText(value)
  if (isList(value)) return value.map(written)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, written(member as Value)]))
}

/** A value of the same kind that reveals nothing. */
const hiding = (value: Value): unknown => {
  if (value === null) return null
  if (isList(value)) return value.map(hiding)
  if (typeof value === 'boolean') return false
  return typeof value === 'number' || typeof value === 'bigint' ? 0 : REDACTED
}

/**
 * The attributes that determine the result of an object: those read by expressions, filters and the state of
 * the source.
 */
const attributesRead = ({ unit, objectMapping: { scope } }: CompiledObjectMapping): ReadonlySet<string> =>
  new Set([
    ...unit.inputs.map(({ name }) => name),
    ...[scope?.inputFilterGroups, scope?.categoryFilterGroups, scope?.groups].flatMap((groups) =>
      (groups ?? []).flatMap(({ clauses }) => clauses.map(({ sourceOperandName }) => sourceOperandName)),
    ),
    softDeletedAttribute,
    'accountEnabled',
    'deletedDateTime',
    'userPrincipalName',
    'originalUserPrincipalName',
  ])

/** An object with these members as own properties, whatever their names. */
const objectOf = (members: Iterable<readonly [string, Value]>, hidden: Hidden): Record<string, unknown> =>
  Object.fromEntries(
    [...members].map(([name, value]) => [name, hidden.covers(name) ? hiding(value) : written(value)]),
  )

/** The names that are hidden, and which of them occurred. */
class Hidden {
  readonly #names: ReadonlySet<string>
  readonly met = new Set<string>()

  constructor(names: ReadonlySet<string>) {
    this.#names = names
  }

  covers(name: string): boolean {
    if (!this.#names.has(name)) return false
    this.met.add(name)
    return true
  }
}

/**
 * A test case for an object: the attributes that are read, the objects of the target that it is compared
 * with, and the whole result. Values that must not be shown are replaced before the object is mapped, so the
 * case does not contain them and still passes. Never throws because of the object's contents.
 */
export const caseOfObject = (
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  options: CaseOptions,
): ObjectCase => {
  requireMapping(compiled)
  requireMade(options, 'now', '{ now }')
  const { now, operation, findTargets } = options
  const sources = new Hidden(redactedSources(compiled))
  const targets = new Hidden(redactedTargets(compiled))
  const read = attributesRead(compiled)
  const names = Object.keys(record).filter((name) => read.has(name))
  const found = new Set<TargetObject>()
  if (findTargets !== undefined)
    mapObject(compiled, record, {
      context: createContext({ now }, compiled.settings),
      ...(operation === undefined ? {} : { operation }),
      findTargets: (attribute, value) => {
        const objects = findTargets(attribute, value)
        for (const object of objects) found.add(object)
        return objects
      },
    })
  const input = objectOf(
    names.map((name) => [name, readAttribute(record, name)]),
    sources,
  )
  const given: TestCase = {
    name: '',
    input,
    ...(operation === undefined ? {} : { operation }),
    ...(findTargets === undefined ? {} : { target: [...found].map((object) => objectOf(object, targets)) }),
  }
  const result = mapCase(compiled, { ...given, now }, input).json
  const { scim: _scim, ...expected } = comparable(result)
  const identity = identityOf(identifyingAttributes(compiled), input)
  return {
    case: {
      ...given,
      name: `${identity ?? 'an object'}: ${result.outcome}, ${result.reason}`,
      expect: { ...expected, exact: true },
    },
    hidden: [...sources.met, ...targets.met],
  }
}
