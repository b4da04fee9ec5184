import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SqliteStore } from '../../src/state/index.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { bundledCommandLine } from '../support/cli-process.js'
import { ScimServer } from './scim-server.js'

const COUNT = 40
const KILLS = 200
const ROUNDS = 10

/** A small repeatable generator. */
const numbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

const schema = (): object => {
  const users = schemaOf(
    [
      { target: 'userName', expression: '[upn]' },
      { target: 'displayName', expression: '[name]' },
      { target: 'active', expression: 'Not([IsSoftDeleted])' },
      { target: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', expression: '[boss]' },
    ],
    { object: 'User' },
  )
  const groups = schemaOf(
    [
      { target: 'displayName', expression: '[name]' },
      { target: 'members', expression: '[members]' },
    ],
    { object: 'Group' },
  )
  const rules = [users, groups].map(
    (one) =>
      (one as { synchronizationRules: { objectMappings: { attributeMappings: object[] }[] }[] })
        .synchronizationRules[0]!,
  )
  const [first, second] = rules.map(({ objectMappings: [mapping] }) => {
    const [key, ...others] = mapping!.attributeMappings
    return { ...mapping!, attributeMappings: [{ ...key, matchingPriority: 1 }, ...others] }
  })
  return { ...(users as object), synchronizationRules: [{ ...rules[0]!, objectMappings: [first, second] }] }
}

/** The population of a round: names change each time, one user is renamed, one leaves and returns. */
const population = (directory: string, round: number): void => {
  const user = (at: number): unknown => ({
    id: `u${at}`,
    upn: at === 3 ? `u3.${round}@x` : `u${at}@x`,
    name: `Name ${at} of round ${round}`,
    ...(at > 0 ? { boss: `u${(at * round) % COUNT}` } : {}),
  })
  const there = Array.from({ length: COUNT }, (_, at) => at).filter((at) => at !== 5 || round % 2 === 1)
  const team = {
    id: 'g',
    name: 'Team',
    members: there.filter((at) => at % 2 === round % 2).map((at) => `u${at}`),
  }
  writeFileSync(join(directory, 'users.json'), JSON.stringify(there.map(user)))
  writeFileSync(join(directory, 'groups.json'), JSON.stringify([team]))
}

it(`a job that is killed ${KILLS} times loses no update and sends none twice`, async () => {
  const main = bundledCommandLine()
  const directory = mkdtempSync(join(tmpdir(), 'attrflow-kill-'))
  const server = new ScimServer()
  const url = await server.start()
  writeFileSync(join(directory, 'schema.json'), JSON.stringify(schema()))
  writeFileSync(
    join(directory, 'job.json'),
    JSON.stringify({
      schema: 'schema.json',
      source: { User: 'users.json', Group: 'groups.json' },
      // A request whose outcome was lost is looked up once it cannot be under way any more.
      target: { scim: url, requestTimeout: 100 },
      state: 'job.sqlite',
    }),
  )
  /** Runs the job in a process of its own, killed after so many requests; without a number, to its end. */
  const runJob = (killAfter?: number): Promise<number | null> =>
    new Promise((done) => {
      const from = server.received.length
      const child = spawn(process.execPath, [main, 'job', 'run', 'job.json'], {
        cwd: directory,
        stdio: 'ignore',
      })
      server.before = () => {
        if (killAfter !== undefined && server.received.length - from >= killAfter) child.kill('SIGKILL')
        return undefined
      }
      child.once('exit', (code) => done(code))
    })
  const next = numbers(20261126)
  let killed = 0
  for (let round = 1; round <= ROUNDS; round++) {
    population(directory, round)
    for (let kill = 0; kill < KILLS / ROUNDS; kill++)
      if ((await runJob(2 + Math.floor(next() * 5))) === null) killed++
    const before = server.received.length
    // On a busy machine an answer may come too late; then the next cycle finds out what it did.
    const settle = async (): Promise<number | null> => {
      let code: number | null = 1
      for (let cycle = 0; code !== 0 && cycle < 5; cycle++) code = await runJob()
      return code
    }
    expect(await settle()).toBe(0)
    expect(await settle()).toBe(0)
    const users = [...server.resources.Users.values()]
    expect(users).toHaveLength(round % 2 === 1 ? COUNT : COUNT - 1)
    for (const { displayName } of users) expect(displayName).toMatch(new RegExp(`of round ${round}$`))
    const [team] = [...server.resources.Groups.values()] as unknown as { members: { value: string }[] }[]
    expect(new Set(team!.members.map(({ value }) => value)).size).toBe(team!.members.length)
    expect(team!.members).toHaveLength(COUNT / 2)
    expect(server.received.length).toBeGreaterThan(before)
  }
  // Each request that writes was carried out once: no body was sent twice to one object within a round.
  const writes = server.received.filter(({ method }) => method === 'POST' || method === 'PATCH')
  const keys = writes.map(({ method, path, body }) => JSON.stringify([method, path, body]))
  const repeated = keys.filter((key, at) => keys.indexOf(key) !== at)
  // Booleans and references may come back to an earlier value; names carry their round.
  expect(repeated.filter((key) => key.includes('of round'))).toEqual([])
  const store = await SqliteStore.open(join(directory, 'job.sqlite'))
  const open = await store.transaction(async (tx) => [
    await tx.count('intents'),
    await tx.count('pending'),
    await tx.count('escrows'),
  ])
  await store.close()
  await server.stop()
  expect(open).toEqual([0, 0, 0])
  expect(killed).toBeGreaterThan(KILLS / 2)
}, 600_000)
