import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discoverSql } from '../../src/connect/discover/sql.js'
import { SqlSource } from '../../src/connect/index.js'
import { openDatabase } from '../../src/connect/sql/database.js'
import { attrflow, temporaryDirectory } from '../cli/harness.js'
import type { DatabaseServer } from '../support/database-server.js'
import { mariadbPath, startMariadb } from '../support/mariadb.js'
import { serversRequired } from '../support/server.js'
import { sqlStatements } from './sql-statements.js'
import { sqlSuite } from './sql-suite.js'

describe.skipIf(mariadbPath === undefined && !serversRequired)('MariaDB', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startMariadb()
  }, 60_000)
  afterAll(() => server.stop())
  describe('by tables', () => sqlSuite(() => server.database()))
  describe('by statements', () => sqlStatements(() => server.database()))

  it('shows its tables, columns and types', async () => {
    const address = await server.database()
    const { db, close } = await openDatabase(address)
    await sql
      .raw(
        'CREATE TABLE app_user (id BIGINT PRIMARY KEY AUTO_INCREMENT, login VARCHAR(20) NOT NULL, is_active BOOLEAN NOT NULL DEFAULT TRUE, hired_on DATETIME, photo BLOB)',
      )
      .execute(db)
    await close()
    const found = await discoverSql(address)
    expect(found.outcome === 'done' ? found.value[0] : found).toMatchObject({
      name: 'app_user',
      attributes: [
        { name: 'id', type: 'Integer', mutability: 'ReadOnly' },
        { name: 'login', type: 'String', required: true },
        { name: 'is_active', type: 'Boolean', required: false },
        { name: 'hired_on', type: 'DateTime', required: false },
        { name: 'photo', type: 'Binary' },
      ],
    })
  })

  it('a job lets go of its connections when it has run', async () => {
    const address = await server.database()
    const { db, close } = await openDatabase(address)
    for (const name of ['person', 'account'])
      await sql
        .raw(`CREATE TABLE ${name} (id INTEGER PRIMARY KEY AUTO_INCREMENT, mail VARCHAR(40))`)
        .execute(db)
    await db.insertInto('person').values({ mail: 'ada@x' }).execute()
    const directory = temporaryDirectory()
    const mapping = { targetAttributeName: 'mail', matchingPriority: 1, source: { expression: '[mail]' } }
    const object = { sourceObjectName: 'User', targetObjectName: 'User', attributeMappings: [mapping] }
    writeFileSync(
      join(directory, 'schema.json'),
      JSON.stringify({ synchronizationRules: [{ objectMappings: [object] }] }),
    )
    const tables = (table: string) => ({ sql: address, tables: { User: { table, anchor: 'id' } } })
    writeFileSync(
      join(directory, 'job.json'),
      JSON.stringify({
        schema: 'schema.json',
        source: tables('person'),
        target: tables('account'),
        state: 'job.sqlite',
      }),
    )
    expect(await attrflow(['job', 'run', 'job.json'], { directory })).toMatchObject({ code: 0, err: '' })
    expect(await db.selectFrom('account').selectAll().execute()).toEqual([{ id: 1, mail: 'ada@x' }])
    const { rows } = await sql
      .raw('SELECT id FROM information_schema.processlist WHERE db = database()')
      .execute(db)
    expect(rows).toHaveLength(1)
    await close()
  })

  it('refuses what does not fit rather than cutting it off, whatever the server is set to', async () => {
    const address = await server.database()
    const { db, close } = await openDatabase(address)
    await sql.raw("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES'").execute(db)
    await close()
    const again = await openDatabase(address)
    await sql.raw('CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(3))').execute(again.db)
    const values = { id: 1, name: "\\'," }
    await again.db.insertInto('t').values(values).execute()
    expect(await again.db.selectFrom('t').selectAll().execute()).toEqual([values])
    await expect(again.db.insertInto('t').values({ id: 2, name: 'long' }).execute()).rejects.toMatchObject({
      sqlState: '22001',
    })
    await again.close()
  })

  it('says that the credentials or the database are wrong', async () => {
    const address = new URL(await server.database())
    const probe = async (change: (url: URL) => void) => {
      const url = new URL(address)
      change(url)
      const source = new SqlSource({ address: url.href, tables: { User: { table: 't', anchor: 'id' } } })
      const answer = await source.probe()
      await source.close()
      return answer
    }
    const wrong = { outcome: 'refused', concerns: 'credentials' }
    expect(await probe((url) => Object.assign(url, { username: 'nobody' }))).toMatchObject(wrong)
    expect(await probe((url) => Object.assign(url, { pathname: '/nothing' }))).toMatchObject(wrong)
    expect(await probe((url) => Object.assign(url, { port: '1' }))).toMatchObject({
      outcome: 'retry',
      code: 'WebExceptionProtocolError',
    })
  })
})
