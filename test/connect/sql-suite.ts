import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SqlSource, SqlTarget } from '../../src/connect/index.js'
import { openDatabase } from '../../src/connect/sql/database.js'
import type { SqlDatabase } from '../../src/connect/sql/sql-database.js'
import { groupMapping, JobRun, listing, type Record_, userMapping } from '../provision/job-run.js'

/** What every database must do. @param addressOf a new empty database */
export const sqlSuite = (addressOf: () => Promise<string>): void => {
  let address = ''
  let database: SqlDatabase
  let target: SqlTarget
  const run = async (text: string): Promise<readonly Record<string, unknown>[]> =>
    (await sql.raw(quoted(text)).execute(database.db)).rows as Record<string, unknown>[]
  /** MariaDB quotes names by another character. */
  const quoted = (text: string): string => (database.system === 'mariadb' ? text.replaceAll('"', '`') : text)

  beforeAll(async () => {
    address = await addressOf()
    database = await openDatabase(address)
    const serial = {
      postgres: 'SERIAL PRIMARY KEY',
      mariadb: 'INTEGER PRIMARY KEY AUTO_INCREMENT',
      sqlite: 'INTEGER PRIMARY KEY',
    }[database.system]
    const time = { postgres: 'TIMESTAMPTZ', mariadb: 'DATETIME(6)', sqlite: 'TEXT' }[database.system]
    await run(
      `CREATE TABLE account ("no" ${serial}, "login name" VARCHAR(20) NOT NULL UNIQUE, nick VARCHAR(40), active BOOLEAN, secret TEXT, boss INTEGER REFERENCES account("no"), hired ${time})`,
    )
    await run(`CREATE TABLE team (id ${serial}, title TEXT NOT NULL)`)
    await run(
      'CREATE TABLE membership (team INTEGER NOT NULL REFERENCES team(id), member INTEGER NOT NULL REFERENCES account("no"), PRIMARY KEY (team, member))',
    )
    target = new SqlTarget({
      address,
      mappings: new Map([
        ['User', userMapping()],
        ['Group', groupMapping()],
      ]),
      tables: {
        User: {
          table: 'account',
          anchor: 'no',
          columns: { userName: 'login name', nickName: 'nick', password: 'secret', manager: 'boss' },
        },
        Group: {
          table: 'team',
          anchor: 'id',
          columns: { displayName: 'title' },
          lists: { members: { table: 'membership', key: 'team', value: 'member' } },
        },
      },
    })
  })
  afterAll(async () => {
    await target.close()
    await database.close()
  })

  const accounts = () => run('SELECT * FROM account ORDER BY "no"')
  const ada: Record_ = { id: '1', upn: 'ada@x', nick: 'o\'neill"; DROP TABLE account; --' }
  const bo: Record_ = { id: '2', upn: 'bo@x', nick: 'b', boss: '1' }

  it('takes a job: create, reference, members, change, disable, delete; each second cycle writes nothing', async () => {
    const job = new JobRun()
    const settle = async (people: readonly Record_[], members: readonly string[]) => {
      const source = listing(people, [{ id: 'g', name: 'Team', members }])
      job.clock += 25 * 3_600_000
      const first = await job.cycle(source, {}, { target })
      expect(first).toMatchObject({
        failure: null,
        quarantine: null,
        counters: { failure: 0, referenceFailure: 0 },
      })
      job.clock += 25 * 3_600_000
      const { counters } = await job.cycle(source, {}, { target })
      expect(counters).toMatchObject({
        objects: people.length + 1,
        unchanged: people.length + 1,
        references: 0,
      })
      return first.counters
    }
    expect(await settle([ada, bo], ['1', '2'])).toMatchObject({ create: 3 })
    const account = async (name: string) => (await accounts()).find((row) => row['login name'] === name)
    const [first, second] = [await account('ada@x'), await account('bo@x')]
    expect(first).toMatchObject({ 'login name': 'ada@x', nick: ada.nick })
    expect(second).toMatchObject({ boss: first!.no })
    expect(await run('SELECT * FROM membership')).toHaveLength(2)
    await settle([{ ...ada, nick: 'x', upn: 'ada2@x' }, bo], ['1'])
    expect(await account('ada2@x')).toMatchObject({ no: first!.no, nick: 'x', 'login name': 'ada2@x' })
    expect(await run('SELECT * FROM membership')).toHaveLength(1)
    await settle([{ ...ada, nick: 'x', upn: 'ada2@x', IsSoftDeleted: true }, bo], [])
    expect(Boolean((await account('ada2@x'))!.active)).toBe(false)
    await settle([{ ...ada, nick: 'x', upn: 'ada2@x' }], [])
    expect(await accounts()).toHaveLength(1)
    await run('DELETE FROM team')
    await run('DELETE FROM account')
  })

  it('answers what the database refuses as outcomes, without values', async () => {
    const values = (entries: Record<string, string | null>) => new Map(Object.entries(entries))
    expect(await target.create('User', values({ userName: 'once', nickName: null }))).toMatchObject({
      outcome: 'done',
    })
    expect(await target.create('User', values({ userName: 'once' }))).toMatchObject({ outcome: 'conflict' })
    expect(await target.create('User', values({ nickName: 'private' }))).toMatchObject({
      code: 'MandatoryFieldsMissing',
    })
    const reference = await target.create('User', values({ userName: 'two', manager: '99999' }))
    expect(reference).toMatchObject({ outcome: 'refused' })
    if (database.system !== 'sqlite') {
      const long = await target.create('User', values({ userName: 'private'.repeat(10) }))
      expect(long).toMatchObject({ outcome: 'refused', code: 'UnprocessableEntity' })
      expect(JSON.stringify(long)).not.toContain('private')
    }
    if (database.system === 'postgres')
      expect(await target.create('User', values({ userName: 'nul\u0000' }))).toMatchObject({
        outcome: 'refused',
      })
    expect(await target.read('User', '424242')).toMatchObject({ outcome: 'gone' })
    expect(
      await target.update('User', '424242', { before: new Map(), values: values({ nickName: 'x' }) }),
    ).toMatchObject({ outcome: 'gone' })
    expect(await target.remove('User', '424242')).toMatchObject({ outcome: 'gone' })
    // What failed left nothing behind.
    expect(await accounts()).toHaveLength(1)
    await run('DELETE FROM account')
  })

  it('quotes the names of tables and columns', async () => {
    const hostile = new SqlTarget({
      address,
      mappings: new Map([['User', userMapping()]]),
      tables: {
        User: {
          table: 'account',
          anchor: 'no',
          columns: { userName: 'x" FROM account; DROP TABLE account; --' },
        },
      },
    })
    expect(await hostile.find('User', { attribute: 'userName', value: 'a' })).toMatchObject({
      code: 'SchemaAttributeNotFound',
    })
    await hostile.close()
    expect(await accounts()).toEqual([])
  })

  it('takes identifiers and values as they are, whatever they look like', async () => {
    const created = await target.create('User', new Map([['userName', '0']]))
    const id = created.outcome === 'done' ? created.value.id : ''
    const change = { before: new Map(), values: new Map([['nickName', 'changed']]) }
    // MariaDB would take each of these for the number that it begins with.
    for (const other of [`${id} or 1=1`, `${id}x`, `${id}' OR '1'='1`, `${id};`, '', 'x']) {
      expect((await target.read('User', other)).outcome).not.toBe('done')
      expect((await target.update('User', other, change)).outcome).not.toBe('done')
      expect((await target.remove('User', other)).outcome).not.toBe('done')
      const members = { attribute: 'members', add: [], remove: [other] }
      expect((await target.changeMembers('Group', other, members)).outcome).not.toBe('done')
      const found = await target.find('User', { attribute: 'manager', value: other })
      expect(found.outcome === 'done' ? found.value : []).toEqual([])
    }
    // A number is no text that begins with other characters.
    expect(
      await target.update('User', id, { ...change, values: new Map([['userName', "x' OR 1=1 --\\"]]) }),
    ).toMatchObject({ outcome: 'done' })
    expect(await target.find('User', { attribute: 'userName', value: 0 })).toMatchObject({ value: [] })
    expect(await target.find('User', { attribute: 'userName', value: "x' OR 1=1 --\\" })).toMatchObject({
      value: [{ id }],
    })
    expect(await accounts()).toHaveLength(1)
    await run('DELETE FROM account')
  })

  it('writes a point in time, and shows the row after a change', async () => {
    const hired = '2026-03-01T08:30:00.250+02:00'
    const created = await target.create(
      'User',
      new Map<string, string | null>([
        ['userName', 'time'],
        ['hired', hired],
      ]),
    )
    const id = created.outcome === 'done' ? created.value.id : ''
    const [row] = await accounts()
    const stored = row!.hired
    if (database.system !== 'sqlite') expect(new Date(stored as Date)).toEqual(new Date(hired))
    else expect(stored).toBe(hired)
    const updated = await target.update('User', id, {
      before: new Map(),
      values: new Map<string, string | null>([['nickName', hired]]),
    })
    // A column of text keeps the text.
    expect(updated.outcome === 'done' ? updated.value?.get('nickName') : updated).toBe(hired)
    await run('DELETE FROM account')
  })

  it('reads lists page by page for drift', async () => {
    await run(
      `INSERT INTO account ("login name") SELECT login FROM (${numbered(database.system, 1203)}) numbered`,
    )
    const sizes: number[] = []
    for await (const page of target.list('User')) sizes.push(page.outcome === 'done' ? page.value.length : -1)
    expect(sizes).toEqual([500, 500, 203])
    await run('DELETE FROM account')
  })

  it('is a source: everything, from a watermark on, and by a table of changes', async () => {
    await run('CREATE TABLE person (id INTEGER PRIMARY KEY, upn TEXT, nick TEXT, changed INTEGER)')
    await run('CREATE TABLE phone (person INTEGER, number TEXT)')
    await run('CREATE TABLE person_log (seq INTEGER PRIMARY KEY, person INTEGER)')
    await run("INSERT INTO person VALUES (1, 'ada@x', 'a', 1), (2, 'bo@x', NULL, 2)")
    await run("INSERT INTO phone VALUES (1, '+41'), (1, '+49')")
    const base = {
      table: 'person',
      anchor: 'id',
      lists: { phones: { table: 'phone', key: 'person', value: 'number' } },
    }
    const read = async (source: SqlSource, since?: string) => {
      const found: { ids: string[]; watermark: string | undefined } = { ids: [], watermark: undefined }
      for await (const page of source.read('User', since)) {
        expect(page.failure).toBeUndefined()
        found.watermark = page.watermark ?? found.watermark
        found.ids.push(...page.changes.map((one) => (one.type === 'faulty' ? '?' : `${one.type} ${one.id}`)))
      }
      await source.close()
      return found
    }
    const everything = new SqlSource({ address, tables: { User: base } })
    expect(await everything.get('User', '1')).toMatchObject({
      value: { upn: 'ada@x', phones: ['+41', '+49'] },
    })
    expect(await everything.get('User', '9')).toMatchObject({ outcome: 'gone' })
    expect(await read(everything)).toMatchObject({ ids: ['changed 1', 'changed 2'] })
    const marked = () => new SqlSource({ address, tables: { User: { ...base, watermark: 'changed' } } })
    expect(await read(marked())).toEqual({ ids: ['changed 1', 'changed 2'], watermark: '2' })
    await run("UPDATE person SET nick = 'z', changed = 10 WHERE id = 1")
    expect(await read(marked(), '2')).toEqual({ ids: ['changed 1', 'changed 2'], watermark: '10' })
    expect(await read(marked(), '10')).toEqual({ ids: ['changed 1'], watermark: '10' })
    const noted = () =>
      new SqlSource({
        address,
        tables: { User: { ...base, changes: { table: 'person_log', sequence: 'seq', anchor: 'person' } } },
      })
    expect(await read(noted())).toEqual({ ids: ['changed 1', 'changed 2'], watermark: '0' })
    await run('DELETE FROM person WHERE id = 2')
    await run('INSERT INTO person_log VALUES (1, 1), (2, 2), (3, 1)')
    expect(await read(noted(), '0')).toEqual({ ids: ['changed 1', 'removed 2'], watermark: '3' })
    expect(await read(noted(), '3')).toEqual({ ids: [], watermark: '3' })
    // A transaction that began earlier ends later: its number is lower than the last one.
    await run('INSERT INTO person_log VALUES (6, 1)')
    expect(await read(noted(), '3')).toEqual({ ids: ['changed 1'], watermark: '6 without 4,5' })
    expect((await read(noted())).watermark).toBe('6 without 4,5')
    await run('INSERT INTO person_log VALUES (4, 2)')
    expect(await read(noted(), '6 without 4,5')).toEqual({ ids: ['removed 2'], watermark: '6 without 5' })
  })

  it('shows a row whose identifier another row has as faulty', async () => {
    await run('CREATE TABLE doubled (id INTEGER, upn VARCHAR(20))')
    await run("INSERT INTO doubled VALUES (1, 'a'), (1, 'b'), (2, 'c'), (NULL, 'd')")
    const source = new SqlSource({ address, tables: { User: { table: 'doubled', anchor: 'id' } } })
    const changes = []
    for await (const page of source.read('User')) changes.push(...page.changes)
    expect(changes.map((one) => (one.type === 'faulty' ? one.at : one.id)).sort()).toEqual([
      '1',
      '2',
      'a row of doubled without id',
      'a second row of doubled with the id 1',
    ])
    await source.close()
  })

  it('compares the values of a list sign by sign, whatever the collation of the column', async () => {
    const collation = { postgres: '', mariadb: 'COLLATE utf8mb4_general_ci', sqlite: 'COLLATE NOCASE' }
    await run(
      `CREATE TABLE tagged (team INTEGER, tag VARCHAR(20) ${collation[database.system]}, PRIMARY KEY (team, tag))`,
    )
    const tagged = new SqlTarget({
      address,
      mappings: new Map([['Group', groupMapping()]]),
      tables: {
        Group: {
          table: 'team',
          anchor: 'id',
          columns: { displayName: 'title' },
          lists: { members: { table: 'tagged', key: 'team', value: 'tag' } },
        },
      },
    })
    const created = await tagged.create('Group', new Map([['displayName', 'T']]))
    const id = created.outcome === 'done' ? created.value.id : ''
    const change = (add: readonly string[], remove: readonly string[]) =>
      tagged.changeMembers('Group', id, { attribute: 'members', add, remove })
    const tags = async () => (await run('SELECT tag FROM tagged ORDER BY tag')).map(({ tag }) => tag)
    expect(await change(['ada', 'bo'], [])).toMatchObject({ outcome: 'done' })
    // Neither is in the list: nothing is removed, and nothing that is there already is added.
    expect(await change(['ada'], ['ADA', 'Bo'])).toMatchObject({ outcome: 'done' })
    expect(await tags()).toEqual(['ada', 'bo'])
    expect(await change(['ADA'], ['ada'])).toMatchObject({ outcome: 'done' })
    expect(await tags()).toEqual(['ADA', 'bo'])
    if (database.system !== 'postgres')
      expect(await change(['Bo'], [])).toMatchObject({ outcome: 'conflict' })
    await tagged.close()
    await run('DELETE FROM team')
  })

  it('keeps integers that no number represents, also in a view', async () => {
    await run('CREATE TABLE large (id BIGINT PRIMARY KEY, login BIGINT)')
    await run('INSERT INTO large VALUES (9007199254740993, 9007199254740995), (2, 3)')
    // The columns of an expression have no type in SQLite.
    if (database.system === 'sqlite')
      await run(
        "CREATE TRIGGER small BEFORE INSERT ON large WHEN NEW.id < 0 BEGIN SELECT raise(abort, 'too small'); END",
      )
    await run('CREATE VIEW calculated AS SELECT id + 0 AS id, login + 0 AS login FROM large')
    for (const table of ['large', 'calculated']) {
      const large = new SqlTarget({
        address,
        mappings: new Map([['User', userMapping()]]),
        tables: { User: { table, anchor: 'id', columns: { userName: 'login' } } },
      })
      const found = await large.find('User', { attribute: 'userName', value: '9007199254740995' })
      expect(found).toMatchObject({ outcome: 'done', value: [{ id: '9007199254740993' }] })
      expect(await large.read('User', '9007199254740993')).toMatchObject({
        value: { values: new Map([['userName', '9007199254740995']]) },
      })
      expect(await large.create('User', new Map([['userName', 2n ** 70n]]))).toMatchObject({
        outcome: 'refused',
      })
      if (database.system === 'sqlite')
        expect(await large.create('User', new Map([['id', -1]]))).toMatchObject({ outcome: 'refused' })
      await large.close()
      const source = new SqlSource({ address, tables: { User: { table, anchor: 'id', watermark: 'login' } } })
      const read = async (since?: string) => {
        const pages = []
        for await (const page of source.read('User', since)) pages.push(page)
        return pages.flatMap(({ changes }) => changes.map((one) => (one.type === 'changed' ? one.id : one)))
      }
      expect(await read()).toEqual(['2', '9007199254740993'])
      expect(await read('4')).toEqual(['9007199254740993'])
      await source.close()
    }
  })

  it('lists all rows of a view page by page', async () => {
    await run('CREATE TABLE counted (id INTEGER PRIMARY KEY, login VARCHAR(20))')
    await run(`INSERT INTO counted SELECT id, login FROM (${numbered(database.system, 1100)}) numbered`)
    await run('CREATE VIEW recounted AS SELECT id + 0 AS id, login FROM counted')
    const view = new SqlTarget({
      address,
      mappings: new Map([['User', userMapping()]]),
      tables: { User: { table: 'recounted', anchor: 'id', columns: { userName: 'login' } } },
    })
    const ids = new Set<string>()
    for await (const page of view.list('User'))
      if (page.outcome === 'done') for (const { id } of page.value) ids.add(id)
    expect(ids.size).toBe(1100)
    await view.close()
  })

  it('refuses bytes as the anchor', async () => {
    const bytes = { postgres: 'BYTEA', mariadb: 'VARBINARY(16)', sqlite: 'BLOB' }[database.system]
    await run(`CREATE TABLE keyed (id ${bytes} PRIMARY KEY, login VARCHAR(20))`)
    await run(`INSERT INTO keyed VALUES (${database.system === 'postgres' ? "'\\x01ff'" : "X'01ff'"}, 'a')`)
    const keyed = new SqlTarget({
      address,
      mappings: new Map([['User', userMapping()]]),
      tables: { User: { table: 'keyed', anchor: 'id', columns: { userName: 'login' } } },
    })
    expect(await keyed.find('User', { attribute: 'userName', value: 'a' })).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('a view can convert it'),
    })
    await keyed.close()
    const source = new SqlSource({ address, tables: { User: { table: 'keyed', anchor: 'id' } } })
    for await (const page of source.read('User')) expect(page.changes).toMatchObject([{ type: 'faulty' }])
    await source.close()
  })

  it('says what is wrong when there is no such table', async () => {
    const source = new SqlSource({ address, tables: { User: { table: 'nowhere', anchor: 'id' } } })
    expect(await source.probe()).toMatchObject({ outcome: 'refused', code: 'SchemaAttributeNotFound' })
    for await (const page of source.read('User')) expect(page.failure).toMatchObject({ outcome: 'refused' })
    await source.close()
  })
}

const numbered = (system: SqlDatabase['system'], count: number): string =>
  system === 'postgres'
    ? `SELECT n AS id, 'n' || n AS login FROM generate_series(1, ${count}) n`
    : system === 'mariadb'
      ? `SELECT seq AS id, CONCAT('n', seq) AS login FROM seq_1_to_${count}`
      : `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${count}) SELECT n AS id, 'n' || n AS login FROM n`
