import type { Failure } from './answer.js'

/** The URN of the attributes of Entra's on-premises connector host, with the name of the kind. */
const ECMA_HOST = /^urn:ietf:params:scim:schemas:extension:ECMA2Host:2\.0:\w+:/i

/** The name of an attribute without the URN of the connector host: `…:ECMA2Host:2.0:User:mail` is `mail`. */
export const withoutEcmaHost = (attribute: string): string => attribute.replace(ECMA_HOST, '')

/** The attribute of the connector host that is the initial password, whatever it is called in the target. */
export const EXPORT_PASSWORD = 'export_password'

/** Whether a target attribute is the one that Entra's template for the connector host maps until it is replaced. */
export const isPlaceholder = (attribute: string): boolean => withoutEcmaHost(attribute) === 'PLACEHOLDER'

/** The failure of a search by PLACEHOLDER: it would find nothing, so objects that exist would be created again. */
export const placeholderSearched: Failure = {
  outcome: 'refused',
  code: 'SchemaAttributeNotFound',
  reason: 'the matching attribute is still PLACEHOLDER: map an attribute of the target in its place',
}
