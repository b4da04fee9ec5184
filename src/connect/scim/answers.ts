import { readAttribute } from '../../values/record.js'
import { isList, type Value } from '../../values/value.js'

/** What SCIM answers contain. Each function accepts any JSON value, because services send all kinds. */

/** A member of an answer; null if the answer is not an object or has none. */
export const memberOf = (body: unknown, name: string): Value =>
  typeof body === 'object' && body !== null ? readAttribute(body, name) : null

/** The resources of a list; none if the answer is not a list. */
export const listIn = (page: unknown): readonly Value[] => {
  const list = memberOf(page, 'Resources')
  return isList(list) ? list : []
}

/** How many resources a list has on all its pages, also if the number is a text; 0 if it does not say. */
export const totalIn = (page: unknown): number => {
  const total = memberOf(page, 'totalResults')
  return typeof total === 'string' || typeof total === 'number' ? Number(total) || 0 : 0
}

/** The version of a resource, from the headers or its metadata; undefined if the answer has none. */
export const versionIn = (headers: Headers, body: unknown): string | undefined => {
  const version = headers.get('etag') ?? memberOf(memberOf(body, 'meta'), 'version')
  return typeof version === 'string' && version !== '' ? version : undefined
}

/** The identifier at the end of the address of a created resource, which may be relative; undefined if there is none. */
export const locationId = (headers: Headers): string | undefined => {
  const last = (headers.get('location') ?? '').replace(/[?#].*/, '').replace(/.*\//s, '')
  try {
    return last === '' ? undefined : decodeURIComponent(last)
  } catch {
    return undefined
  }
}
