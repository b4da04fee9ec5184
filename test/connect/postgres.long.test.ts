import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discoverSql } from '../../src/connect/discover/sql.js'
import { SqlSource, SqlTarget } from '../../src/connect/index.js'
import { openDatabase } from '../../src/connect/sql/database.js'
import { compileMapping } from '../../src/mapping/index.js'
import type { Value } from '../../src/values/value.js'
import type { DatabaseServer } from '../support/database-server.js'
import { postgresPath, startPostgres } from '../support/postgres.js'
import { serversRequired } from '../support/server.js'
import { sqlStatements } from './sql-statements.js'
import { sqlSuite } from './sql-suite.js'

describe.skipIf(postgresPath === undefined && !serversRequired)('PostgreSQL', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(() => server.stop())
  describe('by tables', () => sqlSuite(() => server.database()))
  describe('by statements', () => sqlStatements(() => server.database()))

  describe('tables of all kinds', () => {
    const setUp = [
      'CREATE EXTENSION citext',
      'CREATE SCHEMA "HR"',
      "CREATE TYPE level AS ENUM ('junior', 'senior')",
      `CREATE TABLE "HR"."User" (
        "Id" BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "select" CITEXT UNIQUE, staff_no INTEGER UNIQUE,
        "Level" level, tags TEXT[], extra JSONB, born DATE, seen TIMESTAMP, hired TIMESTAMPTZ, photo BYTEA,
        shouted TEXT GENERATED ALWAYS AS (upper("select"::text)) STORED, period DATERANGE)`,
      'CREATE TABLE member_of (team TEXT, member TEXT, PRIMARY KEY (team, member))',
      'CREATE TABLE silent (id INTEGER PRIMARY KEY, "select" TEXT)',
      'CREATE FUNCTION nothing() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
      'CREATE TRIGGER silent BEFORE INSERT ON silent FOR EACH ROW EXECUTE FUNCTION nothing()',
      'CREATE VIEW counted AS SELECT "Level", count(*) AS number FROM "HR"."User" GROUP BY "Level"',
    ]
    const names = [
      'select',
      'staff_no',
      'Level',
      'tags',
      'extra',
      'born',
      'seen',
      'hired',
      'photo',
      'shouted',
    ]
    const mapping = compileMapping({
      directories: [
        {
          name: 'App',
          objects: [
            {
              name: 'User',
              attributes: names.map((name) => ({
                name,
                type: name === 'photo' ? 'Binary' : 'String',
                multivalued: name === 'tags',
              })),
            },
          ],
        },
      ],
      synchronizationRules: [
        {
          sourceDirectoryName: 'HR',
          targetDirectoryName: 'App',
          objectMappings: [
            {
              sourceObjectName: 'User',
              targetObjectName: 'User',
              attributeMappings: names.map((name) => ({
                targetAttributeName: name,
                matchingPriority: name === 'select' ? 1 : 0,
                source: { type: 'Attribute', name, expression: `[${name}]`, parameters: [] },
              })),
            },
          ],
        },
      ],
    })
    let address = ''
    beforeAll(async () => {
      address = await server.database()
      const { db, close } = await openDatabase(address)
      for (const text of setUp) await sql.raw(text).execute(db)
      await close()
    })
    const targetOf = (table: string, anchor: string): SqlTarget =>
      new SqlTarget({ address, mappings: new Map([['User', mapping]]), tables: { User: { table, anchor } } })
    const values = (entries: Record<string, Value>): ReadonlyMap<string, Value> =>
      new Map(Object.entries(entries))

    it('keep lists, JSON, dates, times and bytes, in every time zone of this machine', async () => {
      const target = targetOf('HR.User', 'Id')
      const ada = values({
        select: 'Ada',
        staff_no: '7',
        Level: 'senior',
        tags: ['a,"b', 'ö{}'],
        extra: '{"b": [1]}',
        born: '1985-03-31',
        seen: '2026-03-01T08:30:00Z',
        hired: '2026-03-01T08:30:00.123456+02:00',
        photo: Buffer.from([255, 0, 1]).toString('base64'),
      })
      const zone = process.env.TZ
      process.env.TZ = 'America/Lima'
      try {
        const created = await target.create('User', ada)
        expect(created.outcome === 'done' ? Object.fromEntries(created.value.values) : created).toEqual({
          select: 'Ada',
          staff_no: 7,
          Level: 'senior',
          tags: ['a,"b', 'ö{}'],
          extra: '{"b":[1]}',
          born: '1985-03-31',
          seen: '2026-03-01T08:30:00.000Z',
          hired: '2026-03-01T06:30:00.123456Z',
          photo: '/wAB',
          shouted: 'ADA',
        })
        expect(await target.find('User', { attribute: 'photo', value: '/wAB' })).toMatchObject({
          value: [{ id: '1' }],
        })
        const source = new SqlSource({
          address,
          tables: { User: { table: 'HR.User', anchor: 'Id', watermark: 'hired' } },
        })
        expect(await source.get('User', '1')).toMatchObject({
          value: {
            born: '1985-03-31',
            seen: '2026-03-01T08:30:00.000Z',
            tags: ['a,"b', 'ö{}'],
            extra: { b: [1] },
          },
        })
        let mark: string | undefined
        for await (const page of source.read('User')) mark = page.watermark
        expect(mark).toBe('2026-03-01T06:30:00.123456Z')
        await source.close()
      } finally {
        process.env.TZ = zone ?? ''
        if (zone === undefined) delete process.env.TZ
      }
      // One value for a column that holds several.
      expect(
        await target.update('User', '1', { before: new Map(), values: values({ tags: 'one' }) }),
      ).toMatchObject({ outcome: 'done' })
      const found = await target.find('User', { attribute: 'select', value: 'ADA' })
      expect(found.outcome === 'done' ? found.value[0]?.values.get('tags') : found).toEqual(['one'])
      await target.close()
    })

    it('are matched by columns of any type, and refuse what they cannot hold', async () => {
      const target = targetOf('HR.User', 'Id')
      // The read at the start of a cycle searches for a text that no object has.
      for (const attribute of ['staff_no', 'Level', 'born', 'hired'])
        expect(await target.probe('User', { attribute, value: 'a9c7…-nobody' })).toMatchObject({
          outcome: 'done',
        })
      const create = (entries: Record<string, Value>) =>
        target.create('User', values({ select: 'x', ...entries }))
      expect(await create({ Level: 'none' })).toMatchObject({ code: 'UnprocessableEntity' })
      expect(await create({ born: ['1985-03-31'] })).toMatchObject({
        outcome: 'refused',
        code: 'SchemaPropertyCanOnlyAcceptValue',
      })
      expect(await create({ shouted: 'X' })).toMatchObject({
        outcome: 'refused',
        code: 'UnprocessableEntity',
      })
      await target.close()
      const view = targetOf('counted', 'Level')
      expect(await view.create('User', values({ Level: 'senior' }))).toMatchObject({
        outcome: 'refused',
        code: 'UnprocessableEntity',
      })
      await view.close()
      const silent = targetOf('silent', 'id')
      expect(await silent.create('User', values({ select: 'x' }))).toMatchObject({ outcome: 'refused' })
      await silent.close()
    })

    it('are discovered with what they can hold and what can be written', async () => {
      const answer = await discoverSql(address)
      const found = new Map(
        (answer.outcome === 'done' ? answer.value : []).map(({ name, attributes }) => [
          name,
          Object.fromEntries(attributes.map((one) => [one.name, one])),
        ]),
      )
      expect([...found.keys()].sort()).toEqual(['HR.User', 'counted', 'member_of', 'silent'])
      expect(found.get('HR.User')).toMatchObject({
        Id: { type: 'Integer', mutability: 'ReadOnly', required: false, anchor: true },
        select: { type: 'String' },
        tags: { type: 'String', multivalued: true },
        born: { type: 'DateTime' },
        period: { type: 'String' },
        photo: { type: 'Binary' },
        shouted: { type: 'String', mutability: 'ReadOnly', required: false },
      })
      expect(found.get('counted')).toMatchObject({
        Level: { mutability: 'ReadOnly' },
        number: { mutability: 'ReadOnly' },
      })
      // A key of two columns is not an anchor.
      expect(found.get('member_of')).toMatchObject({
        team: { anchor: false, required: true },
        member: { anchor: false },
      })
    })
  })
})
