import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/connect/sql/database.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const job = (...args: readonly string[]) => attrflow(['job', ...args], { directory })

const schema = schemaOf(
  [
    { target: 'login', expression: 'ToLower([mail])' },
    { target: 'full_name', expression: 'Join(" ", [first], [last])' },
    { target: 'phones', expression: '[numbers]' },
  ],
  { object: 'User' },
) as { synchronizationRules: { objectMappings: { attributeMappings: { matchingPriority: number }[] }[] }[] }
schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings[0]!.matchingPriority = 1
writeFileSync(join(directory, 'schema.json'), JSON.stringify(schema))

const file = (source: object, target: object): string =>
  JSON.stringify({ schema: 'schema.json', source, target, state: 'state.sqlite' })

const source = {
  sql: 'sqlite:people.sqlite',
  tables: {
    User: {
      table: 'person',
      anchor: 'id',
      lists: { numbers: { table: 'phone', key: 'person', value: 'number' } },
    },
  },
}
const target = {
  sql: 'sqlite:app.sqlite',
  tables: {
    User: {
      table: 'account',
      anchor: 'id',
      lists: { phones: { table: 'phone', key: 'account', value: 'number' } },
    },
  },
}

describe('a job between databases', () => {
  it('fills tables, follows changes, and deletes what is gone', async () => {
    const people = await openDatabase(`sqlite:${join(directory, 'people.sqlite')}`)
    const app = await openDatabase(`sqlite:${join(directory, 'app.sqlite')}`)
    const run = async (database: typeof people, text: string) =>
      (await sql.raw(text).execute(database.db)).rows as Record<string, unknown>[]
    await run(people, 'CREATE TABLE person (id INTEGER PRIMARY KEY, mail TEXT, first TEXT, last TEXT)')
    await run(people, 'CREATE TABLE phone (person INTEGER, number TEXT)')
    await run(people, "INSERT INTO person VALUES (1, 'Ada@X', 'Ada', 'L'), (2, 'Bo@X', 'Bo', 'M')")
    await run(people, "INSERT INTO phone VALUES (1, '+41'), (1, '+49')")
    await run(app, 'CREATE TABLE account (id INTEGER PRIMARY KEY, login TEXT UNIQUE, full_name TEXT)')
    await run(app, 'CREATE TABLE phone (account INTEGER, number TEXT)')
    writeFileSync(join(directory, 'job.json'), file(source, target))

    expect(await job('run', 'job.json')).toMatchObject({ code: 0, err: '' })
    expect(await run(app, 'SELECT login, full_name FROM account ORDER BY login')).toEqual([
      { login: 'ada@x', full_name: 'Ada L' },
      { login: 'bo@x', full_name: 'Bo M' },
    ])
    expect(await run(app, 'SELECT number FROM phone ORDER BY number')).toEqual([
      { number: '+41' },
      { number: '+49' },
    ])

    await run(people, "UPDATE person SET last = 'King' WHERE id = 1")
    await run(people, "DELETE FROM phone WHERE number = '+49'")
    await run(people, 'DELETE FROM person WHERE id = 2')
    expect(await job('run', 'job.json')).toMatchObject({ code: 0 })
    expect(await run(app, 'SELECT login, full_name FROM account')).toEqual([
      { login: 'ada@x', full_name: 'Ada King' },
    ])
    expect(await run(app, 'SELECT number FROM phone')).toEqual([{ number: '+41' }])
    const again = await job('run', 'job.json', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ counters: { objects: 1, unchanged: 1 } })
    await people.close()
    await app.close()
  })

  it.each<readonly [from: object, to: object, words: string]>([
    [{ sql: 'mysql://x', tables: {} }, target, 'source.sql'],
    [{ sql: 'sqlite:x', tables: {} }, target, 'source.tables'],
    [{ sql: 'sqlite:x', tables: { User: { table: 't' } } }, target, 'needs anchor'],
    [source, { sql: 'sqlite:x', tables: { User: { table: 't', anchor: 'id', nonsense: 1 } } }, 'nonsense'],
    [
      source,
      { sql: 'sqlite:x', tables: { User: { table: 't', anchor: 'id', lists: { a: { table: 'b' } } } } },
      'needs key',
    ],
    [source, { sql: 'sqlite:x', scim: 'https://x', tables: {} }, 'one of'],
    ...([{ delete: '' }, { find: 'SELECT' }, { remove: 'x' }] as const).map(
      (statements) =>
        [
          source,
          { sql: 'sqlite:x', tables: { User: { table: 't', anchor: 'id', statements } } },
          'target.tables.User.statements',
        ] as const,
    ),
    ...([{ nonsense: 1 }, { objects: { User: { dn: 1 } } }, { objectClasses: 'top' }] as const).map(
      (more) =>
        [source, { ldap: 'ldap://x', bindDn: 'a', password: 'b', base: 'c', ...more }, 'target'] as const,
    ),
  ])('%j to %j is refused with what is wrong', async (from, to, words) => {
    writeFileSync(join(directory, 'wrong.json'), file(from, to))
    const { code, err } = await job('run', 'wrong.json')
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})
