import type { Client, Control, Entry, Filter, SearchOptions, SearchResult } from 'ldapts'
import { type Answer, done, type ErrorCode, type Failure, FailureError, incompatible } from '../answer.js'
import { MissingDriver } from '../missing-driver.js'
import { isWithin, sameDn } from './dn.js'
import { allOf, firstOf, isBinary, readEntry } from './entry.js'

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

/** constraintViolation; directories also answer it if a value must be unique and is not. */
const CONSTRAINT = 19
/** unwillingToPerform. */
const UNWILLING = 53

/** The names of result codes in RFC 4511, and their outcomes. */
const results: Readonly<
  Record<number, readonly [name: string, Failure['outcome'], ErrorCode, Partial<Failure>?]>
> = {
  3: ['timeLimitExceeded', 'retry', 'Timeout'],
  10: ['referral', 'refused', 'NotImplemented'],
  11: ['adminLimitExceeded', 'retry', 'TooManyRequests'],
  16: ['noSuchAttribute', 'refused', 'SchemaAttributeNotFound'],
  17: ['undefinedAttributeType', 'refused', 'SchemaAttributeNotFound'],
  [CONSTRAINT]: ['constraintViolation', 'refused', 'UnprocessableEntity'],
  20: ['attributeOrValueExists', 'conflict', 'EntryConflict'],
  21: ['invalidAttributeSyntax', 'refused', 'UnprocessableEntity'],
  32: ['noSuchObject', 'gone', 'InvalidAnchor'],
  34: ['invalidDNSyntax', 'refused', 'UnprocessableEntity'],
  49: ['invalidCredentials', 'refused', 'Unauthorized', { concerns: 'credentials' }],
  50: ['insufficientAccessRights', 'refused', 'InsufficientRights'],
  51: ['busy', 'retry', 'TooManyRequests'],
  52: ['unavailable', 'retry', 'InternalServerError'],
  [UNWILLING]: ['unwillingToPerform', 'refused', 'UnprocessableEntity'],
  64: ['namingViolation', 'refused', 'UnprocessableEntity'],
  65: ['objectClassViolation', 'refused', 'MandatoryFieldsMissing'],
  66: ['notAllowedOnNonLeaf', 'refused', 'UnprocessableEntity'],
  68: ['entryAlreadyExists', 'conflict', 'EntryConflict'],
  69: ['objectClassModsProhibited', 'refused', 'UnprocessableEntity'],
}

const unknownResult = ['result code', 'refused', 'UnprocessableEntity'] as const

/** What the texts of OpenLDAP, 389 Directory Server and Active Directory about a password mean. */
const passwordRules: readonly (readonly [RegExp, string])[] = [
  [/too short|minimum length|password length/i, 'it is too short'],
  [/history|reuse|already used/i, 'it was used before'],
  [/too young|minimum age|recently changed|within minimum/i, 'it was changed too recently'],
  [/quality|complex|trivial|syntax|restrictions/i, 'it is not complex enough'],
]

/** Whether a directory refuses a password by its policy. */
const refusesPassword = (code: number, message: string): boolean =>
  (code === CONSTRAINT || code === UNWILLING) && /password|\bpasswd\b|0000052d/i.test(message)

/**
 * What a refusal means, in words: the directory's own text may quote values.
 * @returns '' if the text tells nothing more than the result code
 */
const meaningOf = (code: number, message: string): string => {
  if (refusesPassword(code, message)) {
    const rule = passwordRules.find(([text]) => text.test(message))
    return `; the password policy refuses the password${rule === undefined ? '' : `: ${rule[1]}`}`
  }
  const named = /requires attribute '([\w;-]+)'|attribute '([\w;-]+)' not allowed|^([A-Za-z][\w;-]*): /.exec(
    message,
  )
  const attribute = named?.slice(1).find((one) => one !== undefined)
  return attribute === undefined ? '' : `; it names the attribute ${attribute}`
}

/** Whether a directory refuses a value that another entry has. */
const isTaken = (code: number, message: string): boolean =>
  code === CONSTRAINT &&
  !refusesPassword(code, message) &&
  /not unique|already|in use|000021c[78]/i.test(message)

/** The failure for a directory that breaks the protocol: nothing more is written. */
const broken = (reason: string): Failure => ({ ...incompatible(reason), concerns: 'compliance' })

/** The number of entries on a page of a search. */
const PAGE = 500

/** How many empty pages may follow each other. */
const MOST_EMPTY_PAGES = 1000

/** What ldapts knows of an answer before it decides whether a paged search goes on. */
interface Received {
  readonly searchEntries?: readonly unknown[]
  readonly searchReferences?: { readonly uris: readonly string[] }[]
  readonly controls?: readonly { readonly value?: { readonly cookie?: Buffer } }[]
}

/**
 * Makes a client go on after an empty page with a cookie, which Active Directory may send in the middle of a search
 * (RFC 2696). ldapts 8 ends the search there, as if there were no more entries.
 */
const goingOn = (client: Client): Client => {
  const sender = client as unknown as { _send?: (message: unknown) => Promise<Received> }
  const send = sender._send?.bind(client)
  if (send !== undefined)
    sender._send = async (message) => {
      const received = await send(message)
      const hasMore = received?.controls?.some(({ value }) => (value?.cookie?.length ?? 0) > 0) === true
      // It goes on after a page with a reference; this one refers to nothing.
      if (hasMore && received.searchEntries?.length === 0) received.searchReferences?.push({ uris: [] })
      return received
    }
  return client
}

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
    const client = goingOn(
      new driver.Client({
        url,
        timeout: this.requestTimeout,
        connectTimeout: this.requestTimeout,
        ...(trustAnyCertificate === true ? { tlsOptions: { rejectUnauthorized: false } } : {}),
      }),
    )
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

  /**
   * The pages of a search, as they arrive; the last one may be a failure. Attributes have the names that were
   * requested, and all their values.
   */
  async *pages(
    what: string,
    base: string,
    options: (driver: LdapDriver) => SearchOptions,
    control?: (driver: LdapDriver) => Control,
  ): AsyncGenerator<Answer<readonly Entry[]>> {
    const opened = await this.ask(what, false, async (client, driver) => {
      const wanted = options(driver)
      const requested = wanted.attributes ?? []
      const search = {
        paged: { pageSize: PAGE },
        explicitBufferAttributes: requested.filter(isBinary),
        ...wanted,
      }
      const results = client.searchPaginated(base, search, control?.(driver))[Symbol.asyncIterator]()
      return { results, requested, scope: wanted.scope }
    })
    if (opened.outcome !== 'done') {
      yield opened
      return
    }
    const { results, requested, scope } = opened.value
    /** The first entry of each page: a directory that returns one again would never come to an end. */
    const begun = new Set<string>()
    let empty = 0
    for (;;) {
      const page = await this.ask(what, false, () => results.next())
      if (page.outcome !== 'done') {
        yield page
        return
      }
      if (page.value.done === true) return
      const found = page.value.value.searchEntries
      const strange = found.find(({ dn }) =>
        scope === 'base' && base !== '' ? !sameDn(String(dn), base) : !isWithin(String(dn), base),
      )
      const [first] = found
      if (strange !== undefined) {
        yield broken(`${what}: the directory returned an entry outside the base of the search`)
        return
      }
      if (first !== undefined && begun.has(first.dn)) {
        yield broken(`${what}: the directory returned a page of the search again`)
        return
      }
      if (first !== undefined) begun.add(first.dn)
      empty = first === undefined ? empty + 1 : 0
      if (empty > MOST_EMPTY_PAGES) {
        yield broken(`${what}: the directory returned ${empty} empty pages of the search`)
        return
      }
      const entries: Entry[] = []
      for (const one of found) {
        const entry = await this.#complete(what, one, requested)
        if (entry.outcome !== 'done') {
          yield entry
          return
        }
        entries.push(entry.value)
      }
      yield done(entries)
    }
  }

  /** An entry under the requested names, with all values of attributes of which the directory returned a part. */
  async #complete(what: string, found: Entry, requested: readonly string[]): Promise<Answer<Entry>> {
    const { entry, ranges } = readEntry(found, requested)
    for (const { attribute, next } of ranges) {
      const values = [...allOf(entry[attribute])]
      for (let from: number | undefined = next; from !== undefined; ) {
        const name: string = `${attribute};range=${from}-*`
        const answer: Answer<SearchResult> = await this.ask(what, false, (client) =>
          client.search(entry.dn, {
            scope: 'base',
            attributes: [name],
            explicitBufferAttributes: isBinary(attribute) ? [attribute] : [],
          }),
        )
        if (answer.outcome !== 'done') return answer
        const [more] = answer.value.searchEntries.map((one) => readEntry(one, [attribute]))
        const [range] = more?.ranges ?? []
        if (range !== undefined && range.next <= from)
          return broken(`${what}: the directory returned a part of ${attribute} again`)
        values.push(...allOf(more?.entry[attribute]))
        from = range?.next
      }
      entry[attribute] = values as Entry[string]
    }
    return done(entry)
  }

  /** All entries that a search finds. */
  async all(
    what: string,
    base: string,
    options: (driver: LdapDriver) => SearchOptions,
    control?: (driver: LdapDriver) => Control,
  ): Promise<Answer<readonly Entry[]>> {
    const found: Entry[] = []
    for await (const page of this.pages(what, base, options, control)) {
      if (page.outcome !== 'done') return page
      found.push(...page.value)
    }
    return done(found)
  }

  /**
   * The entry with an identifier below a base; undefined if there is none.
   * @param attributes the attributes to read besides the anchor
   */
  async entryOf(
    what: string,
    id: string,
    base: string,
    attributes: readonly string[] = [],
  ): Promise<Answer<Entry | undefined>> {
    const answer = await this.all(what, base, (driver) => ({
      scope: 'sub',
      filter: this.byId(id, driver),
      attributes: [...new Set([...attributes, this.anchor])],
    }))
    if (answer.outcome !== 'done') return answer
    const [entry, ...others] = answer.value
    if (others.length > 0 || (entry !== undefined && this.idOf(entry).toLowerCase() !== id.toLowerCase()))
      return broken(`${what}: the directory returned another entry than the one with this ${this.anchor}`)
    return done(entry)
  }

  /**
   * The entry with a name; undefined if there is none.
   * @param attributes the attributes to read besides the anchor
   */
  async entryAt(
    what: string,
    dn: string,
    attributes: readonly string[] = [],
  ): Promise<Answer<Entry | undefined>> {
    const answer = await this.all(what, dn, () => ({
      scope: 'base',
      attributes: [...new Set([...attributes, this.anchor])],
    }))
    if (answer.outcome === 'gone') return done(undefined)
    return answer.outcome === 'done' ? done(answer.value[0]) : answer
  }

  #failureOf(what: string, error: unknown, mayHaveWritten: boolean, bound: boolean): Failure {
    if (error instanceof MissingDriver) throw error
    if (error instanceof FailureError) return error.failure
    const driver = this.#driver
    const refusal = driver !== undefined && error instanceof driver.ResultCodeError ? error : undefined
    if (refusal === undefined || !bound) {
      const lost = this.#client
      this.#client = undefined
      void lost?.then((client) => client.unbind()).catch(() => undefined)
    }
    if (refusal !== undefined) {
      const { code: result, message } = refusal
      const [name, outcome, code, more = {}] = results[result] ?? unknownResult
      const reason = `${what}: ${name} (${result})${meaningOf(result, message)}`
      return isTaken(result, message)
        ? { outcome: 'conflict', code: 'EntryConflict', reason }
        : { outcome, code, reason, ...more }
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

  /** A filter for entries with an object class. In Active Directory computers are users, too; they are left out. */
  ofClass(objectClass: string, driver: LdapDriver): Filter {
    const filter = equal(driver, 'objectClass', objectClass)
    return this.anchor === 'objectGUID' && objectClass.toLowerCase() === 'user'
      ? new driver.AndFilter({ filters: [filter, equal(driver, 'objectCategory', 'person')] })
      : filter
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    await client?.unbind().catch(() => undefined)
  }
}

/** A filter for entries with a value; bytes are sent unchanged. */
export const equal = ({ EqualityFilter }: LdapDriver, attribute: string, value: string | Buffer): Filter =>
  new EqualityFilter({ attribute, value } as ConstructorParameters<typeof EqualityFilter>[0])
