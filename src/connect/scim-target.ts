import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { TargetObject } from '../mapping/mapped-object.js'
import { scimEndpoint, scimLiteral } from '../mapping/match.js'
import { addOnlyTargets, scimTargetOf } from '../mapping/scim-request.js'
import { createResource } from '../scim/assemble.js'
import { flattenResource } from '../scim/flatten.js'
import { patchResource } from '../scim/patch.js'
import { readJson } from '../values/read-json.js'
import { readAttribute } from '../values/record.js'
import { isList, kindOf, type ObjectValue, type Value } from '../values/value.js'
import { type Answer, done, type ErrorCode, type Failure } from './answer.js'
import { retryAfter, textOfResponse } from './http.js'
import type { MemberChange, Target, TargetAbilities, TargetChange, TargetEntry, TargetKey } from './target.js'

/** How a SCIM service is reached. */
export interface ScimTargetOptions {
  /** The base URL, such as `https://app.example/scim/v2`. */
  readonly url: string
  /** The bearer token; undefined sends none. */
  readonly token?: string | undefined
  /** The mappings whose objects are written, by target object name. */
  readonly mappings: ReadonlyMap<string, CompiledObjectMapping>
  /** The compliant form of PATCH. Default false. */
  readonly compliant?: boolean
  /** Milliseconds after which a request counts as unanswered. Default 30,000. */
  readonly requestTimeout?: number
  /** Requests under way at once. Default 8. */
  readonly concurrency?: number
  /** Members that one PATCH adds or removes. Default 100. */
  readonly membersPerRequest?: number
  /** Default: the platform's `fetch`. */
  readonly fetch?: typeof fetch
}

const codeOf = (status: number): ErrorCode => {
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
  return codes[status] ?? (status >= 500 ? 'InternalServerError' : 'WebExceptionProtocolError')
}

/**
 * A service that speaks SCIM 2.0, with the requests that Entra sends. It retries nothing: what may have taken effect
 * is `unknown`, and the caller looks the object up.
 */
export class ScimTarget implements Target {
  readonly name: string
  readonly abilities: TargetAbilities
  readonly #options: ScimTargetOptions
  readonly #base: string

  constructor(options: ScimTargetOptions) {
    this.#options = options
    this.#base = options.url.replace(/\/+$/, '')
    this.name = new URL(options.url).host
    this.abilities = {
      membersPerRequest: options.membersPerRequest ?? 100,
      requestTimeout: options.requestTimeout ?? 30_000,
      concurrency: options.concurrency ?? 8,
    }
  }

  async #send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer<unknown>> {
    const writes = method !== 'GET'
    const what = `${method} ${path.replace(/\?.*/, '')}`
    const fail = (
      outcome: Failure['outcome'],
      code: ErrorCode,
      reason: string,
      more: Partial<Failure> = {},
    ): Failure => ({
      outcome,
      code,
      reason: `${what}: ${reason}`,
      ...more,
    })
    const timeout = AbortSignal.timeout(this.abilities.requestTimeout)
    let response: Response
    let text: string | undefined
    try {
      response = await (this.#options.fetch ?? fetch)(this.#base + path, {
        method,
        // A redirect could hand the token to another host.
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
        headers: {
          accept: 'application/scim+json, application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...(this.#options.token === undefined ? {} : { authorization: `Bearer ${this.#options.token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      text = await textOfResponse(response)
    } catch (error) {
      const late = timeout.aborted
      const refused = (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED'
      return fail(
        writes && !refused ? 'unknown' : 'retry',
        late ? 'Timeout' : 'WebExceptionProtocolError',
        late ? 'no answer in time' : 'the connection failed',
      )
    }
    const { status } = response
    if (status === 429)
      return fail('retry', 'TooManyRequests', 'too many requests', {
        after: retryAfter(response.headers.get('retry-after')),
      })
    if (status >= 500 && status !== 501) {
      const after = status === 503 ? { after: retryAfter(response.headers.get('retry-after')) } : {}
      return fail(writes ? 'unknown' : 'retry', codeOf(status), `answered ${status}`, after)
    }
    if (status === 401 || status === 403)
      return fail('refused', codeOf(status), `answered ${status}`, { concerns: 'credentials' })
    if (status === 404) return fail('gone', 'InvalidAnchor', 'answered 404')
    if (status === 409) return fail('conflict', 'EntryConflict', 'answered 409')
    if (status >= 300) return fail('refused', codeOf(status), `answered ${status}`)
    const broken = (reason: string): Failure =>
      fail(
        writes ? 'unknown' : 'refused',
        'SystemForCrossDomainIdentityManagementServiceIncompatible',
        reason,
        writes ? {} : { concerns: 'compliance' },
      )
    if (text === undefined) return broken('the answer is too long')
    if (text.trim() === '') return done(undefined)
    try {
      return done(readJson(text))
    } catch {
      return broken('the answer is not JSON')
    }
  }

  #mapping(kind: string): CompiledObjectMapping {
    const found = this.#options.mappings.get(kind)
    if (found === undefined) throw new RangeError(`the target has no mapping for ${kind}`)
    return found
  }

  #entry(kind: string, resource: unknown): TargetEntry | undefined {
    if (kindOf(resource as Value) !== 'object') return undefined
    const id = readAttribute(resource as object, 'id')
    if (typeof id !== 'string' && typeof id !== 'number') return undefined
    const mapping = this.#mapping(kind)
    const names = mapping.attributes.map(({ mapping: one }) => one.targetAttributeName)
    return { id: String(id), values: flattenResource(resource as ObjectValue, names, mapping.scimPaths) }
  }

  #path(kind: string, id: string): string {
    return `/${scimEndpoint(kind)}/${encodeURIComponent(id)}`
  }

  #search(kind: string, { attribute, value }: TargetKey): string {
    const filter = encodeURIComponent(`${attribute} eq ${scimLiteral(value)}`)
    const endpoint = scimEndpoint(kind)
    return `/${endpoint}?${endpoint === 'Groups' ? 'excludedAttributes=members&' : ''}filter=${filter}`
  }

  async probe(kind: string, key: TargetKey, signal?: AbortSignal): Promise<Answer<void>> {
    const answer = await this.#send('GET', this.#search(kind, key), undefined, signal)
    if (answer.outcome === 'gone')
      return {
        ...answer,
        outcome: 'refused',
        concerns: 'compliance',
        reason: `${answer.reason}; a search that finds nothing is answered 200 with an empty list`,
      }
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async find(kind: string, key: TargetKey, signal?: AbortSignal): Promise<Answer<readonly TargetEntry[]>> {
    const answer = await this.#send('GET', this.#search(kind, key), undefined, signal)
    if (answer.outcome === 'gone') return done([])
    if (answer.outcome !== 'done') return answer
    const list =
      typeof answer.value === 'object' && answer.value !== null
        ? readAttribute(answer.value, 'Resources')
        : null
    const entries = (isList(list) ? list : []).map((one) => this.#entry(kind, one))
    return done(entries.filter((entry) => entry !== undefined))
  }

  async read(kind: string, id: string, signal?: AbortSignal): Promise<Answer<TargetEntry>> {
    const rest = scimEndpoint(kind) === 'Groups' ? '?excludedAttributes=members' : ''
    const answer = await this.#send('GET', this.#path(kind, id) + rest, undefined, signal)
    if (answer.outcome !== 'done') return answer
    const entry = this.#entry(kind, answer.value)
    return entry === undefined
      ? {
          outcome: 'refused',
          code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
          reason: 'the answer has no id',
        }
      : done(entry)
  }

  async create(
    kind: string,
    values: ReadonlyMap<string, Value>,
    signal?: AbortSignal,
  ): Promise<Answer<TargetEntry>> {
    const { resource } = createResource(values, scimTargetOf(this.#mapping(kind)))
    const answer = await this.#send('POST', `/${scimEndpoint(kind)}`, resource, signal)
    if (answer.outcome !== 'done') return answer
    const entry = this.#entry(kind, answer.value)
    // It was created, but nobody knows as what: the caller finds it by its matching value.
    return entry === undefined
      ? {
          outcome: 'unknown',
          code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
          reason: 'the answer to a create has no id',
        }
      : done(entry)
  }

  async update(
    kind: string,
    id: string,
    change: TargetChange,
    signal?: AbortSignal,
  ): Promise<Answer<TargetObject | undefined>> {
    const mapping = this.#mapping(kind)
    const { body } = patchResource(change.before, new Map([...change.before, ...change.values]), {
      ...scimTargetOf(mapping),
      compliant: this.#options.compliant ?? false,
      addOnly: addOnlyTargets(mapping),
      unknownTarget: false,
    })
    if (body === undefined) return done(undefined)
    const answer = await this.#send('PATCH', this.#path(kind, id), body, signal)
    return answer.outcome === 'done' ? done(this.#entry(kind, answer.value)?.values) : answer
  }

  async remove(kind: string, id: string, signal?: AbortSignal): Promise<Answer<void>> {
    const answer = await this.#send('DELETE', this.#path(kind, id), undefined, signal)
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async changeMembers(
    kind: string,
    id: string,
    change: MemberChange,
    signal?: AbortSignal,
  ): Promise<Answer<void>> {
    const { attribute, add, remove } = change
    const compliant = this.#options.compliant ?? false
    const members = (ids: readonly string[]): readonly object[] => ids.map((value) => ({ value }))
    const Operations = [
      ...(add.length === 0 ? [] : [{ op: compliant ? 'add' : 'Add', path: attribute, value: members(add) }]),
      ...(compliant
        ? remove.map((value) => ({ op: 'remove', path: `${attribute}[value eq ${JSON.stringify(value)}]` }))
        : remove.length === 0
          ? []
          : [{ op: 'Remove', path: attribute, value: members(remove) }]),
    ]
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations }
    const answer = await this.#send('PATCH', this.#path(kind, id), body, signal)
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async readMembers(
    kind: string,
    id: string,
    attribute: string,
    signal?: AbortSignal,
  ): Promise<Answer<readonly string[]>> {
    const answer = await this.#send('GET', this.#path(kind, id), undefined, signal)
    if (answer.outcome !== 'done') return answer
    const list =
      typeof answer.value === 'object' && answer.value !== null
        ? readAttribute(answer.value, attribute)
        : null
    return done(
      (isList(list) ? list : []).flatMap((one) => {
        const value = kindOf(one) === 'object' ? readAttribute(one as object, 'value') : null
        return typeof value === 'string' ? [value] : []
      }),
    )
  }

  async *list(kind: string, signal?: AbortSignal): AsyncGenerator<Answer<readonly TargetEntry[]>> {
    for (let start = 1; ; ) {
      const path = `/${scimEndpoint(kind)}?startIndex=${start}&count=100`
      const answer = await this.#send('GET', path, undefined, signal)
      if (answer.outcome !== 'done') {
        yield answer
        return
      }
      const page = typeof answer.value === 'object' && answer.value !== null ? answer.value : {}
      const list = readAttribute(page, 'Resources')
      const found = isList(list) ? list : []
      yield done(found.map((one) => this.#entry(kind, one)).filter((entry) => entry !== undefined))
      start += found.length
      const total = readAttribute(page, 'totalResults')
      if (found.length === 0 || typeof total !== 'number' || start > total) return
    }
  }

  async close(): Promise<void> {}
}
