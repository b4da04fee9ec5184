import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { valueJson } from '../expression/outcome-json.js'
import { ResourceWriter } from '../scim/resource-text.js'
import { jsonString } from '../values/json-string.js'
import type { Value } from '../values/value.js'
import { mappedDiagnosticJson, mappedObjectJson, scopeJson } from './mapped-json.js'
import { type MappedAttribute, type MappedObject, requireMapped } from './mapped-object.js'
import { MappedResult } from './mapped-result.js'
import { type MappingPlan, requireMapping } from './mapping-plan.js'
import { noFlowReasons } from './reasons.js'
import { type ScimRequestOptions, scimRequestOf, scimTargetOf } from './scim-request.js'

/** Members before those of the mapped object, such as its line; undefined ones are omitted. */
export type LeadingMembers = Readonly<Record<string, string | number | undefined>>

const nothing: readonly MappedAttribute[] = []

const reasonTexts = Object.fromEntries(
  Object.keys(noFlowReasons).map((reason) => [reason, JSON.stringify(reason)]),
) as Readonly<Record<keyof typeof noFlowReasons, string>>

const textOf = (value: Value): string => {
  switch (typeof value) {
    case 'string':
      return jsonString(value)
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return JSON.stringify(valueJson(value))
  }
}

const findingsText = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.length === 0 ? '[]' : JSON.stringify(diagnostics.map(mappedDiagnosticJson))

/** Whether an object with these members keeps them in this order, each once. */
export const isOrdered = (names: readonly string[]): boolean =>
  new Set(names).size === names.length && !names.some((name) => /^\d/.test(name))

/**
 * Prepares writing mapped objects as JSON: the text equals `JSON.stringify` of `mappedObjectJson`, with
 * leading members in front. Parts that do not depend on the object are written once; the SCIM resource of a
 * create is written without creating the object.
 */
export const mappedTextWriter = (
  compiled: MappingPlan,
  options: ScimRequestOptions = {},
): ((mapped: MappedObject, leading?: LeadingMembers) => string) => {
  requireMapping(compiled)
  const names = compiled.attributes.map(({ mapping }) => mapping.targetAttributeName)
  const general = (mapped: MappedObject, leading: LeadingMembers = {}): string =>
    JSON.stringify({ ...leading, ...mappedObjectJson(compiled, mapped, options) })
  if (!isOrdered(names)) return general
  const written = compiled.attributes.map(({ mapping, redacted }) => {
    const name = JSON.stringify(mapping.targetAttributeName)
    return { name, key: `${name}:`, nextKey: `,${name}:`, redacted }
  })
  const scopeText = scopeWriter(compiled)
  const resources =
    compiled.targetKind === 'scim' ? ResourceWriter.of(names, scimTargetOf(compiled)) : undefined

  /** The attributes, the findings, and the body of the request. */
  const restText = (mapped: MappedObject): string => {
    // The list of attributes is created on demand, and for most objects only this function needs it.
    const made = mapped instanceof MappedResult ? mapped : undefined
    const attributes = made === undefined ? mapped.attributes : nothing
    const count = made === undefined ? attributes.length : made.decided
    let [flowing, staying, defaulted, redacted] = ['', '', '', '']
    let resource = mapped.outcome === 'create' ? resources : undefined
    resource?.begin()
    let index = -1
    for (const { name, key, nextKey, redacted: isRedacted } of written) {
      if (++index >= count) break
      const decision = made === undefined ? attributes[index]?.decision : made.decision(index)
      if (decision?.flows === false) {
        staying += (staying === '' ? key : nextKey) + reasonTexts[decision.reason]
        continue
      }
      const value = decision === undefined ? (made?.flowing(index) ?? null) : decision.value
      const text = textOf(value)
      flowing += (flowing === '' ? key : nextKey) + text
      if (resource?.put(index, value, text) === false) resource = undefined
      const origin = decision?.origin
      if (origin === 'default' || origin === 'attributeDefault')
        defaulted += defaulted === '' ? name : `,${name}`
      if (isRedacted) redacted += redacted === '' ? name : `,${name}`
    }
    return (
      `,"attributes":{${flowing}},"notFlowed":{${staying}}` +
      (defaulted === '' ? '' : `,"defaulted":[${defaulted}]`) +
      (redacted === '' ? '' : `,"redacted":[${redacted}]`) +
      (resource === undefined
        ? requestText(mapped)
        : `,"diagnostics":${findingsText(mapped.diagnostics)},"scim":${resource.end()}`)
    )
  }

  /** The findings, and the body of a request that is created as an object. */
  const requestText = (mapped: MappedObject): string => {
    const request = scimRequestOf(compiled, mapped, options)
    const body = request?.body === undefined ? '' : `,"scim":${JSON.stringify(request.body)}`
    return `,"diagnostics":${findingsText([...mapped.diagnostics, ...(request?.diagnostics ?? [])])}${body}`
  }

  return (mapped, leading = {}) => {
    requireMapped(mapped)
    // Only `mapObject` creates these objects with fewer attributes than the mapping has.
    if (!(mapped instanceof MappedResult)) {
      const { length } = mapped.attributes
      if (length !== 0 && length !== names.length) return general(mapped, leading)
    }
    let text = '{'
    for (const name in leading) {
      const value = leading[name]
      if (value !== undefined)
        text += `${jsonString(name)}:${typeof value === 'string' ? jsonString(value) : JSON.stringify(value)},`
    }
    const { outcome, reason, matchedBy: key } = mapped
    const matched =
      key === undefined
        ? ''
        : `,"matchedBy":${JSON.stringify({ attribute: key.targetAttribute, query: key.query })}`
    return `${text}"outcome":"${outcome}","reason":"${reason}","scope":${scopeText(mapped)}${matched}${restText(mapped)}}`
  }
}

/**
 * Writes scopes. For a filter without groups, or with a single group of several clauses, the text is the same
 * for every object in scope: it names the group's conditions, not the object's values.
 */
const scopeWriter = ({ objectMapping }: MappingPlan): ((mapped: MappedObject) => string) => {
  const { inputFilterGroups, categoryFilterGroups, groups } = objectMapping.scope ?? {}
  const all = [inputFilterGroups, categoryFilterGroups, groups].flatMap((set) => set ?? [])
  const isSame = all.length === 0 || (all.length === 1 && (all[0]?.clauses ?? []).length !== 1)
  let inScope: string | undefined
  return (mapped) => {
    if (!isSame || mapped.scope.inScope !== true) return JSON.stringify(scopeJson(mapped))
    inScope ??= JSON.stringify(scopeJson(mapped))
    return inScope
  }
}
