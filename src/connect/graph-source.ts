import { setTimeout as pause } from 'node:timers/promises'
import { urlPart } from '../text/url-part.js'
import { isJsonObject } from '../values/json-object.js'
import { readJson, TooDeep } from '../values/read-json.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { isList, kindOf, type Value } from '../values/value.js'
import { type Answer, done, type Failure } from './answer.js'
import { graphChange } from './graph-change.js'
import { connectionFault, retryAfter, textOfResponse } from './http.js'
import type { Source, SourceChange, SourcePage } from './source.js'

/** How to read Microsoft Graph as a source. */
export interface GraphSourceOptions {
  /** The service root with its version. Default `https://graph.microsoft.com/v1.0`. */
  readonly url?: string
  /** Returns the bearer token. It is called for each request, so that it can renew an expiring one. */
  readonly token: () => string | Promise<string>
  /** The collection of each kind of object, such as `{ User: 'users', Group: 'groups' }`. Default: those two. */
  readonly collections?: Readonly<Record<string, string>>
  /** Properties to request, by kind. Default: those that the service returns without `$select`. */
  readonly select?: Readonly<Record<string, readonly string[]>>
  /** Returns an object with the attribute names that the mapping reads, after changes were merged into it. */
  readonly shape?: (kind: string, record: SourceRecord) => SourceRecord
  /** Milliseconds after which a request counts as unanswered. Default 60,000. */
  readonly requestTimeout?: number
  /** Default: the platform's `fetch`. */
  readonly fetch?: typeof fetch
  /** Waits for a number of milliseconds. Default: a timer. */
  readonly sleep?: (milliseconds: number) => Promise<void>
}

/**
 * How often a page is requested, and the longest wait that a throttled answer may ask for, in milliseconds.
 */
const ATTEMPTS = 5
const LONGEST_WAIT = 300_000

const incompatible = 'SystemForCrossDomainIdentityManagementServiceIncompatible'

/**
 * Microsoft Graph's delta query as a source. The watermark is the `@odata.deltaLink` of the last page; if the
 * service no longer accepts it (410), the failure is `gone`. Links to another host are not followed, because
 * they would receive the token.
 */
export class GraphSource implements Source {
  readonly name: string
  readonly reads = 'changes'
  readonly #options: GraphSourceOptions
  readonly #base: string

  constructor(options: GraphSourceOptions) {
    this.#options = options
    this.#base = (options.url ?? 'https://graph.microsoft.com/v1.0').replace(/\/+$/, '')
    this.name = new URL(this.#base).host
  }

  async probe(signal?: AbortSignal): Promise<Answer<void>> {
    const [collection = 'users'] = Object.values(this.#collections)
    const answer = await this.#get(`${this.#base}/${collection}?$top=1&$select=id`, signal)
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async *read(kind: string, since?: string, signal?: AbortSignal): AsyncGenerator<SourcePage> {
    const collection = this.#collections[kind]
    if (collection === undefined || !Object.hasOwn(this.#collections, kind)) return
    const select = this.#options.select?.[kind]
    const query = select === undefined ? '' : `?$select=${select.map(urlPart).join(',')}`
    let url: string | undefined = since ?? `${this.#base}/${collection}/delta${query}`
    const visited = new Set<string>()
    while (url !== undefined) {
      if (!this.#isOurs(url) || visited.has(url)) {
        const reason = visited.has(url)
          ? 'the next page was already read'
          : 'the next page is on another host, and was not read'
        yield {
          changes: [],
          failure: { outcome: 'refused', code: incompatible, reason, concerns: 'compliance' },
        }
        return
      }
      visited.add(url)
      const answer: Answer<object> = await this.#get(url, signal)
      if (answer.outcome !== 'done') {
        yield { changes: [], failure: answer }
        return
      }
      const items = readAttribute(answer.value, 'value')
      const next: string | undefined = linkIn(answer.value, '@odata.nextLink')
      const watermark = linkIn(answer.value, '@odata.deltaLink')
      yield {
        changes: (isList(items) ? items : []).map((item, at): SourceChange => {
          const change =
            kindOf(item) === 'object'
              ? graphChange(item as SourceRecord, since === undefined ? 'parts' : true)
              : undefined
          return (
            change ?? { type: 'faulty', at: `item ${at + 1} of a page of ${collection}`, diagnostics: [] }
          )
        }),
        ...(watermark === undefined ? {} : { watermark }),
      }
      url = next
    }
  }

  async get(kind: string, id: string, signal?: AbortSignal): Promise<Answer<SourceRecord>> {
    const collection = Object.hasOwn(this.#collections, kind) ? this.#collections[kind] : undefined
    if (collection === undefined)
      return { outcome: 'gone', code: 'InvalidAnchor', reason: `${this.name} has no collection for ${kind}` }
    const select = this.#options.select?.[kind]
    const query = select === undefined ? '' : `?$select=${select.map(urlPart).join(',')}`
    const answer = await this.#get(`${this.#base}/${collection}/${urlPart(id)}${query}`, signal)
    return answer.outcome === 'done' ? done(answer.value as SourceRecord) : answer
  }

  shape(kind: string, record: SourceRecord): SourceRecord {
    return this.#options.shape?.(kind, record) ?? record
  }

  async close(): Promise<void> {}

  get #collections(): Readonly<Record<string, string>> {
    return this.#options.collections ?? { User: 'users', Group: 'groups' }
  }

  #isOurs(url: string): boolean {
    return URL.canParse(url) && new URL(url).origin === new URL(this.#base).origin
  }

  /** Requests a page or an object; tries again if the service is busy. */
  async #get(url: string, signal?: AbortSignal): Promise<Answer<object>> {
    const sleep = this.#options.sleep ?? ((milliseconds) => pause(milliseconds, undefined))
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#ask(url, signal)
      const after = answer.outcome === 'retry' ? (answer.after ?? 1000 * 2 ** attempt) : undefined
      if (after === undefined || after > LONGEST_WAIT || attempt === ATTEMPTS || signal?.aborted === true)
        return answer
      await sleep(after)
    }
  }

  async #ask(url: string, signal?: AbortSignal): Promise<Answer<object>> {
    const what = `GET ${new URL(url).pathname}`
    const fail = (
      outcome: Failure['outcome'],
      code: Failure['code'],
      reason: string,
      more: Partial<Failure> = {},
    ): Failure => ({
      outcome,
      code,
      reason: `${what}: ${reason}`,
      ...more,
    })
    const timeout = AbortSignal.timeout(this.#options.requestTimeout ?? 60_000)
    let response: Response
    let text: string | undefined
    try {
      response = await (this.#options.fetch ?? fetch)(url, {
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
        headers: { accept: 'application/json', authorization: `Bearer ${await this.#options.token()}` },
      })
      text = await textOfResponse(response)
    } catch (error) {
      return timeout.aborted
        ? fail('retry', 'Timeout', 'no answer in time')
        : fail('retry', 'WebExceptionProtocolError', connectionFault(error, url).reason)
    }
    const { status } = response
    if (status === 429 || status >= 500)
      return fail('retry', status === 429 ? 'TooManyRequests' : 'InternalServerError', `answered ${status}`, {
        after: retryAfter(response.headers.get('retry-after')),
      })
    if (status === 401 || status === 403)
      return fail('refused', status === 401 ? 'Unauthorized' : 'InsufficientRights', `answered ${status}`, {
        concerns: 'credentials',
      })
    if (status === 404 || status === 410) return fail('gone', 'InvalidAnchor', `answered ${status}`)
    if (status >= 300) return fail('refused', 'WebExceptionProtocolError', `answered ${status}`)
    const value = text === undefined ? undefined : parsed(text)
    return value === undefined
      ? fail('refused', incompatible, 'the answer is not a JSON object', { concerns: 'compliance' })
      : done(value)
  }
}

const parsed = (text: string): object | undefined => {
  try {
    const value = readJson(text)
    return kindOf(value as Value) === 'object' ? (value as object) : undefined
  } catch (error) {
    return error instanceof TooDeep ? withoutDeepItems(JSON.parse(text)) : undefined
  }
}

/** A page with null for each item that is nested too deeply; undefined for another answer. */
const withoutDeepItems = (page: unknown): object | undefined => {
  const items = isJsonObject(page) ? readAttribute(page, 'value') : null
  if (!isJsonObject(page) || !isList(items)) return undefined
  const readable = (item: Value): Value => {
    try {
      return readJson(JSON.stringify(item)) as Value
    } catch {
      return null
    }
  }
  return { ...page, value: items.map(readable) }
}

const linkIn = (page: object, name: string): string | undefined => {
  const link = readAttribute(page, name)
  return typeof link === 'string' && link !== '' ? link : undefined
}
