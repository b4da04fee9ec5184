import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const schema = {
  synchronizationRules: [
    {
      objectMappings: [
        {
          sourceObjectName: 'User',
          targetObjectName: 'App',
          scope: {
            groups: [
              {
                clauses: [
                  {
                    sourceOperandName: 'team',
                    operatorName: 'NOT EQUALS',
                    targetOperand: { values: ['out'] },
                  },
                ],
              },
            ],
          },
          attributeMappings: [
            { targetAttributeName: 'key', source: { type: 'Attribute', name: 'id' }, matchingPriority: 1 },
            { targetAttributeName: 'team', source: { type: 'Attribute', name: 'team' } },
            {
              targetAttributeName: 'start',
              source: {
                type: 'Function',
                name: 'FormatDateTime',
                expression: 'FormatDateTime([start], "dd.MM.yyyy", "yyyy-MM-dd")',
              },
            },
          ],
        },
      ],
    },
  ],
}

interface Line {
  readonly line?: number
  readonly id?: string
  readonly outcome?: string
  readonly summary?: { readonly objects: number; readonly unchanged?: number; readonly gone?: number }
}

const world = (): { readonly directory: string; readonly write: (objects: readonly unknown[]) => void } => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 's.json'), JSON.stringify(schema))
  return {
    directory,
    write: (objects) =>
      writeFileSync(
        join(directory, 'u.ndjson'),
        objects.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join(''),
      ),
  }
}

const args = ['map', 's.json', '--source', 'u.ndjson', '--json', '--now', '2025-07-30T12:00:00Z']

const linesOf = (out: string): readonly Line[] =>
  jsonLines<Line>(out).filter(({ summary }) => summary === undefined)
const summaryOf = (out: string): Line['summary'] => jsonLines<Line>(out).at(-1)?.summary

const arbitraryPopulation = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    team: fc.constantFrom('x', 'y', 'out'),
    start: fc.constantFrom('01.02.2024', '02.03.2024', 'soon'),
  }),
  { selector: ({ id }) => id, maxLength: 6 },
)

describe('map --previous', () => {
  it('writes just what turns the results of one run into those of the next', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryPopulation, { minLength: 2, maxLength: 4 }), async (populations) => {
        const { directory, write } = world()
        const results = new Map<string, string>()
        for (const population of populations) {
          write(population)
          const { out } = await attrflow([...args, '--previous', 'state'], { directory })
          const gone = linesOf(out).filter(({ line }) => line === undefined)
          for (const { id, outcome } of gone) {
            expect(outcome).toBe('delete')
            results.delete(id!)
          }
          // An error is no result: what the object was before stays, in the target as in the state.
          for (const { line, ...rest } of linesOf(out))
            if (line !== undefined && rest.outcome !== 'error') results.set(rest.id!, JSON.stringify(rest))
          const whole = linesOf((await attrflow(args, { directory })).out)
          for (const { line: _line, ...rest } of whole)
            if (rest.outcome !== 'error') expect(results.get(rest.id!)).toBe(JSON.stringify(rest))
          // What was never written to the target need not be said to be gone.
          for (const id of results.keys())
            if (!whole.some((one) => one.id === id)) {
              expect(JSON.parse(results.get(id)!).outcome).toBe('skip')
              results.delete(id)
            }
        }
      }),
      { numRuns: 25 },
    )
  })

  it('says how many objects are as they were, and how many are gone', async () => {
    const { directory, write } = world()
    write([
      { id: 'a', team: 'x' },
      { id: 'b', team: 'x' },
      { id: 'c', team: 'out' },
    ])
    await attrflow([...args, '--previous', 'state'], { directory })
    write([
      { id: 'b', team: 'x' },
      { id: 'd', team: 'x' },
    ])
    const { out } = await attrflow([...args, '--previous', 'state'], { directory })
    expect(linesOf(out).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['d', 'create'],
      ['a', 'delete'],
    ])
    expect(summaryOf(out)).toMatchObject({ objects: 2, unchanged: 1, gone: 1 })
  })

  it('calls nobody gone while a line cannot be read, and keeps the state of what failed', async () => {
    const { directory, write } = world()
    write([
      { id: 'a', team: 'x' },
      { id: 'b', team: 'x' },
    ])
    await attrflow([...args, '--previous', 'state'], { directory })
    write(['{"id":"a",', { id: 'b', team: 'x', start: 'soon' }])
    const faulty = await attrflow([...args, '--previous', 'state'], { directory })
    expect(linesOf(faulty.out).map(({ outcome }) => outcome)).toEqual(['error', 'error'])
    expect(faulty.err).toContain(
      '1 object of the previous run was not found, but 1 line could not be read: no object is reported as deleted\n',
    )
    write([
      { id: 'a', team: 'x' },
      { id: 'b', team: 'x' },
    ])
    const { out } = await attrflow([...args, '--previous', 'state'], { directory })
    expect(linesOf(out)).toEqual([])
    expect(summaryOf(out)).toMatchObject({ unchanged: 2 })
  })

  it('goes on after an interruption as if nothing had happened', async () => {
    const { directory, write } = world()
    const objects = (count: number): readonly object[] =>
      Array.from({ length: count }, (_, at) => ({ id: `u${at}`, team: 'x', pad: 'p'.repeat(400) }))
    write(objects(9_000))
    await attrflow([...args, '--previous', 'state', '--out', 'first'], { directory })
    write([...objects(8_990).slice(5), { id: 'new', team: 'y' }])
    writeFileSync(join(directory, 'other'), readFileSync(join(directory, 'state')))
    await attrflow([...args, '--previous', 'other', '--out', 'whole'], { directory })
    let looks = 0
    const controller = new AbortController()
    const interruption = new Proxy(controller.signal, {
      get: (signal, name) => {
        if (name === 'aborted' && ++looks === 5) controller.abort()
        const found: unknown = Reflect.get(signal, name, signal)
        return typeof found === 'function' ? found.bind(signal) : found
      },
    })
    const options = { directory, interruption }
    expect((await attrflow([...args, '--previous', 'state', '--out', 'o'], options)).code).toBe(130)
    await attrflow([...args, '--previous', 'state', '--out', 'o', '--resume'], { directory })
    const read = (name: string): string => readFileSync(join(directory, name), 'utf8')
    expect(read('o')).toBe(read('whole'))
    expect(read('state')).toBe(read('other'))
    expect(linesOf(read('o')).map(({ id }) => id)).toContain('u0')
  })

  it('writes nothing when too many objects would be removed', async () => {
    const { directory, write } = world()
    write([
      { id: 'a', team: 'x' },
      { id: 'b', team: 'x' },
      { id: 'c', team: 'x' },
    ])
    const guarded = [...args, '--previous', 'state', '--out', 'o', '--delete-threshold', '2']
    expect((await attrflow(guarded, { directory })).code).toBe(0)
    const before = ['o', 'state'].map((name) => readFileSync(join(directory, name), 'utf8'))
    write([{ id: 'a', team: 'y' }])
    const { code, err } = await attrflow(guarded, { directory })
    expect([code, err]).toEqual([
      1,
      '2 objects would be disabled or deleted, and --delete-threshold is 2: nothing was written. ' +
        'Without --delete-threshold the output lists them; raise it if they are intended.\n',
    ])
    expect(['o', 'state'].map((name) => readFileSync(join(directory, name), 'utf8'))).toEqual(before)
    expect(existsSync(join(directory, 'o.unfinished'))).toBe(false)
    write([
      { id: 'a', team: 'y' },
      { id: 'b', team: 'x' },
    ])
    expect((await attrflow(guarded, { directory })).code).toBe(0)
  })

  it('leaves no file when another cannot be opened', async () => {
    const { directory, write } = world()
    write([{ id: 'a' }])
    const before = readdirSync(directory)
    const { code } = await attrflow([...args, '--escrow', 'held', '--previous', 'absent/state'], {
      directory,
    })
    expect([code, readdirSync(directory)]).toEqual([2, before])
  })

  it.each([
    [['--previous', 'state', '--limit', '1'], '--previous and --limit contradict each other'],
    [['--previous', 'state', '--in-scope-only'], '--previous and --in-scope-only contradict'],
    [['--previous', 'u.ndjson'], '--previous u.ndjson would overwrite --source'],
    [['--previous', 'bad'], '--previous bad: line 1 is not a line of a state'],
    [['--delete-threshold', '2'], 'needs --out FILE'],
    [['--previous', 'state', '--workers', '2'], '--workers 2: with --previous'],
  ])('refuses %j', async (more, message) => {
    const { directory, write } = world()
    write([{ id: 'a' }])
    writeFileSync(join(directory, 'bad'), '{"id":1}\n')
    const { code, err } = await attrflow([...args, ...more], { directory })
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
  })
})
