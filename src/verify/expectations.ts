import { outcomeJson, outcomeMembers } from '../expression/outcome-json.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { mapObject } from '../mapping/map-object.js'
import { type MappedObjectJson, mappedObjectJson } from '../mapping/mapped-json.js'
import type { MappedObject, MapRequest } from '../mapping/mapped-object.js'
import { TargetIndex } from '../sources/target-index.js'
import { type ContextInput, createContext } from '../values/context.js'
import type { Outcome } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'
import { REDACTED } from '../values/redacted.js'
import { type Difference, differencesOf } from './differences.js'
import type { ExpectedObject, ExpectedOutcome, TestCase } from './test-file.js'

/** The evaluation context of a case: the time, and the texts that are taken in the target. */
export const contextOf = ({ now, taken }: Pick<TestCase, 'now' | 'taken'>): ContextInput => {
  const texts = new Set(taken?.map((text) => text.toLowerCase()))
  return {
    ...(now === undefined ? {} : { now }),
    ...(taken === undefined
      ? {}
      : { isTaken: (candidate: string): boolean => texts.has(candidate.toLowerCase()) }),
  }
}

/** Maps the object of a case. */
export const mapCase = (
  compiled: CompiledObjectMapping,
  { target, operation, ...surroundings }: Pick<TestCase, 'target' | 'operation' | 'taken' | 'now'>,
  record: SourceRecord,
): { readonly mapped: MappedObject; readonly json: MappedObjectJson; readonly request: MapRequest } => {
  const targets = target === undefined ? undefined : new TargetIndex(compiled)
  for (const one of target ?? []) targets?.add(one)
  const request: MapRequest = {
    context: createContext(contextOf(surroundings), compiled.settings),
    ...(operation === undefined ? {} : { operation }),
    ...(targets === undefined ? {} : { findTargets: (attribute, value) => targets.find(attribute, value) }),
  }
  const mapped = mapObject(compiled, record, request)
  return { mapped, json: mappedObjectJson(compiled, mapped), request }
}

/** The part of an object's result that a case can compare. */
export const comparable = (found: MappedObjectJson): Readonly<Record<string, unknown>> => ({
  outcome: found.outcome,
  reason: found.reason,
  inScope: found.scope.inScope,
  attributes: found.attributes,
  notFlowed: found.notFlowed,
  ...(found.matchedBy === undefined ? {} : { matchedBy: found.matchedBy }),
  diagnostics: found.diagnostics.map(({ code }) => code).sort(),
  ...(found.scim === undefined ? {} : { scim: found.scim }),
})

/** A result that may be written to a file, without values that must not be shown. */
export const withoutRedactedJson = (found: MappedObjectJson): MappedObjectJson => {
  const { redacted = [], scim: _scim, ...rest } = found
  if (redacted.length === 0) return found
  const { matchedBy } = rest
  return {
    ...rest,
    attributes: {
      ...rest.attributes,
      ...Object.fromEntries(redacted.map((name) => [name, REDACTED])),
    },
    ...(matchedBy === undefined || !redacted.includes(matchedBy.attribute)
      ? {}
      : { matchedBy: { ...matchedBy, query: REDACTED } }),
  }
}

/** The differences of an object's result from the expected one. Values that must not be shown are hidden. */
export const compareObject = (expected: ExpectedObject, found: MappedObjectJson): readonly Difference[] => {
  const { exact = false, attributes, diagnostics, ...rest } = expected
  const result = comparable(found)
  const differences = [
    ...differencesOf(rest, result),
    ...(attributes === undefined ? [] : differencesOf(attributes, result.attributes, exact, 'attributes')),
    ...(diagnostics === undefined
      ? []
      : differencesOf([...diagnostics].sort(), result.diagnostics, true, 'diagnostics')),
  ]
  return differences.map((one) => (isHidden(one, found) ? { ...one, found: REDACTED } : one))
}

/**
 * Whether a difference concerns a value that must not be shown; the body of a request can contain it at any
 * place.
 */
const isHidden = ({ path, found }: Difference, { redacted = [] }: MappedObjectJson): boolean =>
  found !== undefined &&
  redacted.length > 0 &&
  (/^(?:scim|matchedBy)\b/.test(path) || redacted.some((name) => path.startsWith(`attributes.${name}`)))

const isExpectedOutcome = (expected: unknown): expected is ExpectedOutcome =>
  typeof expected === 'object' &&
  expected !== null &&
  !Array.isArray(expected) &&
  Object.keys(expected).every((name) => ['outcome', 'value', 'error'].includes(name))

/**
 * The differences of an expression's outcome from the expected one: a value, or an object that names outcome,
 * value or error.
 * @param redacted whether the value must be hidden
 */
export const compareOutcome = (
  expected: unknown,
  outcome: Outcome,
  redacted: boolean,
): readonly Difference[] => {
  const answer = outcomeJson(outcome, [])
  const error = answer.diagnostics.find(({ severity }) => severity === 'error')?.code
  const found = { ...outcomeMembers(outcome), ...(error === undefined ? {} : { error }) }
  const value = outcome.kind === 'null' ? null : answer.value
  const differences = isExpectedOutcome(expected)
    ? differencesOf(expected, { ...found, value })
    : differencesOf(expected ?? null, outcome.kind === 'error' ? found : value, true, 'value')
  const isValue = ({ path }: Difference): boolean => outcome.kind === 'value' && path.startsWith('value')
  return redacted ? differences.map((one) => (isValue(one) ? { ...one, found: REDACTED } : one)) : differences
}
