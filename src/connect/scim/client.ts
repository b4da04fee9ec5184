import { exactJson } from '../../values/exact-json.js'
import { readJson } from '../../values/read-json.js'
import { readAttribute } from '../../values/record.js'
import type { ErrorCode, Failure } from '../answer.js'
import { connectionFault, retryAfter, textOfResponse, withoutSecrets } from '../http.js'
import { TokenError } from '../oauth.js'
import { versionIn } from './answers.js'

/** How to reach a SCIM service. */
export interface ScimClientOptions {
  /** The base URL, such as `https://app.example/scim/v2`. */
  readonly url: string
  /** The bearer token, or a function that returns one; undefined: none is sent. */
  readonly token?: string | (() => Promise<string>) | undefined
  /** Milliseconds after which a request counts as unanswered. Default 30,000. */
  readonly requestTimeout?: number
  /** Default: the platform's `fetch`. */
  readonly fetch?: typeof fetch
}

/** An answer to a request. */
export interface Received {
  readonly status: number
  readonly headers: Headers
  /** The body as JSON; undefined if it was empty, longer than 16 MiB, or not JSON. */
  readonly body: unknown
  /** Why the body is undefined although the answer had one. */
  readonly broken?: 'long' | 'notJson'
}

/** The result of a request: an answer, or why there is none. */
export type Reply =
  | Received
  | { readonly status: 0; readonly lost: 'timeout' | 'refused' | 'cut' | 'token'; readonly reason: string }

/** What a request has besides method and path. */
export interface RequestParts {
  /** Sent as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  /** Parts of the request that an error must not repeat. */
  readonly secrets?: readonly string[] | undefined
  /** The version of the resource that is changed: the service refuses the request (412) if it has another one. */
  readonly version?: string | undefined
}

export type ScimMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** Sends requests to a SCIM service and reads the answers. It does not retry and follows no redirects. */
export class ScimClient {
  readonly requestTimeout: number
  readonly #options: ScimClientOptions
  readonly #base: string

  constructor(options: ScimClientOptions) {
    this.#options = options
    this.#base = options.url.replace(/\/+$/, '')
    this.requestTimeout = options.requestTimeout ?? 30_000
  }

  /**
   * Sends a request. If the service demands the version of the resource to be changed (412, 428), it is read, and
   * the request is sent with it: the first one was not carried out. Never rejects.
   * @param path relative to the base URL, with its query
   */
  async send(method: ScimMethod, path: string, parts: RequestParts = {}): Promise<Reply> {
    const reply = await this.#exchange(method, path, parts)
    if (parts.version !== undefined) return reply
    if ((reply.status !== 412 && reply.status !== 428) || method === 'GET' || method === 'POST') return reply
    const current = await this.#exchange('GET', path, { ...parts, body: undefined })
    const version = 'lost' in current ? undefined : versionIn(current.headers, current.body)
    return version === undefined ? reply : this.#exchange(method, path, { ...parts, version })
  }

  async #exchange(
    method: ScimMethod,
    path: string,
    { body, signal, secrets = [], version }: RequestParts,
  ): Promise<Reply> {
    const { token } = this.#options
    const timeout = AbortSignal.timeout(this.requestTimeout)
    try {
      const bearer = typeof token === 'function' ? await token() : token
      const response = await (this.#options.fetch ?? fetch)(this.#base + path, {
        method,
        // A redirect could send the token to another host.
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
        headers: {
          accept: 'application/scim+json, application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(version === undefined ? {} : { 'if-match': version }),
        },
        ...(body === undefined ? {} : { body: exactJson(body) }),
      })
      const { status, headers } = response
      const answer = await textOfResponse(response)
      // Values are never changed: a short token may be part of one. Only errors are for people.
      const text = response.ok ? answer : answer && withoutSecrets(answer, [bearer, ...secrets])
      if (text === undefined) return { status, headers, body: undefined, broken: 'long' }
      if (text.trim() === '') return { status, headers, body: undefined }
      try {
        return { status, headers, body: readJson(text) }
      } catch {
        return { status, headers, body: undefined, broken: 'notJson' }
      }
    } catch (error) {
      if (error instanceof TokenError) return { status: 0, lost: 'token', reason: error.message }
      if (timeout.aborted)
        return {
          status: 0,
          lost: 'timeout',
          reason: `no answer from ${new URL(this.#base).host} in ${this.requestTimeout / 1000} s`,
        }
      const { reason, sent } = connectionFault(error, this.#base)
      return { status: 0, lost: sent ? 'cut' : 'refused', reason }
    }
  }
}

const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'Unauthorized',
  403: 'InsufficientRights',
  404: 'InvalidAnchor',
  405: 'MethodNotAllowed',
  409: 'EntryConflict',
  422: 'UnprocessableEntity',
  429: 'TooManyRequests',
  501: 'NotImplemented',
}

const codeOf = (status: number): ErrorCode =>
  codes[status] ?? (status >= 500 ? 'InternalServerError' : 'WebExceptionProtocolError')

/** The longest part of a server's error text that is shown. */
const LONGEST_DETAIL = 300

/** The type and detail of a SCIM error (RFC 7644, 3.12), on one line; empty if it has none. */
export const errorDetail = (body: unknown): string => {
  if (typeof body !== 'object' || body === null) return ''
  const [type, detail] = [readAttribute(body, 'scimType'), readAttribute(body, 'detail')]
  const parts = [type, detail].filter((one): one is string => typeof one === 'string' && one !== '')
  const text = parts.join(': ').replaceAll(/\s+/g, ' ')
  return text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text
}

/** Where a redirect leads, without its query. */
const redirection = (headers: Headers): string => {
  const location = headers.get('location')
  const to = location !== null && URL.canParse(location) ? new URL(location) : undefined
  return `, a redirect${to === undefined ? '' : ` to ${to.origin}${to.pathname}`}; redirects are not followed`
}

/**
 * A failed reply as a failure; undefined for a success whose body is JSON or empty.
 * @param what the request, for people: method and path, without a query
 */
export const failureOf = (method: ScimMethod, what: string, reply: Reply): Failure | undefined => {
  const writes = method !== 'GET'
  const fail = (
    outcome: Failure['outcome'],
    code: ErrorCode,
    reason: string,
    more: Partial<Failure> = {},
  ): Failure => ({ outcome, code, reason: `${what}: ${reason}`, ...more })
  if ('lost' in reply) {
    if (reply.lost === 'token')
      return fail('refused', 'Unauthorized', reply.reason, { concerns: 'credentials' })
    const code = reply.lost === 'timeout' ? 'Timeout' : 'WebExceptionProtocolError'
    return fail(writes && reply.lost !== 'refused' ? 'unknown' : 'retry', code, reply.reason)
  }
  const { status, headers, body, broken } = reply
  const detail = errorDetail(body)
  const answered = `answered ${status}${detail === '' ? '' : ` (${detail})`}`
  const after = { after: retryAfter(headers.get('retry-after')) }
  if (status === 429) return fail('retry', 'TooManyRequests', answered, after)
  if (status >= 500 && status !== 501)
    return fail(writes ? 'unknown' : 'retry', codeOf(status), answered, status === 503 ? after : {})
  if (status === 401 || status === 403)
    return fail('refused', codeOf(status), answered, { concerns: 'credentials' })
  if (status === 404) return fail('gone', 'InvalidAnchor', answered)
  if (status === 409) return fail('conflict', 'EntryConflict', answered)
  if (status >= 300 && status < 400)
    return fail('refused', codeOf(status), `${answered}${redirection(headers)}`)
  if (status >= 400) return fail('refused', codeOf(status), answered)
  if (broken === undefined) return undefined
  return fail(
    writes ? 'unknown' : 'refused',
    'SystemForCrossDomainIdentityManagementServiceIncompatible',
    broken === 'long' ? 'the answer is too long' : 'the answer is not JSON',
    writes ? {} : { concerns: 'compliance' },
  )
}
