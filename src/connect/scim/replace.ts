import { replacementOf } from '../../scim/merge.js'
import { PATCH_OP } from '../../scim/patch.js'
import { operationWord, type PatchForm } from '../../scim/patch-form.js'
import { emptyObject, type ScimObject, type ScimValue } from '../../scim/value.js'
import { exactJson } from '../../values/exact-json.js'
import { isJsonObject } from '../../values/json-object.js'
import { versionIn } from './answers.js'
import type { Reply } from './client.js'

/**
 * How an object is updated: by a PATCH with paths as Entra does; by a PUT of the whole resource; or by a PATCH
 * without a path that replaces whole attributes.
 */
export type UpdateMethod = 'patch' | 'put' | 'attributes'

/** The methods that need no paths, in words. */
export const withoutPaths = { put: 'PUT', attributes: 'a PATCH without a path' } as const

/** The attributes that differ, whole; null for those that are gone. */
const changedAttributes = (current: ScimObject, next: ScimObject): ScimObject => {
  const names = new Set([...Object.keys(current), ...Object.keys(next)])
  const changed: Record<string, ScimValue> = emptyObject()
  for (const name of names) {
    const value = (Object.hasOwn(next, name) ? next[name] : null) ?? null
    const was = (Object.hasOwn(current, name) ? current[name] : null) ?? null
    if (exactJson(value) !== exactJson(was)) changed[name] = value
  }
  return changed
}

/**
 * Reads a resource, changes it, and sends it back, with its version if the service shows one. If somebody else
 * changed it in the meantime (412), this is done once more. A resource that does not change is not sent.
 * @param send sends a request for the resource
 * @param replace PUT of the whole, or PATCH of the changed attributes
 * @param form the form of a PATCH
 */
export const replaceResource = async (
  send: (method: 'GET' | 'PUT' | 'PATCH', body?: unknown, version?: string) => Promise<Reply>,
  replace: keyof typeof withoutPaths,
  form: PatchForm,
  change: (current: ScimObject) => ScimObject,
): Promise<{ readonly method: 'GET' | 'PUT' | 'PATCH'; readonly reply: Reply }> => {
  for (let attempt = 1; ; attempt++) {
    const found = await send('GET')
    if ('lost' in found || found.status !== 200 || !isJsonObject(found.body))
      return { method: 'GET', reply: found }
    const current = found.body as ScimObject
    const next = change(current)
    const changed = changedAttributes(replacementOf(current), next)
    if (Object.keys(changed).length === 0) return { method: 'GET', reply: found }
    const Operations = [{ op: operationWord('replace', form), value: changed }]
    const [method, body] =
      replace === 'put' ? (['PUT', next] as const) : (['PATCH', { schemas: [PATCH_OP], Operations }] as const)
    const reply = await send(method, body, versionIn(found.headers, current))
    if (reply.status !== 412 || attempt === 2) return { method, reply }
  }
}
