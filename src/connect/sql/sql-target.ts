import type { Transaction } from 'kysely'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { TargetObject } from '../../mapping/mapped-object.js'
import { jsonText, textOf } from '../../values/text.js'
import { isList, type Value } from '../../values/value.js'
import { type Answer, done, type Failure } from '../answer.js'
import type {
  MemberChange,
  Target,
  TargetAbilities,
  TargetChange,
  TargetEntry,
  TargetKey,
} from '../target.js'
import { openDatabase } from './database.js'
import { sqlFailure } from './failure.js'
import type { AnyTables, Condition, Row, SqlDatabase } from './sql-database.js'
import { columnOf, type ListTable, listOf, type SqlTable } from './table.js'

/** How to provision a database. */
export interface SqlTargetOptions {
  /** `postgres://user@host/database`, `mariadb://user@host/database` or `sqlite:PATH`. */
  readonly address: string
  /** The table of each kind, by target object name. */
  readonly tables: Readonly<Record<string, SqlTable>>
  readonly mappings: ReadonlyMap<string, CompiledObjectMapping>
}

/** The number of rows read with one page of drift. */
const PAGE = 500

/** A value in the form that a column stores. Lists and objects have no column. */
const columnValue = (value: Value): string | number | bigint | boolean | null => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return value
  return textOf(value)
}

/** A value of a column. */
const fromColumn = (value: unknown): Value => {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') return jsonText(value)
  return value as Value
}

/** A transaction and its database. */
type Work = Pick<SqlDatabase, 'system' | 'equals' | 'fit'> & { readonly tx: Transaction<AnyTables> }

/**
 * Tables of a database as a target. Each object is written in one transaction. Names of tables and columns come from
 * the job file and are quoted; values are parameters.
 */
export class SqlTarget implements Target {
  readonly name: string
  readonly abilities: TargetAbilities = { membersPerRequest: 500, requestTimeout: 30_000, concurrency: 8 }
  readonly #options: SqlTargetOptions
  #database: Promise<SqlDatabase> | undefined

  constructor(options: SqlTargetOptions) {
    this.#options = options
    this.name = options.address.startsWith('sqlite:')
      ? options.address.slice('sqlite:'.length)
      : new URL(options.address).host
  }

  async #open(): Promise<SqlDatabase> {
    this.#database ??= openDatabase(this.#options.address)
    return this.#database
  }

  #table(kind: string): SqlTable {
    const { tables } = this.#options
    if (!Object.hasOwn(tables, kind)) throw new RangeError(`the target has no table for ${kind}`)
    return tables[kind]!
  }

  /** The attributes of a kind that have a column. */
  #columns(kind: string): readonly (readonly [attribute: string, column: string])[] {
    const table = this.#table(kind)
    const mapping = this.#options.mappings.get(kind)
    const names = mapping?.attributes.map((one) => one.mapping.targetAttributeName) ?? []
    return names
      .filter((name) => listOf(table, name) === undefined)
      .map((name) => [name, columnOf(table, name)])
  }

  /** Runs statements in one transaction. */
  async #run<T>(what: string, writes: boolean, work: (work: Work) => Promise<Answer<T>>): Promise<Answer<T>> {
    let finished = false
    try {
      const { db, system, equals, fit } = await this.#open()
      return await db.transaction().execute(async (tx) => {
        const answer = await work({ tx, system, equals, fit })
        finished = true
        return answer
      })
    } catch (error) {
      if ((error as Error).name === 'MissingDriver') throw error
      const failure = sqlFailure(what, error, writes && finished)
      // Nothing can have taken effect before the commit was sent.
      return failure.outcome === 'unknown' && !finished ? { ...failure, outcome: 'retry' } : failure
    }
  }

  async #rows(
    tx: Transaction<AnyTables>,
    kind: string,
    condition: Condition,
    limit: number,
  ): Promise<readonly TargetEntry[]> {
    const { table, anchor } = this.#table(kind)
    const rows = (await tx
      .selectFrom(table)
      .selectAll()
      .where(condition)
      .orderBy(anchor)
      .limit(limit)
      .execute()) as readonly Row[]
    return rows.map((row) => this.#entry(kind, row))
  }

  #entry(kind: string, row: Row): TargetEntry {
    const { anchor } = this.#table(kind)
    const values = new Map<string, Value>()
    for (const [attribute, column] of this.#columns(kind))
      if (Object.hasOwn(row, column)) values.set(attribute, fromColumn(row[column]))
    return { id: String(row[anchor]), values }
  }

  async probe(kind: string, key: TargetKey): Promise<Answer<void>> {
    const answer = await this.find(kind, key)
    return answer.outcome === 'done' ? done(undefined) : answer
  }

  find(kind: string, { attribute, value }: TargetKey): Promise<Answer<readonly TargetEntry[]>> {
    const column = columnOf(this.#table(kind), attribute)
    return this.#run(`find in ${this.#table(kind).table}`, false, async ({ tx, equals }) =>
      done(await this.#rows(tx, kind, equals(column, columnValue(value)), 3)),
    )
  }

  read(kind: string, id: string): Promise<Answer<TargetEntry>> {
    const { table, anchor } = this.#table(kind)
    return this.#run(`read of ${table}`, false, async ({ tx, equals }) => {
      const [entry] = await this.#rows(tx, kind, equals(anchor, id), 1)
      return entry === undefined ? gone(table) : done(entry)
    })
  }

  create(kind: string, values: ReadonlyMap<string, Value>): Promise<Answer<TargetEntry>> {
    const table = this.#table(kind)
    return this.#run(`insert into ${table.table}`, true, async (work) => {
      const row = await work.fit(work.tx, table.table, rowOf(table, values))
      const query = work.tx.insertInto(table.table)
      const ofDefaults = Object.keys(row).length === 0 && work.system !== 'mariadb'
      const inserted = (await (ofDefaults ? query.defaultValues() : query.values(row))
        .returningAll()
        .executeTakeFirstOrThrow()) as Row
      const entry = this.#entry(kind, inserted)
      await this.#writeLists(work, table, entry.id, values)
      return done(entry)
    })
  }

  update(kind: string, id: string, { values }: TargetChange): Promise<Answer<TargetObject | undefined>> {
    const table = this.#table(kind)
    return this.#run(`update of ${table.table}`, true, async (work) => {
      const row = await work.fit(work.tx, table.table, rowOf(table, values))
      const found = await this.#changeRow(work, table, id, row)
      if (found === undefined) return gone(table.table)
      await this.#writeLists(work, table, id, values)
      return done(this.#entry(kind, found).values)
    })
  }

  /** The row after the change. MariaDB returns no rows from an update, so it is read in the same transaction. */
  async #changeRow(
    { tx, system, equals }: Work,
    { table, anchor }: SqlTable,
    id: string,
    row: Row,
  ): Promise<Row | undefined> {
    const change = tx.updateTable(table).set(row).where(equals(anchor, id))
    const changes = Object.keys(row).length > 0
    if (changes && system !== 'mariadb') return change.returningAll().executeTakeFirst()
    if (changes) await change.execute()
    const key = Object.hasOwn(row, anchor) ? row[anchor] : id
    return tx.selectFrom(table).selectAll().where(equals(anchor, key)).executeTakeFirst()
  }

  remove(kind: string, id: string): Promise<Answer<void>> {
    const { table, anchor, lists = {} } = this.#table(kind)
    return this.#run(`delete from ${table}`, true, async ({ tx, equals }) => {
      for (const list of Object.values(lists))
        await tx.deleteFrom(list.table).where(equals(list.key, id)).execute()
      const { numDeletedRows } = await tx
        .deleteFrom(table)
        .where(equals(anchor, id))
        .executeTakeFirstOrThrow()
      return numDeletedRows === 0n ? gone(table) : done(undefined)
    })
  }

  changeMembers(kind: string, id: string, { attribute, add, remove }: MemberChange): Promise<Answer<void>> {
    const table = this.#table(kind)
    const list = listOf(table, attribute)
    if (list === undefined) return Promise.resolve(noList(table.table, attribute))
    return this.#run(`members in ${list.table}`, true, async (work) => {
      const [there] = await this.#rows(work.tx, kind, work.equals(table.anchor, id), 1)
      if (there === undefined) return gone(table.table)
      const has = new Set(await this.#listValues(work, list, id, [...add, ...remove]))
      await this.#changeList(
        work,
        list,
        id,
        add.filter((one) => !has.has(one)),
        remove.filter((one) => has.has(one)),
      )
      return done(undefined)
    })
  }

  async readMembers(kind: string, id: string, attribute: string): Promise<Answer<readonly string[]>> {
    const { table } = this.#table(kind)
    const list = listOf(this.#table(kind), attribute)
    if (list === undefined) return noList(table, attribute)
    return this.#run(`members in ${list.table}`, false, async (work) =>
      done(await this.#listValues(work, list, id)),
    )
  }

  async *list(kind: string): AsyncGenerator<Answer<readonly TargetEntry[]>> {
    const { table, anchor } = this.#table(kind)
    let after: string | undefined
    do {
      const last = after
      const answer: Answer<readonly TargetEntry[]> = await this.#run(
        `read of ${table}`,
        false,
        async ({ tx }) =>
          done(
            await this.#rows(
              tx,
              kind,
              (eb) => (last === undefined ? eb(anchor, 'is not', null) : eb(anchor, '>', last)),
              PAGE,
            ),
          ),
      )
      yield answer
      after = answer.outcome === 'done' && answer.value.length === PAGE ? answer.value.at(-1)!.id : undefined
    } while (after !== undefined)
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined)
    await database?.close()
  }

  /** Updates the lists of an object to the requested values; correct rows are kept. */
  async #writeLists(
    work: Work,
    table: SqlTable,
    id: string,
    values: ReadonlyMap<string, Value>,
  ): Promise<void> {
    for (const [name, value] of values) {
      const list = listOf(table, name)
      if (list === undefined) continue
      const wanted = new Set((isList(value) ? value : [value]).flatMap((one) => textOf(one) ?? []))
      const has = new Set(await this.#listValues(work, list, id))
      await this.#changeList(
        work,
        list,
        id,
        [...wanted].filter((one) => !has.has(one)),
        [...has].filter((one) => !wanted.has(one)),
      )
    }
  }

  /** The values of a list. @param among read only these */
  async #listValues(
    { tx, equals }: Work,
    { table, key, value }: ListTable,
    id: string,
    among?: readonly string[],
  ): Promise<readonly string[]> {
    if (among?.length === 0) return []
    const query = tx.selectFrom(table).select(value).where(equals(key, id))
    const rows = await (among === undefined ? query : query.where(value, 'in', among)).execute()
    return rows.map((row) => String(row[value]))
  }

  /** Adds values that are missing, and removes values that exist. */
  async #changeList(
    { tx, equals }: Work,
    { table, key, value }: ListTable,
    id: string,
    add: readonly string[],
    remove: readonly string[],
  ): Promise<void> {
    if (remove.length > 0)
      await tx.deleteFrom(table).where(equals(key, id)).where(value, 'in', remove).execute()
    if (add.length > 0)
      await tx
        .insertInto(table)
        .values(add.map((one) => ({ [key]: id, [value]: one })))
        .execute()
  }
}

/** The values of the attributes that have a column. */
const rowOf = (table: SqlTable, values: ReadonlyMap<string, Value>): Row =>
  Object.fromEntries(
    [...values]
      .filter(([name]) => listOf(table, name) === undefined)
      .map(([name, value]) => [columnOf(table, name), columnValue(value)]),
  )

const gone = (table: string): Failure => ({
  outcome: 'gone',
  code: 'InvalidAnchor',
  reason: `${table} has no such row`,
})

const noList = (table: string, attribute: string): Failure => ({
  outcome: 'refused',
  code: 'SchemaAttributeNotFound',
  reason: `${attribute} of ${table} has no table of its own: name one in lists`,
})
