/** The URN of the attributes of Entra's on-premises connector host, with the name of the kind. */
const ECMA_HOST = /^urn:ietf:params:scim:schemas:extension:ECMA2Host:2\.0:\w+:/i

/** The name of an attribute without the URN of the connector host: `…:ECMA2Host:2.0:User:mail` is `mail`. */
export const withoutEcmaHost = (attribute: string): string => attribute.replace(ECMA_HOST, '')
