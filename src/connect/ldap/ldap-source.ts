import type { Entry, Filter, SearchOptions } from 'ldapts'
import type { SourceRecord } from '../../values/record.js'
import { type Answer, done, type Failure, FailureError } from '../answer.js'
import type { RemovedReason, Source, SourceChange, SourcePage } from '../source.js'
import { changeReaders, type Found, type LdapChanges } from './changes.js'
import { LdapConnection, type LdapConnectionOptions, type LdapDriver } from './connection.js'
import { allOf } from './entry.js'
import { usualReferences } from './references.js'

export type { LdapChanges } from './changes.js'

/** Which entries are objects of a kind. */
export interface LdapSourceKind {
  /** Their object class. */
  readonly objectClass: string
  /** The base for these entries. Default: that of the source. */
  readonly base?: string
}

/** How to read a directory as a source. */
export interface LdapSourceOptions extends LdapConnectionOptions {
  /** The name of the entry below which entries are read. */
  readonly base: string
  /** The entries of each kind, by source object name. */
  readonly objects: Readonly<Record<string, LdapSourceKind>>
  /** The attributes that the mapping of a kind reads. */
  readonly attributes: (kind: string) => readonly string[]
  /** How changes are found. Default: every read returns everything, and a missing entry is gone. */
  readonly changes?: LdapChanges
  /** Where OpenLDAP or another server keeps its log. Default `cn=accesslog` or `cn=changelog`. */
  readonly logBase?: string
  /** Without `changes`: the meaning of a missing entry. Default `hardDeleted`. */
  readonly missing?: RemovedReason | 'ignore'
  /**
   * Attributes that contain the names of other entries; their values become identifiers. Default: manager,
   * member and similar ones.
   */
  readonly references?: readonly string[]
  /**
   * Returns an object with the attribute names that the mapping reads. Default: the names of the directory.
   */
  readonly shape?: (kind: string, record: SourceRecord) => SourceRecord
}

/** How many names of other entries are cached. */
const MOST_NAMES = 100_000

/**
 * An LDAP directory as a source. Objects are identified by the anchor, so that a rename or a move is a change. Binary values are Base64; names of other entries become their identifiers.
 */
export class LdapSource implements Source {
  readonly name: string
  readonly reads: 'everything' | 'changes'
  readonly missing: RemovedReason | 'ignore'
  readonly #options: LdapSourceOptions
  readonly #connection: LdapConnection
  readonly #references: ReadonlySet<string>
  /** Identifiers by the lower-case names of entries; undefined for an entry that does not exist. */
  readonly #ids = new Map<string, string | undefined>()

  constructor(options: LdapSourceOptions) {
    this.#options = options
    this.#connection = new LdapConnection('LDAP sources', options)
    this.reads = options.changes === undefined ? 'everything' : 'changes'
    this.missing = options.missing ?? 'hardDeleted'
    this.name = new URL(options.url).host
    this.#references = new Set((options.references ?? usualReferences).map((name) => name.toLowerCase()))
  }

  async probe(): Promise<Answer<void>> {
    const answer = await this.#connection.ask('read of the base', false, (client) =>
      client.search(this.#options.base, { scope: 'base', attributes: ['1.1'] }),
    )
    return answer.outcome === 'done' ? done(undefined) : { ...answer, ...badBase(answer) }
  }

  async *read(kind: string, since?: string, signal?: AbortSignal): AsyncGenerator<SourcePage> {
    try {
      yield* this.#read(kind, since, signal)
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
      yield { changes: [], failure: error.failure }
    }
  }

  async *#read(kind: string, since?: string, signal?: AbortSignal): AsyncGenerator<SourcePage> {
    const entries = this.#kind(kind)
    if (entries === undefined) return
    this.#ids.clear()
    const { changes } = this.#options
    if (changes === undefined) {
      yield* this.#everything(kind, entries, signal)
      return
    }
    const reader = changeReaders[changes]({
      connection: this.#connection,
      base: entries.base ?? this.#options.base,
      objectClass: entries.objectClass,
      logBase: this.#options.logBase,
      search: (filter) => this.#search(kind, entries, filter),
    })
    if (since === undefined) {
      // Changes made during the complete read are read again the next time.
      const mark = await reader.mark()
      if (mark.outcome !== 'done') {
        yield { changes: [], failure: mark }
        return
      }
      for await (const page of this.#everything(kind, entries, signal)) {
        yield page
        if (page.failure !== undefined) return
      }
      yield { changes: [], watermark: mark.value }
      return
    }
    for await (const page of reader.read(since)) {
      if (signal?.aborted === true) return
      if (page.outcome !== 'done') {
        yield { changes: [], failure: page }
        return
      }
      yield { changes: await this.#changes(page.value.found), watermark: page.value.mark }
    }
  }

  async *#everything(
    kind: string,
    entries: LdapSourceKind,
    signal?: AbortSignal,
  ): AsyncGenerator<SourcePage> {
    for await (const page of this.#search(kind, entries)) {
      if (signal?.aborted === true) return
      if (page.outcome !== 'done') {
        yield { changes: [], failure: page }
        return
      }
      yield { changes: await this.#changes(page.value.map((entry) => ({ entry }))) }
    }
  }

  #kind(kind: string): LdapSourceKind | undefined {
    const { objects } = this.#options
    return Object.hasOwn(objects, kind) ? objects[kind] : undefined
  }

  /** The attributes to request; operational ones are returned only if named. */
  #attributes(kind: string): string[] {
    return [...new Set([...this.#options.attributes(kind), this.#connection.anchor])]
  }

  #search(
    kind: string,
    { objectClass, base }: LdapSourceKind,
    filter?: (driver: LdapDriver) => Filter,
  ): AsyncGenerator<Answer<readonly Entry[]>> {
    return this.#connection.pages('search', base ?? this.#options.base, (driver): SearchOptions => {
      const isOfKind = this.#connection.ofClass(objectClass, driver)
      return {
        scope: 'sub',
        filter:
          filter === undefined ? isOfKind : new driver.AndFilter({ filters: [isOfKind, filter(driver)] }),
        attributes: this.#attributes(kind),
      }
    })
  }

  async #changes(found: readonly Found[]): Promise<readonly SourceChange[]> {
    const changes: SourceChange[] = []
    for (const one of found) {
      if ('removed' in one) changes.push({ type: 'removed', id: one.removed, reason: 'hardDeleted' })
      else {
        const id = this.#connection.idOf(one.entry)
        changes.push(
          id === ''
            ? { type: 'faulty', at: `${one.entry.dn}: no ${this.#connection.anchor}`, diagnostics: [] }
            : { type: 'changed', id, record: await this.#record(one.entry) },
        )
      }
    }
    return changes
  }

  async #record(entry: Entry): Promise<SourceRecord> {
    const record: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    record.dn = entry.dn
    for (const [name, found] of Object.entries(entry)) {
      if (name === 'dn') continue
      const values = allOf(found).map((value) =>
        typeof value === 'string' ? value : value.toString('base64'),
      )
      const known = this.#references.has(name.toLowerCase()) ? await this.#idsOf(values) : values
      // A directory returns one value as a text and several as a list; an attribute without values is absent.
      if (known.length > 0) record[name] = known.length === 1 && !Array.isArray(found) ? known[0] : known
    }
    return record
  }

  /** The identifiers of the entries with these names; names without an entry are left out. */
  async #idsOf(names: readonly string[]): Promise<readonly string[]> {
    const ids: string[] = []
    for (const dn of names) {
      const key = dn.toLowerCase()
      if (!this.#ids.has(key)) {
        if (this.#ids.size >= MOST_NAMES) this.#ids.clear()
        this.#ids.set(key, await this.#idOf(dn))
      }
      const id = this.#ids.get(key)
      if (id !== undefined) ids.push(id)
    }
    return ids
  }

  /** The identifier of an entry; undefined if there is none, or if another server has it. */
  async #idOf(dn: string): Promise<string | undefined> {
    const answer = await this.#connection.entryAt('search of a reference', dn)
    if (answer.outcome === 'retry' || answer.outcome === 'unknown') throw new FailureError(answer)
    return answer.outcome === 'done' && answer.value !== undefined
      ? this.#connection.idOf(answer.value)
      : undefined
  }

  async get(kind: string, id: string): Promise<Answer<SourceRecord>> {
    const entries = this.#kind(kind)
    const gone: Failure = {
      outcome: 'gone',
      code: 'InvalidAnchor',
      reason: 'there is no entry with this identifier',
    }
    if (entries === undefined || id === '') return gone
    for await (const page of this.#search(kind, entries, (driver) => this.#connection.byId(id, driver))) {
      if (page.outcome !== 'done') return page
      const [entry] = page.value
      if (entry === undefined) continue
      try {
        return done(await this.#record(entry))
      } catch (error) {
        if (error instanceof FailureError) return error.failure
        throw error
      }
    }
    return gone
  }

  shape(kind: string, record: SourceRecord): SourceRecord {
    return this.#options.shape?.(kind, record) ?? record
  }

  close(): Promise<void> {
    return this.#connection.close()
  }
}

const badBase = (failure: Failure): Partial<Failure> =>
  failure.outcome === 'gone'
    ? { outcome: 'refused', reason: 'the base of the source is not in the directory' }
    : {}
