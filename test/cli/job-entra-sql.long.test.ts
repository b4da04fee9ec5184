import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/connect/sql/database.js'
import type { SqlDatabase } from '../../src/connect/sql/sql-database.js'
import { attributeMapping } from '../support/custom-app-schema.js'
import type { DatabaseServer } from '../support/database-server.js'
import { postgresPath, startPostgres } from '../support/postgres.js'
import { serversRequired } from '../support/server.js'
import { attrflow, temporaryDirectory } from './harness.js'

/** A schema with one object mapping of users. */
const schemaOf = (attributeMappings: readonly object[]): string =>
  JSON.stringify({
    synchronizationRules: [
      {
        sourceDirectoryName: 'Azure Active Directory',
        targetDirectoryName: 'Database',
        objectMappings: [{ sourceObjectName: 'User', targetObjectName: 'User', attributeMappings }],
      },
    ],
  })

/** From Entra by delta queries to a database with a table of several values, and its changes to another table. */
const entraToDatabase = (addressOf: () => Promise<string>): void => {
  const directory = temporaryDirectory()
  let graph: Server
  let database: SqlDatabase
  let changes: readonly object[] = []
  const run = async (text: string): Promise<readonly Record<string, unknown>[]> =>
    (await sql.raw(text).execute(database.db)).rows as Record<string, unknown>[]
  const rows = (text: string): Promise<readonly unknown[]> =>
    run(text).then((found) => found.map((row) => Object.values(row).map(String).join(' ')))

  beforeAll(async () => {
    graph = createServer(({ url = '' }, response) => {
      const link = `http://127.0.0.1:${(graph.address() as AddressInfo).port}/users/mark`
      response.setHeader('content-type', 'application/json')
      const isRead = /delta|mark/.test(url)
      response.end(JSON.stringify({ value: isRead ? changes : [], '@odata.deltaLink': link }))
      if (isRead) changes = []
    })
    await new Promise<void>((done) => graph.listen(0, '127.0.0.1', done))
    const address = await addressOf()
    database = await openDatabase(address)
    const serial = database.system === 'postgres' ? 'SERIAL PRIMARY KEY' : 'INTEGER PRIMARY KEY'
    await run(`CREATE TABLE account (id ${serial}, login TEXT UNIQUE, name TEXT, boss INTEGER)`)
    await run('CREATE TABLE mail (account INTEGER, address TEXT, PRIMARY KEY (account, address))')
    await run(`CREATE TABLE noted (seq ${serial}, account INTEGER)`)
    await run('CREATE TABLE copied (id INTEGER PRIMARY KEY, login TEXT, mails TEXT)')
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
      const row = event === 'DELETE' ? 'OLD' : 'NEW'
      if (database.system === 'sqlite')
        await run(
          `CREATE TRIGGER on_${event} AFTER ${event} ON account BEGIN INSERT INTO noted (account) VALUES (${row}.id); END`,
        )
      else {
        await run(
          `CREATE FUNCTION on_${event}() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN INSERT INTO noted (account) VALUES (${row}.id); RETURN NULL; END $$`,
        )
        await run(
          `CREATE TRIGGER on_${event} AFTER ${event} ON account FOR EACH ROW EXECUTE FUNCTION on_${event}()`,
        )
      }
    }
    writeFileSync(
      join(directory, 'there.schema.json'),
      schemaOf([
        attributeMapping('login', '[userPrincipalName]', 1),
        attributeMapping('name', '[displayName]'),
        attributeMapping('mails', '[otherMails]'),
        attributeMapping('manager', '[manager]'),
      ]),
    )
    writeFileSync(
      join(directory, 'back.schema.json'),
      schemaOf([
        attributeMapping('id', '[id]', 1),
        attributeMapping('login', 'ToUpper([login])'),
        attributeMapping('mails', 'Join(";", [mails])'),
      ]),
    )
    const account = {
      table: 'account',
      anchor: 'id',
      lists: { mails: { table: 'mail', key: 'account', value: 'address' } },
    }
    const columns = { manager: 'boss' }
    const { port } = graph.address() as AddressInfo
    writeFileSync(
      join(directory, 'there.json'),
      JSON.stringify({
        schema: 'there.schema.json',
        source: { graph: `http://127.0.0.1:${port}`, token: 'x', collections: { User: 'users' } },
        target: { sql: address, tables: { User: { ...account, columns } } },
        state: 'there.sqlite',
      }),
    )
    writeFileSync(
      join(directory, 'back.json'),
      JSON.stringify({
        schema: 'back.schema.json',
        source: {
          sql: address,
          tables: { User: { ...account, changes: { table: 'noted', sequence: 'seq', anchor: 'account' } } },
        },
        target: { sql: address, tables: { User: { table: 'copied', anchor: 'id' } } },
        state: 'back.sqlite',
      }),
    )
  })
  afterAll(async () => {
    await database.close()
    await new Promise((done) => graph.close(done))
  })

  const cycle = async (job: string): Promise<unknown> => {
    const { code, out, err } = await attrflow(['job', 'run', `${job}.json`, '--json'], { directory })
    expect([code, err]).toEqual([0, ''])
    return (JSON.parse(out) as { counters: unknown }).counters
  }

  it('writes users and their values, follows deltas, and gives its own changes back', async () => {
    const ada = { id: 'a', userPrincipalName: 'ada@x', displayName: 'Ada', otherMails: ['a@1', 'a@2'] }
    const bo = {
      id: 'b',
      userPrincipalName: 'bo@x',
      displayName: 'Bo',
      otherMails: [],
      'manager@delta': [{ id: 'a' }],
    }
    changes = [bo, ada]
    expect(await cycle('there')).toMatchObject({ create: 2, failure: 0, referenceFailure: 0 })
    expect(await rows('SELECT login, name FROM account ORDER BY login')).toEqual(['ada@x Ada', 'bo@x Bo'])
    expect(await rows('SELECT address FROM mail ORDER BY 1')).toEqual(['a@1', 'a@2'])
    expect(await rows('SELECT b.login FROM account a JOIN account b ON a.boss = b.id')).toEqual(['ada@x'])
    await cycle('back')
    expect(await rows('SELECT login, mails FROM copied ORDER BY login')).toEqual([
      'ADA@X a@1;a@2',
      'BO@X null',
    ])
    // A delta names only what changed.
    changes = [{ id: 'a', otherMails: ['a@2', 'a@3'], displayName: 'Ada L' }]
    expect(await cycle('there')).toMatchObject({ update: 1 })
    expect(await rows('SELECT address FROM mail ORDER BY 1')).toEqual(['a@2', 'a@3'])
    expect(await cycle('back')).toMatchObject({ update: 1 })
    expect(await rows("SELECT mails FROM copied WHERE login = 'ADA@X'")).toEqual(['a@2;a@3'])
    changes = [{ id: 'b', '@removed': { reason: 'deleted' } }]
    expect(await cycle('there')).toMatchObject({ delete: 1 })
    expect(await cycle('back')).toMatchObject({ delete: 1 })
    expect(await rows('SELECT login FROM copied')).toEqual(['ADA@X'])
    // Nothing changed, neither there nor back.
    for (const job of ['there', 'back'])
      expect(await cycle(job)).toMatchObject({ create: 0, update: 0, delete: 0, failure: 0 })
  }, 60_000)
}

describe('from Entra to SQLite', () =>
  entraToDatabase(async () => `sqlite:${join(temporaryDirectory(), 'app.sqlite')}`))

describe.skipIf(postgresPath === undefined && !serversRequired)('from Entra to PostgreSQL', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(() => server.stop())
  describe('of its own', () => entraToDatabase(() => server.database()))
})
