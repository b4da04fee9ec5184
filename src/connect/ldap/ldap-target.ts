import type { Change, Entry } from 'ldapts'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { TargetObject } from '../../mapping/mapped-object.js'
import type { AttributeDefinition } from '../../schema/model.js'
import type { Value } from '../../values/value.js'
import { type Answer, done, type Failure, FailureError, incompatible } from '../answer.js'
import { EXPORT_PASSWORD, isPlaceholder, placeholderSearched, withoutEcmaHost } from '../ecma-name.js'
import type {
  MemberChange,
  Target,
  TargetAbilities,
  TargetChange,
  TargetEntry,
  TargetKey,
} from '../target.js'
import { equal, LdapConnection, type LdapConnectionOptions } from './connection.js'
import { containerOf, sameDn, templateAttributes } from './dn.js'
import { allOf, firstOf, isBinary } from './entry.js'
import { entryName, isNamedBy, NAME, PARENT } from './entry-name.js'
import { type KnownKind, knownKind, type LdapKind, requiresMember } from './kinds.js'
import { usualReferences } from './references.js'
import { bytesOf, isTrue, loosely, sameValues, texts } from './values.js'

/** How to reach an LDAP directory, and how to create entries in it. */
export interface LdapTargetOptions extends LdapConnectionOptions, LdapKind {
  /** The name of the entry below which entries are searched and written. */
  readonly base: string
  /** How the entries of each kind are created, by target object name. Default: as the members above say. */
  readonly objects?: Readonly<Record<string, LdapKind>>
  /** The mappings whose objects are written, by target object name. */
  readonly mappings: ReadonlyMap<string, CompiledObjectMapping>
  /**
   * Target attributes that contain the names of other entries; here their values are identifiers. Default:
   * manager, member and similar ones.
   */
  readonly references?: readonly string[]
  /**
   * Write passwords with a second request after the entry is added, as Entra's connector host does. Default
   * false; `export_password` is always written so.
   */
  readonly passwordAfterAdd?: boolean
}

/** Attributes with a special meaning: they are written in another form. */
const CLASSES = 'objectClass'
const DISABLED = 'accountDisabled'
const CONTROL = 'userAccountControl'
const PASSWORD = 'unicodePwd'
const passwords: readonly string[] = [PASSWORD, 'userPassword']
const NORMAL_ACCOUNT = 512
const ACCOUNT_DISABLED = 2

/**
 * The entry that an attribute refers to is not in the directory. The object is tried again; the reference is
 * never left out silently.
 */
const unresolved = (name: string): FailureError =>
  new FailureError({
    outcome: 'refused',
    code: 'InvalidAnchor',
    reason: `${name}: an entry that it refers to is not in the directory`,
  })

const withoutAnchor = (anchor: string): Failure => ({
  outcome: 'refused',
  code: 'SchemaAttributeNotFound',
  reason: `entries of the directory have no ${anchor}: name the attribute that identifies them as anchor`,
})

/** A directory that reports success, and shows otherwise. */
const idle = (what: string): Failure =>
  incompatible(`${what}: the directory reports success, but the entry does not show it`)

/** The failure of a write into a container that is not there. */
const noContainer = (what: string): Failure => ({
  outcome: 'refused',
  code: 'UnprocessableEntity',
  reason: `${what}: the container is not in the directory`,
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
  readonly #references: ReadonlySet<string>

  constructor(options: LdapTargetOptions) {
    this.#options = options
    this.#ad = options.activeDirectory ?? false
    this.#connection = new LdapConnection('LDAP targets', options)
    this.#references = new Set((options.references ?? usualReferences).map((name) => name.toLowerCase()))
    this.name = new URL(options.url).host
    this.abilities = {
      membersPerRequest: 100,
      requestTimeout: this.#connection.requestTimeout,
      concurrency: 4,
      afterCreate: this.#afterCreate(),
    }
  }

  /** Whether an attribute is written after an entry is added. */
  #isLate(name: string): boolean {
    return name === EXPORT_PASSWORD || (this.#options.passwordAfterAdd === true && passwords.includes(name))
  }

  /** Whether the password of a kind is written after an entry is added. */
  #hasLatePassword(kind: string): boolean {
    return this.#names(kind).some(([, name]) => this.#isLate(name))
  }

  /** The mapped attributes that are written after an entry is added. */
  #afterCreate(): readonly string[] {
    // Active Directory enables no account without a password.
    const enabling = this.#ad ? [DISABLED, CONTROL] : []
    return [...this.#options.mappings.keys()]
      .filter((kind) => this.#hasLatePassword(kind))
      .flatMap((kind) => this.#names(kind))
      .filter(([, name]) => this.#isLate(name) || enabling.includes(name))
      .map(([mapped]) => mapped)
  }

  /** The attribute of the directory that is written for a mapped one. */
  #storedAs(mapped: string): string {
    const name = withoutEcmaHost(mapped)
    return name === EXPORT_PASSWORD ? (this.#ad ? PASSWORD : 'userPassword') : name
  }

  /** The values that are written, with the attributes of the mapping and of the directory. */
  #stored(values: ReadonlyMap<string, Value>): readonly (readonly [mapped: string, name: string, Value])[] {
    return [...values]
      .filter(([mapped]) => !isPlaceholder(mapped))
      .map(([mapped, value]) => [mapped, this.#storedAs(mapped), value])
  }

  /** The attributes of a kind: the names in the mapping, and those in the directory. */
  #names(kind: string): readonly (readonly [mapped: string, name: string])[] {
    const mapping = this.#options.mappings.get(kind)
    if (mapping === undefined) throw new RangeError(`the target has no mapping for ${kind}`)
    return mapping.attributes
      .map(({ mapping: { targetAttributeName } }) => targetAttributeName)
      .filter((name) => !isPlaceholder(name))
      .map((name) => [name, withoutEcmaHost(name)])
  }

  #kind(kind: string): KnownKind {
    const { objects = {} } = this.#options
    const own = Object.hasOwn(objects, kind) ? objects[kind] : {}
    return knownKind(kind, { ...this.#options, ...own }, this.#ad)
  }

  /** What the schema says about a target attribute. */
  #definition(kind: string, mapped: string): AttributeDefinition | undefined {
    return this.#options.mappings.get(kind)?.ends.target?.get(mapped)
  }

  #isBinary(kind: string, mapped: string): boolean {
    return isBinary(mapped) || this.#definition(kind, mapped)?.type === 'Binary'
  }

  #isReference(name: string): boolean {
    return this.#references.has(name.toLowerCase())
  }

  #entry(kind: string, entry: Entry): TargetEntry {
    const values = new Map<string, Value>()
    for (const [mapped, name] of this.#names(kind)) {
      if (name === PARENT) values.set(mapped, containerOf(entry.dn))
      else if (name === NAME) values.set(mapped, entry.dn)
      else if (name === DISABLED && this.#ad)
        values.set(mapped, (Number(firstOf(entry[CONTROL])) & ACCOUNT_DISABLED) !== 0)
      else if (!this.#isReference(name) && name !== PASSWORD && name !== EXPORT_PASSWORD) {
        const list = allOf(Object.hasOwn(entry, name) ? entry[name] : undefined).map((one) =>
          typeof one === 'string' ? one : one.toString('base64'),
        )
        values.set(mapped, this.#definition(kind, mapped)?.multivalued === true ? list : (list[0] ?? null))
      }
    }
    return { id: this.#connection.idOf(entry), values }
  }

  #attributes(kind: string): string[] {
    const named = this.#names(kind)
      .map(([, name]) => name)
      .filter((name) => ![PARENT, NAME, DISABLED, PASSWORD, EXPORT_PASSWORD].includes(name))
    const { rdn, dn } = this.#kind(kind)
    return [
      ...new Set([
        ...named,
        ...(dn === undefined ? [rdn] : templateAttributes(dn)),
        this.#connection.anchor,
        CLASSES,
        ...(this.#ad ? [CONTROL] : []),
      ]),
    ]
  }

  async probe(kind: string, key: TargetKey): Promise<Answer<void>> {
    if (!isPlaceholder(key.attribute)) {
      const answer = await this.find(kind, key)
      if (answer.outcome !== 'done') return answer
    }
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
    if (isPlaceholder(attribute)) return placeholderSearched
    if (text === undefined) return done([])
    const name = withoutEcmaHost(attribute)
    const bytes = this.#isBinary(kind, attribute) ? bytesOf(text) : undefined
    const answer = await this.#connection.all(`search by ${name}`, this.#options.base, (driver) => ({
      scope: 'sub',
      filter: equal(driver, name, bytes ?? text),
      attributes: this.#attributes(kind),
    }))
    if (answer.outcome === 'gone') return done([])
    if (answer.outcome !== 'done') return answer
    const shows = (entry: Entry): boolean =>
      bytes !== undefined ||
      this.#isReference(name) ||
      allOf(entry[name]).some((one) => loosely(String(one)) === loosely(text))
    return answer.value.every(shows)
      ? done(answer.value.map((entry) => this.#entry(kind, entry)))
      : incompatible(`search by ${name}: the directory returned an entry that does not show the value`)
  }

  async #find(kind: string, id: string, more: readonly string[] = []): Promise<Answer<Entry>> {
    const attributes = [...this.#attributes(kind), ...more]
    const answer = await this.#connection.entryOf('read', id, this.#options.base, attributes)
    if (answer.outcome !== 'done') return answer
    return answer.value === undefined
      ? { outcome: 'gone', code: 'InvalidAnchor', reason: 'read: there is no entry with this identifier' }
      : done(answer.value)
  }

  async read(kind: string, id: string): Promise<Answer<TargetEntry>> {
    const answer = await this.#find(kind, id)
    return answer.outcome === 'done' ? done(this.#entry(kind, answer.value)) : answer
  }

  /** The names of the entries with these identifiers, of any kind; undefined for those that do not exist. */
  #dnsOf(ids: readonly string[]): Promise<(string | undefined)[]> {
    const { base } = this.#options
    return Promise.all(
      ids.map(async (id) => {
        const answer = await this.#connection.entryOf('search of a reference', id, base)
        if (answer.outcome !== 'done') throw new FailureError(answer)
        return answer.value?.dn
      }),
    )
  }

  /** The values written for an attribute: texts, names of entries, or bytes. */
  async #written(kind: string, mapped: string, value: Value): Promise<(string | Buffer)[]> {
    const name = this.#storedAs(mapped)
    if (name === PASSWORD) return texts(value).map((text) => Buffer.from(`"${text}"`, 'utf16le'))
    if (this.#isReference(name)) {
      const names = await this.#dnsOf(texts(value))
      if (names.includes(undefined)) throw unresolved(name)
      return names.filter((dn) => dn !== undefined)
    }
    if (!this.#isBinary(kind, mapped)) return [...texts(value)]
    return texts(value).map((text) => {
      const bytes = bytesOf(text)
      if (bytes !== undefined) return bytes
      throw new FailureError({
        outcome: 'refused',
        code: 'UnprocessableEntity',
        reason: `${name}: the value is not Base64`,
      })
    })
  }

  /** Values by the names that they have in the directory. */
  #byName(values: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
    return new Map([...values].map(([mapped, value]) => [withoutEcmaHost(mapped), value]))
  }

  async create(kind: string, values: ReadonlyMap<string, Value>): Promise<Answer<TargetEntry>> {
    const known = this.#kind(kind)
    const byName = this.#byName(values)
    const named = entryName('add', { kind: known, base: this.#options.base, values: byName })
    if (named.outcome !== 'done') return named
    const dn = named.value
    const added = await this.#connection.ask('add', true, async (client, { Attribute }) => {
      const mapped = texts(byName.get(CLASSES) ?? null)
      const classes = mapped.length > 0 ? mapped : known.objectClasses
      const attributes = [new Attribute({ type: CLASSES, values: [...classes] })]
      const put = (type: string, written: (string | Buffer)[]): void => {
        if (written.length > 0) attributes.push(new Attribute({ type, values: written as string[] }))
      }
      for (const [one, name, value] of this.#stored(values)) {
        if (name === PARENT || name === NAME || name === CLASSES || (name === DISABLED && this.#ad)) continue
        put(name, await this.#written(kind, one, value))
      }
      if (requiresMember(classes)) {
        const type = classes.some((name) => /unique/i.test(name)) ? 'uniqueMember' : 'member'
        if (!attributes.some((one) => one.type.toLowerCase() === type.toLowerCase()))
          put(type, [known.emptyMember])
      }
      if (this.#ad && byName.has(DISABLED)) {
        const bit = isTrue(byName.get(DISABLED) ?? null) ? ACCOUNT_DISABLED : 0
        put(CONTROL, [String(NORMAL_ACCOUNT | bit)])
      } else if (this.#ad && this.#hasLatePassword(kind))
        put(CONTROL, [String(NORMAL_ACCOUNT | ACCOUNT_DISABLED)])
      await client.add(dn, attributes)
    })
    if (added.outcome === 'gone') return noContainer('add')
    if (added.outcome !== 'done') return added
    const read = await this.#connection.entryAt('read after add', dn, this.#attributes(kind))
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
    const stored = this.#stored(values)
    const before = stored.map(([, name]) => name)
    const found = await this.#find(kind, id, before)
    if (found.outcome !== 'done') return found
    const moved = await this.#move(kind, found.value, values)
    if (moved.outcome !== 'done') return moved
    const { rdn } = this.#kind(kind)
    /** What was written for attributes that can be read. */
    const written = new Map<string, readonly (string | Buffer)[]>()
    const answer = await this.#connection.ask('modify', true, async (client, driver) => {
      const { Attribute, Change: ChangeOf } = driver
      const changes: Change[] = []
      const replace = (type: string, sent: (string | Buffer)[]): void => {
        const modification = new Attribute({ type, values: sent as string[] })
        changes.push(new ChangeOf({ operation: 'replace', modification }))
        if (!/password|^unicodePwd$/i.test(type) && !this.#isReference(type)) written.set(type, sent)
      }
      for (const [mapped, name, value] of stored) {
        // The server sets the naming attribute when it renames the entry.
        if (name === PARENT || name === NAME || isNamedBy(moved.value, name, value, rdn)) continue
        if (name === DISABLED && this.#ad) {
          const control = Number(firstOf(found.value[CONTROL])) || NORMAL_ACCOUNT
          replace(CONTROL, [String(isTrue(value) ? control | ACCOUNT_DISABLED : control & ~ACCOUNT_DISABLED)])
          // An empty list of values removes the attribute, because directories refuse "".
        } else replace(name, await this.#written(kind, mapped, value))
      }
      // An account is enabled after it has its password.
      const isControl = ({ modification }: Change): boolean => modification.type === CONTROL
      changes.sort((a, b) => Number(isControl(a)) - Number(isControl(b)))
      if (changes.length > 0) await client.modify(moved.value, changes)
    })
    if (answer.outcome !== 'done') return answer
    const after = await this.#find(kind, id, before)
    // Nobody knows what it shows; it was written.
    if (after.outcome !== 'done') return done(undefined)
    const isUnchanged = [...written].every(
      ([name, sent]) =>
        sameValues(allOf(after.value[name]), allOf(found.value[name])) &&
        !sameValues(sent, allOf(found.value[name]), loosely),
    )
    if (written.size > 0 && isUnchanged) return idle('modify')
    return sameDn(after.value.dn, moved.value) ? done(this.#entry(kind, after.value).values) : idle('rename')
  }

  /**
   * Renames or moves an entry if its naming attribute or its container changes. Returns its name afterwards.
   */
  async #move(kind: string, entry: Entry, values: ReadonlyMap<string, Value>): Promise<Answer<string>> {
    const named = entryName('rename', {
      kind: this.#kind(kind),
      base: this.#options.base,
      values: this.#byName(values),
      current: entry,
    })
    if (named.outcome !== 'done' || named.value === entry.dn) return named
    const dn = named.value
    const answer = await this.#connection.ask('rename', true, (client) => client.modifyDN(entry.dn, dn))
    if (answer.outcome === 'gone') return noContainer('rename')
    return answer.outcome === 'done' ? done(dn) : answer
  }

  async remove(kind: string, id: string): Promise<Answer<void>> {
    const found = await this.#find(kind, id)
    if (found.outcome !== 'done') return found
    const answer = await this.#connection.ask('delete', true, (client) => client.del(found.value.dn))
    if (answer.outcome !== 'done') return answer
    const after = await this.#find(kind, id)
    return after.outcome === 'done' ? idle('delete') : done(undefined)
  }

  async changeMembers(
    kind: string,
    id: string,
    { attribute: mapped, add, remove }: MemberChange,
  ): Promise<Answer<void>> {
    const attribute = withoutEcmaHost(mapped)
    const found = await this.#find(kind, id, [attribute])
    if (found.outcome !== 'done') return found
    const { emptyMember } = this.#kind(kind)
    const answer = await this.#connection.ask('modify members', true, async (client, driver) => {
      const { Attribute, Change: ChangeOf } = driver
      const has = new Map(
        allOf(found.value[attribute])
          .map(String)
          .map((dn) => [dn.toLowerCase(), dn]),
      )
      const change = (operation: 'add' | 'delete', values: string[]): Change[] =>
        values.length === 0
          ? []
          : [new ChangeOf({ operation, modification: new Attribute({ type: attribute, values }) })]
      // A directory refuses to add an existing member and to delete a missing one.
      const wanted = await this.#dnsOf(add)
      const added = new Set(wanted.filter((dn) => dn !== undefined && !has.has(dn.toLowerCase())) as string[])
      // A member whose entry is gone is no longer a member.
      const unwanted = await this.#dnsOf(remove)
      const removed = new Set(
        unwanted.filter((dn) => dn !== undefined && has.has(dn.toLowerCase())) as string[],
      )
      if (requiresMember(allOf(found.value[CLASSES]).map(String))) {
        const placeholder = [...has.values()].filter((dn) => sameDn(dn, emptyMember))
        const left = has.size - placeholder.length - removed.size + added.size
        if (left > 0) for (const dn of placeholder) removed.add(dn)
        else if (placeholder.length === 0 && removed.size > 0) added.add(emptyMember)
      }
      const changes = [...change('add', [...added]), ...change('delete', [...removed])]
      if (changes.length > 0) await client.modify(found.value.dn, changes)
      if (wanted.includes(undefined)) throw unresolved(attribute)
    })
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async readMembers(kind: string, id: string, mapped: string): Promise<Answer<readonly string[]>> {
    const attribute = withoutEcmaHost(mapped)
    const found = await this.#find(kind, id, [attribute])
    if (found.outcome !== 'done') return found
    const { emptyMember } = this.#kind(kind)
    const ids: string[] = []
    for (const dn of allOf(found.value[attribute]).map(String)) {
      if (sameDn(dn, emptyMember)) continue
      const answer = await this.#connection.entryAt('read members', dn)
      if (answer.outcome !== 'done') return answer
      // A member that is not there has no identifier.
      if (answer.value !== undefined) ids.push(this.#connection.idOf(answer.value))
    }
    return done(ids)
  }

  async *list(kind: string): AsyncGenerator<Answer<readonly TargetEntry[]>> {
    const structural = this.#kind(kind).objectClasses.at(-1) ?? 'top'
    const pages = this.#connection.pages('list', this.#options.base, (driver) => ({
      scope: 'sub',
      filter: this.#connection.ofClass(structural, driver),
      attributes: this.#attributes(kind),
    }))
    for await (const page of pages)
      yield page.outcome === 'done' ? done(page.value.map((entry) => this.#entry(kind, entry))) : page
  }

  close(): Promise<void> {
    return this.#connection.close()
  }
}
