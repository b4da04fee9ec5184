import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { createResource, type ScimTarget } from '../scim/assemble.js'
import { patchResource, type ScimPatchBody } from '../scim/patch.js'
import type { ScimObject } from '../scim/value.js'
import type { Value } from '../values/value.js'
import { type MappedObject, requireMapped } from './mapped-object.js'
import { type MappingPlan, requireMapping } from './mapping-plan.js'
import { scimEndpoint } from './match.js'
import { withoutRedactedValues } from './redacted.js'

/** The request for the outcome of a mapped object. The method tells which body it has. */
export type ScimRequest = {
  /** The endpoint, with `{id}` in place of an unknown target identifier. */
  readonly path: string
  readonly diagnostics: readonly Diagnostic[]
} & (
  | { readonly method: 'POST'; readonly body: ScimObject }
  /** Without a body the PATCH would change nothing. */
  | { readonly method: 'PATCH'; readonly body: ScimPatchBody | undefined }
  | { readonly method: 'DELETE'; readonly body: undefined }
)

/** The form of a request. */
export interface ScimRequestOptions {
  /** The tenant URL carries `aadOptscim062020`; see `PatchOptions`. Default false. */
  readonly compliant?: boolean
}

/** The options for SCIM bodies of a mapping. */
export const scimTargetOf = ({ objectMapping, ends, scimPaths }: MappingPlan): ScimTarget => ({
  paths: scimPaths,
  objectName: objectMapping.targetObjectName,
  ...(ends.target === undefined ? {} : { attributes: ends.target }),
})

/** The targets whose values are only ever added. */
export const addOnlyTargets = ({ attributes }: MappingPlan): ReadonlySet<string> =>
  new Set(attributes.filter(({ addsOnly }) => addsOnly).map(({ mapping }) => mapping.targetAttributeName))

/**
 * The values that flow, by target attribute; a cleared attribute is null.
 * @example
 * flowingValues(mapObject(mapping, user)).get('userName') // 'ada.tester@contoso.com'
 */
export const flowingValues = (mapped: MappedObject): ReadonlyMap<string, Value> => {
  requireMapped(mapped)
  const values = new Map<string, Value>()
  for (const { attribute, decision } of mapped.attributes)
    if (decision.flows) values.set(attribute.mapping.targetAttributeName, decision.value)
  return values
}

/**
 * The SCIM request for a mapped object; undefined if none is sent, or if the target does not speak SCIM.
 * @example
 * scimRequestOf(mapping, mapObject(mapping, user))?.method // 'POST'
 */
export const scimRequestOf = (
  compiled: MappingPlan,
  mapped: MappedObject,
  options: ScimRequestOptions = {},
): ScimRequest | undefined => {
  requireMapping(compiled)
  requireMapped(mapped)
  if (compiled.targetKind !== 'scim') return undefined
  const endpoint = `/${scimEndpoint(compiled.objectMapping.targetObjectName)}`
  const flowing = flowingValues(mapped)
  const target = scimTargetOf(compiled)
  const shown = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
    withoutRedactedValues(compiled, diagnostics)
  switch (mapped.outcome) {
    case 'create': {
      const { resource, diagnostics } = createResource(flowing, target)
      return { method: 'POST', path: endpoint, body: resource, diagnostics: shown(diagnostics) }
    }
    case 'update':
    case 'disable': {
      const current = mapped.target
      const { body, diagnostics } = patchResource(
        current ?? new Map(),
        current === undefined ? flowing : new Map([...current, ...flowing]),
        {
          ...target,
          compliant: options.compliant ?? false,
          addOnly: addOnlyTargets(compiled),
          unknownTarget: current === undefined,
        },
      )
      return { method: 'PATCH', path: `${endpoint}/{id}`, body, diagnostics: shown(diagnostics) }
    }
    case 'delete':
      return { method: 'DELETE', path: `${endpoint}/{id}`, body: undefined, diagnostics: [] }
    default:
      return undefined
  }
}
