import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bundledCommandLine } from '../support/cli-process.js'
import { attrflow, temporaryDirectory } from './harness.js'

let program: string
beforeAll(() => {
  program = bundledCommandLine()
}, 60_000)

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

const testFile = (expected: string): string =>
  JSON.stringify({
    cases: [
      { name: 'one', expression: 'Left([mail], 3)', input: { mail: 'ada@x.example' }, expect: expected },
    ],
  })

/** `attrflow test --watch` in a process of its own. */
const watching = (directory: string, ...args: readonly string[]) => {
  const child = spawn(process.execPath, [program, 'test', '--watch', ...args], { cwd: directory })
  started.push(child)
  let text = ''
  let wake = (): void => {}
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      wake()
    })
  /** Waits for a text in what is written from now on, and then for the next change to be waited for. */
  const runGives = async (wanted: string): Promise<void> => {
    for (;;) {
      const at = text.indexOf(wanted)
      const end = at < 0 ? -1 : text.indexOf('Ctrl-C ends it\n', at)
      if (end >= 0) {
        text = text.slice(end + 'Ctrl-C ends it\n'.length)
        return
      }
      await new Promise<void>((done) => {
        wake = done
      })
    }
  }
  return { child, runGives, rest: () => text }
}

describe('attrflow test --watch', () => {
  it('runs again when a file changes, comes or cannot be read, and ends with Ctrl-C', async () => {
    const directory = temporaryDirectory()
    const path = (name: string): string => join(directory, name)
    writeFileSync(path('a.test.json'), testFile('ada'))
    const { child, runGives, rest } = watching(directory)
    await runGives('1 passed')
    writeFileSync(path('a.test.json'), testFile('eve'))
    await runGives('1 failed')
    writeFileSync(path('a.test.json'), '{')
    await runGives('1 failed')
    // As editors save: a new file takes the place of the old one.
    writeFileSync(path('a.new'), testFile('ada'))
    renameSync(path('a.new'), path('a.test.json'))
    await runGives('1 passed')
    writeFileSync(path('b.test.json'), testFile('ada'))
    await runGives('2 passed')
    mkdirSync(path('below/deeper'), { recursive: true })
    writeFileSync(path('below/deeper/c.test.json'), testFile('ada'))
    await runGives('3 passed')
    rmSync(path('below'), { recursive: true })
    await runGives('2 passed')
    rmSync(path('b.test.json'))
    await runGives('1 passed')
    rmSync(path('a.test.json'))
    await runGives('has no tests')
    writeFileSync(path('a.test.json'), testFile('ada'))
    await runGives('1 passed')
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(rest()).not.toContain('\u001bc')
  })

  it('watches what the tests read, and is not woken by what it writes', async () => {
    const directory = temporaryDirectory()
    const path = (name: string): string => join(directory, name)
    mkdirSync(path('tests'))
    const expected = { source: '../users.ndjson', line: 1, expect: { attributes: { title: 'Boss' } } }
    writeFileSync(
      path('tests/a.test.json'),
      JSON.stringify({
        schema: '../app.json',
        cases: [
          { name: 'one', ...expected },
          { name: 'all', source: '../users.ndjson', snapshot: 'all.ndjson' },
          { name: 'each', source: '../people', snapshot: 'people' },
        ],
      }),
    )
    const schema = (expression: string): string =>
      JSON.stringify({
        synchronizationRules: [
          {
            name: 'r',
            sourceDirectoryName: 'S',
            targetDirectoryName: 'T',
            objectMappings: [
              {
                enabled: true,
                flowTypes: 'Add, Update, Delete',
                name: 'm',
                sourceObjectName: 'User',
                targetObjectName: 'User',
                attributeMappings: [
                  {
                    targetAttributeName: 'id',
                    matchingPriority: 1,
                    flowType: 'Always',
                    flowBehavior: 'FlowWhenChanged',
                    source: { expression: '[id]', name: 'id', parameters: [], type: 'Attribute' },
                  },
                  {
                    targetAttributeName: 'title',
                    matchingPriority: 0,
                    flowType: 'Always',
                    flowBehavior: 'FlowWhenChanged',
                    source: { expression, name: null, parameters: [], type: 'Function' },
                  },
                ],
              },
            ],
          },
        ],
      })
    writeFileSync(path('app.json'), schema('Trim([title])'))
    writeFileSync(path('users.ndjson'), '{"id":"1","title":"Boss"}\n')
    mkdirSync(path('people'))
    writeFileSync(path('people/ada.json'), '{"id":"1","title":"Boss"}')
    const { child, runGives, rest } = watching(directory, 'tests', '--update', '--coverage-report', 'page')
    await runGives('1 passed, 2 snapshots written')
    writeFileSync(path('people/eve.json'), '{"id":"2","title":"Boss"}')
    await runGives('1 passed, 3 snapshots written')
    writeFileSync(path('app.json'), schema('ToUpper([title])'))
    await runGives('3 snapshots written, 1 failed')
    writeFileSync(path('users.ndjson'), '{"id":"1","title":"Clerk"}\n')
    await runGives('found "CLERK"')
    writeFileSync(path('app.json'), schema('"Boss"'))
    await runGives('1 passed, 3 snapshots written')
    expect(rest()).toBe('')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('notices a new file that matches the pattern, in a folder made later', async () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'a'))
    writeFileSync(join(directory, 'a/a.test.json'), testFile('ada'))
    const { runGives, rest } = watching(directory, '*/*.test.json')
    await runGives('1 passed')
    mkdirSync(join(directory, 'b'))
    await setTimeout(300)
    writeFileSync(join(directory, 'b/b.test.json'), testFile('ada'))
    await runGives('2 passed')
    expect(rest()).toBe('')
  })

  it('ends at once when it is used wrongly', async () => {
    const directory = temporaryDirectory()
    const interruption = new AbortController().signal
    for (const args of [['nowhere'], ['--coverage-threshold', 'much'], []])
      expect(await attrflow(['test', '--watch', ...args], { directory, interruption })).toMatchObject({
        code: 2,
      })
  })
})
