import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'
import {
  filterOperatorsResponse,
  functionsResponse,
  type ParseExpressionRequest,
  parseExpressionResponse,
} from '../graph/index.js'
import type { CycleReport } from '../provision/job.js'
import { type ResetScope, resetScopes } from '../provision/restart.js'
import type { JobState, JsonValue } from '../state/rows.js'
import { type StateStore, scanAll } from '../state/store.js'
import { readJson, TooDeep } from '../values/read-json.js'
import { jsonText } from '../values/text.js'
import { bulkProblem } from './bulk-upload.js'
import type { Inbox } from './inbox.js'
import { readLogPage, readLogQuery } from './log-query.js'
import { type OnDemandRequest, readOnDemand } from './on-demand.js'
import { parseRequestProblem } from './parse-request.js'
import { type AccessToken, permission, type Scope } from './tokens.js'

/** The job that is served, as the routes use it. */
export interface ServedJob {
  readonly store: StateStore
  readonly inbox: Inbox
  /** The schema as it is in the file. */
  schema(): Promise<string>
  /** Replaces the schema. Returns the messages of its errors; it is replaced only if there are none. */
  saveSchema(text: string): Promise<readonly string[]>
  start(): Promise<void>
  pause(): Promise<void>
  restart(scopes: readonly ResetScope[]): Promise<void>
  /** Checks whether the target accepts the credentials. Returns a reason if it does not. */
  validateCredentials(): Promise<string | undefined>
  /** Provisions an object now. Returns a reason if there is no such object. */
  provisionOnDemand(request: OnDemandRequest): Promise<CycleReport | string>
  /** Called when an upload waits in the inbox. */
  wake(): void
}

/** Limits of the service. The defaults are the latest ones that Microsoft documents. */
export interface ApiLimits {
  /** Bulk requests per `window` milliseconds. Default 40 in 5,000. */
  readonly requests?: number
  readonly window?: number
  /** Calls of `provisionOnDemand` per `onDemandWindow` milliseconds. Default 5 in 10,000. */
  readonly onDemand?: number
  readonly onDemandWindow?: number
  /** The largest body in bytes. Default 4 MiB. */
  readonly bodyBytes?: number
  /** Milliseconds in which a request must arrive. Default 30,000. */
  readonly requestTimeout?: number
}

/** The options of the API. */
export interface ApiOptions {
  readonly job: ServedJob
  readonly tokens: readonly AccessToken[]
  readonly limits?: ApiLimits
  readonly now?: () => number
  /** Certificate and private key in PEM: the API is then served only by HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

/** An answer that ends a request. */
class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'ResourceNotFound',
  405: 'MethodNotAllowed',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  500: 'InternalServerError',
}

const bodyOf = async (request: IncomingMessage, most: number): Promise<string> => {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(type)?.[1] ?? 'utf-8'
  if (!/^utf-?8$/i.test(charset)) throw new Refusal(400, 'The charset in Content-Type must be UTF-8.')
  if (encoding.toLowerCase() !== 'identity')
    throw new Refusal(400, 'The body must be sent without Content-Encoding.')
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > most) throw new Refusal(413, `The body has more than ${most} bytes.`, { connection: 'close' })
    pieces.push(piece)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))
  } catch {
    throw new Refusal(400, 'The body is not UTF-8.')
  }
}

/** The identifiers of a request: that of the service, and that of the client, which it may name in a header. */
interface RequestIds {
  readonly 'request-id': string
  readonly 'client-request-id': string
}

const requestIds = ({ headers }: IncomingMessage): RequestIds => {
  const id = randomUUID()
  const named = headers['client-request-id']
  const isNamed = typeof named === 'string' && /^[\w.:-]{1,128}$/.test(named)
  return { 'request-id': id, 'client-request-id': isNamed ? named : id }
}

/** The address of a request, as the client wrote it. A path that begins with two slashes would name a host. */
const urlOf = ({ url = '/', headers, socket }: IncomingMessage): URL => {
  const origin = `${socket instanceof TLSSocket ? 'https' : 'http'}://${headers.host}`
  const path = url.startsWith('/') ? url : `/${url}`
  return new URL((URL.canParse(origin) ? new URL(origin).origin : 'http://localhost') + path)
}

/** Refuses a path with an invalid escape. */
const checkPath = ({ pathname }: URL): void => {
  try {
    decodeURIComponent(pathname)
  } catch {
    throw new Refusal(400, 'The path contains % without a valid character code.')
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return readJson(text)
  } catch (error) {
    throw new Refusal(
      400,
      error instanceof TooDeep ? `In the body ${error.message}.` : 'The body is not JSON.',
    )
  }
}

const textBelow = (body: unknown, ...path: readonly string[]): string | undefined => {
  let value = body
  for (const step of path)
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Readonly<Record<string, unknown>>)[step]
        : undefined
  return typeof value === 'string' ? value : undefined
}

/** The job in the form of Graph's `synchronizationJob`. */
const jobJson = (state: JobState | undefined, waiting: number): unknown => ({
  id: state?.id ?? '',
  schedule: { interval: 'PT40M', state: state?.status === 'disabled' ? 'Disabled' : 'Active' },
  status: {
    code: state === undefined ? 'NotRun' : state.quarantine === null ? 'Active' : 'Quarantine',
    countSuccessiveCompleteFailures: state?.quarantine?.attempts ?? 0,
    quarantine:
      state?.quarantine == null
        ? null
        : {
            reason: state.quarantine.reason,
            currentBegan: new Date(state.quarantine.since).toISOString(),
            error: { message: state.quarantine.message },
          },
    lastSuccessfulExecution:
      state?.lastSuccess == null
        ? null
        : { timeEnded: new Date(state.lastSuccess).toISOString(), state: 'Succeeded' },
    progress: [
      { description: 'uploads that wait', completedUnits: 0, totalUnits: waiting, units: 'requests' },
    ],
  },
})

const jobPath = '/servicePrincipals/([^/]+)/synchronization/jobs/([^/]+)'

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly options: Required<Pick<ApiOptions, 'job'>> & { readonly limits: Required<ApiLimits> }
}

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly scope: Scope
  /** The limit that applies to the route. */
  readonly limited?: 'requests' | 'onDemand'
  run(
    call: Call,
  ): Promise<{ readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }>
}

const route = (rest: string): RegExp => new RegExp(`^(?:/v1\\.0|/beta)?${jobPath}${rest}$`)

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: route('/bulkUpload'),
    limited: 'requests',
    scope: 'SynchronizationData-User.Upload',
    run: async ({ request, options }) => {
      if (!/^application\/scim\+json\s*(?:;|$)/i.test(request.headers['content-type'] ?? ''))
        throw new Refusal(400, 'Content-Type must be application/scim+json.')
      const text = await bodyOf(request, options.limits.bodyBytes)
      const problem = bulkProblem(jsonOf(text))
      if (problem !== undefined) throw new Refusal(400, problem)
      await options.job.inbox.add(text)
      options.job.wake()
      // Before its first cycle a job has no identifier, and no records.
      const state = await options.job.store.transaction((tx) => tx.get('job', 'job'))
      const filter = state === undefined ? '' : `?$filter=${encodeURIComponent(`jobid eq '${state.id}'`)}`
      return { status: 202, headers: { location: `/auditLogs/provisioning/${filter}` } }
    },
  },
  {
    method: 'GET',
    path: route(''),
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ options: { job } }) => ({
      status: 200,
      body: jobJson(await job.store.transaction((tx) => tx.get('job', 'job')), await job.inbox.size()),
    }),
  },
  {
    method: 'GET',
    path: /^(?:\/v1\.0|\/beta)?\/servicePrincipals\/[^/]+\/synchronization\/jobs$/,
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ options: { job } }) => ({
      status: 200,
      body: {
        value: [jobJson(await job.store.transaction((tx) => tx.get('job', 'job')), await job.inbox.size())],
      },
    }),
  },
  {
    method: 'POST',
    path: route('/(?:microsoft\\.graph\\.)?start'),
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ options: { job } }) => {
      await job.start()
      return { status: 204 }
    },
  },
  {
    method: 'POST',
    path: route('/(?:microsoft\\.graph\\.)?pause'),
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ options: { job } }) => {
      await job.pause()
      return { status: 204 }
    },
  },
  {
    method: 'POST',
    path: route('/(?:microsoft\\.graph\\.)?restart'),
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ request, options: { job, limits } }) => {
      const text = await bodyOf(request, limits.bodyBytes)
      const asked = text.trim() === '' ? undefined : textBelow(jsonOf(text), 'criteria', 'resetScope')
      // Without criteria a restart evaluates everything again and ends escrow and quarantine (Graph's
      // documentation).
      const named = (asked ?? 'Watermark, Escrows, QuarantineState').split(',').map((one) => one.trim())
      const found = named.map((name) =>
        resetScopes.find((scope) => scope.toLowerCase() === name.toLowerCase()),
      )
      const unknown = named.find((_name, index) => found[index] === undefined)
      if (unknown !== undefined)
        throw new Refusal(400, `resetScope takes ${resetScopes.join(', ')}, not ${JSON.stringify(unknown)}.`)
      await job.restart(found as ResetScope[])
      return { status: 204 }
    },
  },
  {
    method: 'POST',
    path: route('/(?:microsoft\\.graph\\.)?validateCredentials'),
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ options: { job } }) => {
      const problem = await job.validateCredentials()
      if (problem !== undefined) throw new Refusal(400, problem)
      return { status: 204 }
    },
  },
  {
    method: 'POST',
    path: route('/(?:microsoft\\.graph\\.)?provisionOnDemand'),
    limited: 'onDemand',
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ request, options: { job, limits } }) => {
      const asked = readOnDemand(jsonOf(await bodyOf(request, limits.bodyBytes)))
      if (typeof asked === 'string') throw new Refusal(400, asked)
      const report = await job.provisionOnDemand(asked)
      if (typeof report === 'string') throw new Refusal(404, report)
      const records: JsonValue[] = []
      for await (const rows of scanAll(job.store, 'log', { prefix: [report.cycle] }))
        for (const row of rows) records.push(row.summary)
      return {
        status: 200,
        body: {
          key: 'Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo',
          value: jsonText(records),
        },
      }
    },
  },
  {
    method: 'GET',
    path: route('/schema'),
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ options: { job } }) => ({ status: 200, body: JSON.parse(await job.schema()) as unknown }),
  },
  {
    method: 'PUT',
    path: route('/schema'),
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ request, options: { job, limits } }) => {
      const text = await bodyOf(request, limits.bodyBytes)
      const problems = await job.saveSchema(text)
      if (problems.length > 0) throw new Refusal(400, problems.slice(0, 20).join(' '))
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: route('/schema/(?:microsoft\\.graph\\.)?functions(?:\\(\\))?'),
    scope: 'Synchronization.ReadWrite.All',
    run: async () => ({ status: 200, body: functionsResponse() }),
  },
  {
    method: 'GET',
    path: route('/schema/(?:microsoft\\.graph\\.)?filterOperators(?:\\(\\))?'),
    scope: 'Synchronization.ReadWrite.All',
    run: async () => ({ status: 200, body: filterOperatorsResponse() }),
  },
  {
    method: 'POST',
    path: route('/schema/(?:microsoft\\.graph\\.)?parseExpression'),
    scope: 'Synchronization.ReadWrite.All',
    run: async ({ request, options: { limits } }) => {
      const body = jsonOf(await bodyOf(request, limits.bodyBytes))
      const problem = parseRequestProblem(body)
      if (problem !== undefined) throw new Refusal(400, problem)
      return { status: 200, body: parseExpressionResponse(body as ParseExpressionRequest) }
    },
  },
  {
    method: 'GET',
    path: /^(?:\/v1\.0|\/beta)?\/auditLogs\/provisioning\/?$/,
    scope: 'ProvisioningLog.Read.All',
    run: async ({ url, options: { job } }) => {
      const query = readLogQuery(url.searchParams)
      if (typeof query === 'string') throw new Refusal(400, query)
      const { records, next } = await readLogPage(logOf(job.store), query)
      const link = new URL(url)
      if (next !== undefined) link.searchParams.set('$skiptoken', next)
      return {
        status: 200,
        body: {
          '@odata.context': `${url.origin}/v1.0/$metadata#auditLogs/provisioning`,
          ...(next === undefined ? {} : { '@odata.nextLink': link.href }),
          value: records,
        },
      }
    },
  },
]

/** Every record of the log, the oldest first. */
async function* logOf(store: StateStore): AsyncGenerator<JsonValue> {
  for await (const rows of scanAll(store, 'log', { index: 'byTime' }))
    for (const { summary } of rows) yield summary
}

/** An API that is being served. */
export interface ServedApi {
  readonly url: string
  close(): Promise<void>
}

/**
 * The service's HTTP API in the form of Graph: bulkUpload, the job, its schema, parseExpression, provisioning
 * logs. Uploads are stored on disk before the answer. Every request needs a bearer token with the required
 * scope.
 */
export const serveApi = async (options: ApiOptions, port: number, host = '127.0.0.1'): Promise<ServedApi> => {
  const { now = Date.now } = options
  const limits = {
    requests: 40,
    window: 5000,
    onDemand: 5,
    onDemandWindow: 10_000,
    bodyBytes: 4 * 1024 * 1024,
    requestTimeout: 30_000,
    ...options.limits,
  }
  const recent: Record<'requests' | 'onDemand', number[]> = { requests: [], onDemand: [] }
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    ids: RequestIds,
  ): Promise<void> => {
    const url = urlOf(request)
    const matching = routes.filter(({ path }) => path.test(url.pathname))
    if (matching.length === 0) throw new Refusal(404, 'There is no such resource.')
    const route = matching.find(({ method }) => method === request.method)
    if (route === undefined)
      throw new Refusal(405, `${url.pathname} takes ${matching.map(({ method }) => method).join(', ')}.`, {
        allow: matching.map(({ method }) => method).join(', '),
      })
    const allowed = permission(request.headers.authorization, route.scope, options.tokens)
    if (allowed === 401)
      throw new Refusal(401, 'The bearer token is missing or unknown.', { 'www-authenticate': 'Bearer' })
    if (allowed === 403) throw new Refusal(403, `The token lacks the permission ${route.scope}.`)
    const { limited } = route
    if (limited !== undefined) {
      const [most, window] =
        limited === 'requests' ? [limits.requests, limits.window] : [limits.onDemand, limits.onDemandWindow]
      const counted = recent[limited].filter((at) => at > now() - window)
      recent[limited] = counted
      if (counted.length >= most)
        throw new Refusal(429, `More than ${most} requests in ${window / 1000} seconds.`, {
          'retry-after': String(Math.max(1, Math.ceil(((counted[0] ?? now()) + window - now()) / 1000))),
        })
      counted.push(now())
    }
    checkPath(url)
    const {
      status,
      body,
      headers = {},
    } = await route.run({
      request,
      response,
      url,
      options: { job: options.job, limits },
    })
    response.writeHead(status, {
      ...ids,
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    })
    response.end(body === undefined ? undefined : jsonText(body))
  }
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const ids = requestIds(request)
    answer(request, response, ids).catch((error: unknown) => {
      const refusal =
        error instanceof Refusal ? error : new Refusal(500, 'The request could not be answered.')
      if (response.headersSent) return response.destroy()
      response.writeHead(refusal.status, {
        ...ids,
        ...refusal.headers,
        'content-type': 'application/json',
      })
      const date = new Date(now()).toISOString().slice(0, 19)
      response.end(
        JSON.stringify({
          error: {
            code: codes[refusal.status] ?? 'Error',
            message: refusal.message,
            innerError: { date, ...ids },
          },
        }),
      )
      return undefined
    })
  }
  const { tls } = options
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.requestTimeout = limits.requestTimeout
  server.headersTimeout = Math.min(limits.requestTimeout, 10_000)
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, done)
  })
  const address = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
