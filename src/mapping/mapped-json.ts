import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type DiagnosticJson, diagnosticJson, valueJson } from '../expression/outcome-json.js'
import { setMember } from '../values/plain-value.js'
import { type MappedObject, requireMapped } from './mapped-object.js'
import { type MappingPlan, requireMapping } from './mapping-plan.js'
import type { NoFlowReason, ObjectReason } from './reasons.js'
import { type ScimRequestOptions, scimRequestOf } from './scim-request.js'

/** Whether an object is in scope as data, with the set, group and clause that decided. */
export interface ScopeJson {
  readonly inScope: boolean
  /** Present if the scope was not decided: the object failed, or was skipped before. */
  readonly evaluated?: false
  readonly set?: string
  readonly group?: string
  readonly clause?: string
  /** The value that the deciding clause tested. */
  readonly value?: string | readonly string[] | null
  readonly reason?: string
}

/** A finding about an object as data. */
export interface MappedDiagnosticJson extends DiagnosticJson {
  /** The target attribute whose expression the span belongs to. */
  readonly path?: string
}

/** The result of mapping an object, as data. */
export interface MappedObjectJson {
  readonly outcome: MappedObject['outcome']
  readonly reason: ObjectReason
  readonly scope: ScopeJson
  readonly matchedBy?: { readonly attribute: string; readonly query: string | null }
  /** The values that flow; a cleared attribute is null, a DateTime its text, a large integer its digits. */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly notFlowed: Readonly<Record<string, NoFlowReason>>
  /** The attributes that flow a default instead of the source's value. */
  readonly defaulted?: readonly string[]
  /** The attributes whose values must not be shown. */
  readonly redacted?: readonly string[]
  readonly diagnostics: readonly MappedDiagnosticJson[]
  /** The body of the SCIM request: the resource to create, or the PATCH. */
  readonly scim?: unknown
}

/** A scope as data. */
export const scopeJson = ({ reason, scope }: MappedObject): ScopeJson =>
  reason === 'ImportSkipped'
    ? { inScope: false, evaluated: false }
    : {
        inScope: scope.inScope === true,
        ...(scope.inScope === undefined ? { evaluated: false } : {}),
        ...scope.decide(),
      }

/** A finding about an object, as data. */
export const mappedDiagnosticJson = (d: Diagnostic): MappedDiagnosticJson =>
  d.path === undefined ? diagnosticJson(d) : { ...diagnosticJson(d), path: d.path }

/** The result of mapping an object, as data. It includes redacted values, because they are sent. */
export const mappedObjectJson = (
  compiled: MappingPlan,
  mapped: MappedObject,
  options: ScimRequestOptions = {},
): MappedObjectJson => {
  requireMapping(compiled)
  requireMapped(mapped)
  const attributes: Record<string, unknown> = {}
  const notFlowed: Record<string, NoFlowReason> = {}
  const defaulted: string[] = []
  const redacted: string[] = []
  for (const { attribute, decision } of mapped.attributes) {
    const target = attribute.mapping.targetAttributeName
    if (!decision.flows) {
      setMember(notFlowed, target, decision.reason)
      continue
    }
    setMember(attributes, target, valueJson(decision.value))
    if (decision.origin === 'default' || decision.origin === 'attributeDefault') defaulted.push(target)
    if (attribute.redacted) redacted.push(target)
  }
  const request = scimRequestOf(compiled, mapped, options)
  const key = mapped.matchedBy
  return {
    outcome: mapped.outcome,
    reason: mapped.reason,
    scope: scopeJson(mapped),
    ...(key === undefined ? {} : { matchedBy: { attribute: key.targetAttribute, query: key.query } }),
    attributes,
    notFlowed,
    ...(defaulted.length === 0 ? {} : { defaulted }),
    ...(redacted.length === 0 ? {} : { redacted }),
    diagnostics: [...mapped.diagnostics, ...(request?.diagnostics ?? [])].map(mappedDiagnosticJson),
    ...(request?.body === undefined ? {} : { scim: request.body }),
  }
}
