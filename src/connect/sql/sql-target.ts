import type { ExpressionBuilder, Transaction } from 'kysely'
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
import { type AnyTables, openDatabase, type SqlDatabase } from './database.js'
import { sqlFailure } from './failure.js'
import { columnOf, type ListTable, listOf, type SqlTable } from './table.js'

/** How to provision a database. */
export interface SqlTargetOptions {
  /** `postgres://user@host/database` or `sqlite:PATH`. */
  readonly address: string
  /** The table of each kind, by target object name. */
  readonly tables: Readonly<Record<string, SqlTable>>
  readonly mappings: ReadonlyMap<string, CompiledObjectMapping>
}

type Row = Readonly<Record<string, unknown>>

/** The number of list rows read with one page of drift. */
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

/**
 * Tables of a PostgreSQL or SQLite database as a target. Each object is written in one transaction. Names of
 * tables and columns come from the job file and are quoted; values are parameters.
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
  async #run<T>(
    what: string,
    writes: boolean,
    work: (tx: Transaction<AnyTables>) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    let finished = false
    try {
      const { db } = await this.#open()
      return await db.transaction().execute(async (tx) => {
        const answer = await work(tx)
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
    where: (eb: ExpressionBuilder<AnyTables, string>) => ReturnType<ExpressionBuilder<AnyTables, string>>,
    limit: number,
  ): Promise<readonly TargetEntry[]> {
    const { table, anchor } = this.#table(kind)
    const rows = (await tx
      .selectFrom(table)
      .selectAll()
      .where((eb) => where(eb as never) as never)
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
    return this.#run(`find in ${this.#table(kind).table}`, false, async (tx) =>
      done(await this.#rows(tx, kind, (eb) => eb(column, '=', columnValue(value)) as never, 3)),
    )
  }

  read(kind: string, id: string): Promise<Answer<TargetEntry>> {
    const { table, anchor } = this.#table(kind)
    return this.#run(`read of ${table}`, false, async (tx) => {
      const [entry] = await this.#rows(tx, kind, (eb) => eb(anchor, '=', id) as never, 1)
      return entry === undefined ? gone(table) : done(entry)
    })
  }

  create(kind: string, values: ReadonlyMap<string, Value>): Promise<Answer<TargetEntry>> {
    const table = this.#table(kind)
    return this.#run(`insert into ${table.table}`, true, async (tx) => {
      const row = this.#row(table, values)
      const query = tx.insertInto(table.table)
      const inserted = (await (Object.keys(row).length === 0 ? query.defaultValues() : query.values(row))
        .returningAll()
        .executeTakeFirstOrThrow()) as Row
      const entry = this.#entry(kind, inserted)
      await this.#writeLists(tx, table, entry.id, values)
      return done(entry)
    })
  }

  update(kind: string, id: string, { values }: TargetChange): Promise<Answer<TargetObject | undefined>> {
    const table = this.#table(kind)
    return this.#run(`update of ${table.table}`, true, async (tx) => {
      const row = this.#row(table, values)
      const found = (await (Object.keys(row).length === 0
        ? tx.selectFrom(table.table).selectAll().where(table.anchor, '=', id).executeTakeFirst()
        : tx
            .updateTable(table.table)
            .set(row)
            .where(table.anchor, '=', id)
            .returningAll()
            .executeTakeFirst())) as Row | undefined
      if (found === undefined) return gone(table.table)
      await this.#writeLists(tx, table, id, values)
      return done(this.#entry(kind, found).values)
    })
  }

  remove(kind: string, id: string): Promise<Answer<void>> {
    const { table, anchor, lists = {} } = this.#table(kind)
    return this.#run(`delete from ${table}`, true, async (tx) => {
      for (const list of Object.values(lists))
        await tx.deleteFrom(list.table).where(list.key, '=', id).execute()
      const [{ numDeletedRows }] = (await tx.deleteFrom(table).where(anchor, '=', id).execute()) as [
        { numDeletedRows: bigint },
      ]
      return numDeletedRows === 0n ? gone(table) : done(undefined)
    })
  }

  changeMembers(kind: string, id: string, { attribute, add, remove }: MemberChange): Promise<Answer<void>> {
    const table = this.#table(kind)
    const list = listOf(table, attribute)
    if (list === undefined) return Promise.resolve(noList(table.table, attribute))
    return this.#run(`members in ${list.table}`, true, async (tx) => {
      const [there] = await this.#rows(tx, kind, (eb) => eb(table.anchor, '=', id) as never, 1)
      if (there === undefined) return gone(table.table)
      if (remove.length > 0)
        await tx
          .deleteFrom(list.table)
          .where(list.key, '=', id)
          .where(list.value, 'in', [...remove])
          .execute()
      if (add.length > 0) await this.#insertValues(tx, list, id, add)
      return done(undefined)
    })
  }

  async readMembers(kind: string, id: string, attribute: string): Promise<Answer<readonly string[]>> {
    const { table } = this.#table(kind)
    const list = listOf(this.#table(kind), attribute)
    if (list === undefined) return noList(table, attribute)
    return this.#run(`members in ${list.table}`, false, async (tx) =>
      done(await this.#listValues(tx, list, id)),
    )
  }

  async *list(kind: string): AsyncGenerator<Answer<readonly TargetEntry[]>> {
    const { table, anchor } = this.#table(kind)
    let after: string | undefined
    do {
      const last = after
      const answer: Answer<readonly TargetEntry[]> = await this.#run(`read of ${table}`, false, async (tx) =>
        done(
          await this.#rows(
            tx,
            kind,
            (eb) => (last === undefined ? eb(anchor, 'is not', null) : eb(anchor, '>', last)) as never,
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

  #row(table: SqlTable, values: ReadonlyMap<string, Value>): Record<string, unknown> {
    return Object.fromEntries(
      [...values]
        .filter(([name]) => listOf(table, name) === undefined)
        .map(([name, value]) => [columnOf(table, name), columnValue(value)]),
    )
  }

  /** Updates the lists of an object to the requested values; correct rows are kept. */
  async #writeLists(
    tx: Transaction<AnyTables>,
    table: SqlTable,
    id: string,
    values: ReadonlyMap<string, Value>,
  ): Promise<void> {
    for (const [name, value] of values) {
      const list = listOf(table, name)
      if (list === undefined) continue
      const wanted = new Set((isList(value) ? value : [value]).flatMap((one) => textOf(one) ?? []))
      const has = new Set(await this.#listValues(tx, list, id))
      const remove = [...has].filter((one) => !wanted.has(one))
      const add = [...wanted].filter((one) => !has.has(one))
      if (remove.length > 0)
        await tx.deleteFrom(list.table).where(list.key, '=', id).where(list.value, 'in', remove).execute()
      if (add.length > 0) await this.#insertValues(tx, list, id, add)
    }
  }

  async #listValues(tx: Transaction<AnyTables>, list: ListTable, id: string): Promise<readonly string[]> {
    const rows = (await tx
      .selectFrom(list.table)
      .select(list.value)
      .where(list.key, '=', id)
      .execute()) as readonly Row[]
    return rows.map((row) => String(row[list.value]))
  }

  /** Adds the values that are missing. */
  async #insertValues(
    tx: Transaction<AnyTables>,
    list: ListTable,
    id: string,
    values: readonly string[],
  ): Promise<void> {
    const has = new Set(await this.#listValues(tx, list, id))
    const fresh = values.filter((one) => !has.has(one))
    if (fresh.length > 0)
      await tx
        .insertInto(list.table)
        .values(fresh.map((one) => ({ [list.key]: id, [list.value]: one })))
        .execute()
  }
}

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
