import type { Change, Client, Entry, Filter } from 'ldapts'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { TargetObject } from '../../mapping/mapped-object.js'
import { textForm } from '../../values/text.js'
import type { Value } from '../../values/value.js'
import { type Answer, done, type Failure } from '../answer.js'
import type {
  MemberChange,
  Target,
  TargetAbilities,
  TargetChange,
  TargetEntry,
  TargetKey,
} from '../target.js'
import {
  allOf,
  equal,
  firstOf,
  LdapConnection,
  type LdapConnectionOptions,
  type LdapDriver,
  LdapRefusal,
} from './connection.js'
import { containerOf, entryDn, escapeDnValue, sameDn } from './dn.js'
import { usualReferences } from './references.js'

/** How to reach an LDAP directory, and how to create entries in it. */
export interface LdapTargetOptions extends LdapConnectionOptions {
  /** The name of the entry below which entries are searched. */
  readonly base: string
  /** The container of new entries. Default: the base. A mapped `parentDistinguishedName` overrides it. */
  readonly container?: string
  /** The naming attribute. Default `cn` in Active Directory, `uid` elsewhere. */
  readonly rdn?: string
  /** Default: those of a user of Active Directory, or inetOrgPerson. */
  readonly objectClasses?: readonly string[]
  /** The mappings whose objects are written, by target object name. */
  readonly mappings: ReadonlyMap<string, CompiledObjectMapping>
  /**
   * Target attributes that contain the names of other entries; here their values are identifiers. Default:
   * manager, member and similar ones.
   */
  readonly references?: readonly string[]
}

/** Attributes with a special meaning: they give the container of an entry, or are written in another form. */
const PARENT = 'parentDistinguishedName'
const DISABLED = 'accountDisabled'
const CONTROL = 'userAccountControl'
const PASSWORD = 'unicodePwd'
const NORMAL_ACCOUNT = 512
const ACCOUNT_DISABLED = 2

/**
 * The entry that an attribute refers to is not in the directory. The object is tried again; the reference is
 * never left out silently.
 */
const unresolved = (name: string): LdapRefusal =>
  new LdapRefusal({
    outcome: 'refused',
    code: 'InvalidAnchor',
    reason: `${name}: an entry that it refers to is not in the directory`,
  })

const texts = (value: Value): readonly string[] => {
  const form = typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : textForm(value)
  const all = form === null ? [] : typeof form === 'string' ? [form] : form
  return all.filter((text) => text !== '')
}

const isTrue = (value: Value): boolean =>
  value === true || (typeof value === 'string' && /^true$/i.test(value))

const withoutAnchor = (anchor: string): Failure => ({
  outcome: 'refused',
  code: 'SchemaAttributeNotFound',
  reason: `entries of the directory have no ${anchor}: name the attribute that identifies them as anchor`,
})

/**
 * An LDAP directory as a target. Entries are identified by the anchor, never by their names,
 * which change when they are renamed or moved. No value enters a name or filter unescaped.
 */
export class LdapTarget implements Target {
  readonly name: string
  readonly abilities: TargetAbilities
  readonly #options: LdapTargetOptions
  readonly #ad: boolean
  readonly #connection: LdapConnection
  readonly #rdn: string
  readonly #references: ReadonlySet<string>

  constructor(options: LdapTargetOptions) {
    this.#options = options
    this.#ad = options.activeDirectory ?? false
    this.#connection = new LdapConnection('LDAP targets', options)
    this.#rdn = options.rdn ?? (this.#ad ? 'cn' : 'uid')
    this.#references = new Set(options.references ?? usualReferences)
    this.name = new URL(options.url).host
    this.abilities = {
      membersPerRequest: 100,
      requestTimeout: this.#connection.requestTimeout,
      concurrency: 4,
    }
  }

  #names(kind: string): readonly string[] {
    const mapping = this.#options.mappings.get(kind)
    if (mapping === undefined) throw new RangeError(`the target has no mapping for ${kind}`)
    return mapping.attributes.map(({ mapping: one }) => one.targetAttributeName)
  }

  #isList(kind: string, name: string): boolean {
    return this.#options.mappings.get(kind)?.ends.target?.get(name)?.multivalued === true
  }

  #entry(kind: string, entry: Entry): TargetEntry {
    const values = new Map<string, Value>()
    for (const name of this.#names(kind)) {
      if (name === PARENT) values.set(name, containerOf(entry.dn))
      else if (name === DISABLED && this.#ad)
        values.set(name, (Number(firstOf(entry[CONTROL])) & ACCOUNT_DISABLED) !== 0)
      else if (!this.#references.has(name) && name !== PASSWORD) {
        const found = Object.hasOwn(entry, name) ? entry[name] : undefined
        const list = (Array.isArray(found) ? found : found === undefined ? [] : [found]).map((one) =>
          typeof one === 'string' ? one : one.toString('base64'),
        )
        values.set(name, this.#isList(kind, name) ? list : (list[0] ?? null))
      }
    }
    return { id: this.#connection.idOf(entry), values }
  }

  #attributes(kind: string): string[] {
    const named = this.#names(kind).filter(
      (name) => name !== PARENT && name !== DISABLED && name !== PASSWORD,
    )
    return [...new Set([...named, this.#connection.anchor, ...(this.#ad ? [CONTROL] : [])])]
  }

  async #search(kind: string, filter: Filter, client: Client): Promise<readonly Entry[]> {
    const { searchEntries } = await client.search(this.#options.base, {
      scope: 'sub',
      filter,
      attributes: this.#attributes(kind),
      paged: { pageSize: 500 },
      ...(this.#ad ? { explicitBufferAttributes: [this.#connection.anchor] } : {}),
    })
    return searchEntries
  }

  async probe(kind: string, key: TargetKey): Promise<Answer<void>> {
    const answer = await this.find(kind, key)
    if (answer.outcome !== 'done') return answer
    const { anchor } = this.#connection
    const base = await this.#connection.all('read of the base', this.#options.base, () => ({
      scope: 'base',
      attributes: [anchor],
    }))
    if (base.outcome !== 'done') return base
    const isIdentified = base.value.some((entry) => this.#connection.idOf(entry) !== '')
    return isIdentified ? done(undefined) : withoutAnchor(anchor)
  }

  async find(kind: string, { attribute, value }: TargetKey): Promise<Answer<readonly TargetEntry[]>> {
    const [text] = texts(value)
    if (text === undefined) return done([])
    const answer = await this.#connection.ask(`search by ${attribute}`, false, (client, driver) =>
      this.#search(kind, equal(driver, attribute, text), client),
    )
    if (answer.outcome === 'gone') return done([])
    return answer.outcome === 'done' ? done(answer.value.map((entry) => this.#entry(kind, entry))) : answer
  }

  async #find(kind: string, id: string): Promise<Answer<Entry>> {
    const answer = await this.#connection.ask('read', false, (client, driver) =>
      this.#search(kind, this.#connection.byId(id, driver), client),
    )
    if (answer.outcome !== 'done') return answer
    const [entry] = answer.value
    return entry === undefined
      ? { outcome: 'gone', code: 'InvalidAnchor', reason: 'read: there is no entry with this identifier' }
      : done(entry)
  }

  async read(kind: string, id: string): Promise<Answer<TargetEntry>> {
    const answer = await this.#find(kind, id)
    return answer.outcome === 'done' ? done(this.#entry(kind, answer.value)) : answer
  }

  /** The name of the entry with this identifier, of any kind; undefined if there is none. */
  async #dnOf(id: string, client: Client, driver: LdapDriver): Promise<string | undefined> {
    const { searchEntries } = await client.search(this.#options.base, {
      scope: 'sub',
      filter: this.#connection.byId(id, driver),
      attributes: ['1.1'],
    })
    return searchEntries[0]?.dn
  }

  /** The values written for an attribute: texts, names of entries, or bytes. */
  async #written(
    name: string,
    value: Value,
    client: Client,
    driver: LdapDriver,
  ): Promise<(string | Buffer)[]> {
    if (name === PASSWORD) return texts(value).map((text) => Buffer.from(`"${text}"`, 'utf16le'))
    if (!this.#references.has(name)) return [...texts(value)]
    const names = await Promise.all(texts(value).map((id) => this.#dnOf(id, client, driver)))
    if (names.includes(undefined)) throw unresolved(name)
    return names.filter((dn) => dn !== undefined)
  }

  async create(kind: string, values: ReadonlyMap<string, Value>): Promise<Answer<TargetEntry>> {
    const { container, base, objectClasses } = this.#options
    const [named] = texts(values.get(this.#rdn) ?? null)
    if (named === undefined)
      return {
        outcome: 'refused',
        code: 'MandatoryFieldsMissing',
        reason: `add: the mapping has no value for ${this.#rdn}, which names the entry`,
      }
    const parent = texts(values.get(PARENT) ?? null)[0] ?? container ?? base
    const dn = entryDn(this.#rdn, named, parent)
    const classes = this.#ad
      ? ['top', 'person', 'organizationalPerson', 'user']
      : ['top', 'person', 'organizationalPerson', 'inetOrgPerson']
    const added = await this.#connection.ask('add', true, async (client, driver) => {
      const { Attribute } = driver
      const attributes = [new Attribute({ type: 'objectClass', values: [...(objectClasses ?? classes)] })]
      const put = (type: string, written: (string | Buffer)[]): void => {
        if (written.length > 0) attributes.push(new Attribute({ type, values: written as string[] }))
      }
      for (const [name, value] of values) {
        if (name === PARENT || (name === DISABLED && this.#ad)) continue
        put(name, await this.#written(name, value, client, driver))
      }
      if (this.#ad && values.has(DISABLED)) {
        const bit = isTrue(values.get(DISABLED) ?? null) ? ACCOUNT_DISABLED : 0
        put(CONTROL, [String(NORMAL_ACCOUNT | bit)])
      }
      await client.add(dn, attributes)
    })
    if (added.outcome !== 'done') return added
    const read = await this.#connection.ask('read after add', false, async (client) => {
      const { searchEntries } = await client.search(dn, {
        scope: 'base',
        attributes: this.#attributes(kind),
        ...(this.#ad ? { explicitBufferAttributes: [this.#connection.anchor] } : {}),
      })
      return searchEntries[0]
    })
    // It was added; its identifier is found by its matching value.
    return read.outcome === 'done' && read.value !== undefined
      ? done(this.#entry(kind, read.value))
      : { outcome: 'unknown', code: 'InternalError', reason: 'add: the new entry could not be read' }
  }

  async update(
    kind: string,
    id: string,
    { values }: TargetChange,
  ): Promise<Answer<TargetObject | undefined>> {
    const found = await this.#find(kind, id)
    if (found.outcome !== 'done') return found
    const moved = await this.#move(found.value, values)
    if (moved.outcome !== 'done') return moved
    const answer = await this.#connection.ask('modify', true, async (client, driver) => {
      const { Attribute, Change: ChangeOf } = driver
      const changes: Change[] = []
      const replace = (type: string, written: (string | Buffer)[]): void => {
        const modification = new Attribute({ type, values: written as string[] })
        changes.push(new ChangeOf({ operation: 'replace', modification }))
      }
      for (const [name, value] of values) {
        if (name === PARENT || name === this.#rdn) continue
        if (name === DISABLED && this.#ad) {
          const control = Number(firstOf(found.value[CONTROL])) || NORMAL_ACCOUNT
          replace(CONTROL, [String(isTrue(value) ? control | ACCOUNT_DISABLED : control & ~ACCOUNT_DISABLED)])
          // An empty list of values removes the attribute, because directories refuse "".
        } else replace(name, await this.#written(name, value, client, driver))
      }
      if (changes.length > 0) await client.modify(moved.value, changes)
    })
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  /**
   * Renames or moves an entry if its naming attribute or its container changes. Returns its name afterwards.
   */
  async #move(entry: Entry, values: ReadonlyMap<string, Value>): Promise<Answer<string>> {
    const [named] = texts(values.get(this.#rdn) ?? null)
    const [parent] = texts(values.get(PARENT) ?? null)
    if (named === undefined && parent === undefined) return done(entry.dn)
    const current = entry.dn.slice(0, entry.dn.length - containerOf(entry.dn).length).replace(/,\s*$/, '')
    const component = named === undefined ? current : `${this.#rdn}=${escapeDnValue(named)}`
    const dn = `${component},${parent ?? containerOf(entry.dn)}`
    if (sameDn(dn, entry.dn)) return done(entry.dn)
    const answer = await this.#connection.ask('rename', true, (client) => client.modifyDN(entry.dn, dn))
    return answer.outcome === 'done' ? done(dn) : answer
  }

  async remove(kind: string, id: string): Promise<Answer<void>> {
    const found = await this.#find(kind, id)
    if (found.outcome !== 'done') return found
    const answer = await this.#connection.ask('delete', true, (client) => client.del(found.value.dn))
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async changeMembers(
    kind: string,
    id: string,
    { attribute, add, remove }: MemberChange,
  ): Promise<Answer<void>> {
    const found = await this.#find(kind, id)
    if (found.outcome !== 'done') return found
    const answer = await this.#connection.ask('modify members', true, async (client, driver) => {
      const { Attribute, Change: ChangeOf } = driver
      const namesOf = (ids: readonly string[]): Promise<(string | undefined)[]> =>
        Promise.all(ids.map((one) => this.#dnOf(one, client, driver)))
      const has = new Set(
        allOf(found.value[attribute])
          .map(String)
          .map((dn) => dn.toLowerCase()),
      )
      const change = (operation: 'add' | 'delete', values: string[]): Change[] =>
        values.length === 0
          ? []
          : [new ChangeOf({ operation, modification: new Attribute({ type: attribute, values }) })]
      // A directory refuses to add an existing member and to delete a missing one.
      const wanted = await namesOf(add)
      const added = wanted.filter((dn) => dn !== undefined && !has.has(dn.toLowerCase())) as string[]
      // A member whose entry is gone is no longer a member.
      const removed = (await namesOf(remove)).filter(
        (dn) => dn !== undefined && has.has(dn.toLowerCase()),
      ) as string[]
      const changes = [...change('add', added), ...change('delete', removed)]
      if (changes.length > 0) await client.modify(found.value.dn, changes)
      if (wanted.includes(undefined)) throw unresolved(attribute)
    })
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async readMembers(kind: string, id: string, attribute: string): Promise<Answer<readonly string[]>> {
    const found = await this.#find(kind, id)
    if (found.outcome !== 'done') return found
    return this.#connection.ask('read members', false, async (client) => {
      const ids: string[] = []
      for (const dn of allOf(found.value[attribute]).map(String)) {
        const { searchEntries } = await client.search(dn, {
          scope: 'base',
          attributes: [this.#connection.anchor],
          ...(this.#ad ? { explicitBufferAttributes: [this.#connection.anchor] } : {}),
        })
        if (searchEntries[0] !== undefined) ids.push(this.#connection.idOf(searchEntries[0]))
      }
      return ids
    })
  }

  async *list(kind: string): AsyncGenerator<Answer<readonly TargetEntry[]>> {
    const classes = this.#options.objectClasses
    const value = classes?.at(-1) ?? (this.#ad ? 'user' : 'inetOrgPerson')
    const { base } = this.#options
    const pages = this.#connection.pages('list', base, (driver) => ({
      scope: 'sub',
      filter: equal(driver, 'objectClass', value),
      attributes: this.#attributes(kind),
    }))
    for await (const page of pages)
      yield page.outcome === 'done' ? done(page.value.map((entry) => this.#entry(kind, entry))) : page
  }

  close(): Promise<void> {
    return this.#connection.close()
  }
}
