import { readAttribute } from '../values/record.js'
import { textOfResponse, withoutSecrets } from './http.js'

/** OAuth 2.0 client credentials. */
export interface ClientCredentials {
  /** The address of the token endpoint. */
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope?: string
  /** Default: the platform's `fetch`. */
  readonly fetch?: typeof fetch
  /** Epoch milliseconds. Default: the platform's clock. */
  readonly now?: () => number
}

/** The token endpoint refused, or did not return a token. The message contains no secret. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
}

/** A token is renewed this many milliseconds before it expires. */
const EARLY = 60_000

/**
 * Returns a function that gets a token by the client credentials grant (RFC 6749, 4.4). It returns the same
 * token while that is valid, and rejects with a {@link TokenError}.
 */
export const clientCredentials = (options: ClientCredentials): (() => Promise<string>) => {
  const now = options.now ?? Date.now
  let current: { readonly token: string; readonly until: number } | undefined
  let pending: Promise<string> | undefined
  const renew = async (): Promise<string> => {
    const { tokenUrl, clientId, clientSecret, scope } = options
    const host = new URL(tokenUrl).host
    let response: Response
    let text: string | undefined
    try {
      response = await (options.fetch ?? fetch)(tokenUrl, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(30_000),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          ...(scope === undefined ? {} : { scope }),
        }),
      })
      text = await textOfResponse(response)
    } catch {
      throw new TokenError(`the token endpoint ${host} does not answer`)
    }
    const body = parsed(response.ok ? (text ?? '') : withoutSecrets(text ?? '', [clientSecret]))
    const token = body === undefined ? null : readAttribute(body, 'access_token')
    if (body === undefined || !response.ok || typeof token !== 'string') {
      const error = body === undefined ? null : readAttribute(body, 'error')
      const why = typeof error === 'string' && /^[\w.]{1,60}$/.test(error) ? ` (${error})` : ''
      throw new TokenError(`the token endpoint ${host} answered ${response.status}${why} without a token`)
    }
    const seconds = Number(readAttribute(body, 'expires_in') ?? 300)
    current = { token, until: now() + (Number.isFinite(seconds) ? seconds : 300) * 1000 }
    return token
  }
  return () => {
    if (current !== undefined && now() < current.until - EARLY) return Promise.resolve(current.token)
    pending ??= renew().finally(() => {
      pending = undefined
    })
    return pending
  }
}

const parsed = (text: string): object | undefined => {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
