import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SqlTarget } from '../../src/connect/index.js'
import { openDatabase } from '../../src/connect/sql/database.js'
import type { SqlDatabase } from '../../src/connect/sql/sql-database.js'
import type { SqlTable, TableStatements } from '../../src/connect/sql/table.js'
import { JobRun, listing, type Record_, userMapping } from '../provision/job-run.js'

/** Procedures, or plain statements where there are none, that keep accounts in a table with other names. */
const systems: Readonly<
  Record<SqlDatabase['system'], { readonly setUp: readonly string[]; readonly statements: TableStatements }>
> = {
  postgres: {
    setUp: [
      'CREATE TABLE store (no SERIAL PRIMARY KEY, name TEXT UNIQUE NOT NULL, nick TEXT, on_duty BOOLEAN, boss INTEGER)',
      'CREATE VIEW shown AS SELECT no AS "No", name AS login, nick, on_duty AS active, boss FROM store',
      `CREATE FUNCTION add_account(login TEXT, given TEXT, active BOOLEAN) RETURNS SETOF shown LANGUAGE sql AS
       $$ INSERT INTO store (name, nick, on_duty) VALUES (login, given, active) RETURNING no, name, nick, on_duty, boss $$`,
      `CREATE PROCEDURE change_account(id INTEGER, login TEXT, given TEXT, active BOOLEAN, chief INTEGER) LANGUAGE sql AS
       $$ UPDATE store SET name = login, nick = given, on_duty = active, boss = chief WHERE no = id $$`,
      'CREATE PROCEDURE remove_account(id INTEGER) LANGUAGE sql AS $$ DELETE FROM store WHERE no = id $$',
    ],
    statements: {
      create:
        "SELECT * FROM add_account(:login::text, given => :nick, active => :active) /* :no 'parameter' */ WHERE ':no' = $q$:no$q$ -- :no",
      update: 'CALL change_account(:"No", :login, :nick, :active, :boss)',
      delete: 'CALL remove_account(:"No")',
      read: 'SELECT * FROM shown WHERE "No" = :"No"',
      find: { userName: 'SELECT * FROM shown WHERE lower(login) = lower(:login)' },
      list: 'SELECT * FROM shown ORDER BY 1',
    },
  },
  mariadb: {
    setUp: [
      'CREATE TABLE store (no INTEGER PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40) UNIQUE NOT NULL, nick VARCHAR(80), on_duty BOOLEAN, boss INTEGER)',
      'CREATE VIEW shown AS SELECT no AS `No`, name AS login, nick, on_duty AS active, boss FROM store',
      `CREATE PROCEDURE add_account(login TEXT, given TEXT, active BOOLEAN) BEGIN
         INSERT INTO store (name, nick, on_duty) VALUES (login, given, active);
         SELECT * FROM shown WHERE \`No\` = LAST_INSERT_ID();
       END`,
      `CREATE PROCEDURE change_account(id INTEGER, login TEXT, given TEXT, active BOOLEAN, chief INTEGER)
         UPDATE store SET name = login, nick = given, on_duty = active, boss = chief WHERE no = id`,
      'CREATE PROCEDURE remove_account(id INTEGER) DELETE FROM store WHERE no = id',
      'CREATE PROCEDURE read_account(id INTEGER) SELECT * FROM shown WHERE `No` = id',
      'CREATE PROCEDURE find_account(named TEXT) SELECT * FROM shown WHERE login = named',
      'CREATE PROCEDURE all_accounts() SELECT * FROM shown ORDER BY 1',
    ],
    statements: {
      create: "CALL add_account(:login, :nick, :active) /* :no 'parameter' */ -- :no",
      update: 'CALL change_account(:No, :login, :nick, :active, :boss)',
      delete: 'CALL remove_account(:No)',
      read: 'CALL read_account(:No)',
      find: { userName: 'CALL find_account(:login)' },
      list: 'CALL all_accounts()',
    },
  },
  sqlite: {
    setUp: [
      'CREATE TABLE store (no INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, nick TEXT, on_duty BOOLEAN, boss INTEGER)',
      'CREATE VIEW shown AS SELECT no AS "No", name AS login, nick, on_duty AS active, boss FROM store',
    ],
    statements: {
      create:
        "INSERT INTO store (name, nick, on_duty) SELECT :login, :nick, :active WHERE ':no' <> '' RETURNING no AS [No] -- :no",
      update: 'UPDATE store SET name = :login, nick = :nick, on_duty = :active, boss = :boss WHERE no = :No',
      delete: 'DELETE FROM store WHERE no = :No',
      read: 'SELECT * FROM shown WHERE "No" = :No',
      find: { userName: 'SELECT * FROM shown WHERE login = :login' },
      list: 'SELECT * FROM shown ORDER BY 1',
    },
  },
}

/** What statements of a job file must do in every database. @param addressOf a new empty database */
export const sqlStatements = (addressOf: () => Promise<string>): void => {
  let address = ''
  let database: SqlDatabase
  const open: SqlTarget[] = []
  const run = async (text: string): Promise<readonly Record<string, unknown>[]> =>
    (await sql.raw(text).execute(database.db)).rows as Record<string, unknown>[]
  const targetWith = (statements: TableStatements, more: Partial<SqlTable> = {}): SqlTarget => {
    const target = new SqlTarget({
      address,
      mappings: new Map([['User', userMapping()]]),
      tables: {
        User: {
          table: 'shown',
          anchor: 'No',
          columns: { userName: 'login', nickName: 'nick', manager: 'boss' },
          statements,
          ...more,
        },
      },
    })
    open.push(target)
    return target
  }

  beforeAll(async () => {
    address = await addressOf()
    database = await openDatabase(address)
    for (const text of systems[database.system].setUp) await run(text)
  })
  afterAll(async () => {
    for (const target of open) await target.close()
    await database.close()
  })

  it('statements of the job file carry out a job: create, match, reference, change, disable, delete', async () => {
    const target = targetWith(systems[database.system].statements)
    const job = new JobRun()
    const cycle = async (people: readonly Record_[]) => {
      job.clock += 25 * 3_600_000
      const report = await job.cycle(listing(people), {}, { target })
      expect(report).toMatchObject({
        failure: null,
        quarantine: null,
        counters: { failure: 0, referenceFailure: 0 },
      })
      return report.counters
    }
    await run("INSERT INTO store (name, nick) VALUES ('bo@x', 'old')")
    const ada: Record_ = { id: '1', upn: 'ada@x', nick: "'); DROP TABLE store; -- :login" }
    const bo: Record_ = { id: '2', upn: 'bo@x', nick: 'b', boss: '1' }
    expect(await cycle([ada, bo])).toMatchObject({ create: 1, update: 1 })
    const rows = () => run('SELECT * FROM store ORDER BY no')
    const [second, first] = await rows()
    expect(first).toMatchObject({ name: 'ada@x', nick: ada.nick, boss: null })
    expect(second).toMatchObject({ name: 'bo@x', nick: 'b', boss: first!.no })
    expect(await cycle([ada, bo])).toMatchObject({ unchanged: 2 })
    // What does not change keeps its value.
    await cycle([ada, { ...bo, nick: 'c' }])
    expect((await rows())[0]).toMatchObject({ name: 'bo@x', nick: 'c', boss: first!.no })
    await cycle([
      { ...ada, IsSoftDeleted: true },
      { ...bo, nick: 'c' },
    ])
    expect(Boolean((await rows())[1]!.on_duty)).toBe(false)
    const listed = []
    for await (const page of target.list('User'))
      listed.push(page.outcome === 'done' ? page.value.length : page)
    expect(listed).toEqual([2])
    await cycle([{ ...ada, IsSoftDeleted: true }])
    expect(await rows()).toHaveLength(1)
    await run('DELETE FROM store')
  })

  it('refuses a statement that would lose a value, lacks one, or has no effect, and leaves nothing behind', async () => {
    const { statements } = systems[database.system]
    const made = await targetWith(statements).create('User', new Map([['userName', 'eve']]))
    expect(made).toMatchObject({ outcome: 'done' })
    const id = made.outcome === 'done' ? made.value.id : ''
    const change = (values: Record<string, string | null>) => ({
      before: new Map(),
      values: new Map(Object.entries(values)),
    })
    const lossy = targetWith({ ...statements, create: statements.create!.replace(':nick', "'x'") })
    expect(
      await lossy.create(
        'User',
        new Map([
          ['userName', 'lost'],
          ['nickName', 'n'],
        ]),
      ),
    ).toMatchObject({ outcome: 'refused', code: 'SchemaAttributeNotFound' })
    const idle = targetWith({ ...statements, update: 'SELECT :nick, :login', delete: 'SELECT 1' })
    expect(await idle.update('User', id, change({ manager: '1' }))).toMatchObject({
      code: 'SchemaAttributeNotFound',
    })
    expect(await idle.remove('User', id)).toMatchObject({ outcome: 'refused', code: 'UnprocessableEntity' })
    const empty = targetWith({ ...statements, create: 'SELECT :login, :nick, :active' })
    expect(await empty.create('User', new Map([['userName', 'nobody']]))).toMatchObject({
      outcome: 'refused',
    })
    const strange = targetWith({ ...statements, update: 'SELECT :nobody' })
    expect(await strange.probe('User', { attribute: 'userName', value: 'x' })).toMatchObject({
      code: 'SchemaAttributeNotFound',
      reason: expect.stringContaining('statements.update of shown has the parameter :nobody'),
    })
    const target = targetWith(statements)
    expect(await target.create('User', new Map([['userName', 'eve']]))).toMatchObject({ outcome: 'conflict' })
    expect(await target.update('User', '424242', change({ nickName: 'x' }))).toMatchObject({
      outcome: 'gone',
    })
    expect(await target.remove('User', '424242')).toMatchObject({ outcome: 'gone' })
    expect(await run('SELECT name, nick FROM store')).toEqual([{ name: 'eve', nick: null }])
    await run('DELETE FROM store')
  })

  it('undoes a write that reaches another number of rows than one', async () => {
    await run('CREATE TABLE twins (id INTEGER, login VARCHAR(20), tag VARCHAR(20))')
    await run("INSERT INTO twins VALUES (1, 'a', 'x'), (1, 'b', 'y'), (2, 'c', 'z')")
    const target = targetWith(
      {},
      { table: 'twins', anchor: 'id', columns: { userName: 'login', nickName: 'tag' } },
    )
    const values = new Map([['nickName', 'new']])
    const several = { outcome: 'refused', code: 'DuplicateTargetEntries' }
    expect(await target.update('User', '1', { before: new Map(), values })).toMatchObject(several)
    expect(await target.remove('User', '1')).toMatchObject(several)
    expect(await target.read('User', '1')).toMatchObject(several)
    expect(await run('SELECT tag FROM twins ORDER BY login')).toEqual([
      { tag: 'x' },
      { tag: 'y' },
      { tag: 'z' },
    ])
  })
}
