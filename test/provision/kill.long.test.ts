import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SqliteStore } from '../../src/state/index.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { bundledCommandLine } from '../support/cli-process.js'
import { type Received, type Reply, ScimServer } from './scim-server.js'

const COUNT = 40
const KILLS = 200
/** Milliseconds after which the job gives a request up. */
const TIMEOUT = 100

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

/** How a target answers: `carryOut` does what is requested; `random` is between 0 and 1. */
type Mood = (request: Received, carryOut: () => Reply, random: () => number) => Reply | Promise<Reply>

const isWrite = ({ method }: Received): boolean => method !== 'GET'

/** Two rounds each. Reads are answered well, except by a target that is slow or throttles. */
const moods: Readonly<Record<string, Mood>> = {
  well: (_, carryOut) => carryOut(),
  // Some answers come too late; the request is carried out before or after the wait.
  slowly: async (_, carryOut, random) => {
    const early = random() < 0.5 ? carryOut() : undefined
    await pause(random() < 0.1 && early !== undefined ? 2 * TIMEOUT : 40 * random())
    return early ?? carryOut()
  },
  'with 429': (_, carryOut, random) =>
    random() < 0.3 ? { status: 429, headers: { 'retry-after': '0' } } : carryOut(),
  'with 500 after having written': (request, carryOut, random) => {
    const reply = carryOut()
    return isWrite(request) && random() < 0.3 ? { status: 500, body: 'oops' } : reply
  },
  'and cuts connections': (request, carryOut, random) => {
    const chance = isWrite(request) ? random() : 1
    if (chance < 0.1) return { status: 0, cut: 'before' }
    const reply = carryOut()
    return chance < 0.2 ? { ...reply, cut: 'before' } : chance < 0.3 ? { ...reply, cut: 'within' } : reply
  },
}
const rounds = [...Object.entries(moods), ...Object.entries(moods)].map(([name, mood], at) => ({
  name,
  mood,
  round: at + 1,
}))

describe(`a job that is killed ${KILLS} times`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'attrflow-kill-'))
  const server = new ScimServer()
  const next = numbers(20261126)
  /** Requests that were carried out, in order. */
  const effects: Received[] = []
  let main = ''
  let killed = 0

  beforeAll(async () => {
    main = bundledCommandLine()
    writeFileSync(join(directory, 'schema.json'), JSON.stringify(schema()))
    writeFileSync(
      join(directory, 'job.json'),
      JSON.stringify({
        schema: 'schema.json',
        source: { User: 'users.json', Group: 'groups.json' },
        // A request whose outcome was lost is looked up once it cannot be under way any more.
        target: { scim: await server.start(), requestTimeout: TIMEOUT },
        state: 'job.sqlite',
      }),
    )
  }, 60_000)
  afterAll(async () => {
    await server.stop()
    rmSync(directory, { recursive: true })
  })

  /**
   * Runs the job in a process of its own. It is killed at a request: before or after it is carried out, or soon after
   * its answer. Without a number it runs to its end.
   */
  const runJob = (mood: Mood, killAt?: number): Promise<number | null> =>
    new Promise((done) => {
      const args = ['job', 'run', 'job.json']
      const child = spawn(process.execPath, [main, ...args], { cwd: directory, stdio: 'ignore' })
      const moment = next()
      let count = 0
      server.odd = (request, plain) => {
        const carryOut = (): Reply => {
          effects.push(request)
          return plain(request)
        }
        count++
        if (killAt === undefined || count < killAt) return mood(request, carryOut, next)
        if (moment < 0.3) {
          child.kill('SIGKILL')
          return { status: 0, cut: 'before' }
        }
        const reply = carryOut()
        if (moment < 0.7) child.kill('SIGKILL')
        else setTimeout(() => child.kill('SIGKILL'), 20 * (moment - 0.7))
        return reply
      }
      child.once('exit', (code) => done(code))
    })

  it.each(rounds)(
    'while the target answers $name, in round $round, ends as it should',
    async ({ mood, round }) => {
      population(directory, round)
      const from = effects.length
      for (let kill = 0; kill < KILLS / rounds.length; kill++)
        if ((await runJob(mood, 2 + Math.floor(next() * 5))) === null) killed++
      // What failed more than once would wait.
      const settle = async (): Promise<number | null> => {
        let code: number | null = 1
        for (let cycle = 0; code !== 0 && cycle < 8; cycle++) {
          const args = ['job', 'restart', 'job.json', '--scope', 'Watermark']
          spawnSync(process.execPath, [main, ...args], { cwd: directory, stdio: 'ignore' })
          code = await runJob(mood)
        }
        return code
      }
      expect(await settle()).toBe(0)
      expect(await settle()).toBe(0)
      const users = [...server.resources.Users.values()]
      expect(users).toHaveLength(round % 2 === 1 ? COUNT : COUNT - 1)
      for (const { displayName } of users) expect(displayName).toMatch(new RegExp(`of round ${round}$`))
      const groups = [...server.resources.Groups.values()] as unknown as { members: { value: string }[] }[]
      expect(groups).toHaveLength(1)
      const members = groups[0]!.members.map(({ value }) => value)
      expect(new Set(members).size).toBe(members.length)
      expect(members).toHaveLength(COUNT / 2)
      const store = await SqliteStore.open(join(directory, 'job.sqlite'))
      const open = await store.transaction(async (tx) => [
        await tx.count('intents'),
        await tx.count('pending'),
        await tx.count('escrows'),
      ])
      await store.close()
      expect(open).toEqual([0, 0, 0])
      const sent = effects.slice(from).filter(isWrite)
      const keys = sent.map(({ method, path, body }) => JSON.stringify([method, path, body]))
      // Nothing changes within a round, so that no request is sent again that was carried out.
      expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
    },
    300_000,
  )

  it('was killed in the middle', () => {
    expect(effects.filter(isWrite).length).toBeGreaterThan(10 * COUNT)
    expect(killed).toBeGreaterThan(KILLS / 2)
  })
})
