import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { TargetObject } from '../../mapping/mapped-object.js'
import { scimEndpoint, scimLiteral } from '../../mapping/match.js'
import { redactedTargets } from '../../mapping/redacted.js'
import { addOnlyTargets, scimTargetOf } from '../../mapping/scim-request.js'
import { createResource } from '../../scim/assemble.js'
import { flattenResource } from '../../scim/flatten.js'
import { mergeMembers, mergeResource } from '../../scim/merge.js'
import { memberRemovals, PATCH_OP, patchResource } from '../../scim/patch.js'
import { operationWord } from '../../scim/patch-form.js'
import { resourceValues } from '../../scim/resource-values.js'
import type { ScimObject } from '../../scim/value.js'
import { urlPart } from '../../text/url-part.js'
import { exactJson } from '../../values/exact-json.js'
import { readAttribute } from '../../values/record.js'
import { textOf } from '../../values/text.js'
import { isList, kindOf, type ObjectValue, type Value } from '../../values/value.js'
import { type Answer, done, type Failure, incompatible } from '../answer.js'
import type {
  MemberChange,
  Misfit,
  Target,
  TargetAbilities,
  TargetChange,
  TargetEntry,
  TargetKey,
} from '../target.js'
import { listIn, locationId, memberOf, totalIn } from './answers.js'
import {
  failureOf,
  type Received,
  type Reply,
  ScimClient,
  type ScimClientOptions,
  type ScimMethod,
} from './client.js'
import { classicProfile, type TargetProfile } from './profile.js'
import { replaceResource, type withoutPaths } from './replace.js'

/** How to provision a SCIM service. */
export interface ScimTargetOptions extends ScimClientOptions {
  /** The mappings whose objects are written, by target object name. */
  readonly mappings: ReadonlyMap<string, CompiledObjectMapping>
  /** How it deviates from Entra's requests. Default: not at all. */
  readonly profile?: TargetProfile
  /** The most open requests. Default 8. */
  readonly concurrency?: number
}

/** The most pages of a search that are read for an object with the value. */
const SEARCH_PAGES = 10

/** The arguments of a request. */
type Sent = Parameters<ScimClient['send']>

const folded = (value: Value): string | undefined => textOf(value)?.normalize('NFKC').trim().toLowerCase()

/** Whether a value that a search found is the one it looked for; a value that is not shown as such may be. */
const mayBe = (found: Value | undefined, sought: Value): boolean =>
  found === undefined ||
  found === null ||
  isList(found) ||
  kindOf(found) === 'object' ||
  folded(found) === folded(sought)

/** Every text within a value. */
const textsIn = (value: Value): readonly string[] => {
  if (isList(value)) return value.flatMap((one) => textsIn(one as Value))
  if (kindOf(value) === 'object')
    return Object.values(value as ObjectValue).flatMap((one) => textsIn(one as Value))
  const text = textOf(value)
  return text === null || text === undefined ? [] : [text]
}

/** A reply to a request as an answer. */
const answerOf = (method: ScimMethod, path: string, reply: Reply): Answer<Received> =>
  failureOf(method, `${method} ${path.replace(/\?.*/, '')}`, reply) ?? done(reply as Received)

/** The failure for a search that found something else. */
const searchFailed = (reason: string): Failure =>
  incompatible(`${reason}: the service ignores the filter, or does not compare exactly`)

/**
 * A SCIM 2.0 service as a target, with the requests that Entra sends, in the form of its profile. It does not
 * retry: the outcome of a request that may have taken effect is `unknown`, and the caller looks the object
 * up.
 */
export class ScimTarget implements Target {
  readonly name: string
  readonly abilities: TargetAbilities
  readonly #options: ScimTargetOptions
  readonly #client: ScimClient
  readonly #profile: TargetProfile
  readonly #refused: ReadonlySet<string>

  constructor(options: ScimTargetOptions) {
    this.#options = options
    this.#client = new ScimClient(options)
    this.#profile = options.profile ?? classicProfile
    this.#refused = new Set(this.#profile.refused)
    this.name = new URL(options.url).host
    this.abilities = {
      membersPerRequest: this.#profile.membersPerRequest,
      requestTimeout: this.#client.requestTimeout,
      concurrency: options.concurrency ?? 8,
      refused: this.#profile.refused,
      dropped: this.#profile.dropped,
    }
  }

  /** Sends a request, and returns the whole answer. */
  async #request(...sent: Sent): Promise<Answer<Received>> {
    const [method, path] = sent
    return answerOf(method, path, await this.#client.send(...sent))
  }

  /** Sends a request, and returns the body of the answer. */
  async #send(...sent: Sent): Promise<Answer<unknown>> {
    const answer = await this.#request(...sent)
    return answer.outcome === 'done' ? done(answer.value.body) : answer
  }

  /** The texts of redacted values, which an error of the service may repeat. */
  #secretsIn(kind: string, values: Iterable<readonly [string, Value]>): readonly string[] {
    const redacted = redactedTargets(this.#mapping(kind))
    return [...values].flatMap(([name, value]) => (redacted.has(name) ? textsIn(value) : []))
  }

  /** Values without those that the target refuses. */
  #accepted(values: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
    if (this.#refused.size === 0) return values
    return new Map([...values].filter(([name]) => !this.#refused.has(name)))
  }

  #mapping(kind: string): CompiledObjectMapping {
    const found = this.#options.mappings.get(kind)
    if (found === undefined) throw new RangeError(`the target has no mapping for ${kind}`)
    return found
  }

  #entry(kind: string, resource: unknown): TargetEntry | undefined {
    // An answer without a body has no values.
    if (resource === undefined || kindOf(resource as Value) !== 'object') return undefined
    const id = readAttribute(resource as object, 'id')
    if (typeof id !== 'string' && typeof id !== 'number') return undefined
    const mapping = this.#mapping(kind)
    const names = mapping.attributes.map(({ mapping: one }) => one.targetAttributeName)
    return { id: String(id), values: flattenResource(resource as ObjectValue, names, mapping.scimPaths) }
  }

  #path(kind: string, id: string): string {
    return `/${scimEndpoint(kind)}/${urlPart(id)}`
  }

  #search(kind: string, { attribute, value }: TargetKey): string {
    const filter = urlPart(`${attribute} eq ${scimLiteral(value)}`)
    const endpoint = scimEndpoint(kind)
    return `/${endpoint}?${endpoint === 'Groups' ? 'excludedAttributes=members&' : ''}filter=${filter}`
  }

  async probe(kind: string, key: TargetKey, signal?: AbortSignal): Promise<Answer<void>> {
    const answer = await this.#send('GET', this.#search(kind, key), { signal })
    if (answer.outcome === 'gone')
      return {
        ...answer,
        outcome: 'refused',
        concerns: 'compliance',
        reason: `${answer.reason}; the answer to a search without results must be 200 with an empty list`,
      }
    if (answer.outcome !== 'done') return answer
    const found = listIn(answer.value).length
    const reason = `a search by ${key.attribute} for a value that no object has found ${found} objects`
    return found === 0 ? done(undefined) : { ...searchFailed(reason), concerns: 'compliance' }
  }

  async find(kind: string, key: TargetKey, signal?: AbortSignal): Promise<Answer<readonly TargetEntry[]>> {
    const search = this.#search(kind, key)
    const secrets = this.#secretsIn(kind, [[key.attribute, key.value]])
    const isMeant = ({ values }: TargetEntry): boolean => mayBe(values.get(key.attribute), key.value)
    const entries = new Map<string, TargetEntry>()
    let meant: readonly TargetEntry[] = []
    // Two objects with the value are enough to know that it is not unique.
    for await (const answer of this.#pages(search, search, SEARCH_PAGES, signal, secrets)) {
      if (answer.outcome === 'gone' && entries.size === 0) return done([])
      if (answer.outcome !== 'done') return answer
      for (const entry of this.#entries(kind, answer.value)) entries.set(entry.id, entry)
      meant = [...entries.values()].filter(isMeant)
      if (meant.length > 1) break
    }
    // A service may ignore the filter, or find what only resembles the value: that is another object.
    return meant.length > 0 || entries.size === 0
      ? done(meant)
      : searchFailed(`a search by ${key.attribute} found another value`)
  }

  /**
   * The pages of a list, by the cursor of RFC 9865 if the service gives one, or else by `startIndex`. Ends with the
   * last page, with one that shows nothing new, or with a failure.
   * @param first the path of the first page
   * @param base the same without the place of a page
   * @param most the most pages
   */
  async *#pages(
    first: string,
    base: string,
    most: number,
    signal?: AbortSignal,
    secrets?: readonly string[],
  ): AsyncGenerator<Answer<unknown>> {
    let next: string | undefined = first
    let last = ''
    let read = 0
    for (let page = 1; next !== undefined && page <= most; page++) {
      const answer: Answer<unknown> = await this.#send('GET', next, { signal, secrets })
      if (answer.outcome !== 'done') {
        yield answer
        return
      }
      const found = listIn(answer.value)
      // A service that ignores the place of a page shows the first one again.
      const ids = exactJson(found.map((one) => memberOf(one, 'id')))
      if (ids === last) return
      last = ids
      read += found.length
      yield answer
      const cursor = memberOf(answer.value, 'nextCursor')
      if (typeof cursor === 'string' && cursor !== '') next = `${base}&cursor=${urlPart(cursor)}`
      else
        next = found.length > 0 && read < totalIn(answer.value) ? `${base}&startIndex=${read + 1}` : undefined
    }
  }

  #entries(kind: string, page: unknown): TargetEntry[] {
    return listIn(page)
      .map((one) => this.#entry(kind, one))
      .filter((entry) => entry !== undefined)
  }

  async read(kind: string, id: string, signal?: AbortSignal): Promise<Answer<TargetEntry>> {
    const rest = scimEndpoint(kind) === 'Groups' ? '?excludedAttributes=members' : ''
    const answer = await this.#send('GET', this.#path(kind, id) + rest, { signal })
    if (answer.outcome !== 'done') return answer
    const entry = this.#entry(kind, answer.value)
    return entry === undefined ? incompatible('the answer has no id') : done(entry)
  }

  misfits(kind: string, values: ReadonlyMap<string, Value>): readonly Misfit[] {
    const { attributes, paths } = scimTargetOf(this.#mapping(kind))
    // A text fits every type that takes texts; only the others need a look.
    const doubtful = new Map(
      [...values].filter(
        ([name, value]) =>
          typeof value !== 'string' || (attributes?.get(name)?.type ?? 'Boolean') !== 'String',
      ),
    )
    const { unfit, diagnostics } = resourceValues(doubtful, attributes, paths)
    return unfit.map(({ text }) => ({
      attribute: text,
      reason: diagnostics.find(({ path }) => path === text)?.message ?? '',
    }))
  }

  async create(
    kind: string,
    values: ReadonlyMap<string, Value>,
    signal?: AbortSignal,
  ): Promise<Answer<TargetEntry>> {
    const { resource } = createResource(this.#accepted(values), {
      ...scimTargetOf(this.#mapping(kind)),
      manager: this.#profile.patch.manager,
    })
    const secrets = this.#secretsIn(kind, values)
    const answer = await this.#request('POST', `/${scimEndpoint(kind)}`, { body: resource, signal, secrets })
    if (answer.outcome !== 'done') return answer
    const { status, headers, body } = answer.value
    const entry = this.#entry(kind, body)
    if (entry !== undefined) return done(entry)
    const id = locationId(headers)
    if (id !== undefined) return done({ id, values: new Map() })
    const found = status === 202 ? undefined : await this.#created(kind, values, signal)
    // Without an identifier, the caller finds the object by its matching value later.
    return found === undefined
      ? { ...incompatible('the answer to a create has no id'), outcome: 'unknown' }
      : done(found)
  }

  /** The object that was just created, if one search by a matching attribute finds it. */
  async #created(
    kind: string,
    values: ReadonlyMap<string, Value>,
    signal?: AbortSignal,
  ): Promise<TargetEntry | undefined> {
    const { matching, attributes } = this.#mapping(kind)
    for (const index of matching) {
      const attribute = attributes[index]?.mapping.targetAttributeName
      const value = attribute && values.get(attribute)
      if (attribute === undefined || value === undefined || value === null || this.#refused.has(attribute))
        continue
      const found = await this.find(kind, { attribute, value }, signal)
      return found.outcome === 'done' && found.value.length === 1 ? found.value[0] : undefined
    }
    return undefined
  }

  async update(
    kind: string,
    id: string,
    change: TargetChange,
    signal?: AbortSignal,
  ): Promise<Answer<TargetObject | undefined>> {
    const mapping = this.#mapping(kind)
    const secrets = this.#secretsIn(kind, change.values)
    const { update, patch } = this.#profile
    const path = this.#path(kind, id)
    if (update !== 'patch') {
      const options = { ...scimTargetOf(mapping), manager: patch.manager, addOnly: addOnlyTargets(mapping) }
      const values = this.#accepted(change.values)
      const merged = (current: ScimObject): ScimObject => mergeResource(current, values, options)
      const answer = await this.#replace(path, update, merged, signal, secrets)
      return answer.outcome === 'done' ? done(this.#entry(kind, answer.value)?.values) : answer
    }
    const before = this.#accepted(change.before)
    const { body } = patchResource(before, new Map([...before, ...this.#accepted(change.values)]), {
      ...scimTargetOf(mapping),
      form: patch,
      addOnly: addOnlyTargets(mapping),
      unknownTarget: false,
    })
    if (body === undefined) return done(undefined)
    const answer = await this.#send('PATCH', path, { body, signal, secrets })
    return answer.outcome === 'done' ? done(this.#entry(kind, answer.value)?.values) : answer
  }

  /** Reads an object, changes it, and sends it back. Returns the body of the answer. */
  async #replace(
    path: string,
    update: keyof typeof withoutPaths,
    change: (current: ScimObject) => ScimObject,
    signal?: AbortSignal,
    secrets?: readonly string[],
  ): Promise<Answer<unknown>> {
    const { method, reply } = await replaceResource(
      (verb, body, version) => this.#client.send(verb, path, { body, signal, secrets, version }),
      update,
      this.#profile.patch,
      change,
    )
    const answer = answerOf(method, path, reply)
    if (answer.outcome !== 'done') return answer
    const { body } = answer.value
    return method === 'GET' && kindOf(body as Value) !== 'object'
      ? incompatible(`GET ${path}: the answer shows no object`)
      : done(body)
  }

  async remove(kind: string, id: string, signal?: AbortSignal): Promise<Answer<void>> {
    const answer = await this.#send('DELETE', this.#path(kind, id), { signal })
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async changeMembers(
    kind: string,
    id: string,
    change: MemberChange,
    signal?: AbortSignal,
  ): Promise<Answer<void>> {
    const { attribute, add, remove } = change
    if (this.#refused.has(attribute)) return done(undefined)
    const { patch, updateMembers } = this.#profile
    if (updateMembers !== 'patch') {
      const merged = (current: ScimObject): ScimObject => mergeMembers(current, attribute, change)
      const answer = await this.#replace(this.#path(kind, id), updateMembers, merged, signal)
      return answer.outcome === 'done' ? done(undefined) : answer
    }
    const members = (ids: readonly string[]): readonly ScimObject[] => ids.map((value) => ({ value }))
    const [adding, removing] = [operationWord('add', patch), operationWord('remove', patch)]
    const Operations = [
      ...(add.length === 0 ? [] : [{ op: adding, path: attribute, value: members(add) }]),
      ...memberRemovals(attribute, members(remove), patch).map((one) => ({ op: removing, ...one })),
    ]
    const body = { schemas: [PATCH_OP], Operations }
    const answer = await this.#send('PATCH', this.#path(kind, id), { body, signal })
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  async readMembers(
    kind: string,
    id: string,
    attribute: string,
    signal?: AbortSignal,
  ): Promise<Answer<readonly string[]>> {
    const answer = await this.#send('GET', this.#path(kind, id), { signal })
    if (answer.outcome !== 'done') return answer
    const list = memberOf(answer.value, attribute)
    return done(
      (isList(list) ? list : []).flatMap((one) => {
        const value = kindOf(one) === 'object' ? readAttribute(one as object, 'value') : null
        return typeof value === 'string' ? [value] : []
      }),
    )
  }

  async *list(kind: string, signal?: AbortSignal): AsyncGenerator<Answer<readonly TargetEntry[]>> {
    const { paging, pageSize } = this.#profile
    const groups = scimEndpoint(kind) === 'Groups' ? 'excludedAttributes=members&' : ''
    const base = `/${scimEndpoint(kind)}?${groups}count=${pageSize}`
    const first = `${base}&${paging === 'cursor' ? 'cursor' : 'startIndex=1'}`
    for await (const answer of this.#pages(first, base, Number.POSITIVE_INFINITY, signal))
      yield answer.outcome === 'done' ? done(this.#entries(kind, answer.value)) : answer
  }

  async close(): Promise<void> {}
}
