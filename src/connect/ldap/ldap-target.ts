import type { Change, Entry } from 'ldapts'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { TargetObject } from '../../mapping/mapped-object.js'
import { textForm } from '../../values/text.js'
import type { Value } from '../../values/value.js'
import { type Answer, done, type Failure, FailureError } from '../answer.js'
import { withoutEcmaHost } from '../ecma-name.js'
import type {
  MemberChange,
  Target,
  TargetAbilities,
  TargetChange,
  TargetEntry,
  TargetKey,
} from '../target.js'
import { equal, LdapConnection, type LdapConnectionOptions } from './connection.js'
import {
  containerOf,
  entryDn,
  escapeDnValue,
  fillTemplate,
  firstComponent,
  isDn,
  isWithin,
  sameDn,
  templateAttributes,
} from './dn.js'
import { allOf, firstOf, isBinary } from './entry.js'
import { type KnownKind, knownKind, type LdapKind, requiresMember } from './kinds.js'
import { usualReferences } from './references.js'

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
}

/** Attributes with a special meaning: they give the container of an entry, or are written in another form. */
const PARENT = 'parentDistinguishedName'
/** The whole name of an entry, as in Entra's on-premises connector host. */
const NAME = '-dn-'
const CLASSES = 'objectClass'
const DISABLED = 'accountDisabled'
const CONTROL = 'userAccountControl'
const PASSWORD = 'unicodePwd'
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

/** A directory that reports success, and shows otherwise. */
const idle = (what: string): Failure => ({
  outcome: 'refused',
  code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
  reason: `${what}: the directory reports success, but the entry does not show it`,
})

/** The failure of a write into a container that is not there. */
const noContainer = (what: string): Failure => ({
  outcome: 'refused',
  code: 'UnprocessableEntity',
  reason: `${what}: the container is not in the directory`,
})

/** Texts without what directories ignore when they compare: case, blanks, hyphens. */
const loosely = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, '')

/** Bytes of Base64; undefined if it is none. */
const bytesOf = (text: string): Buffer | undefined =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    ? Buffer.from(text, 'base64')
    : undefined

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
    }
  }

  /** The attributes of a kind: the names in the mapping, and those in the directory. */
  #names(kind: string): readonly (readonly [mapped: string, name: string])[] {
    const mapping = this.#options.mappings.get(kind)
    if (mapping === undefined) throw new RangeError(`the target has no mapping for ${kind}`)
    return mapping.attributes.map(({ mapping: { targetAttributeName } }) => [
      targetAttributeName,
      withoutEcmaHost(targetAttributeName),
    ])
  }

  #kind(kind: string): KnownKind {
    const { objects = {}, objectClasses, rdn, container, dn, emptyMember } = this.#options
    const usual = Object.fromEntries(
      Object.entries({ objectClasses, rdn, container, dn, emptyMember }).filter(
        ([, value]) => value !== undefined,
      ),
    )
    return knownKind(kind, { ...usual, ...(Object.hasOwn(objects, kind) ? objects[kind] : {}) }, this.#ad)
  }

  #isList(kind: string, mapped: string): boolean {
    return this.#options.mappings.get(kind)?.ends.target?.get(mapped)?.multivalued === true
  }

  #isBinary(kind: string, mapped: string): boolean {
    return isBinary(mapped) || this.#options.mappings.get(kind)?.ends.target?.get(mapped)?.type === 'Binary'
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
      else if (!this.#isReference(name) && name !== PASSWORD) {
        const list = allOf(Object.hasOwn(entry, name) ? entry[name] : undefined).map((one) =>
          typeof one === 'string' ? one : one.toString('base64'),
        )
        values.set(mapped, this.#isList(kind, mapped) ? list : (list[0] ?? null))
      }
    }
    return { id: this.#connection.idOf(entry), values }
  }

  #attributes(kind: string): string[] {
    const named = this.#names(kind)
      .map(([, name]) => name)
      .filter((name) => name !== PARENT && name !== NAME && name !== DISABLED && name !== PASSWORD)
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
      : {
          outcome: 'refused',
          code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
          reason: `search by ${name}: the directory returned an entry that does not show the value`,
        }
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

  /** The name of the entry with this identifier, of any kind; undefined if there is none. */
  async #dnOf(id: string): Promise<string | undefined> {
    const answer = await this.#connection.entryOf('search of a reference', id, this.#options.base, [])
    if (answer.outcome !== 'done') throw new FailureError(answer)
    return answer.value?.dn
  }

  /** The values written for an attribute: texts, names of entries, or bytes. */
  async #written(kind: string, mapped: string, value: Value): Promise<(string | Buffer)[]> {
    const name = withoutEcmaHost(mapped)
    if (name === PASSWORD) return texts(value).map((text) => Buffer.from(`"${text}"`, 'utf16le'))
    if (this.#isReference(name)) {
      const names = await Promise.all(texts(value).map((id) => this.#dnOf(id)))
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

  /**
   * The name of an entry. Each value enters it escaped, except for a mapped name of the whole entry or container.
   * @param current the entry before a change; undefined for a new one
   * @returns undefined if the values give none
   */
  #dn(kind: string, values: ReadonlyMap<string, Value>, current?: Entry): string | undefined {
    const { rdn, dn: template, container } = this.#kind(kind)
    const byName = this.#byName(values)
    const known = (name: string): string | undefined => {
      const [text] = texts(byName.get(name) ?? null)
      if (text !== undefined || current === undefined || byName.has(name)) return text
      const kept = firstOf(current[name])
      return typeof kept === 'string' && kept !== '' ? kept : undefined
    }
    const [whole] = texts(byName.get(NAME) ?? null)
    if (whole !== undefined) return whole
    if (template !== undefined) return fillTemplate(template, known)
    const [named] = texts(byName.get(rdn) ?? null)
    const [parent] = texts(byName.get(PARENT) ?? null)
    if (current !== undefined) {
      const first = named === undefined ? firstComponent(current.dn) : `${rdn}=${escapeDnValue(named)}`
      return `${first},${parent ?? containerOf(current.dn)}`
    }
    return named === undefined ? undefined : entryDn(rdn, named, parent ?? container ?? this.#options.base)
  }

  /** The name of an entry, or why it cannot have that name. */
  #named(what: string, kind: string, dn: string | undefined): Answer<string> {
    const { rdn, dn: template } = this.#kind(kind)
    if (dn === undefined)
      return {
        outcome: 'refused',
        code: 'MandatoryFieldsMissing',
        reason: `${what}: there is no value for ${template ?? rdn}, which names the entry`,
      }
    if (isDn(dn) && isWithin(dn, this.#options.base)) return done(dn)
    return {
      outcome: 'refused',
      code: 'UnprocessableEntity',
      reason: isDn(dn)
        ? `${what}: the entry would not be below ${this.#options.base}`
        : `${what}: the name of the entry is not a distinguished name`,
    }
  }

  async create(kind: string, values: ReadonlyMap<string, Value>): Promise<Answer<TargetEntry>> {
    const { objectClasses, emptyMember } = this.#kind(kind)
    const named = this.#named('add', kind, this.#dn(kind, values))
    if (named.outcome !== 'done') return named
    const dn = named.value
    const added = await this.#connection.ask('add', true, async (client, { Attribute }) => {
      const byName = this.#byName(values)
      const mapped = texts(byName.get(CLASSES) ?? null)
      const classes = mapped.length > 0 ? mapped : objectClasses
      const attributes = [new Attribute({ type: CLASSES, values: [...classes] })]
      const put = (type: string, written: (string | Buffer)[]): void => {
        if (written.length > 0) attributes.push(new Attribute({ type, values: written as string[] }))
      }
      for (const [one, value] of values) {
        const name = withoutEcmaHost(one)
        if (name === PARENT || name === NAME || name === CLASSES || (name === DISABLED && this.#ad)) continue
        put(name, await this.#written(kind, one, value))
      }
      if (requiresMember(classes)) {
        const type = classes.some((name) => /unique/i.test(name)) ? 'uniqueMember' : 'member'
        if (!attributes.some((one) => one.type.toLowerCase() === type.toLowerCase())) put(type, [emptyMember])
      }
      if (this.#ad && byName.has(DISABLED)) {
        const bit = isTrue(byName.get(DISABLED) ?? null) ? ACCOUNT_DISABLED : 0
        put(CONTROL, [String(NORMAL_ACCOUNT | bit)])
      }
      await client.add(dn, attributes)
    })
    if (added.outcome === 'gone') return noContainer('add')
    if (added.outcome !== 'done') return added
    const read = await this.#connection.all('read after add', dn, () => ({
      scope: 'base',
      attributes: this.#attributes(kind),
    }))
    const [entry] = read.outcome === 'done' ? read.value : []
    // It was added; its identifier is found by its matching value.
    return entry !== undefined
      ? done(this.#entry(kind, entry))
      : { outcome: 'unknown', code: 'InternalError', reason: 'add: the new entry could not be read' }
  }

  async update(
    kind: string,
    id: string,
    { values }: TargetChange,
  ): Promise<Answer<TargetObject | undefined>> {
    const before = [...values.keys()].map(withoutEcmaHost)
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
      for (const [mapped, value] of values) {
        const name = withoutEcmaHost(mapped)
        // The server sets the naming attribute when it renames the entry.
        if (name === PARENT || name === NAME || isNamedBy(moved.value, name, value, rdn)) continue
        if (name === DISABLED && this.#ad) {
          const control = Number(firstOf(found.value[CONTROL])) || NORMAL_ACCOUNT
          replace(CONTROL, [String(isTrue(value) ? control | ACCOUNT_DISABLED : control & ~ACCOUNT_DISABLED)])
          // An empty list of values removes the attribute, because directories refuse "".
        } else replace(name, await this.#written(kind, mapped, value))
      }
      if (changes.length > 0) await client.modify(moved.value, changes)
    })
    if (answer.outcome !== 'done') return answer
    const after = await this.#find(kind, id, before)
    // Nobody knows what it shows; it was written.
    if (after.outcome !== 'done') return done(undefined)
    const isUnchanged = [...written].every(
      ([name, sent]) =>
        same(allOf(after.value[name]), allOf(found.value[name])) &&
        !same(sent, allOf(found.value[name]), loosely),
    )
    if (written.size > 0 && isUnchanged) return idle('modify')
    return sameDn(after.value.dn, moved.value) ? done(this.#entry(kind, after.value).values) : idle('rename')
  }

  /**
   * Renames or moves an entry if its naming attribute or its container changes. Returns its name afterwards.
   */
  async #move(kind: string, entry: Entry, values: ReadonlyMap<string, Value>): Promise<Answer<string>> {
    const wanted = this.#dn(kind, values, entry)
    if (wanted !== undefined && sameDn(wanted, entry.dn)) return done(entry.dn)
    const named = this.#named('rename', kind, wanted)
    if (named.outcome !== 'done') return named
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
      const wanted = await Promise.all(add.map((one) => this.#dnOf(one)))
      const added = wanted.filter((dn) => dn !== undefined && !has.has(dn.toLowerCase())) as string[]
      // A member whose entry is gone is no longer a member.
      const removed = (await Promise.all(remove.map((one) => this.#dnOf(one)))).filter(
        (dn) => dn !== undefined && has.has(dn.toLowerCase()),
      ) as string[]
      if (requiresMember(allOf(found.value[CLASSES]).map(String))) {
        const placeholder = [...has.values()].filter((dn) => sameDn(dn, emptyMember))
        const left = has.size - placeholder.length - new Set(removed).size + new Set(added).size
        if (left > 0) removed.push(...placeholder)
        else if (placeholder.length === 0 && removed.length > 0) added.push(emptyMember)
      }
      const changes = [...change('add', [...new Set(added)]), ...change('delete', [...new Set(removed)])]
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
      const answer = await this.#connection.all('read members', dn, () => ({
        scope: 'base',
        attributes: [this.#connection.anchor],
      }))
      // A member that is not there has no identifier.
      if (answer.outcome !== 'done' && answer.outcome !== 'gone') return answer
      const [entry] = answer.outcome === 'done' ? answer.value : []
      if (entry !== undefined) ids.push(this.#connection.idOf(entry))
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

/** Whether the naming component of an entry sets an attribute to a value. */
const isNamedBy = (dn: string, name: string, value: Value, rdn: string): boolean => {
  const [text] = texts(value)
  const first = firstComponent(dn)
  const type = first.slice(0, first.indexOf('=')).trim()
  if (type.toLowerCase() !== name.toLowerCase()) return false
  return name === rdn || (text !== undefined && sameDn(first, `${type}=${escapeDnValue(text)}`))
}

/** Whether two attributes have the same values, in any order. @param form what of a text is compared */
const same = (
  a: readonly (string | Buffer)[],
  b: readonly (string | Buffer)[],
  form: (text: string) => string = (text) => text,
): boolean => {
  const sorted = (values: readonly (string | Buffer)[]): string =>
    JSON.stringify(values.map((one) => (typeof one === 'string' ? form(one) : one.toString('base64'))).sort())
  return a.length === b.length && sorted(a) === sorted(b)
}
