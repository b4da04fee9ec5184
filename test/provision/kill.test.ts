import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Source } from '../../src/connect/source.js'
import type { Target } from '../../src/connect/target.js'
import type { StateStore } from '../../src/state/index.js'
import { JobRun, listing, type Record_ } from './job-run.js'
import { type MemoryTarget, refused, retry, unknown, type Write } from './memory-target.js'

/** The population before and after the changes that a second cycle carries out: every kind of change is among them. */
const user = (at: number, more: Readonly<Record<string, unknown>> = {}): Record_ => ({
  id: `u${at}`,
  upn: `u${at}@x`,
  nick: `n${at}`,
  ...(at > 0 ? { boss: `u${at - 1}` } : {}),
  ...more,
})
const before = listing(
  [0, 1, 2, 3, 4, 5].map((at) => user(at)),
  [{ id: 'g', name: 'Team', members: ['u0', 'u1', 'u2'] }],
)
const after = listing(
  [
    user(0),
    user(1, { nick: 'changed' }),
    user(2, { upn: 'renamed@x' }),
    user(3, { left: 'yes' }),
    // 4 is gone.
    user(5, { boss: 'u0' }),
    user(6),
  ],
  [{ id: 'g', name: 'Team', members: ['u1', 'u2', 'u5', 'u6'] }],
)

class Killed extends Error {}

/**
 * The store and the target of a process that is killed at an effect: from then on nothing answers any more. A request
 * counts twice, for the moment before it arrives and the one before its answer does.
 */
const mortal = (
  run: JobRun,
  effect: number,
): { store: StateStore; target: Target; effects: () => number } => {
  let count = 0
  const live = (): void => {
    count++
    if (count >= effect) throw new Killed()
  }
  const guarded = new Set<PropertyKey>(['create', 'update', 'remove', 'changeMembers'])
  return {
    effects: () => count,
    store: {
      transaction: async (f) => {
        live()
        return run.store.transaction(f)
      },
      close: async () => {},
    },
    target: new Proxy(run.target, {
      get: (target: MemoryTarget, name) => {
        const member = target[name as keyof MemoryTarget] as unknown
        if (typeof member !== 'function') return member
        const call = member.bind(target) as (...args: readonly unknown[]) => Promise<unknown>
        if (!guarded.has(name)) return call
        return async (...args: readonly unknown[]) => {
          live()
          const answer = await call(...args)
          live()
          return answer
        }
      },
    }) as unknown as Target,
  }
}

const killed = async (run: JobRun, source: Source, effect: number): Promise<number> => {
  const { effects, ...ends } = mortal(run, effect)
  await run.cycle(source, {}, ends).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error
  })
  run.clock += 25 * 3_600_000
  return effects()
}

/** What the target holds, without the identifiers that it gave. */
const picture = ({ target }: JobRun): unknown => {
  const name = (id: unknown): unknown => target.objects.get(String(id))?.get('userName') ?? id
  return {
    users: Object.fromEntries(
      Object.entries(target.named()).map(([key, values]) => [
        key,
        { ...values, manager: name(values.manager) },
      ]),
    ),
    members: [...target.members.values()].map((all) => [...all].map(name).sort()),
  }
}

/** Requests that were carried out twice: the same change of the same object, or a second create. */
const twice = (effects: readonly Write[]): readonly string[] => {
  const key = ({ method, id, values, members }: Write): string =>
    method === 'create'
      ? `create ${String(values?.userName ?? values?.displayName)}`
      : JSON.stringify([method, id, values, members])
  const keys = effects.map(key)
  return keys.filter((one, at) => keys.indexOf(one) !== at)
}

const undisturbed = async (): Promise<{ first: unknown; second: unknown }> => {
  const run = new JobRun()
  await run.cycle(before)
  const first = picture(run)
  await run.nextDay(after)
  return { first, second: picture(run) }
}

const isWhole = async (run: JobRun, expected: unknown): Promise<void> => {
  expect(picture(run)).toEqual(expected)
  expect(twice(run.target.effects)).toEqual([])
  expect(await run.count('intents')).toBe(0)
  expect(await run.count('pending')).toBe(0)
  expect(await run.count('escrows')).toBe(0)
}

describe('a job that is killed', () => {
  it('at any effect of an initial cycle carries on as if nothing had happened', async () => {
    const { first } = await undisturbed()
    let points = 0
    for (let effect = 1; ; effect++) {
      const run = new JobRun()
      if ((await killed(run, before, effect)) < effect) break
      await run.cycle(before)
      await isWhole(run, first)
      points++
    }
    expect(points).toBeGreaterThan(70)
  })

  it('at any effect of an incremental cycle carries on as if nothing had happened', async () => {
    const { second } = await undisturbed()
    let points = 0
    for (let effect = 1; ; effect++) {
      const run = new JobRun()
      await run.cycle(before)
      if ((await killed(run, after, effect)) < effect) break
      await run.nextDay(after)
      await isWhole(run, second)
      points++
    }
    expect(points).toBeGreaterThan(70)
  })

  it('again and again, while it recovers, too', async () => {
    const { second } = await undisturbed()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 120 })), { minLength: 2, maxLength: 6 }),
        async (kills) => {
          const run = new JobRun()
          for (const [, effect] of kills.filter(([early]) => early)) await killed(run, before, effect)
          for (const [, effect] of kills.filter(([early]) => !early)) await killed(run, after, effect)
          await run.nextDay(after)
          await run.nextDay(after)
          expect(Object.keys(run.target.named()).length).toBeGreaterThan(0)
          expect(twice(run.target.effects)).toEqual([])
          expect(await run.count('intents')).toBe(0)
          const { writes } = run.target
          const settled = writes.length
          await run.nextDay(after)
          expect(writes).toHaveLength(settled)
          // Who left before he was ever created is not there; everybody else is as in an undisturbed run.
          expect(second).toMatchObject({ members: (picture(run) as { members: unknown }).members })
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a target that answers badly', () => {
  it('ends as if it had answered well, with no request carried out twice', async () => {
    const { second } = await undisturbed()
    const mood = fc.constantFrom('well', 'putOff', 'lostBefore', 'lostAfter', 'refused')
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(mood), fc.boolean(), async (moods, drops) => {
        const run = new JobRun()
        if (drops) run.target.drops = ['nickName']
        const next = (): string => String(moods.next().value)
        let now = 'well'
        run.target.before = () => {
          now = next()
          return now === 'putOff'
            ? retry(1000)
            : now === 'lostBefore'
              ? unknown
              : now === 'refused'
                ? refused
                : undefined
        }
        run.target.after = () => (now === 'lostAfter' ? unknown : undefined)
        await run.cycle(before)
        await run.nextDay(before)
        await run.nextDay(after)
        await run.nextDay(after)
        run.target.before = undefined
        run.target.after = undefined
        for (let day = 0; day < 3; day++) await run.nextDay(after)
        const settled = run.target.writes.length
        await run.nextDay(after)
        expect(run.target.writes).toHaveLength(settled)
        expect(twice(run.target.effects)).toEqual([])
        expect(await run.count('intents')).toBe(0)
        expect(await run.count('escrows')).toBe(0)
        const { members } = picture(run) as { members: unknown }
        expect(members).toEqual((second as { members: unknown }).members)
      }),
      { numRuns: 60 },
    )
  })
})
