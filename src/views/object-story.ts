import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { FilterExplanation, Verdict } from '../filter/explain.js'
import { clauseWords } from '../filter/resolve.js'
import { importedValues } from '../graph/provisioning-result.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { identifyingAttributes, identityOf } from '../mapping/identity.js'
import { mapObject } from '../mapping/map-object.js'
import { type MappedObject, type MapRequest, requireMapped } from '../mapping/mapped-object.js'
import { requireMapping } from '../mapping/mapping-plan.js'
import { type NoFlowReason, noFlowReasons, type ObjectReason, objectReasons } from '../mapping/reasons.js'
import { withoutRedacted, withoutRedactedValues } from '../mapping/redacted.js'
import { type ScimRequest, type ScimRequestOptions, scimRequestOf } from '../mapping/scim-request.js'
import type { SourceRecord } from '../values/record.js'
import { isList } from '../values/value.js'
import { valueText } from './value-text.js'

/** A finding as text, with its code. */
export interface StoryFinding {
  readonly code: string
  readonly severity: Diagnostic['severity']
  readonly message: string
  /** The target attribute it is about. */
  readonly attribute: string | undefined
}

/** A clause of a scoping filter with the value it tested. */
export interface StoryClause {
  readonly text: string
  readonly verdict: Verdict
  readonly reason: string
}

/** The groups of a set; one of them must pass. */
export interface StoryScopeSet {
  readonly set: string
  readonly verdict: Verdict
  readonly groups: readonly {
    readonly title: string
    readonly verdict: Verdict
    readonly clauses: readonly StoryClause[]
  }[]
}

/** What happens with one target attribute. */
export interface StoryAttribute {
  readonly target: string
  /** "" for a mapping without a source. */
  readonly expression: string
  readonly matching: boolean
  /** The value in the target, in words; undefined if the target object is not known. */
  readonly before: string | undefined
  /** The value that flows, in words; undefined if nothing does. */
  readonly after: string | undefined
  readonly origin: 'source' | 'default' | 'attributeDefault' | 'cleared' | 'deprovisioned' | undefined
  readonly noFlow: NoFlowReason | undefined
  /** The reason in words; "" for a value that flows from the source. */
  readonly why: string
}

/**
 * One object's way through the five steps of the service. Plain data: it can be posted to a worker or stored.
 */
export interface ObjectStory {
  readonly title: string
  readonly outcome: MappedObject['outcome']
  readonly reason: ObjectReason
  readonly why: string
  readonly imported: readonly { readonly name: string; readonly value: string; readonly present: boolean }[]
  readonly scope: {
    readonly inScope: boolean | undefined
    readonly sentence: string
    readonly sets: readonly StoryScopeSet[]
  }
  readonly match: readonly {
    readonly attribute: string
    readonly value: string
    readonly query: string | null
    readonly matched: boolean
  }[]
  readonly attributes: readonly StoryAttribute[]
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown } | undefined
  readonly findings: readonly StoryFinding[]
}

const originText: Readonly<Record<string, string>> = {
  default: 'the default value of the mapping',
  attributeDefault: 'the default value of the target attribute',
  cleared: 'the source value is absent, and null flow clears the target',
  deprovisioned: 'set by the target when an object leaves the scope',
}

const findingOf = ({ code, severity, message, path }: Diagnostic): StoryFinding => ({
  code,
  severity,
  message,
  attribute: path,
})

const setsOf = ({ sets }: FilterExplanation): readonly StoryScopeSet[] =>
  Object.values(sets).flatMap((set): StoryScopeSet[] =>
    set === undefined
      ? []
      : [
          {
            set: set.set,
            verdict: set.verdict,
            groups: set.groups.map(({ title, verdict, clauses }) => ({
              title,
              verdict,
              clauses: clauses.map((clause) => ({
                text: clauseWords(clause),
                verdict: clause.verdict,
                reason: clause.reason,
              })),
            })),
          },
        ],
  )

/**
 * Maps an object and explains what happens to it and why. Redacted values are hidden. Never throws because of
 * the data.
 * @throws {TypeError} if the record is not an object
 */
export const objectStory = (
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  request: MapRequest = {},
  options: ScimRequestOptions = {},
): ObjectStory => {
  const mapped = withoutRedacted(compiled, mapObject(compiled, record, request))
  return storyOf(compiled, record, mapped, scimRequestOf(compiled, mapped, options))
}

/**
 * The story of an object that is already mapped.
 * @param mapped without redacted values
 * @param sent its request; undefined if none is sent
 */
export const storyOf = (
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  mapped: MappedObject,
  sent: ScimRequest | undefined,
): ObjectStory => {
  requireMapping(compiled)
  requireMapped(mapped)
  const explanation = mapped.scope.explain()
  return {
    title: identityOf(identifyingAttributes(compiled), record) ?? 'object',
    outcome: mapped.outcome,
    reason: mapped.reason,
    why: objectReasons[mapped.reason],
    imported: [...importedValues(compiled, record, mapped)].map(([name, value]) => ({
      name,
      value: valueText(value),
      present: value !== null && value !== '' && !(isList(value) && value.length === 0),
    })),
    scope: { inScope: mapped.scope.inScope, sentence: explanation.sentence, sets: setsOf(explanation) },
    match: mapped.matchKeys.map(({ targetAttribute, value, query }) => ({
      attribute: targetAttribute,
      value: valueText(value),
      query,
      matched: mapped.matchedBy?.targetAttribute === targetAttribute,
    })),
    attributes: mapped.attributes.map(({ attribute, decision }): StoryAttribute => {
      const { mapping, expression } = attribute
      const target = mapping.targetAttributeName
      const before = mapped.target === undefined ? undefined : valueText(mapped.target.get(target) ?? null)
      const base = { target, expression, matching: mapping.matchingPriority > 0, before }
      return decision.flows
        ? {
            ...base,
            after: valueText(decision.value),
            origin: decision.origin,
            noFlow: undefined,
            why: originText[decision.origin] ?? '',
          }
        : {
            ...base,
            after: undefined,
            origin: undefined,
            noFlow: decision.reason,
            why: noFlowReasons[decision.reason],
          }
    }),
    request: sent && { method: sent.method, path: sent.path, body: sent.body },
    findings: withoutRedactedValues(compiled, [...mapped.diagnostics, ...(sent?.diagnostics ?? [])]).map(
      findingOf,
    ),
  }
}
