import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { visit } from '../syntax/walk.js'
import { redactedMessage } from '../values/fault.js'
import { REDACTED } from '../values/redacted.js'
import type { CompiledObjectMapping } from './compile-object-mapping.js'
import { changedObject, type MappedObject } from './mapped-object.js'
import { type MatchKey, matchQuery } from './match.js'

/** The source attributes inside a call that redacts: their values must not be shown either. */
export const redactedSources = ({ attributes }: CompiledObjectMapping): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { analyzed, redacted } of attributes) {
    if (analyzed === undefined || !redacted) continue
    for (const { node: call, definition } of analyzed.calls.values()) {
      if (!definition.redacts) continue
      visit(call, (node) => {
        if (node.type === 'AttributeReference') names.add(node.name)
      })
    }
  }
  return names
}

/** The target attributes whose values must not be shown. */
export const redactedTargets = ({ attributes }: CompiledObjectMapping): ReadonlySet<string> =>
  new Set(attributes.filter(({ redacted }) => redacted).map(({ mapping }) => mapping.targetAttributeName))

/** The object without redacted values in its flows and matches, for display. */
export const withoutRedacted = (compiled: CompiledObjectMapping, mapped: MappedObject): MappedObject => {
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
  compiled: CompiledObjectMapping,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] => {
  const hidden = redactedTargets(compiled)
  return diagnostics.map((d) =>
    d.path !== undefined && hidden.has(d.path) ? { ...d, message: redactedMessage(d.code) } : d,
  )
}
