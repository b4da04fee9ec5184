import { exactJson } from '../values/exact-json.js'
import { connectionFault, textOfResponse, withoutSecrets } from './http.js'

/** How to send uploads to a bulkUpload endpoint. */
export interface BulkClientOptions {
  /** The whole address, which ends in `/bulkUpload`. */
  readonly url: string
  readonly token: string
  /** Requests per `window` milliseconds. Default 40 in 5,000, as Microsoft documents. */
  readonly requests?: number
  readonly window?: number
  /** Milliseconds a request may take. Default 30,000. */
  readonly requestTimeout?: number
  /** How often to try a request that is not answered, or answered with 429 or 5xx. Default 8. */
  readonly attempts?: number
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly signal?: AbortSignal
  readonly fetch?: typeof fetch
}

/** The outcome of an upload. Trying again does not help after `refused`. */
export type BulkAnswer =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused' | 'unreachable'; readonly reason: string }

/**
 * Sends bulk requests, no faster than the service accepts them. Sending one twice does no harm: the service
 * determines what changed.
 */
export class BulkClient {
  readonly #options: BulkClientOptions
  #recent: number[] = []

  constructor(options: BulkClientOptions) {
    this.#options = options
  }

  async send(operations: readonly object[]): Promise<BulkAnswer> {
    const { attempts = 8, now, sleep, signal } = this.#options
    const body = exactJson({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: operations,
      failOnErrors: null,
    })
    let reason = 'no answer'
    for (let attempt = 1; attempt <= attempts && signal?.aborted !== true; attempt++) {
      await this.#turn()
      this.#recent.push(now())
      const answer = await this.#post(body)
      if (answer.outcome !== 'again') return answer
      reason = answer.reason
      await sleep(answer.wait ?? Math.min(60_000, 500 * 2 ** attempt))
    }
    return { outcome: 'unreachable', reason }
  }

  /** Waits until the limit allows one more request. */
  async #turn(): Promise<void> {
    const { requests = 40, window = 5000, now, sleep } = this.#options
    for (;;) {
      this.#recent = this.#recent.filter((at) => at > now() - window)
      const [first] = this.#recent
      if (first === undefined || this.#recent.length < requests) return
      await sleep(Math.max(1, first + window - now()))
    }
  }

  async #post(
    body: string,
  ): Promise<BulkAnswer | { readonly outcome: 'again'; readonly reason: string; readonly wait?: number }> {
    const { url, token, requestTimeout = 30_000, signal } = this.#options
    const timeout = AbortSignal.timeout(requestTimeout)
    let response: Response
    try {
      response = await (this.#options.fetch ?? fetch)(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        body,
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      })
    } catch (error) {
      const reason = timeout.aborted ? 'no answer in time' : connectionFault(error, url).reason
      return { outcome: 'again', reason }
    }
    const text = withoutSecrets((await textOfResponse(response).catch(() => '')) ?? '', [token]).slice(0, 500)
    if (response.status === 202 || response.status === 200) return { outcome: 'accepted' }
    if (response.status === 429 || response.status >= 500) {
      const seconds = Number(response.headers.get('retry-after') ?? '')
      const wait = seconds > 0 ? { wait: Math.min(3_600_000, seconds * 1000) } : {}
      return { outcome: 'again', reason: `answered ${response.status}`, ...wait }
    }
    return { outcome: 'refused', reason: `answered ${response.status}${text === '' ? '' : `: ${text}`}` }
  }
}
