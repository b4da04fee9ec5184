import type { Entry, Filter } from 'ldapts'
import { type Answer, done, type Failure } from '../answer.js'
import { equal, type LdapConnection, type LdapDriver } from './connection.js'
import { allOf, firstOf } from './entry.js'

/**
 * How to find out what changed in a directory. `usn`: Active Directory and AD LDS, by uSNChanged and deleted
 * objects. `accesslog`: OpenLDAP with that overlay. `changelog`: servers with cn=changelog, such as 389 and
 * OpenDJ. `timestamp`: any other, by modifyTimestamp; deleted entries are not detected.
 */
export type LdapChanges = 'usn' | 'accesslog' | 'changelog' | 'timestamp'

/** An entry that changed, or the identifier of one that was deleted. */
export type Found = { readonly entry: Entry } | { readonly removed: string }

/** What a reader of changes uses. */
export interface ChangeContext {
  readonly connection: LdapConnection
  /** The name of the entry below which the entries are. */
  readonly base: string
  readonly objectClass: string
  readonly logBase: string | undefined
  /** The current entries of the kind that match a filter. */
  readonly search: (filter: (driver: LdapDriver) => Filter) => AsyncGenerator<Answer<readonly Entry[]>>
}

/** Some changes, and the mark at which reading continues. */
interface ChangePage {
  readonly found: readonly Found[]
  readonly mark: string
}

/** One way to find changes. */
interface ChangeReader {
  /** The current mark of the directory, taken before everything is read. */
  mark(): Promise<Answer<string>>
  /** The changes after a mark. If the directory no longer knows the mark, the answer is `gone`. */
  read(since: string): AsyncGenerator<Answer<ChangePage>>
}

const forgotten = (why: string): Failure => ({ outcome: 'gone', code: 'InvalidAnchor', reason: why })

const unidentified = (attribute: string): Failure => ({
  outcome: 'refused',
  code: 'SchemaAttributeNotFound',
  reason: `the log does not say which entry changed: configure the directory to record ${attribute}`,
})

const atLeast = ({ GreaterThanEqualsFilter }: LdapDriver, attribute: string, value: string): Filter =>
  new GreaterThanEqualsFilter({ attribute, value })

const textOf = (entry: Entry | undefined, name: string): string => String(firstOf(entry?.[name]))

/** Active Directory shows deleted objects with this control. */
const SHOW_DELETED = '1.2.840.113556.1.4.417'

const usn = ({ connection, base, objectClass, search }: ChangeContext): ChangeReader => {
  /** The server and its highest number: numbers of another server are not comparable. */
  const state = async (): Promise<
    Answer<{ readonly server: string; readonly highest: bigint; readonly root: string }>
  > => {
    const answer = await connection.all('read of the root', '', () => ({
      scope: 'base',
      attributes: ['dsServiceName', 'highestCommittedUSN', 'defaultNamingContext'],
    }))
    if (answer.outcome !== 'done') return answer
    const [root] = answer.value
    const highest = textOf(root, 'highestCommittedUSN')
    if (!/^\d+$/.test(highest))
      return {
        outcome: 'refused',
        code: 'NotImplemented',
        reason: 'the directory has no highestCommittedUSN',
      }
    return done({
      server: textOf(root, 'dsServiceName'),
      highest: BigInt(highest),
      root: textOf(root, 'defaultNamingContext') || base,
    })
  }
  const markOf = (server: string, number: bigint): string => JSON.stringify({ server, usn: String(number) })
  return {
    mark: async () => {
      const answer = await state()
      return answer.outcome === 'done' ? done(markOf(answer.value.server, answer.value.highest)) : answer
    },
    read: async function* (since) {
      const now = await state()
      if (now.outcome !== 'done') {
        yield now
        return
      }
      const known = numberIn(since)
      const { server, highest, root } = now.value
      if (known === undefined || known.server !== server || known.usn > highest) {
        yield forgotten('the change numbers belong to another server')
        return
      }
      const from = String(known.usn + 1n)
      for await (const page of search((driver) => atLeast(driver, 'uSNChanged', from))) {
        if (page.outcome !== 'done') {
          yield page
          return
        }
        yield done({ found: page.value.map((entry) => ({ entry })), mark: since })
      }
      const deleted = await connection.all(
        'search of deleted objects',
        root,
        (driver) => ({
          scope: 'sub',
          filter: new driver.AndFilter({
            filters: [
              equal(driver, 'isDeleted', 'TRUE'),
              equal(driver, 'objectClass', objectClass),
              atLeast(driver, 'uSNChanged', from),
            ],
          }),
          attributes: [connection.anchor],
        }),
        ({ Control }) => new Control(SHOW_DELETED, { critical: true }),
      )
      yield deleted.outcome === 'done'
        ? done({
            found: deleted.value.map((entry) => ({ removed: connection.idOf(entry) })),
            mark: markOf(server, highest),
          })
        : deleted
    },
  }
}

const numberIn = (mark: string): { readonly server: string; readonly usn: bigint } | undefined => {
  try {
    const { server, usn: number } = JSON.parse(mark) as { server: unknown; usn: unknown }
    if (typeof server !== 'string' || typeof number !== 'string' || !/^\d+$/.test(number)) return undefined
    return { server, usn: BigInt(number) }
  } catch {
    return undefined
  }
}

/** The contents of a log row about a change. */
interface LogRow {
  readonly id: string
  readonly deleted: boolean
}

/** Finds the current entries for the rows of a log. */
const entriesOf = async (
  rows: readonly LogRow[],
  { connection, search }: ChangeContext,
): Promise<Answer<readonly Found[]>> => {
  const found: Found[] = []
  const deleted = new Set(rows.filter((row) => row.deleted).map(({ id }) => id))
  const changed = [...new Set(rows.map(({ id }) => id))].filter((id) => !deleted.has(id))
  for (let from = 0; from < changed.length; from += IDS_PER_SEARCH) {
    const ids = changed.slice(from, from + IDS_PER_SEARCH)
    for await (const page of search(
      (driver) => new driver.OrFilter({ filters: ids.map((id) => connection.byId(id, driver)) }),
    )) {
      if (page.outcome !== 'done') return page
      found.push(...page.value.map((entry) => ({ entry })))
    }
  }
  const there = new Set(found.map((one) => ('entry' in one ? connection.idOf(one.entry) : '')))
  // An entry that no longer belongs to the kind was moved away, or lost its class.
  const gone = [...deleted, ...changed.filter((id) => !there.has(id))]
  return done([...found, ...gone.map((removed) => ({ removed }))])
}

const IDS_PER_SEARCH = 50

/** Reads changes from a log that the directory stores as entries. */
const logReader = (
  context: ChangeContext,
  log: {
    readonly base: string
    readonly number: string
    /** The attribute with the type of the change; `delete` for a deletion. */
    readonly type: string
    readonly filter: (driver: LdapDriver) => Filter
    /** The attribute with the identifier of the changed entry. */
    readonly id: string
    /** Orders marks, which are texts. */
    readonly isLater: (a: string, b: string) => boolean
  },
): ChangeReader => {
  const { connection } = context
  const rows = async function* (since: string | undefined): AsyncGenerator<Answer<readonly Entry[]>> {
    yield* connection.pages('read of the log', log.base, (driver) => ({
      scope: 'sub',
      filter:
        since === undefined
          ? log.filter(driver)
          : new driver.AndFilter({ filters: [log.filter(driver), atLeast(driver, log.number, since)] }),
      attributes: [log.number, log.id, log.type],
    }))
  }
  return {
    mark: async () => {
      let last = ''
      for await (const page of rows(undefined)) {
        if (page.outcome !== 'done') return page
        for (const entry of page.value) {
          const number = textOf(entry, log.number)
          if (last === '' || log.isLater(number, last)) last = number
        }
      }
      return done(last)
    },
    read: async function* (since) {
      let [mark, knowsMark] = [since, since === '']
      for await (const page of rows(since === '' ? undefined : since)) {
        if (page.outcome !== 'done') {
          yield page
          return
        }
        const found: LogRow[] = []
        for (const entry of page.value) {
          const number = textOf(entry, log.number)
          // The row of the mark itself was already read.
          if (number === since) knowsMark = true
          else {
            if (mark === '' || log.isLater(number, mark)) mark = number
            const id = textOf(entry, log.id)
            if (id === '') {
              yield unidentified(log.id)
              return
            }
            found.push({ id, deleted: textOf(entry, log.type) === 'delete' })
          }
        }
        if (!knowsMark) {
          yield forgotten('the log no longer reaches back to the last read')
          return
        }
        const entries = await entriesOf(found, context)
        if (entries.outcome !== 'done') {
          yield entries
          return
        }
        yield done({ found: entries.value, mark })
      }
      if (!knowsMark) yield forgotten('the log no longer reaches back to the last read')
    },
  }
}

const later = (a: string, b: string): boolean => a > b
const laterNumber = (a: string, b: string): boolean => BigInt(a) > BigInt(b)

const accesslog = (context: ChangeContext): ChangeReader =>
  logReader(context, {
    base: context.logBase ?? 'cn=accesslog',
    number: 'reqStart',
    type: 'reqType',
    id: 'reqEntryUUID',
    filter: (driver) =>
      new driver.AndFilter({
        filters: [equal(driver, 'objectClass', 'auditWriteObject'), equal(driver, 'reqResult', '0')],
      }),
    isLater: later,
  })

const changelog = (context: ChangeContext): ChangeReader =>
  logReader(context, {
    base: context.logBase ?? 'cn=changelog',
    number: 'changeNumber',
    type: 'changeType',
    // The log must identify entries by the attribute that the source uses.
    id: context.connection.anchor === 'entryUUID' ? 'targetEntryUUID' : 'targetUniqueId',
    filter: (driver) => equal(driver, 'objectClass', 'changeLogEntry'),
    isLater: laterNumber,
  })

const timestamp = ({ connection, base, search }: ChangeContext): ChangeReader => {
  const TIME = 'modifyTimestamp'
  const lastTime = async (): Promise<Answer<string>> => {
    let last = '19700101000000Z'
    const pages = connection.pages('read of times', base, (driver) => ({
      scope: 'sub',
      filter: new driver.PresenceFilter({ attribute: TIME }),
      attributes: [TIME],
    }))
    for await (const page of pages) {
      if (page.outcome !== 'done') return page
      for (const entry of page.value) {
        const [time] = allOf(entry[TIME]).map(String)
        if (time !== undefined && time > last) last = time
      }
    }
    return done(last)
  }
  return {
    mark: lastTime,
    read: async function* (since) {
      const now = await lastTime()
      if (now.outcome !== 'done') {
        yield now
        return
      }
      // An entry that changed at the time of the mark may have been missed: it is read again.
      for await (const page of search((driver) => atLeast(driver, TIME, since))) {
        if (page.outcome !== 'done') {
          yield page
          return
        }
        yield done({ found: page.value.map((entry) => ({ entry })), mark: since })
      }
      yield done({ found: [], mark: now.value > since ? now.value : since })
    },
  }
}

/** Every way to find changes. */
export const changeReaders: Readonly<Record<LdapChanges, (context: ChangeContext) => ChangeReader>> = {
  usn,
  accesslog,
  changelog,
  timestamp,
}
