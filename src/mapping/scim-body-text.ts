import { ResourceWriter } from '../scim/resource-text.js'
import { jsonString } from '../values/json-string.js'
import type { MappedObject } from './mapped-object.js'
import { MappedResult } from './mapped-result.js'
import { isOrdered } from './mapped-text.js'
import { type MappingPlan, requireMapping } from './mapping-plan.js'
import { type ScimRequestOptions, scimRequestOf, scimTargetOf } from './scim-request.js'

/**
 * Prepares writing SCIM bodies as JSON: the text equals `JSON.stringify` of the body of `scimRequestOf`, but
 * the resource of a create is written without creating the object. The text is undefined for an object
 * without a body.
 * @example
 * const bodyOf = scimBodyWriter(mapping)
 * bodyOf(mapObject(mapping, user)) // '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User", …'
 */
export const scimBodyWriter = (
  mapping: MappingPlan,
  options: ScimRequestOptions = {},
): ((mapped: MappedObject) => string | undefined) => {
  requireMapping(mapping)
  const general = (mapped: MappedObject): string | undefined => {
    const body = scimRequestOf(mapping, mapped, options)?.body
    return body === undefined ? undefined : JSON.stringify(body)
  }
  const names = mapping.attributes.map(({ rules }) => rules.target)
  const writer =
    mapping.targetKind === 'scim' && isOrdered(names)
      ? ResourceWriter.of(names, scimTargetOf(mapping))
      : undefined
  if (writer === undefined) return general
  return (mapped) => {
    if (!(mapped instanceof MappedResult) || mapped.outcome !== 'create') return general(mapped)
    writer.begin()
    for (let index = 0; index < mapped.decided; index++) {
      const decision = mapped.decision(index)
      if (decision?.flows === false) continue
      const value = decision === undefined ? mapped.flowing(index) : decision.value
      if (!writer.put(index, value, typeof value === 'string' ? jsonString(value) : ''))
        return general(mapped)
    }
    return writer.end()
  }
}
