import { setTimeout as timer } from 'node:timers/promises'
import { mergeMembers, mergeResource } from '../../../scim/merge.js'
import { PATCH_OP } from '../../../scim/patch.js'
import { operationWord, type PatchForm } from '../../../scim/patch-form.js'
import type { ScimObject } from '../../../scim/value.js'
import { urlPart } from '../../../text/url-part.js'
import { readAttribute } from '../../../values/record.js'
import type { Value } from '../../../values/value.js'
import { retryAfter } from '../../http.js'
import { locationId } from '../answers.js'
import { errorDetail, type Reply, type ScimClient, type ScimMethod } from '../client.js'
import { classicProfile, type TargetProfile } from '../profile.js'
import { replaceResource } from '../replace.js'

/** A JSON object in an answer. */
export type Resource = Readonly<Record<string, unknown>>

export type Kind = 'Users' | 'Groups'

/** A PATCH operation of a question; the form found so far determines its capital letter. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path?: string
  readonly value?: unknown
}

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'

export const isResource = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The body of a reply, if it is an object. */
export const bodyOf = (reply: Reply): Resource | undefined =>
  !('lost' in reply) && isResource(reply.body) ? reply.body : undefined

/** The resources of a list; undefined if the reply is not a list. */
export const resourcesOf = (reply: Reply): readonly Resource[] | undefined => {
  const body = bodyOf(reply)
  if (body === undefined || reply.status !== 200) return undefined
  const list = readAttribute(body, 'Resources')
  // RFC 7644 allows an empty list to omit Resources.
  if (list === null && Number(readAttribute(body, 'totalResults')) === 0) return []
  return Array.isArray(list) ? (list as readonly unknown[]).filter(isResource) : undefined
}

/** The answer of a server as text: the status and its error. */
export const answerText = (reply: Reply): string => {
  if ('lost' in reply) return reply.reason
  const detail = errorDetail(reply.body)
  return detail === '' ? `${reply.status}` : `${reply.status} (${detail})`
}

const isAboutMembers = ({ path }: Operation): boolean => path?.startsWith('members') === true

/** The identifiers of members in an operation. */
const memberIds = ({ path = '', value }: Operation): readonly string[] => {
  const filtered = /^members\[value eq (".*")\]$/.exec(path)?.[1]
  return filtered === undefined
    ? (value as readonly Resource[]).map((one) => String(one.value))
    : [JSON.parse(filtered) as string]
}

/** A resource after an operation, to be sent as a whole. */
const merged = (current: ScimObject, operation: Operation): ScimObject => {
  const { op, path, value } = operation
  if (isAboutMembers(operation)) {
    const ids = memberIds(operation)
    const [add, remove] = op === 'add' ? [ids, []] : [[], ids]
    return mergeMembers(current, 'members', { add, remove })
  }
  const values =
    path === undefined
      ? Object.entries(value as Resource)
      : [[path.endsWith(']') ? `${path}.value` : path, op === 'remove' ? null : value] as const]
  const manager = Array.isArray(value) ? 'list' : typeof value === 'string' ? 'text' : 'object'
  return mergeResource(current, new Map(values as readonly (readonly [string, Value])[]), { manager })
}

/** How often a throttled request is sent, and the longest wait, in milliseconds. */
const ATTEMPTS = 5
const LONGEST_WAIT = 60_000

/** Waits for so many milliseconds, or until the signal aborts. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>

const pause: Sleep = (milliseconds, signal) =>
  timer(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)

export const succeeded = ({ status }: Reply): boolean => status >= 200 && status < 300

/** What a probe has found so far, and the objects that it created and deletes at its end. */
export class ProbeSession {
  readonly #client: ScimClient
  readonly #sleep: Sleep
  readonly #signal: AbortSignal | undefined
  readonly #made = new Set<string>()
  /** Searches for objects that may have been created although no answer confirmed it. */
  readonly #doubtful = new Map<string, Kind>()
  readonly #mark: string
  #count = 0
  #profile: TargetProfile = { ...classicProfile, refused: [], dropped: [] }
  /** The user that questions about PATCH change. */
  user: Resource | undefined
  /** A second user, for references. */
  other: Resource | undefined
  group: Resource | undefined
  /** Whether the answer to a create did not show the resource. */
  bareCreates = false
  /** Whether a minimal user needs e-mail addresses and a name. */
  #needsDetails = false

  /**
   * @param mark the prefix of the names of everything that the probe creates
   * @param sleep waits for so many milliseconds
   */
  constructor(client: ScimClient, mark: string, signal?: AbortSignal, sleep: Sleep = pause) {
    this.#client = client
    this.#mark = mark
    this.#signal = signal
    this.#sleep = sleep
  }

  get profile(): TargetProfile {
    return this.#profile
  }

  /** Sends a request; again after a wait if the server throttles it. */
  async send(method: ScimMethod, path: string, body?: unknown, version?: string): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const reply = await this.#client.send(method, path, { body, signal: this.#signal, version })
      if (reply.status !== 429 || 'lost' in reply || attempt === ATTEMPTS) return reply
      const wait = Math.min(LONGEST_WAIT, retryAfter(reply.headers.get('retry-after')))
      await this.#sleep(wait, this.#signal)
    }
  }

  /** A name that no other object has. */
  name(): string {
    this.#count++
    return `${this.#mark}-${this.#count}`
  }

  form(part: Partial<PatchForm>): void {
    this.#profile = { ...this.#profile, patch: { ...this.#profile.patch, ...part } }
  }

  set(part: Partial<Omit<TargetProfile, 'patch' | 'version'>>): void {
    this.#profile = { ...this.#profile, ...part }
  }

  refuses(attribute: string): void {
    this.set({ refused: [...this.#profile.refused, attribute] })
  }

  drops(attribute: string): void {
    this.set({ dropped: [...this.#profile.dropped, attribute] })
  }

  /**
   * Creates a resource and remembers it for deletion, also if no answer says whether it was created. If the answer
   * to a create does not show the resource, it is read.
   */
  async create(kind: Kind, body: Resource): Promise<Reply> {
    const name = kind === 'Users' ? 'userName' : 'displayName'
    const filter = `${name} eq ${JSON.stringify(body[name])}`
    const answer = await this.send('POST', `/${kind}`, body)
    const reply = succeeded(answer) ? await this.#shown(kind, filter, answer) : answer
    const id = bodyOf(reply)?.id
    if (succeeded(reply) && (typeof id === 'string' || typeof id === 'number'))
      this.#made.add(`/${kind}/${urlPart(String(id))}`)
    else if (reply.status < 300 || reply.status >= 500) this.#doubtful.set(filter, kind)
    return reply
  }

  /** The answer to a create with the resource: its own body, or what its Location or a search shows. */
  async #shown(kind: Kind, filter: string, answer: Reply): Promise<Reply> {
    if ('lost' in answer || bodyOf(answer)?.id !== undefined) return answer
    this.bareCreates = true
    const id = locationId(answer.headers)
    const found =
      id === undefined
        ? resourcesOf(await this.search(kind, filter))
        : [bodyOf(await this.send('GET', `/${kind}/${urlPart(id)}`))]
    return found?.length === 1 && found[0] !== undefined ? { ...answer, body: found[0] } : answer
  }

  /** The body of a user with attributes that every server should accept, and more. */
  userBody(more: Resource = {}): Resource {
    const { schemas = [], ...values } = more
    const userName = `${this.name()}@example.com`
    return {
      schemas: [CORE_USER, ...(schemas as readonly string[])],
      userName,
      ...(this.#needsDetails
        ? {
            name: { givenName: 'Probe', familyName: 'Attrflow' },
            displayName: 'Probe Attrflow',
            emails: [{ type: 'work', value: userName, primary: true }],
          }
        : {}),
      active: true,
      ...values,
    }
  }

  /** Creates a user with additional attributes; undefined if it was refused. */
  async createUser(more: Resource = {}): Promise<Resource | undefined> {
    const reply = await this.create('Users', this.userBody(more))
    return succeeded(reply) ? bodyOf(reply) : undefined
  }

  /** From now on users are created with a name and an e-mail address. */
  needDetails(): void {
    this.#needsDetails = true
  }

  groupBody(more: Resource = {}): Resource {
    return { schemas: [CORE_GROUP], displayName: this.name(), ...more }
  }

  path(kind: Kind, { id }: Resource): string {
    return `/${kind}/${urlPart(String(id))}`
  }

  /** The current resource; undefined if the server does not return it. */
  async read(kind: Kind, resource: Resource): Promise<Resource | undefined> {
    const reply = await this.send('GET', this.path(kind, resource))
    return succeeded(reply) ? bodyOf(reply) : undefined
  }

  /** Changes a resource in the way that the form found so far says. */
  async patch(kind: Kind, resource: Resource, ...operations: readonly Operation[]): Promise<Reply> {
    const { update, updateMembers, patch: form } = this.#profile
    const path = this.path(kind, resource)
    const method = operations.every(isAboutMembers) ? updateMembers : update
    if (method !== 'patch') {
      const changed = await replaceResource(
        (verb, body, version) => this.send(verb, path, body, version),
        method,
        form,
        (current) => operations.reduce(merged, current),
      )
      return changed.reply
    }
    return this.send('PATCH', path, {
      schemas: [PATCH_OP],
      Operations: operations.map(({ op, ...rest }) => ({ op: operationWord(op, form), ...rest })),
    })
  }

  /** A Boolean in the form that the server accepts. */
  boolean(value: boolean): unknown {
    return this.#profile.patch.booleans === 'json' ? value : value ? 'True' : 'False'
  }

  /** A filtered search. */
  async search(kind: Kind, filter: string): Promise<Reply> {
    return this.send('GET', `/${kind}?filter=${urlPart(filter)}`)
  }

  async remove(path: string): Promise<Reply> {
    const reply = await this.#client.send('DELETE', path)
    if (succeeded(reply) || reply.status === 404) this.#made.delete(path)
    return reply
  }

  /**
   * Deletes everything that the probe created, groups first. Returns the paths of objects that could not be
   * deleted.
   */
  async cleanUp(): Promise<readonly string[]> {
    const unclear: string[] = []
    for (const [filter, kind] of this.#doubtful) {
      // The signal may already be aborted; objects are deleted nevertheless.
      const path = `/${kind}?filter=${urlPart(filter)}`
      const found = resourcesOf(await this.#client.send('GET', path))
      if (found === undefined) unclear.push(path)
      for (const resource of found ?? []) this.#made.add(this.path(kind, resource))
    }
    for (const path of [...this.#made].sort()) await this.remove(path)
    return [...this.#made, ...unclear]
  }
}

/**
 * The value of a resource at dotted names, extension names and `[type eq "…"]`; undefined if there is none.
 */
export const valueAt = (
  resource: Resource | undefined,
  ...names: readonly (string | Resource)[]
): unknown => {
  let value: unknown = resource
  for (const name of names) {
    if (typeof name === 'string')
      value = isResource(value) ? (readAttribute(value, name) ?? undefined) : undefined
    else if (Array.isArray(value))
      value = (value as readonly unknown[]).find(
        (one) =>
          isResource(one) &&
          Object.entries(name).every(([key, wanted]) => String(one[key]) === String(wanted)),
      )
    else value = undefined
  }
  return value
}
