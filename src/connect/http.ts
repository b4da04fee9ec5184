import { REDACTED } from '../values/redacted.js'

/** The most characters that are read of an answer. */
const LONGEST_ANSWER = 16 * 1024 * 1024

/**
 * The wait that the header `Retry-After` asks for (seconds, or a date), in milliseconds. At most an hour; a
 * second without the header.
 */
export const retryAfter = (header: string | null): number => {
  const seconds = Number(header ?? '')
  if (header !== null && header.trim() !== '' && Number.isFinite(seconds))
    return Math.min(3_600_000, Math.max(0, seconds * 1000))
  const date = Date.parse(header ?? '')
  return Number.isNaN(date) ? 1000 : Math.min(3_600_000, Math.max(0, date - Date.now()))
}

/** The body of an answer; undefined if it is longer than 16 MiB. */
export const textOfResponse = async (response: Response): Promise<string | undefined> => {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done: ended, value } = await reader.read()
    if (ended) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length > LONGEST_ANSWER) {
      await reader.cancel()
      return undefined
    }
  }
}

/**
 * A text of a server without secrets that were sent to it, in any case and also escaped as JSON: an error may
 * repeat the request.
 */
export const withoutSecrets = (text: string, secrets: readonly (string | undefined)[]): string => {
  const forms = secrets.flatMap((secret = '') => [secret, JSON.stringify(secret).slice(1, -1)])
  return forms
    .filter((form) => form !== '')
    .reduce((rest, form) => {
      const literal = form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
      return rest.replaceAll(new RegExp(literal, 'gi'), () => REDACTED)
    }, text)
}

/** Errors of a connection that was never established: the request was not sent. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|bad port|CERT_.*|.*_CERT.*|UNABLE_TO_.*)$/

/** Why a request got no answer. */
export interface ConnectionFault {
  /** The host and the code of the error, for people. */
  readonly reason: string
  /** Whether the request may have arrived. */
  readonly sent: boolean
}

/** The fault behind a rejected `fetch`. @param url the requested URL */
export const connectionFault = (error: unknown, url: string): ConnectionFault => {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } }
  const code = [cause?.code, cause?.message].find((one) => typeof one === 'string' && one !== '')
  const sent = code === undefined || !NEVER_SENT.test(String(code))
  const { host } = new URL(url)
  return {
    reason: `${sent ? `the connection to ${host} was cut` : `no connection to ${host}`}${code === undefined ? '' : ` (${String(code)})`}`,
    sent,
  }
}
