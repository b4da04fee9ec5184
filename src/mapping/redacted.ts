import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { redactedMessage } from '../values/fault.js'
import { REDACTED } from '../values/redacted.js'
import { changedObject, type MappedObject, requireMapped } from './mapped-object.js'
import { type MappingPlan, requireMapping } from './mapping-plan.js'
import { type MatchKey, matchQuery } from './match.js'

/** The target attributes whose values must not be shown. */
export const redactedTargets = ({ attributes }: MappingPlan): ReadonlySet<string> =>
  new Set(attributes.filter(({ redacted }) => redacted).map(({ mapping }) => mapping.targetAttributeName))

/**
 * The object without redacted values in its flows and matches, for display.
 * @example
 * withoutRedacted(mapping, mapObject(mapping, user)).outcome // 'create'
 */
export const withoutRedacted = (compiled: MappingPlan, mapped: MappedObject): MappedObject => {
  requireMapping(compiled)
  requireMapped(mapped)
  const hidden = redactedTargets(compiled)
  if (hidden.size === 0) return mapped
  const { targetKind, objectMapping } = compiled
  const visible = (key: MatchKey): MatchKey =>
    hidden.has(key.targetAttribute) && key.query !== null
      ? {
          ...key,
          value: REDACTED,
          query: matchQuery(targetKind, objectMapping.targetObjectName, key.targetAttribute, REDACTED),
        }
      : key
  return changedObject(mapped, {
    attributes: mapped.attributes.map(({ attribute, decision }) => ({
      attribute,
      decision: attribute.redacted && decision.flows ? { ...decision, value: REDACTED } : decision,
    })),
    matchKeys: mapped.matchKeys.map(visible),
    matchedBy: mapped.matchedBy && visible(mapped.matchedBy),
    target:
      mapped.target &&
      new Map([...mapped.target].map(([name, value]) => [name, hidden.has(name) ? REDACTED : value])),
  })
}

/** Findings about the values of an object, without those of redacted attributes. */
export const withoutRedactedValues = (
  compiled: MappingPlan,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] => {
  const hidden = redactedTargets(compiled)
  return diagnostics.map((d) =>
    d.path !== undefined && hidden.has(d.path) ? { ...d, message: redactedMessage(d.code) } : d,
  )
}
