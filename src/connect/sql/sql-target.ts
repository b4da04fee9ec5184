import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { TargetObject } from '../../mapping/mapped-object.js'
import { jsonText, textForm, textOf } from '../../values/text.js'
import { isList, kindOf, type Value } from '../../values/value.js'
import { type Answer, done, type Failure, FailureError } from '../answer.js'
import { isPlaceholder, placeholderSearched } from '../ecma-name.js'
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
import { changeListRows, listValues, writeListRows } from './list-rows.js'
import { findByStatement, readByStatement, statementProblem, writeByStatement } from './own-statements.js'
import type { Condition, Row, SqlDatabase } from './sql-database.js'
import { anchorKinds, columnOf, listOf, type SqlTable } from './table.js'
import { disagrees, type Work } from './work.js'

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

/** A value in the form that a column stores: an object is JSON. A list needs a column that holds an array. */
const columnValue = (value: Value): unknown => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return value
  if (isList(value)) return value.map(columnValue)
  return kindOf(value) === 'object' ? jsonText(value) : textOf(value)
}

const hasColumn = (table: SqlTable, attribute: string): boolean =>
  listOf(table, attribute) === undefined && !isPlaceholder(attribute)

/** A value of a column; bytes are Base64. */
const fromColumn = (value: unknown): Value => {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(fromColumn)
  if (typeof value === 'object') return jsonText(value)
  return value as Value
}

/**
 * Tables of a database as a target. Each object is written in one transaction. Names of tables and columns come from
 * the job file and are quoted; values are parameters.
 */
export class SqlTarget implements Target {
  readonly name: string
  readonly abilities: TargetAbilities = {
    membersPerRequest: 500,
    requestTimeout: 30_000,
    concurrency: 8,
  }
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
    const table = Object.hasOwn(tables, kind) ? tables[kind] : undefined
    if (table === undefined) throw new RangeError(`the target has no table for ${kind}`)
    return table
  }

  /** The attributes of a kind that have a column. */
  #columns(kind: string): readonly (readonly [attribute: string, column: string])[] {
    const table = this.#table(kind)
    const mapping = this.#options.mappings.get(kind)
    const names = mapping?.attributes.map((one) => one.mapping.targetAttributeName) ?? []
    return names.filter((name) => hasColumn(table, name)).map((name) => [name, columnOf(table, name)])
  }

  /** Runs statements in one transaction. It is rolled back unless the answer is `done`. */
  async #run<T>(what: string, writes: boolean, work: (work: Work) => Promise<Answer<T>>): Promise<Answer<T>> {
    let finished = false
    try {
      const database = await this.#open()
      return await database.db.transaction().execute(async (tx) => {
        const answer = await work({ ...database, tx })
        if (answer.outcome !== 'done') throw new FailureError(answer)
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

  /** A value of an attribute in the form that its column stores; Base64 becomes bytes. */
  #stored(kind: string, attribute: string, value: Value): unknown {
    const definition = this.#options.mappings.get(kind)?.ends.target?.get(attribute)
    return typeof value === 'string' && definition?.type === 'Binary'
      ? Buffer.from(value, 'base64')
      : columnValue(value)
  }

  /** The values of the attributes that have a column. */
  #rowOf(kind: string, values: ReadonlyMap<string, Value>): Row {
    const table = this.#table(kind)
    const entries = [...values].filter(([name]) => hasColumn(table, name))
    return Object.fromEntries(
      entries.map(([name, value]) => [columnOf(table, name), this.#stored(kind, name, value)]),
    )
  }

  async #rows({ tx }: Work, kind: string, condition: Condition, limit: number): Promise<readonly Row[]> {
    const { table, anchor } = this.#table(kind)
    return (await tx
      .selectFrom(table)
      .selectAll()
      .where(condition)
      .orderBy(anchor)
      .limit(limit)
      .execute()) as readonly Row[]
  }

  /**
   * The row with an identifier; undefined if there is none.
   * @throws {FailureError} if there are several
   */
  async #row(work: Work, kind: string, id: unknown): Promise<Row | undefined> {
    const table = this.#table(kind)
    const { anchor } = table
    const rows =
      (await readByStatement(work, table, 'read', { [anchor]: id })) ??
      (await this.#rows(work, kind, work.equals(anchor, id), 2))
    if (rows.length > 1) throw severalRows(table)
    return rows[0]
  }

  #entry(kind: string, row: Row): TargetEntry {
    const { anchor } = this.#table(kind)
    const values = new Map<string, Value>()
    for (const [attribute, column] of this.#columns(kind))
      if (Object.hasOwn(row, column)) values.set(attribute, fromColumn(row[column]))
    if (typeof row[anchor] === 'object' && row[anchor] !== null)
      throw disagrees(anchorKinds(anchor), 'InvalidAnchor')
    return { id: String(row[anchor]), values }
  }

  async probe(kind: string, key: TargetKey): Promise<Answer<void>> {
    const table = this.#table(kind)
    const answer = await this.#run(`statements of ${table.table}`, false, async ({ system }) => {
      const columns = this.#columns(kind).map(([, column]) => column)
      return statementProblem(table, system, columns) ?? done(undefined)
    })
    if (answer.outcome !== 'done') return answer
    if (isPlaceholder(key.attribute)) return answer
    const found = await this.find(kind, key)
    return found.outcome === 'done' ? done(undefined) : found
  }

  async find(kind: string, { attribute, value }: TargetKey): Promise<Answer<readonly TargetEntry[]>> {
    if (isPlaceholder(attribute)) return placeholderSearched
    const table = this.#table(kind)
    const sought = this.#stored(kind, attribute, value)
    const answer = await this.#run(`find in ${table.table}`, false, async (work) => {
      const rows =
        (await findByStatement(work, table, attribute, sought)) ??
        (await this.#rows(work, kind, work.equals(columnOf(table, attribute), sought), 3))
      return done(rows.map((row) => this.#entry(kind, row)))
    })
    // No row has a value that the type of the column does not allow.
    return answer.outcome === 'refused' && answer.code === 'UnprocessableEntity' ? done([]) : answer
  }

  read(kind: string, id: string): Promise<Answer<TargetEntry>> {
    const { table } = this.#table(kind)
    return this.#run(`read of ${table}`, false, async (work) => {
      const row = await this.#row(work, kind, id)
      return row === undefined ? gone(table) : done(this.#entry(kind, row))
    })
  }

  create(kind: string, values: ReadonlyMap<string, Value>): Promise<Answer<TargetEntry>> {
    const table = this.#table(kind)
    return this.#run(`insert into ${table.table}`, true, async (work) => {
      const inserted = await this.#insert(work, kind, this.#rowOf(kind, values))
      const entry = this.#entry(kind, inserted)
      await this.#writeLists(work, table, entry.id, values)
      return done(entry)
    })
  }

  /** The new row. */
  async #insert(work: Work, kind: string, row: Row): Promise<Row> {
    const table = this.#table(kind)
    const { anchor } = table
    const others = Object.fromEntries(this.#columns(kind).map(([, column]) => [column, null]))
    const returned = await writeByStatement(work, table, 'create', row, others)
    if (returned !== undefined) {
      const [first = {}] = returned
      const id = [first[anchor], row[anchor]].find((one) => one !== undefined && one !== null)
      if (id === undefined)
        throw disagrees(`statements.create of ${table.table} returned no row with ${anchor}`)
      const stored = await this.#row(work, kind, id)
      if (stored === undefined) throw disagrees(`statements.create of ${table.table} stored no row`)
      return stored
    }
    const fitted = await work.fit(work.tx, table.table, row)
    const query = work.tx.insertInto(table.table)
    const ofDefaults = Object.keys(fitted).length === 0 && work.system !== 'mariadb'
    const rows = (await (ofDefaults ? query.defaultValues() : query.values(fitted))
      .returningAll()
      .execute()) as readonly Row[]
    const [stored] = rows
    if (stored === undefined || rows.length > 1)
      throw disagrees(`${table.table}: the database stored ${rows.length} rows, not one`)
    return stored
  }

  update(kind: string, id: string, { values }: TargetChange): Promise<Answer<TargetObject | undefined>> {
    const table = this.#table(kind)
    return this.#run(`update of ${table.table}`, true, async (work) => {
      const found = await this.#changeRow(work, kind, id, this.#rowOf(kind, values))
      if (found === undefined) return gone(table.table)
      await this.#writeLists(work, table, id, values)
      return done(this.#entry(kind, found).values)
    })
  }

  /** The row after the change; undefined if there is none. */
  async #changeRow(work: Work, kind: string, id: string, row: Row): Promise<Row | undefined> {
    const table = this.#table(kind)
    const { anchor } = table
    if (Object.keys(row).length === 0) return this.#row(work, kind, id)
    if (table.statements?.update !== undefined) {
      const current = await this.#row(work, kind, id)
      if (current === undefined) return undefined
      const { [anchor]: mapped = id, ...changed } = row
      if (String(mapped) !== id)
        throw disagrees(`${table.table}: ${anchor} identifies a row and cannot change`)
      await writeByStatement(work, table, 'update', changed, {
        ...current,
        [anchor]: id,
      })
      const now = await this.#row(work, kind, id)
      if (now === undefined) throw disagrees(`statements.update of ${table.table} removed the row`)
      return now
    }
    const fitted = await work.fit(work.tx, table.table, row)
    const change = work.tx.updateTable(table.table).set(fitted).where(work.equals(anchor, id))
    if (work.system === 'mariadb') {
      // MariaDB returns no rows from an update, and does not count a row that is right already.
      if ((await this.#row(work, kind, id)) === undefined) return undefined
      await change.execute()
      return this.#row(work, kind, Object.hasOwn(row, anchor) ? row[anchor] : id)
    }
    const rows = (await change.returningAll().execute()) as readonly Row[]
    if (rows.length > 1) throw severalRows(table)
    return rows[0]
  }

  remove(kind: string, id: string): Promise<Answer<void>> {
    const { table, anchor, lists = {}, statements = {} } = this.#table(kind)
    return this.#run(`delete from ${table}`, true, async (work) => {
      for (const list of Object.values(lists))
        await work.tx.deleteFrom(list.table).where(work.equals(list.key, id)).execute()
      if (statements.delete !== undefined) {
        const before = await this.#row(work, kind, id)
        if (before === undefined) return gone(table)
        await writeByStatement(work, this.#table(kind), 'delete', {}, { ...before, [anchor]: id })
        // A procedure may keep the row and mark it.
        const after = await this.#row(work, kind, id)
        if (jsonText(after) === jsonText(before))
          throw disagrees(`statements.delete of ${table} changed nothing`)
        return done(undefined)
      }
      const { numDeletedRows } = await work.tx
        .deleteFrom(table)
        .where(work.equals(anchor, id))
        .executeTakeFirstOrThrow()
      if (numDeletedRows > 1n) throw severalRows(this.#table(kind))
      return numDeletedRows === 0n ? gone(table) : done(undefined)
    })
  }

  changeMembers(kind: string, id: string, { attribute, ...change }: MemberChange): Promise<Answer<void>> {
    const table = this.#table(kind)
    const list = listOf(table, attribute)
    if (list === undefined) return Promise.resolve(noList(table.table, attribute))
    return this.#run(`members in ${list.table}`, true, async (work) => {
      if ((await this.#row(work, kind, id)) === undefined) return gone(table.table)
      await changeListRows(work, list, id, change)
      return done(undefined)
    })
  }

  async readMembers(kind: string, id: string, attribute: string): Promise<Answer<readonly string[]>> {
    const { table } = this.#table(kind)
    const list = listOf(this.#table(kind), attribute)
    if (list === undefined) return noList(table, attribute)
    return this.#run(`members in ${list.table}`, false, async (work) =>
      done(await listValues(work, list, id)),
    )
  }

  async *list(kind: string): AsyncGenerator<Answer<readonly TargetEntry[]>> {
    const { table, anchor, statements } = this.#table(kind)
    // The value of the column: an expression in a view of SQLite has no type that would convert a text.
    let after: unknown
    do {
      const last = after
      const answer: Answer<readonly TargetEntry[]> = await this.#run(
        `read of ${table}`,
        false,
        async (work) => {
          const rows =
            (await readByStatement(work, this.#table(kind), 'list', {})) ??
            (await this.#rows(
              work,
              kind,
              (eb) => (last === undefined ? eb(anchor, 'is not', null) : eb(anchor, '>', last)),
              PAGE,
            ))
          const isWhole = statements?.list !== undefined || rows.length < PAGE
          after = isWhole ? undefined : rows.at(-1)?.[anchor]
          return done(rows.map((row) => this.#entry(kind, row)))
        },
      )
      yield answer
      if (answer.outcome !== 'done') return
    } while (after !== undefined)
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined)
    await database?.close()
  }

  /** Gives the lists of an object the requested values. */
  async #writeLists(
    work: Work,
    table: SqlTable,
    id: string,
    values: ReadonlyMap<string, Value>,
  ): Promise<void> {
    for (const [name, value] of values) {
      const list = listOf(table, name)
      if (list === undefined) continue
      const wanted = (isList(value) ? value : [value]).flatMap((one) => textForm(one) ?? [])
      await writeListRows(work, list, id, new Set(wanted))
    }
  }
}

const severalRows = ({ table, anchor }: SqlTable): FailureError =>
  disagrees(`${table}: several rows have the same ${anchor}`, 'DuplicateTargetEntries')

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
