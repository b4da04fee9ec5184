import type { Client, Entry, Filter, SearchOptions } from 'ldapts'
import { type Answer, done, type ErrorCode, type Failure } from '../answer.js'
import { MissingDriver } from '../missing-driver.js'

/** How to reach an LDAP directory. */
export interface LdapConnectionOptions {
  /** `ldap://` or `ldaps://`, with the port if it is not the usual one. */
  readonly url: string
  readonly bindDn: string
  readonly password: string
  /** Whether the directory is Active Directory. Default false. */
  readonly activeDirectory?: boolean
  /**
   * The attribute that identifies an entry and never changes: `nsUniqueId` in 389 Directory Server. Default
   * `entryUUID`; Active Directory always uses `objectGUID`.
   */
  readonly anchor?: string
  /** Accept any certificate of an `ldaps:` server: for tests only. Default false. */
  readonly trustAnyCertificate?: boolean
  /** Milliseconds after which a request counts as unanswered. Default 30,000. */
  readonly requestTimeout?: number
}

/** The LDAP package. */
export type LdapDriver = typeof import('ldapts')

/** The outcomes of result codes of RFC 4511. */
const outcomes: Readonly<Record<number, readonly [Failure['outcome'], ErrorCode, Partial<Failure>?]>> = {
  3: ['retry', 'Timeout'],
  10: ['refused', 'NotImplemented'],
  11: ['retry', 'TooManyRequests'],
  16: ['refused', 'SchemaAttributeNotFound'],
  17: ['refused', 'SchemaAttributeNotFound'],
  19: ['refused', 'UnprocessableEntity'],
  20: ['conflict', 'EntryConflict'],
  21: ['refused', 'UnprocessableEntity'],
  32: ['gone', 'InvalidAnchor'],
  34: ['refused', 'UnprocessableEntity'],
  49: ['refused', 'Unauthorized', { concerns: 'credentials' }],
  50: ['refused', 'InsufficientRights'],
  51: ['retry', 'TooManyRequests'],
  52: ['retry', 'InternalServerError'],
  53: ['refused', 'UnprocessableEntity'],
  64: ['refused', 'UnprocessableEntity'],
  65: ['refused', 'MandatoryFieldsMissing'],
  68: ['conflict', 'EntryConflict'],
  69: ['refused', 'UnprocessableEntity'],
}

/** Ends an operation with a failure that is not an answer of the directory. */
export class LdapRefusal extends Error {
  override readonly name = 'LdapRefusal'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.reason)
    this.failure = failure
  }
}

/** The number of entries on a page of a search. */
const PAGE = 500

/** A bound connection to a directory. It is opened at first use, and again after it was lost. */
export class LdapConnection {
  /** The attribute that identifies an entry whatever its name. */
  readonly anchor: string
  readonly requestTimeout: number
  readonly #what: string
  readonly #options: LdapConnectionOptions
  #driver: LdapDriver | undefined
  #client: Promise<Client> | undefined

  /** @param what what needs the driver, for the message if it is missing: `LDAP targets` */
  constructor(what: string, options: LdapConnectionOptions) {
    this.#what = what
    this.#options = options
    this.anchor = options.activeDirectory === true ? 'objectGUID' : (options.anchor ?? 'entryUUID')
    this.requestTimeout = options.requestTimeout ?? 30_000
  }

  async #load(): Promise<LdapDriver> {
    this.#driver ??= await import('ldapts').catch(() => {
      throw new MissingDriver(this.#what, 'ldapts', '8')
    })
    return this.#driver
  }

  async #connect(): Promise<Client> {
    const driver = await this.#load()
    const { url, bindDn, password, trustAnyCertificate } = this.#options
    const client = new driver.Client({
      url,
      timeout: this.requestTimeout,
      connectTimeout: this.requestTimeout,
      ...(trustAnyCertificate === true ? { tlsOptions: { rejectUnauthorized: false } } : {}),
    })
    await client.bind(bindDn, password)
    return client
  }

  /**
   * Runs an operation on a bound connection, and returns the directory's answer.
   * @param what the operation in words, for the reason of a failure
   * @param writes whether it may have taken effect if no answer comes
   */
  async ask<T>(
    what: string,
    writes: boolean,
    run: (client: Client, driver: LdapDriver) => Promise<T>,
  ): Promise<Answer<T>> {
    let bound = false
    try {
      this.#client ??= this.#connect()
      const client = await this.#client
      bound = true
      return done(await run(client, await this.#load()))
    } catch (error) {
      return this.#failureOf(what, error, writes && bound, bound)
    }
  }

  /** The pages of a search, as they arrive; the last one may be a failure. */
  async *pages(
    what: string,
    base: string,
    options: (driver: LdapDriver) => SearchOptions,
  ): AsyncGenerator<Answer<readonly Entry[]>> {
    const opened = await this.ask(what, false, async (client, driver) => {
      const search = { paged: { pageSize: PAGE }, ...this.#binary(), ...options(driver) }
      return client.searchPaginated(base, search)[Symbol.asyncIterator]()
    })
    if (opened.outcome !== 'done') {
      yield opened
      return
    }
    for (;;) {
      const page = await this.ask(what, false, () => opened.value.next())
      if (page.outcome !== 'done') {
        yield page
        return
      }
      if (page.value.done === true) return
      yield done(page.value.value.searchEntries)
    }
  }

  /** All entries that a search finds. */
  async all(
    what: string,
    base: string,
    options: (driver: LdapDriver) => SearchOptions,
  ): Promise<Answer<readonly Entry[]>> {
    const found: Entry[] = []
    for await (const page of this.pages(what, base, options)) {
      if (page.outcome !== 'done') return page
      found.push(...page.value)
    }
    return done(found)
  }

  #binary(): Pick<SearchOptions, 'explicitBufferAttributes'> {
    return this.anchor === 'objectGUID' ? { explicitBufferAttributes: [this.anchor] } : {}
  }

  #failureOf(what: string, error: unknown, mayHaveWritten: boolean, bound: boolean): Failure {
    if (error instanceof MissingDriver) throw error
    if (error instanceof LdapRefusal) return error.failure
    const driver = this.#driver
    const refusal = driver !== undefined && error instanceof driver.ResultCodeError ? error : undefined
    if (refusal === undefined || !bound) {
      const lost = this.#client
      this.#client = undefined
      void lost?.then((client) => client.unbind()).catch(() => undefined)
    }
    if (refusal !== undefined) {
      const [outcome, code, more = {}] = outcomes[refusal.code] ?? ['refused', 'UnprocessableEntity']
      return { outcome, code, reason: `${what}: result code ${refusal.code}`, ...more }
    }
    return {
      outcome: mayHaveWritten ? 'unknown' : 'retry',
      code: 'WebExceptionProtocolError',
      reason: `${what}: the connection to ${new URL(this.#options.url).host} failed`,
    }
  }

  /** The identifier of an entry, the bytes of an objectGUID as hexadecimal digits; "" if it has none. */
  idOf(entry: Entry): string {
    const anchor = firstOf(entry[this.anchor])
    return typeof anchor === 'string' ? anchor : anchor.toString('hex')
  }

  /** A filter for an entry with this identifier. It is an object, so that no value is parsed as a filter. */
  byId(id: string, driver: LdapDriver): Filter {
    return equal(driver, this.anchor, this.anchor === 'objectGUID' ? Buffer.from(id, 'hex') : id)
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    await client?.unbind().catch(() => undefined)
  }
}

/** A filter for entries with a value; bytes are sent unchanged. */
export const equal = ({ EqualityFilter }: LdapDriver, attribute: string, value: string | Buffer): Filter =>
  new EqualityFilter({ attribute, value } as ConstructorParameters<typeof EqualityFilter>[0])

type Found = Entry[string] | undefined

/** The first value of an attribute; "" if it has none. */
export const firstOf = (found: Found): string | Buffer =>
  Array.isArray(found) ? (found[0] ?? '') : (found ?? '')

/** The values of an attribute. */
export const allOf = (found: Found): readonly (string | Buffer)[] =>
  Array.isArray(found) ? found : found === undefined ? [] : [found]
